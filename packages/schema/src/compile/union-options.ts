import { discriminatorOf } from "./selection.ts";
import { definitionOf, innerOf, intersectionOf, type Schema } from "./zod-types.ts";

/** The options of a union, or of an intersection with a union in it. */
export interface UnionOptions {
  readonly options: readonly Schema[];
  /** The options as the union has them, whose literals tell which of them an object is. */
  readonly own: readonly Schema[];
  /** The name by which a discriminated union tells its options apart. */
  readonly discriminator: string | undefined;
}

/**
 * The options of a union; `undefined` of all else. An intersection with a union in it has as many, each an intersection: to
 * the options alone, what the other side holds is nothing they know.
 */
export function unionOptionsOf(schema: Schema, depth = 0): UnionOptions | undefined {
  if (depth > 32) return undefined;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "union": {
      const { options } = definition;
      return { options, own: options, discriminator: discriminatorOf(definition) };
    }
    case "intersection": {
      const { left, right } = definition;
      return (
        withEach(left, depth, (option) => intersectionOf(option, right)) ??
        withEach(right, depth, (option) => intersectionOf(left, option))
      );
    }
    case "readonly":
      return unionOptionsOf(definition.innerType, depth + 1);
    case "lazy":
      return unionOptionsOf(innerOf(schema) ?? schema, depth + 1);
    default:
      return undefined;
  }
}

function withEach(
  side: Schema,
  depth: number,
  make: (option: Schema) => Schema,
): UnionOptions | undefined {
  const union = unionOptionsOf(side, depth + 1);
  return union && { ...union, options: union.options.map(make) };
}
