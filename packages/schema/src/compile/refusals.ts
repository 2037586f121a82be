import { declaredStorage } from "./stored-as.ts";
import { definitionOf, innerOf, internalsOf, isCodec, type Schema } from "./zod-types.ts";

const codecAdvice = "Use z.codec() with a decode and an encode, so that it can be written back";

/** Why values of a schema can't be encoded back; `undefined` where they can. */
export function notReversible(schema: Schema): string | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "pipe":
      if (isCodec(definition)) return undefined;
      if (internalsOf(schema).traits.has("$ZodPreprocess")) {
        return `z.preprocess() has no way back. ${codecAdvice}`;
      }
      return isTransform(definition.in) || isTransform(definition.out)
        ? `.transform() has no way back. ${codecAdvice}`
        : undefined;
    case "transform":
      return `z.transform() has no way back. ${codecAdvice}`;
    case "success":
      return `z.success() has no way back. ${codecAdvice}`;
    case "promise":
      return "a promise can't be stored. Await it, and declare what it gives";
    default:
      return undefined;
  }
}

/** Why values of a schema can't be stored as they are, and what to use instead; `undefined` where they can. */
export function notStorable(schema: Schema): string | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "date":
      return "DynamoDB has no dates. Use isoDate(), epochSeconds() or epochMilliseconds()";
    case "nan":
      return "NaN can't be stored: DynamoDB's numbers are finite. Use z.null() in its place";
    case "symbol":
      return "a symbol can't be stored. Use z.enum() or z.literal() of strings";
    case "function":
      return "a function can't be stored. Leave it out of the schema";
    case "file":
      return "a file can't be stored. Store its bytes with bytes(), or its place as a string";
    case "undefined":
    case "void":
      return `undefined can't be stored. Use .optional() for what may be absent, or z.null()`;
    case "readonly":
      return isBinary(definition.innerType)
        ? "zod freezes what .readonly() reads, and binary can't be frozen. Remove .readonly()"
        : undefined;
    case "literal":
      return definition.values.includes(undefined)
        ? "undefined can't be stored. Use .optional() for what may be absent"
        : undefined;
    default:
      return undefined;
  }
}

/** Whether a function says of itself that it is asynchronous. */
export function isAsyncFunction(value: unknown): boolean {
  return (
    typeof value === "function" &&
    (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "AsyncFunction"
  );
}

function isBinary(schema: Schema): boolean {
  const inner = innerOf(schema);
  if (inner !== undefined && definitionOf(schema).type !== "lazy") return isBinary(inner);
  return declaredStorage(schema)?.type === "B";
}

function isTransform(schema: Schema): boolean {
  return definitionOf(schema).type === "transform";
}
