import { notUnderstood } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { internalsOf, type Schema } from "../compile/zod-types.ts";

/** What zod passes from a schema to its checks and on. */
interface Payload {
  value: unknown;
  readonly issues: unknown[];
}

/** Checks a value as its schema does, and gives what becomes of it. */
export type Check = (value: unknown) => unknown;

/** The checks of a schema; `undefined` where it has none. One that fails, or waits, is not understood. */
export function checksOf(schema: Schema): Check | undefined {
  const checks = checkListOf(schema);
  if (checks.length < 2) return checks[0];
  return (value) => {
    let checked = value;
    for (const check of checks) checked = check(checked);
    return checked;
  };
}

/** The checks of a schema, each on its own. */
export function checkListOf(schema: Schema): readonly Check[] {
  const { def, traits } = internalsOf(schema);
  const checks = [...(def.checks ?? [])];
  // A schema of a format is a check as well.
  if (traits.has("$ZodCheck")) checks.unshift(schema as unknown as z.$ZodCheck);
  return checks.map(checkOf);
}

function checkOf(check: z.$ZodCheck): Check {
  const { def, check: run } = internalsOf(check);
  const whole: Check = (value) => {
    const payload: Payload = { value, issues: [] };
    if (def.when !== undefined && !def.when(payload as z.ParsePayload)) return value;
    const pending: unknown = run(payload as z.ParsePayload<never>);
    if (pending instanceof Promise || payload.issues.length > 0) throw notUnderstood;
    return payload.value;
  };
  return quickCheck(def as z.$ZodChecks["_zod"]["def"], whole);
}

/** What passes for sure is not even given to zod. */
function quickCheck(def: z.$ZodChecks["_zod"]["def"], whole: Check): Check {
  switch (def.check) {
    case "greater_than": {
      const { value: limit } = def;
      // At the limit itself zod says whether it is included.
      return (value) => ((value as number) > (limit as number) ? value : whole(value));
    }
    case "less_than": {
      const { value: limit } = def;
      return (value) => ((value as number) < (limit as number) ? value : whole(value));
    }
    case "number_format":
      return def.format === "safeint"
        ? (value) => (Number.isSafeInteger(value) ? value : whole(value))
        : whole;
    case "min_length": {
      // Zod counts code points, and a string has at least half as many as `length` says.
      const enough = def.minimum * 2;
      return (value) => ((value as string).length >= enough ? value : whole(value));
    }
    case "max_length": {
      const { maximum } = def;
      return (value) => ((value as string).length <= maximum ? value : whole(value));
    }
    default:
      return whole;
  }
}

/** Runs a whole schema on a value. */
export function runSchema(schema: Schema, value: unknown): unknown {
  const result = internalsOf(schema).run({ value, issues: [] }, {});
  if (result instanceof Promise || result.issues.length > 0) throw notUnderstood;
  return result.value;
}
