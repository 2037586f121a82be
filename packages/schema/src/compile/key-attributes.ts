import type { AttributeType } from "@fieldwise/core";
import { SchemaError } from "../errors.ts";
import { placeAt } from "./step.ts";
import { storageOf } from "./stored-types.ts";
import { internalsOf, acceptsUndefined, definitionOf, innerOf, type Schema } from "./zod-types.ts";

const keyTypes: readonly AttributeType[] = ["S", "N", "B"];

/**
 * Refuses key attributes that an item might lack, or that are stored as what no key can be.
 *
 * @throws SchemaError
 */
export function checkKeyAttributes(
  tableName: string,
  schema: Schema,
  names: readonly string[],
): void {
  for (const name of names) {
    const place = placeAt(schema, name);
    if (place === undefined || !place.named) {
      throw new SchemaError(
        tableName,
        name,
        "a key attribute, but the schema has none of this name",
      );
    }
    const reason = reasonAgainst(place.schema, place.mayBeAbsent);
    if (reason !== undefined) throw new SchemaError(tableName, name, reason);
  }
}

function reasonAgainst(schema: Schema, absent: boolean): string | undefined {
  const { types, open } = storageOf(schema);
  if (open) {
    return "a key attribute must say what it is stored as, and this schema stores anything. Use z.string(), z.number(), bytes() or a codec; of a custom schema say it with storedAs()";
  }
  // A default is filled in when an item is written, so that the item has it.
  if (acceptsUndefined(schema) || (absent && internalsOf(schema).optin !== "defaulted")) {
    return "a key attribute must be required: every item has it. Remove .optional() or .catch(), or give it a default";
  }
  const [type] = types;
  if (types.size === 1 && type !== undefined && keyTypes.includes(type)) return undefined;
  const found = [...types].join(" or ");
  const advice = isNullable(schema)
    ? "Remove .nullable()"
    : "Use z.string(), z.number(), z.bigint(), bytes() or a codec to one of these";
  return `a key attribute must be stored as a string, a number or binary (S, N or B), not as ${found || "nothing"}. ${advice}`;
}

function isNullable(schema: Schema): boolean {
  const inner = innerOf(schema);
  return definitionOf(schema).type === "nullable" || (inner !== undefined && isNullable(inner));
}
