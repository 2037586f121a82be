import { $ZodAsyncError, safeParse } from "zod/v4/core";
import type * as z from "zod/v4/core";
import type { Schema } from "./zod-types.ts";

/** What came of validating a value. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly z.$ZodIssue[] };

/** How zod runs: forward reads (decodes), backward writes (encodes). */
export interface Run {
  readonly direction?: "backward";
  /** Types are checked and codecs run, but no refinements. */
  readonly skipChecks?: boolean;
  readonly jitless?: boolean;
}

/** A codec or a refinement turned out to be asynchronous; whoever knows the table makes a `SchemaError` of it. */
export class AsynchronousSchema extends Error {
  static {
    this.prototype.name = "AsynchronousSchema";
  }
}

/** Runs zod; what a codec or a refinement throws is an issue. */
export function runZod(schema: Schema, value: unknown, run: Run): Outcome {
  try {
    const result = safeParse(schema, value, run as z.ParseContext<z.$ZodIssue>);
    return result.success
      ? { ok: true, value: result.data }
      : { ok: false, issues: result.error.issues };
  } catch (error) {
    if (error instanceof $ZodAsyncError) throw new AsynchronousSchema();
    // Zod's fast path stumbles over a promise; its slow path says that there is one.
    if (error instanceof TypeError && run.jitless !== true) {
      return runZod(schema, value, { ...run, jitless: true });
    }
    const name = error instanceof Error ? error.name : typeof error;
    return { ok: false, issues: [customIssue([], `The schema threw ${name}`)] };
  }
}

/** An issue that zod did not find. */
export function customIssue(path: readonly PropertyKey[], message: string): z.$ZodIssue {
  return { code: "custom", path: [...path], message };
}

/** The issues of what stands at the path. */
export function under(
  path: readonly PropertyKey[],
  issues: readonly z.$ZodIssue[],
): readonly z.$ZodIssue[] {
  return path.length === 0
    ? issues
    : issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}
