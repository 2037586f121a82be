import * as z from "zod";

/**
 * A value of the schema in the application, JSON text in a string attribute in the table: for what is read and written
 * whole, and that no condition or update looks into.
 *
 * What JSON would lose (a `Set`, a `Map`, a `bigint`, a `Date` …) is an issue when it is written, unless a codec of the
 * schema makes it something that JSON has.
 */
export function jsonString<Inner extends z.core.SomeType>(
  schema: Inner,
): z.ZodCodec<z.ZodString, Inner> {
  return z.codec(z.string(), schema, {
    decode(text, context) {
      try {
        return JSON.parse(text) as z.core.input<Inner>;
      } catch {
        context.issues.push({
          code: "custom",
          input: text,
          message: "Invalid input: expected JSON",
        });
        return z.NEVER;
      }
    },
    encode(value, context) {
      const lost = pathOfLoss(value, []);
      if (lost === undefined) return JSON.stringify(value);
      context.issues.push({
        code: "custom",
        input: value,
        path: [...lost.path],
        message: `${lost.what} can't be written as JSON without losing it. Use a codec for it`,
      });
      return z.NEVER;
    },
  });
}

interface Loss {
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

function pathOfLoss(value: unknown, path: readonly PropertyKey[]): Loss | undefined {
  const what = lossOf(value, path);
  if (what !== undefined) return { path: path.slice(0, 8), what };
  if (typeof value !== "object" || value === null) return undefined;
  const members = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [step, member] of members) {
    if (member === undefined && !Array.isArray(value)) continue;
    const found = pathOfLoss(member, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lossOf(value: unknown, path: readonly PropertyKey[]): string | undefined {
  if (path.length > 512) return "What nests so deep";
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : String(value);
    case "object": {
      if (value === null || Array.isArray(value)) return undefined;
      const prototype = Object.getPrototypeOf(value) as object | null;
      if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
      return `A ${value.constructor.name}`;
    }
    default:
      return `A value of type ${typeof value}`;
  }
}
