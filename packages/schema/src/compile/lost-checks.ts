import { definitionOf, innerOf, partsOf, type Schema } from "./zod-types.ts";

const maximumDepth = 32;
// A schema that makes new schemas for ever is looked into no further.
const maximumSchemas = 2000;
const known = new WeakMap<Schema, boolean>();

/** Whether zod may lose what the checks of the schema find in a value that is written, as it does where a union is inside. */
export function losesIssues(schema: Schema): boolean {
  return (definitionOf(schema).checks ?? []).length > 0 && leadsToUnion(schema, 0);
}

function leadsToUnion(schema: Schema, depth: number): boolean {
  if (depth > maximumDepth) return false;
  const definition = definitionOf(schema);
  if (definition.type === "union") return true;
  const inner = definition.type === "pipe" ? definition.out : innerOf(schema);
  return inner !== undefined && leadsToUnion(inner, depth + 1);
}

/**
 * Whether such checks are of what only zod sees when it encodes: of the stored side of a pipe, or of the members of a set. Only
 * reading the value back tells then what they find.
 */
export function losesIssuesInside(schema: Schema): boolean {
  let loses = known.get(schema);
  if (loses === undefined) {
    loses = hasHiddenChecks(schema);
    known.set(schema, loses);
  }
  return loses;
}

function hasHiddenChecks(schema: Schema): boolean {
  const seen = new Set<Schema>([schema]);
  const hidden = new Set<Schema>();
  // What is added while a set is gone through is gone through as well.
  for (const each of seen) {
    if (seen.size > maximumSchemas) break;
    const definition = definitionOf(each);
    if (definition.type === "pipe") hidden.add(definition.in);
    if (definition.type === "set") hidden.add(definition.valueType);
    for (const part of partsOf(each)) seen.add(part);
  }
  for (const each of hidden) {
    if (hidden.size > maximumSchemas) break;
    if (losesIssues(each)) return true;
    for (const part of partsOf(each)) hidden.add(part);
  }
  return false;
}
