import type { AttributeMap, NativeAttributeMap, NativeAttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { InvalidItem } from "../errors.ts";
import { type Decoded, decodeValue, readRaw } from "./decoder.ts";
import { defineMember, ownMember } from "./define-member.ts";
import { encodeWhole } from "./encode.ts";
import { customIssue, under } from "./run-zod.ts";
import { placeAt } from "./step.ts";
import type { Schema } from "./zod-types.ts";

/** Encodes a key, each attribute by its own schema. @throws InvalidItem */
export function encodeKeyWith(
  tableName: string,
  schema: Schema,
  key: unknown,
  names: readonly string[],
): NativeAttributeMap {
  const issues: z.$ZodIssue[] = [];
  const result: Record<string, NativeAttributeValue> = {};
  if (typeof key !== "object" || key === null || Array.isArray(key)) {
    throw new InvalidItem(tableName, [customIssue([], "A key is an object")], "The key");
  }
  for (const name of Object.keys(key)) {
    if (!names.includes(name)) {
      issues.push(customIssue([name], `Not an attribute of the key, which is ${names.join(", ")}`));
    }
  }
  for (const name of names) {
    const place = placeAt(schema, name);
    const value = ownMember(key, name);
    if (value === undefined || place === undefined) {
      issues.push(customIssue([name], "Required: an attribute of the key"));
      continue;
    }
    const encoded = encodeWhole(place.schema, value, [name]);
    if (!encoded.ok) issues.push(...encoded.issues);
    else if (encoded.value === "" || (encoded.value as Uint8Array | undefined)?.length === 0) {
      issues.push(customIssue([name], "DynamoDB takes no empty string or binary in a key"));
    } else if (encoded.value !== undefined) defineMember(result, name, encoded.value);
  }
  if (issues.length > 0) throw new InvalidItem(tableName, issues, "The key");
  return result;
}

/** The key of an item that does not fit, as it stands in the item; `undefined` where a part of it is missing. */
export function keyIn(
  item: unknown,
  names: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const key: Record<string, unknown> = {};
  for (const name of names) {
    const value = ownMember(item, name);
    if (value === undefined) return undefined;
    defineMember(key, name, value);
  }
  return key;
}

/** Reads the attributes of a key, each by its own schema; others are left out. */
export function decodeKeyWith(
  schema: Schema,
  wire: AttributeMap,
  names: readonly string[],
): Decoded {
  const issues: z.$ZodIssue[] = [];
  const item: Record<string, unknown> = {};
  for (const name of names) {
    const place = placeAt(schema, name);
    const value = ownMember(wire, name) as AttributeMap[string] | undefined;
    if (place === undefined || value === undefined) {
      issues.push(customIssue([name], "Required: an attribute of the key"));
      continue;
    }
    const outcome = decodeValue(place.schema, value);
    if (outcome.ok) defineMember(item, name, outcome.value);
    else issues.push(...under([name], outcome.issues));
  }
  if (issues.length === 0) return { ok: true, item };
  return { ok: false, issues, raw: readRaw(wire) };
}
