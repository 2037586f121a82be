import { marshallValue, type NativeAttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { ownMember } from "./define-member.ts";
import { encoderOf } from "./encoder.ts";
import { finish, type Finishing, type LeftOut, noEmptySet } from "./finish.ts";
import { losesIssuesInside } from "./lost-checks.ts";
import { planOf } from "./plan-of.ts";
import { readValue } from "./plan.ts";
import { prepare } from "./prepare.ts";
import { customIssue, runZod, under } from "./run-zod.ts";
import type { Schema } from "./zod-types.ts";

/** What came of encoding a value; `undefined` where it is no attribute, as an empty set. */
export type Encoded =
  | { readonly ok: true; readonly value: NativeAttributeValue | undefined }
  | { readonly ok: false; readonly issues: readonly z.$ZodIssue[] };

/**
 * Encodes a value whole: fills in defaults, runs codecs and all refinements, and gives what core stores.
 *
 * @param path - Where the value stands, for the issues.
 */
export function encodeWhole(schema: Schema, value: unknown, path: readonly PropertyKey[]): Encoded {
  try {
    const direct = encoderOf(schema)?.(value, 0);
    if (direct !== undefined) return { ok: true, value: direct };
  } catch {
    // What is wrong with it, and where, is found in the way that keeps track of it.
  }
  return encodeByZod(schema, value, path);
}

/** The same by zod alone, with all that may be wrong with the value. */
export function encodeByZod(schema: Schema, value: unknown, path: readonly PropertyKey[]): Encoded {
  return encode(schema, value, path, false);
}

/** Encodes an operand of a condition: codecs run and types are checked, but refinements don't count. */
export function encodeUnrefined(
  schema: Schema,
  value: unknown,
  path: readonly PropertyKey[],
): Encoded {
  if (value === undefined) return { ok: true, value };
  // To zod the class of a custom schema is a refinement too; so one that holds tells the options of a union apart.
  const refined = encodeWhole(schema, value, path);
  return refined.ok ? refined : encode(schema, value, path, true);
}

/** Encodes a value that is held to nothing, and made nothing else of, by checks. */
export function encodeUnchecked(
  schema: Schema,
  value: unknown,
  path: readonly PropertyKey[],
): Encoded {
  return encode(schema, value, path, true);
}

function encode(
  schema: Schema,
  value: unknown,
  path: readonly PropertyKey[],
  skipChecks: boolean,
): Encoded {
  const issues: z.$ZodIssue[] = [];
  const prepared = prepare(schema, value, { path: [], issues, skipChecks });
  const outcome = runZod(schema, prepared, { direction: "backward", skipChecks });
  if (!outcome.ok) return { ok: false, issues: under(path, [...issues, ...outcome.issues]) };
  const finishing: Finishing = { path: [], issues, leftOut: [] };
  const finished = finish(outcome.value, schema, finishing);
  const uncertain = finishing.leftOut.length > 0 || (!skipChecks && losesIssuesInside(schema));
  if (finishing.issues.length === 0 && uncertain && finished !== undefined) {
    finishing.issues.push(...issuesOfReadingBack(schema, finished, finishing.leftOut));
  }
  return finishing.issues.length === 0
    ? { ok: true, value: finished }
    : { ok: false, issues: under(path, finishing.issues) };
}

// Which option of a union a value is of, and so what its missing members come back as, only a read tells; and so it is with the
// checks that zod loses.
function issuesOfReadingBack(
  schema: Schema,
  value: NativeAttributeValue,
  leftOut: readonly LeftOut[],
): readonly z.$ZodIssue[] {
  const stored = readValue(marshallValue(value), planOf(schema), { depth: 0, problems: [] });
  const lost = leftOut.filter(
    ({ path, emptySet }) => emptySet && !(valueAt(stored, path) instanceof Set),
  );
  if (lost.length > 0) return lost.map((each) => customIssue(each.path, noEmptySet));
  const outcome = runZod(schema, stored, {});
  return outcome.ok ? [] : outcome.issues;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = at instanceof Map ? (at as Map<unknown, unknown>).get(step) : ownMember(at, String(step));
  }
  return at;
}
