import { util } from "../node-modules.ts";
import { isPlainObject, marshall, marshallValue, maximumLevels } from "./marshall.ts";
import { isNumberValue } from "./number-value.ts";
import type { NativeAttributeMap, NativeAttributeValue } from "./types.ts";

const { types } = util;

/** Thrown where `marshall` shall write the item, or say what is wrong with it. */
const notWritten = new Error("not written");

/**
 * Writes an item as the text of DynamoDB's JSON: the same as `JSON.stringify(marshall(item))`, without the tree of attribute
 * values in between.
 *
 * @throws AttributeValueError where a value can't be stored; it names the path.
 */
export function itemText(item: NativeAttributeMap): string {
  try {
    if (isPlainObject(item)) return membersText(item, 1);
  } catch {
    // Where in the item it is, nobody has kept track of.
  }
  return JSON.stringify(marshall(item));
}

/** What stands before a member's value. Most items have the same few names; of very many, some are written anew. */
class Names {
  readonly #known = new Map<string, string>();
  readonly #before: string;

  constructor(before: string) {
    this.#before = before;
  }

  get(name: string): string {
    let text = this.#known.get(name);
    if (text === undefined) {
      if (name === "") throw notWritten;
      text = `${this.#before}${quoted(name)}:`;
      if (this.#known.size < 1000 && name.length < 100) this.#known.set(name, text);
    }
    return text;
  }
}

const openings = new Names("{");
const followings = new Names(",");

/** @param level - How many containers the map's members stand in. */
function membersText(map: NativeAttributeMap, level: number): string {
  let text = "";
  // This pair is what the engine makes fast.
  for (const name in map) {
    if (!Object.hasOwn(map, name)) continue;
    const value = map[name];
    if (value === undefined) continue;
    text += (text === "" ? openings : followings).get(name) + valueText(value, level);
  }
  return text === "" ? "{}" : `${text}}`;
}

function valueText(value: unknown, level: number): string {
  switch (typeof value) {
    case "string":
      return `{"S":${quoted(value)}}`;
    case "number":
      return `{"N":"${numberText(value)}"}`;
    case "boolean":
      return value ? '{"BOOL":true}' : '{"BOOL":false}';
    case "object":
      return value === null ? '{"NULL":true}' : objectText(value, level);
    case "bigint":
      return checkedText(value);
    default:
      throw notWritten;
  }
}

function objectText(value: object, level: number): string {
  if (isPlainObject(value)) {
    if (level >= maximumLevels) throw notWritten;
    return `{"M":${membersText(value, level + 1)}}`;
  }
  if (Array.isArray(value)) {
    if (level >= maximumLevels) throw notWritten;
    let text = "";
    for (let index = 0; index < value.length; index++) {
      text += `${index === 0 ? "" : ","}${valueText(value[index], level + 1)}`;
    }
    return `{"L":[${text}]}`;
  }
  if (types.isSet(value) && !isNumberValue(value)) {
    const text = setText(value);
    if (text !== undefined) return text;
  }
  return checkedText(value as never);
}

/** A set of strings or of numbers, none of which can be there twice. */
function setText(set: ReadonlySet<unknown>): string | undefined {
  let text = "";
  let kind: string | undefined;
  for (const member of set) {
    kind ??= typeof member;
    if (typeof member !== kind) return undefined;
    if (text !== "") text += ",";
    if (typeof member === "string") text += quoted(member);
    else if (typeof member === "number") text += `"${numberText(member)}"`;
    else return undefined;
  }
  if (text === "") return undefined;
  return kind === "string" ? `{"SS":[${text}]}` : `{"NS":[${text}]}`;
}

function checkedText(value: NativeAttributeValue): string {
  return JSON.stringify(marshallValue(value));
}

function numberText(value: number): string {
  const fits = Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : Number.isFinite(value) && Math.abs(value) >= 1e-130;
  if (fits) return String(value);
  throw notWritten;
}

// oxlint-disable-next-line no-control-regex
const outOfTheOrdinary = /["\\\u0000-\u001F\uD800-\uDFFF]/;

/** Writes any string as JSON. */
export function stringText(text: string): string {
  return outOfTheOrdinary.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function quoted(text: string): string {
  if (!outOfTheOrdinary.test(text)) return `"${text}"`;
  if (text.isWellFormed()) return JSON.stringify(text);
  throw notWritten;
}
