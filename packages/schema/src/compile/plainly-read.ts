import { absentValueOf } from "./absent.ts";
import { isInheritedName } from "./define-member.ts";
import { storageOf, storesSet } from "./stored-types.ts";
import { definitionOf, othersOf, partsOf, type Schema } from "./zod-types.ts";

const known = new WeakMap<Schema, boolean>();

/** Whether a value of the schema reads right without knowing the schema: it has no bigint, decimal, Map or set in it. */
export function isPlainlyRead(schema: Schema): boolean {
  const answer = known.get(schema);
  if (answer !== undefined) return answer;
  // What holds itself has no end to look for.
  known.set(schema, false);
  const plain = find(schema);
  known.set(schema, plain);
  return plain;
}

function find(schema: Schema): boolean {
  const { numbers, maps } = storageOf(schema);
  if (numbers.has("bigint") || numbers.has("decimal") || maps.has("Map")) return false;
  if (storesSet(schema)) return false;
  // Where it is missing, something stands for it.
  if (absentValueOf(schema) !== undefined) return false;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      // What objects inherit must not seem to be a member.
      if (Object.keys(definition.shape).some(isInheritedName)) return false;
      return othersOf(definition) === undefined && partsOf(schema).every(isPlainlyRead);
    case "number":
      // Number(1n << 60n) would round what was read exactly.
      return definition.coerce !== true;
    case "record":
    // A member named __proto__ must be noticed.
    case "lazy":
      // A schema without end would have no answer.
      return false;
    case "pipe":
      return isPlainlyRead(definition.in);
    default:
      return partsOf(schema).every(isPlainlyRead);
  }
}
