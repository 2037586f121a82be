import {
  InvalidInput,
  type KeyCondition,
  type KeyValue,
  type NativeAttributeValue,
  partitionKey,
  sortKey,
} from "@fieldwise/core";
import type { KeyNames } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import type { ItemCodec } from "./compile/item-codec.ts";

const operators = ["eq", "lt", "lte", "gt", "gte", "between", "beginsWith"] as const;

/** The table and key attributes that a query is about. */
export interface QueriedKey extends KeyNames {
  /** In messages: `table orders`, `index byStatus of table orders`. */
  readonly place: string;
  readonly codec: ItemCodec;
}

/**
 * Makes core's key condition of an object of the key attributes: values of the partition key, and values or conditions of
 * the sort key, from left to right.
 *
 * @throws InvalidInput where an attribute is missing, not of the key, or out of order.
 */
export function toKeyCondition(condition: object, key: QueriedKey): KeyCondition {
  const given = new Map(Object.entries(condition).filter(([, value]) => value !== undefined));
  let result: KeyCondition | undefined;
  for (const name of key.partition) {
    const value: unknown = given.get(name);
    if (value === undefined)
      throw new InvalidInput(`A query of ${key.place} needs a value for its partition key ${name}`);
    const part = partitionKey(name).eq(encode(key, name, value));
    result = result?.and(part) ?? part;
    given.delete(name);
  }
  let previous: string | undefined;
  for (const name of key.sort) {
    const value: unknown = given.get(name);
    if (value !== undefined) {
      if (previous !== undefined) {
        throw new InvalidInput(
          `A query of ${key.place} needs a value for ${previous} before one for ${name}`,
        );
      }
      result = (result as KeyCondition).and(sortCondition(key, name, value));
    } else previous ??= name;
    given.delete(name);
  }
  for (const name of given.keys()) {
    const names = [...key.partition, ...key.sort].join(", ");
    throw new InvalidInput(
      `${name} is no key attribute of ${key.place}, which has ${names}. Use the option filter for others`,
    );
  }
  return result as KeyCondition;
}

function sortCondition(key: QueriedKey, name: string, value: unknown): KeyCondition {
  const path = sortKey(name);
  const operator = operatorOf(key, name, value);
  if (operator === undefined) return path.eq(encode(key, name, value));
  const operand = (value as Record<string, unknown>)[operator];
  if (operator === "between") {
    if (!Array.isArray(operand) || operand.length !== 2)
      throw new InvalidInput(`${name}: between takes two values, the lower and the higher one`);
    const [low, high] = operand as readonly unknown[];
    return path.between(encode(key, name, low), encode(key, name, high));
  }
  // A prefix is no whole value, so the schema does not encode it.
  if (operator === "beginsWith") return path.beginsWith(operand as string);
  return path[operator](encode(key, name, operand));
}

function operatorOf(
  key: QueriedKey,
  name: string,
  value: unknown,
): (typeof operators)[number] | undefined {
  if (
    typeof value !== "object" ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return undefined;
  const given = Object.keys(value);
  const found = operators.find((operator) => operator === given[0]);
  if (given.length === 1 && found !== undefined) return found;
  if (isKeyValue(key, name, value)) return undefined;
  throw new InvalidInput(
    `${name}: a sort key of ${key.place} takes a value or one of ${operators.join(", ")}, not ${given.join(" and ") || "an empty object"}`,
  );
}

/** Whether an object is a value of the key, which a codec makes a string, a number or binary of. */
function isKeyValue(key: QueriedKey, name: string, value: unknown): boolean {
  try {
    encode(key, name, value);
    return true;
  } catch (error) {
    if (error instanceof InvalidItem) return false;
    throw error;
  }
}

function encode(key: QueriedKey, name: string, value: unknown): KeyValue {
  const field = key.codec.at([name]);
  const encoded: NativeAttributeValue | undefined = field?.encodeOperand(value);
  return encoded as KeyValue;
}
