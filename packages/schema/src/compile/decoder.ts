import {
  type AttributeMap,
  isObject,
  type Item,
  type PathStep,
  type TextReader,
} from "@fieldwise/core";
import { compile } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { itemTextReader, storedPartReader } from "../wire-text/text-reader.ts";
import { planOf } from "./plan-of.ts";
import { anyPlan, type Plan, type Problem, problem, type Reading, readValue } from "./plan.ts";
import { customIssue, type Outcome, runZod } from "./run-zod.ts";
import type { Schema } from "./zod-types.ts";

/** What came of reading an item: the item, or what is wrong with it and the item as it stands in the table. */
export type Decoded =
  | { readonly ok: true; readonly item: unknown }
  | {
      readonly ok: false;
      readonly issues: readonly z.$ZodIssue[];
      /** The item as plain values, as far as it can be read: numbers as `number` or, where that would round, `bigint`. */
      readonly raw: Item;
    };

/** Reads items of one schema, or of a part of one. */
export interface Decoder {
  decode(wire: AttributeMap): Decoded;
  /** The stored side alone, nothing decoded or validated. */
  readStored(wire: AttributeMap): Outcome;
  /** Reads an item from an answer's text, as `decode` would; what it does not understand, `decode` has to. */
  readonly text: TextReader | undefined;
  /** The same for the stored side, as `readStored` would. */
  readonly storedText: TextReader | undefined;
  /** The same for a part of the item. */
  readonly storedPartText: TextReader | undefined;
}

/** Makes what reads items of a schema. The schema is compiled when the first item is read. */
export function decoderOf(schema: Schema): Decoder {
  let ready: { readonly plan: Plan; readonly compiled: Schema } | undefined;
  const prepare = (): { readonly plan: Plan; readonly compiled: Schema } =>
    (ready ??= { plan: planOf(schema), compiled: compile(schema) });
  let text: { readonly reader: TextReader | undefined } | undefined;
  let storedText: typeof text;
  let storedPartText: typeof text;
  return {
    get text() {
      return (text ??= { reader: itemTextReader(schema) }).reader;
    },
    get storedText() {
      return (storedText ??= { reader: itemTextReader(schema, "stored") }).reader;
    },
    get storedPartText() {
      return (storedPartText ??= { reader: storedPartReader(schema) }).reader;
    },
    decode(wire) {
      const { plan, compiled } = prepare();
      const reading: Reading = { depth: 0, problems: [] };
      const stored = readItem(wire, plan, reading);
      const outcome = runZod(compiled, stored, {});
      if (outcome.ok && reading.problems.length === 0) return { ok: true, item: outcome.value };
      const found = locate(reading.problems, wire);
      const others = outcome.ok ? [] : outcome.issues.filter((issue) => !explains(found, issue));
      return { ok: false, issues: [...found, ...others], raw: readRaw(wire) };
    },
    readStored(wire) {
      const reading: Reading = { depth: 0, problems: [] };
      const value = readItem(wire, prepare().plan, reading);
      return reading.problems.length === 0
        ? { ok: true, value }
        : { ok: false, issues: locate(reading.problems, wire) };
    },
  };
}

function readItem(wire: AttributeMap, plan: Plan, reading: Reading): unknown {
  if (isObject(wire)) return plan.map(wire, reading);
  return problem("Not an item", wire, reading);
}

/** Reads an item as plain values, as far as it can be read. */
export function readRaw(wire: AttributeMap): Item {
  if (!isObject(wire)) return {};
  return anyPlan.map(wire, { depth: 0, problems: [] }) as Item;
}

function explains(found: readonly z.$ZodIssue[], issue: z.$ZodIssue): boolean {
  return found.some(
    ({ path }) =>
      path.length <= issue.path.length && path.every((step, index) => step === issue.path[index]),
  );
}

/** Finds where the problems stand. Reading keeps no track of it, so that an item without problems pays nothing. */
function locate(problems: readonly Problem[], wire: AttributeMap): readonly z.$ZodIssue[] {
  if (problems.length === 0) return [];
  const paths = new Map<unknown, readonly PathStep[]>(problems.map((found) => [found.wire, []]));
  const wanted = new Set(paths.keys());
  walk({ M: wire }, [], wanted, paths);
  return problems.map(({ wire: value, message }) => customIssue(paths.get(value) ?? [], message));
}

function walk(
  value: unknown,
  path: readonly PathStep[],
  wanted: Set<unknown>,
  paths: Map<unknown, readonly PathStep[]>,
): void {
  if (wanted.delete(value)) paths.set(value, path);
  if (wanted.size === 0 || path.length > 64 || typeof value !== "object" || value === null) return;
  const { M, L } = value as { readonly M?: unknown; readonly L?: unknown };
  if (Array.isArray(L)) {
    for (const [index, member] of L.entries()) walk(member, [...path, index], wanted, paths);
  } else if (isObject(M)) {
    for (const [name, member] of Object.entries(M as object)) {
      walk(member, [...path, name], wanted, paths);
    }
  }
}

/** Reads one value of a schema: as `decode` does, for a single attribute. */
export function decodeValue(schema: Schema, wire: AttributeMap[string]): Outcome {
  const reading: Reading = { depth: 0, problems: [] };
  const stored = readValue(wire, planOf(schema), reading);
  if (reading.problems.length > 0) {
    return { ok: false, issues: reading.problems.map(({ message }) => customIssue([], message)) };
  }
  return runZod(schema, stored, {});
}
