import { isObject } from "../is-object.ts";
import { itemText } from "../attribute-value/item-text.ts";
import { isPlainObject, marshall } from "../attribute-value/marshall.ts";
import { formatPath } from "../attribute-value/path.ts";
import type { AttributeMap } from "../attribute-value/types.ts";
import { AttributeValueError } from "../errors/input-errors.ts";
import { typeNames, typeOf } from "../expressions/operand.ts";
import { shown } from "../expressions/shown.ts";
import type { Key } from "./options.ts";

/**
 * Encodes a primary key: one or two attributes that are strings, numbers or binary, and not empty.
 *
 * @throws AttributeValueError where it can't be a key.
 */
export function marshallKey(key: Key): AttributeMap {
  if (!isObject(key)) {
    throw new AttributeValueError(
      `A key is an object of its attributes, such as { id: "a" }, not ${shown(key)}`,
      "",
    );
  }
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
    if (value === undefined)
      throw new AttributeValueError("A key attribute is undefined", formatPath([name]));
    const type = typeOf(value);
    if (type !== "S" && type !== "N" && type !== "B") {
      throw new AttributeValueError(
        `A key attribute is a string, a number or binary, not ${typeNames[type]}`,
        formatPath([name]),
      );
    }
    if (("S" in value && value.S === "") || ("B" in value && value.B === "")) {
      throw new AttributeValueError(
        `A key attribute can't be ${type === "S" ? "an empty string" : "empty binary"}`,
        formatPath([name]),
      );
    }
  }
  return wire;
}

/**
 * Writes a primary key as text: the same as `JSON.stringify(marshallKey(key))`.
 *
 * @throws AttributeValueError where it can't be a key.
 */
export function keyText(key: Key): string {
  return isOrdinary(key) ? itemText(key) : JSON.stringify(marshallKey(key));
}

function isOrdinary(key: Key): boolean {
  if (!isPlainObject(key)) return false;
  let count = 0;
  for (const name in key) {
    const value = key[name];
    if (typeof value !== "number" && (typeof value !== "string" || value === "")) return false;
    count++;
  }
  return count === 1 || count === 2;
}
