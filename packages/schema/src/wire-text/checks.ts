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
  const { def, traits } = internalsOf(schema);
  const checks = [...(def.checks ?? [])].map((check) => internalsOf(check));
  // A schema of a format is a check as well.
  if (traits.has("$ZodCheck")) {
    checks.unshift(internalsOf(schema as unknown as z.$ZodCheck));
  }
  if (checks.length === 0) return undefined;
  return (value) => {
    const payload: Payload = { value, issues: [] };
    for (const check of checks) {
      if (check.def.when !== undefined && !check.def.when(payload as z.ParsePayload)) continue;
      const pending: unknown = check.check(payload as z.ParsePayload<never>);
      if (pending instanceof Promise || payload.issues.length > 0) throw notUnderstood;
    }
    return payload.value;
  };
}

/** Runs a whole schema on a value. */
export function runSchema(schema: Schema, value: unknown): unknown {
  const result = internalsOf(schema).run({ value, issues: [] }, {});
  if (result instanceof Promise || result.issues.length > 0) throw notUnderstood;
  return result.value;
}
