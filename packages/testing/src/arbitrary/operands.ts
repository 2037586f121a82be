import type { AttributeValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { attempt, hits } from "./attempts.ts";
import type { Place } from "./fixture-error.ts";
import { orderOf } from "./operand-order.ts";
import type { KnownPath } from "./paths.ts";
import type { Trial } from "./round-trip.ts";
import { plainStyle } from "./style.ts";
import { valuesOf } from "./values.ts";
import type { Schema } from "./zod-schema.ts";

type Values = fc.Arbitrary<unknown> | undefined;

/**
 * What conditions compare a path with: what the item has there, values near to it, and others of the schema; `undefined`
 * where no value is known.
 */
export function operandsOf(path: KnownPath): Values {
  const own = path.value === undefined ? [] : [path.value, ...near(path.value)];
  const fits = (value: unknown): boolean => path.encode(value) !== undefined;
  return mostly(own.filter(fits), drawn(path.schemas, path, fits));
}

/** New values for a path, which its schema takes: others than the item has, and once in a while its own. */
export function newValuesOf(path: KnownPath): Values {
  const fits = (value: unknown): boolean => {
    const encoded = path.encodeValue(value);
    return encoded !== undefined && (!path.isIndexKey || isKey(encoded));
  };
  const own = path.value !== undefined && fits(path.value) ? [path.value] : [];
  const others = drawn(path.schemas, path, fits);
  if (own.length === 0) return others;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constantFrom(...own) },
    ...(others === undefined ? [] : [{ weight: 9, arbitrary: others }]),
  );
}

/** What may be looked for in a list or a set: members that it has, values near to them, and others of the schema. */
export function membersFor(path: KnownPath): Values {
  const { value } = path;
  const members = Array.isArray(value) || value instanceof Set ? [...value].slice(0, 8) : [];
  const fits = (member: unknown): boolean => path.encodesElement(member);
  return mostly(
    [...members, ...members.flatMap(near)].filter(fits),
    drawn(path.elements, path, fits),
  );
}

/** New members of a list or a set, which its schema takes. */
export function newMembersOf(path: KnownPath): Values {
  return drawn(path.elements, path, (member) => path.encodesNewElement(member));
}

/** Texts or binary that a value may begin with, or contain. */
export function partsFor(
  operands: fc.Arbitrary<unknown>,
  where: "start" | "anywhere",
): fc.Arbitrary<unknown> {
  return operands.filter(hasParts).chain((value) => partsOf(value, where));
}

/** Two bounds of one type, the lower one first. */
export function boundsOf(
  path: KnownPath,
  operands: fc.Arbitrary<unknown>,
): fc.Arbitrary<readonly [unknown, unknown]> {
  return fc.tuple(operands, operands).map(([one, other]): readonly [unknown, unknown] => {
    const [a, b] = [path.encode(one), path.encode(other)];
    const order = a && b && orderOf(a, b);
    if (order === undefined) return [one, one];
    return order > 0 ? [other, one] : [one, other];
  });
}

/** Numbers for the size of an attribute. */
export function sizesFor({ value }: KnownPath): fc.Arbitrary<number> {
  const own = sizeOf(value);
  return own === undefined
    ? fc.nat({ max: 4 })
    : fc.oneof(fc.constantFrom(own, own + 1, Math.max(own - 1, 0)), fc.nat({ max: 4 }));
}

function drawn(
  schemas: readonly Schema[],
  path: KnownPath,
  fits: (value: unknown) => boolean,
): Values {
  const place = { tableName: path.tableName, path: path.steps };
  const trial = (value: unknown): Trial =>
    fits(value) ? { ok: true, value } : { ok: false, problem: "DynamoDB takes none as an operand" };
  const [first, ...others] = schemas.flatMap((schema) => plainValues(schema, place, trial) ?? []);
  if (first === undefined) return undefined;
  return attempt(others.length === 0 ? first : fc.oneof(first, ...others), trial, place);
}

const known = new WeakMap<Schema, { readonly values: Values }>();

// Of some refinements no value is found by chance, and a set may have no member to ask for.
function plainValues(schema: Schema, place: Place, trial: (value: unknown) => Trial): Values {
  let found = known.get(schema);
  if (found === undefined) {
    const values = valuesOf(schema, { style: plainStyle, place });
    found = { values: hits(values, trial, 12) > 0 ? values : undefined };
    known.set(schema, found);
  }
  return found.values;
}

function mostly(own: readonly unknown[], others: Values): Values {
  if (own.length === 0) return others;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(...own.slice(0, 1)) },
    { weight: 3, arbitrary: fc.constantFrom(...own) },
    ...(others === undefined ? [] : [{ weight: 2, arbitrary: others }]),
  );
}

/** Whether a value can be the key of an index (AWS, "Quotas in Amazon DynamoDB"): not empty, and at most 1024 bytes. */
export function isKey(encoded: AttributeValue): boolean {
  const text: unknown = Object.values(encoded)[0];
  return typeof text !== "string" || (text !== "" && Buffer.byteLength(text) <= 1024);
}

/** Values that differ from one by little. */
function near(value: unknown): readonly unknown[] {
  switch (typeof value) {
    case "string": {
      const characters = Array.from(value);
      return [`${value}a`, characters.slice(0, -1).join("")];
    }
    case "number":
      return [value + 1, value - 1, value + 0.5];
    case "bigint":
      return [value + 1n, value - 1n];
    case "boolean":
      return [!value];
    default:
  }
  if (value instanceof Date) {
    return [1, -1, 1000, -1000].map((difference) => new Date(value.getTime() + difference));
  }
  if (value instanceof Uint8Array) {
    return [Uint8Array.from([...value, 0]), Uint8Array.from(value.subarray(0, -1))];
  }
  if (value instanceof Set) return [new Set([...value].slice(1))];
  return Array.isArray(value) ? [value.slice(1)] : [];
}

function hasParts(value: unknown): value is string | Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array;
}

function partsOf(value: string | Uint8Array, where: "start" | "anywhere"): fc.Arbitrary<unknown> {
  const isText = typeof value === "string";
  // By characters: half of one is no text.
  const units: readonly (string | number)[] = Array.from<string | number>(value);
  const positions = fc.nat({ max: units.length });
  return fc
    .tuple(positions, where === "anywhere" ? positions : fc.constant(0))
    .map(([end, start]) => {
      const part = units.slice(Math.min(start, end), Math.max(start, end));
      return isText ? part.join("") : Uint8Array.from(part as readonly number[]);
    });
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) {
    return value.length;
  }
  if (value instanceof Set || value instanceof Map) return value.size;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}
