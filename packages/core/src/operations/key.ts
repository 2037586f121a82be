import { marshall } from "../attribute-value/marshall.ts";
import type { AttributeMap } from "../attribute-value/types.ts";
import { AttributeValueError } from "../errors/input-errors.ts";
import { typeNames, typeOf } from "../expressions/operand.ts";
import type { Key } from "./options.ts";

/**
 * Encodes a primary key: one or two attributes that are strings, numbers or binary, and not empty.
 *
 * @throws AttributeValueError where it can't be a key.
 */
export function marshallKey(key: Key): AttributeMap {
  const wire = marshall(key);
  const names = Object.keys(key);
  if (names.length === 0 || names.length > 2) {
    throw new AttributeValueError(
      `A key has one attribute, or two where the table has a sort key, not ${names.length}`,
      "",
    );
  }
  for (const name of names) {
    const value = wire[name];
    if (value === undefined) throw new AttributeValueError("A key attribute is undefined", name);
    const type = typeOf(value);
    if (type !== "S" && type !== "N" && type !== "B") {
      throw new AttributeValueError(
        `A key attribute is a string, a number or binary, not ${typeNames[type]}`,
        name,
      );
    }
    if (("S" in value && value.S === "") || ("B" in value && value.B === "")) {
      throw new AttributeValueError(
        `A key attribute can't be ${type === "S" ? "an empty string" : "empty binary"}`,
        name,
      );
    }
  }
  return wire;
}
