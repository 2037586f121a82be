import type * as z from "zod/v4/core";
import { checksOf, definitionOf, internalsOf, type Schema } from "./zod-schema.ts";

/** What a schema asks of a text. Lengths are in characters (code points), as zod counts them. */
export interface AskedText {
  readonly type: "text";
  /** Zod's name of the format: `email`, `uuid`, `url`, `datetime`, `jwt` …; `undefined` for any text. */
  readonly format: string | undefined;
  readonly minimum: number;
  readonly maximum: number;
  readonly patterns: readonly RegExp[];
  readonly startsWith: string;
  readonly endsWith: string;
  readonly includes: readonly string[];
  readonly letters: "lower" | "upper" | undefined;
  readonly schema: Schema;
}

/** What a schema asks of a number. */
export interface AskedNumber {
  readonly type: "number";
  /** Whether it asks for integers. */
  readonly whole: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly multipleOf: number | undefined;
  readonly schema: Schema;
}

/** What a schema asks of a bigint. */
export interface AskedBigint {
  readonly type: "bigint";
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly multipleOf: bigint | undefined;
  readonly schema: Schema;
}

/** What a schema asks of a date; without bounds of its own any from year 0 to 9999, which ISO 8601 can write. */
export interface AskedDate {
  readonly type: "date";
  readonly minimum: Date;
  readonly maximum: Date;
  /** Whether the schema itself has bounds. */
  readonly bounded: boolean;
  readonly schema: Schema;
}

/** What is asked of a value that is no container. */
export type Asked = AskedText | AskedNumber | AskedBigint | AskedDate;

/** How many members a list, a set or a map may have. */
export interface AskedSize {
  readonly minimum: number;
  readonly maximum: number;
}

type CheckDefinition = z.$ZodChecks["_zod"]["def"];

/** What a string schema asks. */
export function askedText(schema: Schema): AskedText {
  const own = definitionOf(schema) as Partial<z.$ZodCheckStringFormatDef>;
  const patterns: RegExp[] = [];
  const includes: string[] = [];
  const asked = { startsWith: "", endsWith: "" };
  let letters: AskedText["letters"];
  let { format } = own;
  if (own.pattern !== undefined) patterns.push(own.pattern);
  for (const check of definitionsOf(schema)) {
    if (check.check !== "string_format") continue;
    const each = check as CheckDefinition & {
      readonly format: string;
      readonly pattern?: RegExp;
      readonly prefix: string;
      readonly suffix: string;
      readonly includes: string;
    };
    switch (each.format) {
      case "lowercase":
        letters = "lower";
        break;
      case "uppercase":
        letters = "upper";
        break;
      case "starts_with":
        asked.startsWith = longer(asked.startsWith, each.prefix);
        break;
      case "ends_with":
        asked.endsWith = longer(asked.endsWith, each.suffix);
        break;
      case "includes":
        includes.push(each.includes);
        break;
      default:
        if (each.format !== "regex") format ??= each.format;
        if (each.pattern !== undefined) patterns.push(each.pattern);
    }
  }
  return {
    type: "text",
    format,
    ...askedSize(schema),
    patterns,
    ...asked,
    includes,
    letters,
    schema,
  };
}

/** What a number schema asks, within what DynamoDB holds and a number is exact in. */
export function askedNumber(schema: Schema): AskedNumber {
  let minimum = Number.MIN_SAFE_INTEGER;
  let maximum = Number.MAX_SAFE_INTEGER;
  let whole = false;
  let multipleOf: number | undefined;
  const visit = (check: CheckDefinition): void => {
    if (check.check === "number_format") {
      whole ||= check.format.includes("int");
      if (check.format === "int32") [minimum, maximum] = within(-(2 ** 31), 2 ** 31 - 1);
      if (check.format === "uint32") [minimum, maximum] = within(0, 2 ** 32 - 1);
    } else if (check.check === "greater_than") {
      minimum = Math.max(minimum, check.inclusive ? Number(check.value) : after(check.value));
    } else if (check.check === "less_than") {
      maximum = Math.min(maximum, check.inclusive ? Number(check.value) : before(check.value));
    } else if (check.check === "multiple_of") {
      multipleOf = Number(check.value);
    }
  };
  const within = (first: number, last: number): [number, number] => [
    Math.max(minimum, first),
    Math.min(maximum, last),
  ];
  for (const check of ownAndOther(schema)) visit(check);
  if (multipleOf !== undefined && Number.isInteger(multipleOf)) whole = true;
  if (whole) [minimum, maximum] = [Math.ceil(minimum), Math.floor(maximum)];
  return { type: "number", whole, minimum, maximum, multipleOf, schema };
}

