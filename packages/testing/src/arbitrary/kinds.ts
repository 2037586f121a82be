import { definitionOf, innerOf, internalsOf, type Schema } from "./zod-schema.ts";

/**
 * Whether no value of one option is one of another, by type alone. Then what is drawn of an option needn't be looked at
 * again: it is read back as what it was.
 */
export function areDisjoint(options: readonly Schema[]): boolean {
  const seen = new Set<string>();
  for (const option of options) {
    const kinds = kindsOf(option, 0);
    if (kinds === undefined || kinds.some((kind) => seen.has(kind))) return false;
    for (const kind of kinds) seen.add(kind);
  }
  return true;
}

// `undefined` where the type does not tell.
function kindsOf(schema: Schema, depth: number): readonly string[] | undefined {
  const definition = definitionOf(schema);
  if (depth > 8) return undefined;
  switch (definition.type) {
    case "string":
    case "template_literal":
      return ["string"];
    case "number":
    case "bigint":
    case "boolean":
    case "null":
    case "set":
      return [definition.type];
    case "literal":
    case "enum":
      return [...new Set([...(internalsOf(schema).values ?? [])].map(kindOfValue))];
    case "array":
    case "tuple":
      return ["list"];
    case "object":
    case "record":
    case "map":
      return ["map"];
    case "union": {
      const kinds = definition.options.map((option) => kindsOf(option, depth + 1));
      return kinds.includes(undefined) ? undefined : kinds.flatMap((each) => each ?? []);
    }
    case "nullable": {
      const kinds = kindsOf(definition.innerType, depth + 1);
      return kinds && [...kinds, "null"];
    }
    case "optional":
    case "nonoptional":
    case "readonly":
    case "lazy": {
      const inner = innerOf(schema);
      return inner && kindsOf(inner, depth + 1);
    }
    default:
      return undefined;
  }
}

function kindOfValue(value: unknown): string {
  return value === null ? "null" : typeof value;
}
