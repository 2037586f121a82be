import type { AttributeMap, AttributeValue } from "@fieldwise/core";
import { defineMember } from "./define-member.ts";
import { NumberProblem, readAny } from "./numbers.ts";

/** How the values of one schema are read from the wire: a function for each type that schemas read differently. */
export interface Plan {
  readonly number: (text: string) => unknown;
  readonly map: (content: AttributeMap, reading: Reading) => unknown;
  readonly list: (content: readonly AttributeValue[], reading: Reading) => unknown;
  /** Reads the members of a map that the schema names into an object that another plan may read into, too. */
  readonly named: MemberReader;
  /** Reads the other members into such an object, those that are not in it yet. */
  readonly rest: MemberReader;
}

/** Reads members of a map into an object. */
export type MemberReader = (content: AttributeMap, target: object, reading: Reading) => void;

/** The reading of one item. */
export interface Reading {
  depth: number;
  readonly problems: Problem[];
  /** What unions have read of values while an option of another union is tried, by what reads and by the value. */
  readonly tried?: Map<object, Map<object, ReadOnce>>;
}

/** What was read of a value, to be given again. */
export interface ReadOnce {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** What can't be read as the schema wants it. Where in the item it stands is looked for only when one was found. */
export interface Problem {
  readonly wire: unknown;
  readonly message: string;
}

// DynamoDB nests 32 deep; what is far deeper didn't come from it, and must not exhaust the stack.
const maximumDepth = 64;

/** Reads one value in DynamoDB's JSON to what the schema stores. What can't be read is a problem of the reading. */
export function readValue(value: AttributeValue, plan: Plan, reading: Reading): unknown {
  // The one member's name is the type; reading it so is as fast as ten look-ups by name are slow.
  for (const type in value) {
    const content: unknown = (value as Record<string, unknown>)[type];
    switch (type) {
      case "S":
        if (typeof content === "string") return content;
        break;
      case "N":
        if (typeof content === "string") return checked(plan.number(content), value, reading);
        break;
      case "BOOL":
        if (typeof content === "boolean") return content;
        break;
      case "NULL":
        return null;
      case "M":
      case "L":
        if (typeof content === "object" && content !== null) {
          return readContainer(value, content, plan, reading);
        }
        break;
      case "B":
        if (typeof content === "string") return fromBase64(content);
        break;
      case "SS":
        if (isTexts(content)) return new Set(content);
        break;
      case "NS":
        if (isTexts(content)) {
          return new Set(content.map((text) => checked(plan.number(text), value, reading)));
        }
        break;
      case "BS":
        if (isTexts(content)) return new Set(content.map(fromBase64));
        break;
    }
    break;
  }
  return problem("Not an attribute value", value, reading);
}

function readContainer(
  value: AttributeValue,
  content: object,
  plan: Plan,
  reading: Reading,
): unknown {
  if (reading.depth >= maximumDepth) return problem("Nested too deep", value, reading);
  reading.depth++;
  let result: unknown;
  if (Array.isArray(content)) {
    result =
      "L" in value
        ? plan.list(content, reading)
        : problem("Not an attribute value", value, reading);
  } else {
    result =
      "M" in value
        ? plan.map(content as AttributeMap, reading)
        : problem("Not an attribute value", value, reading);
  }
  reading.depth--;
  return result;
}

/** Notes a problem, and gives what stands for the value that could not be read. */
export function problem(message: string, wire: unknown, reading: Reading): undefined {
  reading.problems.push({ message, wire });
  return undefined;
}

function checked(result: unknown, wire: unknown, reading: Reading): unknown {
  return result instanceof NumberProblem ? problem(result.message, wire, reading) : result;
}

function fromBase64(text: string): Uint8Array {
  // A plain Uint8Array: a Buffer compares and prints differently, and small ones share a pool of memory.
  return new Uint8Array(Buffer.from(text, "base64"));
}

function isTexts(content: unknown): content is readonly string[] {
  return Array.isArray(content) && content.every((text) => typeof text === "string");
}

/** Reads a list, each element by the same plan. */
export function readList(
  content: readonly AttributeValue[],
  plan: Plan,
  reading: Reading,
): unknown[] {
  const result: unknown[] = [];
  for (const member of content) result.push(readValue(member, plan, reading));
  return result;
}

/** Reads values as they come: nothing is known about them. */
export const anyPlan: Plan = {
  number: readAny,
  map(content, reading) {
    const result = {};
    anyPlan.rest(content, result, reading);
    return result;
  },
  list: (content, reading) => readList(content, anyPlan, reading),
  named() {},
  rest(content, target, reading) {
    for (const name of Object.keys(content)) {
      if (Object.hasOwn(target, name)) continue;
      defineMember(target, name, readValue(content[name] as AttributeValue, anyPlan, reading));
    }
  },
};