const mostDigits = 10n ** 38n - 1n;

/** What a bigint schema asks, within the 38 digits that DynamoDB holds. */
export function askedBigint(schema: Schema): AskedBigint {
  let minimum = -mostDigits;
  let maximum = mostDigits;
  let multipleOf: bigint | undefined;
  for (const check of ownAndOther(schema)) {
    if (check.check === "bigint_format") {
      const signed = check.format === "int64";
      minimum = most(minimum, signed ? -(2n ** 63n) : 0n);
      maximum = least(maximum, signed ? 2n ** 63n - 1n : 2n ** 64n - 1n);
    } else if (check.check === "greater_than") {
      minimum = most(minimum, (check.value as bigint) + (check.inclusive ? 0n : 1n));
    } else if (check.check === "less_than") {
      maximum = least(maximum, (check.value as bigint) - (check.inclusive ? 0n : 1n));
    } else if (check.check === "multiple_of") {
      multipleOf = check.value as bigint;
    }
  }
  return { type: "bigint", minimum, maximum, multipleOf, schema };
}

const firstDate = Date.parse("0000-01-01T00:00:00.000Z");
const lastDate = Date.parse("9999-12-31T23:59:59.999Z");

/** What a date schema asks. */
export function askedDate(schema: Schema): AskedDate {
  let minimum = firstDate;
  let maximum = lastDate;
  let bounded = false;
  for (const check of definitionsOf(schema)) {
    if (check.check !== "greater_than" && check.check !== "less_than") continue;
    bounded = true;
    const time = Number(check.value);
    if (check.check === "greater_than")
      minimum = Math.max(minimum, time + (check.inclusive ? 0 : 1));
    else maximum = Math.min(maximum, time - (check.inclusive ? 0 : 1));
  }
  return { type: "date", minimum: new Date(minimum), maximum: new Date(maximum), bounded, schema };
}

/** How long a text or a list, how large a set or a map may be. */
export function askedSize(schema: Schema): AskedSize {
  let minimum = 0;
  let maximum = Number.POSITIVE_INFINITY;
  for (const check of definitionsOf(schema)) {
    switch (check.check) {
      case "min_length":
      case "min_size":
        minimum = Math.max(minimum, check.minimum);
        break;
      case "max_length":
      case "max_size":
        maximum = Math.min(maximum, check.maximum);
        break;
      case "length_equals":
        [minimum, maximum] = [check.length, check.length];
        break;
      case "size_equals":
        [minimum, maximum] = [check.size, check.size];
        break;
      default:
    }
  }
  return { minimum, maximum };
}

function definitionsOf(schema: Schema): readonly CheckDefinition[] {
  return checksOf(schema).map((check) => internalsOf(check).def as CheckDefinition);
}

// A format such as z.int() is a check itself.
function ownAndOther(schema: Schema): readonly CheckDefinition[] {
  return [definitionOf(schema) as unknown as CheckDefinition, ...definitionsOf(schema)];
}

function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

// The next number that DynamoDB tells apart, or where that is far off the next one of a double.
function after(bound: z.util.Numeric): number {
  const value = Number(bound);
  return value === 0 ? 1e-130 : value + Math.abs(value) * Number.EPSILON;
}

function before(bound: z.util.Numeric): number {
  return -after(-Number(bound));
}
