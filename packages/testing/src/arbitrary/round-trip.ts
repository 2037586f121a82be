import { isDeepStrictEqual } from "node:util";
import { safeParse } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { pathText } from "./fixture-error.ts";
import type { Schema } from "./zod-schema.ts";

/** What came of a value; where it does not fit, the first thing that is wrong with it. */
export type Trial =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** The value as the table would hold it. */
export function encode(schema: Schema, value: unknown): Trial {
  return run(schema, value, { direction: "backward" } as z.ParseContext<z.$ZodIssue>);
}

/** The value as the application would hold it. */
export function decode(schema: Schema, value: unknown): Trial {
  return run(schema, value, undefined);
}

/**
 * The value as it comes back once it was stored: a codec or a check may have rounded, trimmed or lowercased it. Values that
 * come back as something else each time don't fit.
 */
export function settle(schema: Schema, value: unknown): Trial {
  const first = thereAndBack(schema, value);
  if (!first.ok || isDeepStrictEqual(first.value, value)) return first;
  const second = thereAndBack(schema, first.value);
  if (!second.ok || isDeepStrictEqual(second.value, first.value)) return second;
  return { ok: false, problem: "What is read is never what was written" };
}

/** Takes a value that comes back as it is. */
export function keep(schema: Schema, value: unknown): Trial {
  const back = thereAndBack(schema, value);
  if (!back.ok || isDeepStrictEqual(back.value, value)) return back.ok ? { ok: true, value } : back;
  return { ok: false, problem: "What is read is not what was written" };
}

function thereAndBack(schema: Schema, value: unknown): Trial {
  const stored = encode(schema, value);
  return stored.ok ? decode(schema, stored.value) : stored;
}

function run(
  schema: Schema,
  value: unknown,
  context: z.ParseContext<z.$ZodIssue> | undefined,
): Trial {
  try {
    const result = safeParse(schema, value, context);
    if (result.success) return { ok: true, value: result.data };
    const [issue] = result.error.issues;
    return { ok: false, problem: issue === undefined ? "Invalid input" : issueText(issue) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What zod found, as it is written in messages: where inside the value, and what. */
export function issueText({ path, message }: z.$ZodIssue): string {
  const at = pathText(path.filter((step) => typeof step !== "symbol"));
  return at === "" ? message : `${at}: ${message}`;
}
