import { deepStrictEqual } from "node:assert/strict";
import { type AttributeMap, type AttributeValue, type PathStep } from "@fieldwise/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tables } from "../../test-support/schema-arbitrary.ts";
import { projected } from "../../test-support/projected.ts";
import { wireOf } from "../../test-support/wire.ts";
import { compileSchema } from "./compile-schema.ts";
import type { Decoded } from "./decoder.ts";
import type { ItemCodec } from "./item-codec.ts";

// More of them by RUNS, for whoever changes how schemas are compiled.
const runs = { numRuns: Number(process.env["RUNS"] ?? 150) };

const stored = tables.map((table) => {
  const codec = compileSchema("t", table.schema, { keyAttributes: [] });
  return Object.assign(table, { codec, wire: wireOf(codec.encodeItem(table.item)) });
});

test("any item put and read back is the same", () => {
  fc.assert(
    fc.property(stored, ({ codec, wire, item }) => {
      expect(difference(codec.decodeItem(wire), { ok: true, item })).toBe("");
    }),
    runs,
  );
});

test("any attribute is encoded as the item is", () => {
  fc.assert(
    fc.property(stored, ({ codec, wire, item, schema }) => {
      // Of a union the attribute may be one thing in this option, and another in that.
      fc.pre(schema.type !== "union");
      for (const [name, value] of Object.entries(wire)) {
        const field = codec.at([name]);
        expect(field?.storedTypes).toContain(Object.keys(value)[0]);
        const whole = field?.encodeValue(item[name]);
        expect(difference(wireOf({ value: whole }), { value })).toBe("");
        const operand = field?.encodeOperand(item[name]);
        expect(difference(wireOf({ value: operand }), { value })).toBe("");
      }
    }),
    runs,
  );
});

test("any part asked for is read as it is in the item", () => {
  fc.assert(
    fc.property(stored, fc.infiniteStream(fc.boolean()), ({ codec, wire, item }, coin) => {
      const paths = pathsOf(codec, wire, coin);
      fc.pre(paths.length > 0);
      const projection = codec.project(paths);
      const decoded = projection.decode(projected(wire, projection.paths));
      expect(issuesOf(decoded)).toStrictEqual([]);
      const part = (decoded as { readonly item: unknown }).item;
      for (const path of paths) {
        if (path.some((step) => typeof step === "number")) continue;
        expect(difference(valueAt(part, path), valueAt(item, path))).toBe("");
      }
    }),
    runs,
  );
});

test("any part asked for is read where it is not there, too", () => {
  fc.assert(
    fc.property(stored, fc.infiniteStream(fc.boolean()), ({ codec, wire }, coin) => {
      const paths = pathsOf(codec, wire, coin, absentSteps);
      fc.pre(paths.length > 0);
      const projection = codec.project(paths);
      const decoded = projection.decode(projected(wire, projection.paths));
      expect(issuesOf(decoded)).toStrictEqual([]);
    }),
    runs,
  );
});

test("any rest of an item is read as a partial one", () => {
  fc.assert(
    fc.property(stored, fc.infiniteStream(fc.nat(3)), ({ codec, wire }, die) => {
      const rest = thinned({ M: wire }, die) as { readonly M: AttributeMap };
      const decoded = codec.partial().decode(rest.M);
      expect(issuesOf(decoded)).toStrictEqual([]);
    }),
    runs,
  );
});

test("nothing that a table might hold makes a read throw", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.record({ S: fc.string() }),
      fc.record({
        N: fc.oneof(fc.bigInt().map(String), fc.constantFrom("1e999", "x", "", "0.1", "-0")),
      }),
      fc.record({ B: fc.string() }),
      fc.record({ BOOL: fc.boolean() }),
      fc.constant({ NULL: true }),
      fc.record({ NS: fc.array(fc.oneof(fc.bigInt().map(String), fc.string())) }),
      fc.record({ SS: fc.array(fc.string()) }),
      fc.record({ L: fc.array(tie("value")) }),
      fc.record({
        M: fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("value")),
      }),
      fc.anything(),
    ),
  })).value;
  fc.assert(
    fc.property(stored, fc.array(value), ({ codec, wire }, values) => {
      const names = Object.keys(wire);
      const changed = { ...wire } as Record<string, unknown>;
      for (const [index, each] of values.entries()) changed[names[index] ?? `x${index}`] = each;
      for (const decode of [codec.decodeItem, codec.partial().decode]) {
        const decoded = decode(changed as AttributeMap);
        expect(decoded.ok || decoded.issues.length > 0).toBe(true);
        const read: unknown = decoded.ok ? decoded.item : decoded.raw;
        expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
      }
    }),
    runs,
  );
});

// Vitest's equality takes objects for different that have a member named `constructor`.
function difference(actual: unknown, expected: unknown): string {
  try {
    deepStrictEqual(actual, expected);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

function issuesOf(decoded: Decoded): readonly unknown[] {
  return decoded.ok ? [] : decoded.issues;
}

/** Steps from a value to what it does not have. */
function absentSteps(value: AttributeValue): readonly PathStep[] {
  if ("L" in value) return [value.L.length, value.L.length + 1];
  if (!("M" in value)) return [];
  return ["a", "b", "c", "d", "e", "p", "x1"].filter((name) => !Object.hasOwn(value.M, name));
}

/** Some paths to what is there, and by `more` to what is not, none of them inside another. */
function pathsOf(
  codec: ItemCodec,
  wire: AttributeMap,
  coin: Iterator<boolean>,
  more: (value: AttributeValue) => readonly PathStep[] = () => [],
): PathStep[][] {
  const paths: PathStep[][] = [];
  const visit = (path: readonly PathStep[], value: AttributeValue): void => {
    // Beside others it can be taken for one of them: zod's objects have no member of this name.
    if (codec.at(path) === undefined || path.includes("__proto__")) return;
    const members =
      "M" in value ? Object.entries(value.M) : "L" in value ? [...value.L.entries()] : [];
    const absent = more(value).filter(() => coin.next().value === true);
    if (absent.length > 0) paths.push(...absent.map((step) => [...path, step]));
    else if (members.length === 0 || coin.next().value === true) {
      if (coin.next().value === true) paths.push([...path]);
      return;
    }
    for (const [step, member] of members) visit([...path, step], member);
  };
  for (const [name, value] of Object.entries(wire)) visit([name], value);
  return paths.filter((path) => codec.at(path) !== undefined);
}

function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  let at = value;
  for (const step of path) {
    if (at instanceof Map) at = (at as Map<unknown, unknown>).get(step);
    else
      at = Object.hasOwn(at as object, step) ? (at as Record<PathStep, unknown>)[step] : undefined;
  }
  return at;
}

/** The value without some of its members and elements. */
function thinned(value: AttributeValue, die: Iterator<number>): AttributeValue {
  const kept = (): boolean => die.next().value !== 0;
  if ("L" in value) return { L: value.L.filter(kept).map((member) => thinned(member, die)) };
  if (!("M" in value)) return value;
  return {
    M: Object.fromEntries(
      Object.entries(value.M)
        .filter(kept)
        .map(([name, member]) => [name, thinned(member, die)]),
    ),
  };
}
