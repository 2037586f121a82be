import type { AttributeMap, AttributeType } from "@fieldwise/core";
import { compile } from "zod/v4/core";
import { defineMember } from "./define-member.ts";
import { NumberProblem, readAny } from "./numbers.ts";
import { isPlainlyRead } from "./plainly-read.ts";
import { anyPlan, type Plan, type Problem, type Reading, type ReadOnce } from "./plan.ts";
import { runZod } from "./run-zod.ts";
import { storageOf } from "./stored-types.ts";
import type { UnionOptions } from "./union-options.ts";
import { internalsOf, type Schema } from "./zod-types.ts";

type Container = "map" | "list";

/** How a union is read: where its options read the same type differently, by the option that the value is of. */
export function unionPlan(union: UnionOptions, planOf: (schema: Schema) => Plan): Plan {
  const { options, discriminator } = union;
  const map = reader(options, "map", "M", planOf);
  const byValue = discriminator === undefined ? undefined : optionsByValue(union, discriminator);
  function planFor(content: AttributeMap): Plan | undefined {
    if (byValue === undefined || discriminator === undefined) return undefined;
    const tag = Object.hasOwn(content, discriminator) ? content[discriminator] : undefined;
    const option = byValue.get(tagText(tag));
    // Made when it is first met: several unions in an intersection have very many options.
    return option && planOf(option);
  }
  const mapOf: Plan["map"] = (content, reading) => (planFor(content)?.map ?? map)(content, reading);
  return {
    ...anyPlan,
    list: reader(options, "list", "L", planOf),
    map: mapOf,
    named(content, target, reading) {
      const plan = planFor(content);
      if (plan !== undefined) plan.named(content, target, reading);
      else {
        const read = mapOf(content, reading) as object;
        for (const [name, value] of Object.entries(read)) defineMember(target, name, value);
      }
    },
    rest(content, target, reading) {
      planFor(content)?.rest(content, target, reading);
    },
  };
}

function reader<K extends Container>(
  options: readonly Schema[],
  container: K,
  type: AttributeType,
  planOf: (schema: Schema) => Plan,
): Plan[K] {
  const able = options.filter((option) => storageOf(option).types.has(type));
  if (able.length === 1) {
    const plan = planOf(able[0] as Schema);
    return ((content: never, reading: Reading) => plan[container](content, reading)) as Plan[K];
  }
  if (able.every((option) => isPlainlyRead(option))) return anyPlan[container];
  return firstThatFits(able, container, planOf) as Plan[K];
}

// The options differ in how they read numbers or Maps: only validation tells which of them the value is of. One that holds
// the union again asks for the same parts as the next.
function firstThatFits(
  options: readonly Schema[],
  container: Container,
  planOf: (schema: Schema) => Plan,
): (content: never, reading: Reading) => unknown {
  let compiled: readonly Schema[] | undefined;
  function tryOptions(content: never, { depth, tried }: Reading): ReadOnce {
    compiled ??= options.map((option) => compile(option));
    for (const [index, option] of options.entries()) {
      const attempt: Reading = { depth, problems: [], ...(tried && { tried }) };
      const value = planOf(option)[container](content, attempt);
      const fits = attempt.problems.length === 0 && runZod(compiled[index] as Schema, value, {}).ok;
      if (fits) return { value, problems: [] };
    }
    const problems: Problem[] = [];
    return { value: anyPlan[container](content, { depth, problems }), problems };
  }
  return (content, reading) => {
    const tried: NonNullable<Reading["tried"]> = reading.tried ?? new Map();
    let values = tried.get(options);
    if (values === undefined) tried.set(options, (values = new Map()));
    let read = values.get(content);
    if (read === undefined) {
      read = tryOptions(content, { ...reading, tried });
      values.set(content, read);
    }
    reading.problems.push(...read.problems);
    return read.value;
  };
}

/** How a number is read that options read differently, as those of a tuple do once their places are not known. */
export function numberThatFits(
  options: readonly Schema[],
  planOf: (schema: Schema) => Plan,
): Plan["number"] {
  const able = options.filter((option) => storageOf(option).types.has("N"));
  return (text) => {
    for (const option of able) {
      const value = planOf(option).number(text);
      if (!(value instanceof NumberProblem) && runZod(option, value, {}).ok) return value;
    }
    return readAny(text);
  };
}

function optionsByValue(
  { options, own }: UnionOptions,
  discriminator: string,
): ReadonlyMap<string, Schema> {
  const byValue = new Map<string, Schema>();
  const ambiguous = new Set<string>();
  for (const [index, option] of options.entries()) {
    for (const value of internalsOf(own[index] as Schema).propValues?.[discriminator] ?? []) {
      const text = literalText(value);
      // What several options may lack tells nothing.
      if (byValue.has(text)) ambiguous.add(text);
      byValue.set(text, option);
    }
  }
  for (const text of ambiguous) byValue.delete(text);
  return byValue;
}

/** Whether the discriminator of a value in DynamoDB's JSON is one of those that the option has. */
export function hasTag(option: Schema, discriminator: string, content: AttributeMap): boolean {
  if (!Object.hasOwn(content, discriminator)) return false;
  const tag = tagText(content[discriminator]);
  const values = internalsOf(option).propValues?.[discriminator] ?? [];
  return [...values].some((value) => literalText(value) === tag);
}

function literalText(value: unknown): string {
  return typeof value === "bigint"
    ? `number ${String(Number(value))}`
    : `${typeof value} ${String(value)}`;
}

function tagText(tag: unknown): string {
  if (typeof tag !== "object" || tag === null) return "undefined undefined";
  const { S, N, BOOL, NULL } = tag as Readonly<Record<string, unknown>>;
  if (typeof S === "string") return `string ${S}`;
  if (typeof N === "string") return `number ${Number(N)}`;
  if (typeof BOOL === "boolean") return `boolean ${BOOL}`;
  return NULL === undefined ? "" : "object null";
}
