import { AttributeValueError, ConfigurationError } from "../errors/input-errors.ts";
import { isObject } from "../is-object.ts";
import { util } from "../node-modules.ts";
import { decimalProblem, decimalToBigInt, parseDecimal, shownNumber } from "./decimal.ts";
import { defineMember } from "./marshall.ts";
import { formatPath, type PathStep } from "./path.ts";
import type { AttributeMap, AttributeValue, Item, NumberOption } from "./types.ts";

/** Turns one number's text into what the application asked for. */
export type NumberReader = (text: string) => unknown;

// DynamoDB nests 32 deep; what is far deeper didn't come from it, and must not exhaust the stack.
const maximumDepth = 64;

/** Picks the function that reads numbers: see `ClientOptions.numbers`. */
export function numberReader(numbers: NumberOption = "number"): NumberReader {
  if (typeof numbers === "function") return numbers;
  const readers = { number: readNumber, bigint: readBigInt, string: (text: string) => text };
  if (Object.hasOwn(readers, numbers)) return readers[numbers];
  throw new ConfigurationError(
    `numbers must be "number", "bigint", "string" or a function, not ${util.inspect(numbers)}`,
  );
}

/**
 * Turns an item in DynamoDB's JSON into plain values.
 *
 * @param numbers - How numbers come back; by default as `number`.
 * @throws AttributeValueError where a value can't be read without losing something; it names the path.
 */
export function unmarshall(item: AttributeMap, numbers?: NumberOption): Item {
  return readItem(item, numberReader(numbers));
}

/** Turns one value in DynamoDB's JSON into a plain value. @throws AttributeValueError as `unmarshall` does. */
export function unmarshallValue(value: AttributeValue, numbers?: NumberOption): unknown {
  const reader = numberReader(numbers);
  try {
    return readValue(value, reader, 0);
  } catch (error) {
    throw located(error, value, reader);
  }
}

/** `unmarshall` with a reader of numbers that was picked before. */
export function readItem(item: AttributeMap, reader: NumberReader): Item {
  try {
    if (!isObject(item))
      throw new AttributeValueError("The answer holds something that is no item", "");
    return readMap(item, reader, 0);
  } catch (error) {
    throw located(error, { M: item }, reader);
  }
}

function readMap(map: AttributeMap, reader: NumberReader, depth: number): Item {
  const result: Item = {};
  for (const name of Object.keys(map)) {
    const value = readValue(map[name] as AttributeValue, reader, depth + 1);
    if (name === "__proto__") defineMember(result, name, value);
    else result[name] = value;
  }
  return result;
}

function readValue(value: AttributeValue, reader: NumberReader, depth: number): unknown {
  if (depth > maximumDepth) throw new AttributeValueError("Lists and maps nest too deep", "");
  // The one member's name is the type; reading it so is as fast as ten look-ups by name are slow.
  for (const type in value) {
    const content: unknown = (value as Record<string, unknown>)[type];
    switch (type) {
      case "S":
        if (typeof content === "string") return content;
        break;
      case "N":
        if (typeof content === "string") return reader(content);
        break;
      case "BOOL":
        if (typeof content === "boolean") return content;
        break;
      case "NULL":
        return null;
      case "M":
        if (isObject(content)) return readMap(content as AttributeMap, reader, depth);
        break;
      case "L":
        if (Array.isArray(content))
          return content.map((member: AttributeValue) => readValue(member, reader, depth + 1));
        break;
      case "B":
        if (typeof content === "string") return fromBase64(content);
        break;
      case "SS":
        if (isTexts(content)) return new Set(content);
        break;
      case "NS":
        if (isTexts(content)) return new Set(content.map((text) => reader(text)));
        break;
      case "BS":
        if (isTexts(content)) return new Set(content.map((text) => fromBase64(text)));
        break;
    }
    break;
  }
  throw new AttributeValueError("The answer holds something that is no attribute value", "");
}

export function readNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value)))
    return value;
  throw new AttributeValueError(
    `The number ${shownNumber(text)} can't be read as a JavaScript number without losing digits. ` +
      'Read it with the client option numbers: "bigint", "string" or NumberValue.from',
    "",
  );
}

function readBigInt(text: string): bigint {
  const decimal = parseDecimal(text);
  // Held to DynamoDB's numbers, as a bigint of a million digits takes its time.
  const value =
    decimal === undefined || decimalProblem(decimal) !== undefined
      ? undefined
      : decimalToBigInt(decimal);
  if (value !== undefined) return value;
  throw new AttributeValueError(
    `The number ${shownNumber(text)} is not an integer of DynamoDB, so it can't be read as a bigint. ` +
      'Read it with the client option numbers: "number", "string" or NumberValue.from',
    "",
  );
}

function fromBase64(text: string): Uint8Array {
  const buffer = Buffer.from(text, "base64");
  // A plain Uint8Array: a Buffer compares and prints differently, and small ones share a pool of memory.
  return new Uint8Array(buffer);
}

function isTexts(content: unknown): content is readonly string[] {
  return Array.isArray(content) && content.every((text) => typeof text === "string");
}

/** Adds the path to an error. It is looked for only now, so that reading pays nothing for it. */
function located(error: unknown, value: AttributeValue, reader: NumberReader): AttributeValueError {
  const problem = error instanceof Error ? error.message : String(error);
  const steps = pathOfFailure(value, reader, [], 0) ?? [];
  return new AttributeValueError(problem, formatPath(steps), { cause: error });
}

function pathOfFailure(
  value: AttributeValue,
  reader: NumberReader,
  steps: readonly PathStep[],
  depth: number,
): readonly PathStep[] | undefined {
  if (isObject(value) && depth <= maximumDepth) {
    const content = Object.values(value)[0] as unknown;
    if (("M" in value && isObject(content)) || ("L" in value && Array.isArray(content))) {
      for (const [name, member] of Object.entries(content)) {
        const step = Array.isArray(content) ? Number(name) : name;
        const found = pathOfFailure(member as AttributeValue, reader, [...steps, step], depth + 1);
        if (found !== undefined) return found;
      }
      return undefined;
    }
  }
  try {
    readValue(value, reader, depth);
    return undefined;
  } catch {
    return depth > maximumDepth ? steps.slice(0, 8) : steps;
  }
}
