import { AttributeValueError } from "../errors/input-errors.ts";
import { util } from "../node-modules.ts";
import { canonicalNumber, decimalProblem, parseDecimal } from "./decimal.ts";
import { isNumberValue } from "./number-value.ts";
import { formatPath, type PathStep } from "./path.ts";
import type {
  AttributeMap,
  AttributeValue,
  NativeAttributeMap,
  NativeAttributeValue,
} from "./types.ts";

const { types } = util;

/**
 * How many levels of values an item may have, its attributes being the first: 31 lists or maps around a scalar (AWS, "Quotas
 * in Amazon DynamoDB", nested attribute depth).
 */
export const maximumLevels = 32;

/** Where in the item the value stands that is being written. */
interface Position {
  readonly steps: PathStep[];
  readonly containers: object[];
}

/**
 * Turns an item or a key into DynamoDB's JSON. Members that are `undefined` are left out.
 *
 * @throws AttributeValueError where a value can't be stored; it names the path.
 */
export function marshall(item: NativeAttributeMap): AttributeMap {
  if (!isPlainObject(item)) {
    throw new AttributeValueError(`An item must be a plain object, not ${describe(item)}`, "");
  }
  return marshallMembers(item, { steps: [], containers: [item] });
}

/**
 * Turns one value into DynamoDB's JSON.
 *
 * @throws AttributeValueError where the value can't be stored; it names the path inside the value.
 */
export function marshallValue(value: NativeAttributeValue): AttributeValue {
  return marshallAny(value, { steps: [], containers: [anItem] });
}

/** Stands for the item that a value on its own will be an attribute of. */
const anItem: object = {};

function marshallAny(value: unknown, position: Position): AttributeValue {
  switch (typeof value) {
    case "string":
      return { S: wellFormed(value, position) };
    case "number":
      return { N: numberText(value, position) };
    case "boolean":
      return { BOOL: value };
    case "bigint":
      return { N: checkedNumber(String(value), position) };
    case "object":
      return value === null ? { NULL: true } : marshallObject(value, position);
    default:
      throw unstorable(value, position);
  }
}

function marshallObject(value: object, position: Position): AttributeValue {
  if (isPlainObject(value)) {
    enter(value, position);
    const members = marshallMembers(value, position);
    position.containers.pop();
    return { M: members };
  }
  if (Array.isArray(value)) {
    enter(value, position);
    const list = marshallList(value, position);
    position.containers.pop();
    return { L: list };
  }
  if (isNumberValue(value)) return { N: value.text };
  if (types.isUint8Array(value)) return { B: toBase64(value) };
  if (types.isSet(value)) return marshallSet(value, position);
  throw unstorable(value, position);
}

function marshallMembers(map: NativeAttributeMap, position: Position): AttributeMap {
  const result: Record<string, AttributeValue> = {};
  for (const name of Object.keys(map)) {
    const value = map[name];
    if (value === undefined) continue;
    position.steps.push(name);
    if (name === "") throw fail("The name of an attribute or member can't be empty", position);
    wellFormed(name, position);
    if (name === "__proto__") defineMember(result, name, marshallAny(value, position));
    else result[name] = marshallAny(value, position);
    position.steps.pop();
  }
  return result;
}

function marshallList(list: readonly unknown[], position: Position): AttributeValue[] {
  const result: AttributeValue[] = [];
  for (let index = 0; index < list.length; index++) {
    position.steps.push(index);
    result.push(marshallAny(list[index], position));
    position.steps.pop();
  }
  return result;
}

function marshallSet(set: ReadonlySet<unknown>, position: Position): AttributeValue {
  if (set.size === 0) {
    throw fail(
      "An empty set can't be stored: DynamoDB has none. Leave the attribute out",
      position,
    );
  }
  // Keyed by what makes two members one for DynamoDB: 1 and 1n, or two arrays of the same bytes.
  const members = new Map<string, string>();
  let setType: "SS" | "NS" | "BS" | undefined;
  for (const member of set) {
    const value = marshallAny(member, position);
    const [type, text, key] = setMember(value, member, position);
    if (setType !== undefined && type !== setType) {
      throw fail("A set must hold strings, numbers or binary, not a mix of them", position);
    }
    setType = type;
    members.set(key, text);
  }
  const texts = [...members.values()];
  return setType === "SS" ? { SS: texts } : setType === "NS" ? { NS: texts } : { BS: texts };
}

function setMember(
  value: AttributeValue,
  member: unknown,
  position: Position,
): ["SS" | "NS" | "BS", string, string] {
  if ("S" in value) return ["SS", value.S, value.S];
  if ("N" in value) return ["NS", value.N, canonicalNumber(value.N)];
  if ("B" in value) return ["BS", value.B, value.B];
  throw fail(`A set can hold strings, numbers or binary, not ${describe(member)}`, position);
}

function numberText(value: number, position: Position): string {
  if (Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return String(value);
    throw fail(
      `The integer ${value} is not exact as a number (beyond 2^53 - 1). Pass a bigint or a NumberValue`,
      position,
    );
  }
  if (Number.isFinite(value)) return checkedNumber(String(value), position);
  throw fail(`${value} can't be stored: DynamoDB's numbers are finite`, position);
}

function checkedNumber(text: string, position: Position): string {
  const decimal = parseDecimal(text);
  const problem = decimal === undefined ? "is not a number" : decimalProblem(decimal);
  if (problem !== undefined) throw fail(`The number ${text} ${problem}`, position);
  return text;
}

function enter(container: object, position: Position): void {
  position.containers.push(container);
  const level = position.containers.length;
  // What stands in a container is one level further down.
  if (level <= maximumLevels || (level === maximumLevels + 1 && isEmpty(container))) return;
  const cyclic = new Set(position.containers).size < position.containers.length;
  const shown = { ...position, steps: position.steps.slice(0, 8) };
  throw cyclic
    ? fail("The value contains itself: a cycle can't be stored", shown)
    : fail(`Lists and maps nest deeper than DynamoDB's ${maximumLevels} levels`, shown);
}

function isEmpty(container: object): boolean {
  return Object.values(container).every((member) => member === undefined);
}

function wellFormed(text: string, position: Position): string {
  if (text.isWellFormed()) return text;
  throw fail("A string with half of a surrogate pair can't be stored as UTF-8", position);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** Sets a member of any name as data: assigning `__proto__` would set the prototype instead. */
export function defineMember<T>(target: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

// Also holds for plain objects of another realm, whose prototype is another root.
export function isPlainObject(value: unknown): value is NativeAttributeMap {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"))
  );
}

function unstorable(value: unknown, position: Position): AttributeValueError {
  return fail(`${describe(value)} can't be stored${advice(value)}`, position);
}

function describe(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) return "an array";
    const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
    return typeof name === "string" && name !== "" ? `an instance of ${name}` : "an object";
  }
  if (typeof value === "symbol") return "a symbol";
  return String(value);
}

function advice(value: unknown): string {
  if (value === undefined) return ": leave the member out, or use null";
  if (types.isDate(value)) return ": pass an ISO 8601 string or a number of seconds";
  if (types.isMap(value)) return ": pass a plain object";
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return ": pass a Uint8Array";
  return ": pass a plain value";
}

function fail(message: string, position: Position): AttributeValueError {
  return new AttributeValueError(message, formatPath(position.steps));
}
