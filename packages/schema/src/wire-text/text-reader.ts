import {
  bytesOf,
  notUnderstood,
  type TextCursor,
  type TextReader,
  ValueReader,
} from "@fieldwise/core";
import { compile } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { isIsoDate } from "../codecs/dates.ts";
import { absentValueOf } from "../compile/absent.ts";
import { isInheritedName } from "../compile/define-member.ts";
import { planOf } from "../compile/plan-of.ts";
import { type Reading, readValue } from "../compile/plan.ts";
import { runZod } from "../compile/run-zod.ts";
import { declaredStorage } from "../compile/stored-as.ts";
import { definitionOf, innerOf, internalsOf, type Schema } from "../compile/zod-types.ts";
import { type Check, checksOf, runSchema } from "./checks.ts";
import { readIsoDate } from "./iso-date.ts";
import { closeBrace, closeBracket, comma, openBrace } from "./json-bytes.ts";
import { mapReader, recordReader } from "./maps.ts";
import { type ObjectMember, objectReader } from "./object-reader.ts";
import { isNull, readBoolean, readNull, scalarOf, scalarReader, setReader } from "./scalars.ts";

const known = new WeakMap<Schema, TextReader>();
// DynamoDB nests 32 deep; deeper values are left to the reader that says so.
const maximumDepth = 32;
const mapOpening = bytesOf('{"M":');
const listOpening = bytesOf('{"L":[');
const binaryOpening = bytesOf('{"B":"');

/**
 * What reads whole items of a schema from an answer's text, decoded and validated in one pass; `undefined` where the
 * schema is no plain object. What it gives is what decoding the item as DynamoDB's JSON gives; whatever it is not sure of
 * it does not understand.
 */
export function itemTextReader(schema: Schema): TextReader | undefined {
  return definitionOf(schema).type === "object" ? objectTextReader(schema) : undefined;
}

/** What reads an attribute value of a schema. */
function valueTextReader(schema: Schema): TextReader {
  let reader = known.get(schema);
  if (reader !== undefined) return reader;
  // What is still being made stands for itself in a schema that holds itself.
  known.set(schema, (cursor) => (known.get(schema) as TextReader)(cursor));
  reader = makeReader(schema);
  known.set(schema, reader);
  return reader;
}

function makeReader(schema: Schema): TextReader {
  if (isIsoDate(schema)) {
    const otherwise = pipeReader(definitionOf(schema) as z.$ZodPipeDef);
    return (cursor) => {
      const { at } = cursor;
      try {
        return readIsoDate(cursor);
      } catch {
        cursor.at = at;
        return otherwise(cursor);
      }
    };
  }
  const scalar = scalarOf(schema);
  if (scalar !== undefined) return scalarReader(scalar);
  const definition = definitionOf(schema);
  const check = checksOf(schema);
  switch (definition.type) {
    case "boolean":
      return checked(readBoolean, check);
    case "null":
      return checked(readNull, check);
    case "object": {
      const read = objectTextReader(schema);
      return read === undefined ? throughJson(schema) : inMap(read);
    }
    case "array":
      return checked(listReader(valueTextReader(definition.element)), check);
    case "set": {
      const member = scalarOf(definition.valueType);
      return member === undefined ? throughJson(schema) : setReader(member, check);
    }
    case "record":
      if (!isAnyText(definition.keyType)) return throughJson(schema);
      return checked(inMap(recordReader(valueTextReader(definition.valueType))), check);
    case "map":
      if (!isAnyText(definition.keyType)) return throughJson(schema);
      return checked(inMap(mapReader(valueTextReader(definition.valueType))), check);
    case "nullable": {
      const read = valueTextReader(definition.innerType);
      return checked((cursor) => (cursor.take(isNull) ? null : read(cursor)), check);
    }
    case "readonly": {
      const read = valueTextReader(definition.innerType);
      return checked((cursor) => Object.freeze(read(cursor)), check);
    }
    case "optional":
    case "nonoptional":
    case "default":
    case "prefault":
    case "catch":
    case "lazy":
      return checked(valueTextReader(innerOf(schema) as Schema), check);
    case "pipe":
      return checked(pipeReader(definition), check);
    case "any":
    case "unknown": {
      const values = new ValueReader();
      return checked((cursor) => values.readValue(cursor), check);
    }
    case "custom":
      return declaredStorage(schema)?.type === "B" ? binaryReader(schema) : throughJson(schema);
    default:
      return throughJson(schema);
  }
}

function objectTextReader(schema: Schema): TextReader | undefined {
  const { shape, catchall } = definitionOf(schema) as z.$ZodObjectDef;
  const names = Object.keys(shape);
  const closed = catchall === undefined || definitionOf(catchall).type === "never";
  // What objects inherit must not seem to be a member.
  if (!closed || names.some(isInheritedName)) return undefined;
  const members = names.map((name) => memberOf(name, shape[name] as Schema));
  const read = objectReader(members, catchall === undefined ? "dropped" : "refused");
  return checked(read, checksOf(schema));
}

function memberOf(name: string, schema: Schema): ObjectMember {
  const { optin, optout } = internalsOf(schema);
  const read = valueTextReader(schema);
  const emptySet = absentValueOf(schema);
  if (emptySet !== undefined)
    return { name, read, absent: () => present(runSchema(schema, emptySet())) };
  if (optin === "defaulted")
    return { name, read, absent: () => present(runSchema(schema, undefined)) };
  return {
    name,
    read,
    absent: optin === "optional" && optout === "optional" ? "left out" : "required",
  };
}

/** A codec's own side of `undefined`, or of a promise, is a rare thing. */
function present(value: unknown): unknown {
  if (value === undefined || value instanceof Promise) throw notUnderstood;
  return value;
}

function isAnyText(schema: Schema): boolean {
  return definitionOf(schema).type === "string" && checksOf(schema) === undefined;
}

function checked(read: TextReader, check: Check | undefined): TextReader {
  return check === undefined ? read : (cursor) => check(read(cursor));
}

function inMap(read: TextReader): TextReader {
  return (cursor) => {
    if (!cursor.take(mapOpening)) throw notUnderstood;
    if (cursor.bytes[cursor.at] !== openBrace || ++cursor.depth > maximumDepth) throw notUnderstood;
    const value = read(cursor);
    cursor.expect(closeBrace);
    cursor.depth--;
    return value;
  };
}

function listReader(readElement: TextReader): TextReader {
  return (cursor) => {
    if (!cursor.take(listOpening)) throw notUnderstood;
    if (++cursor.depth > maximumDepth) throw notUnderstood;
    const { bytes } = cursor;
    const list: unknown[] = [];
    if (bytes[cursor.at] === closeBracket) cursor.at++;
    else {
      for (;;) {
        list.push(readElement(cursor));
        const byte = bytes[cursor.at++];
        if (byte === closeBracket) break;
        if (byte !== comma) throw notUnderstood;
      }
    }
    cursor.expect(closeBrace);
    cursor.depth--;
    return list;
  };
}

function pipeReader({ in: input, out, transform }: z.$ZodPipeDef): TextReader {
  const read = valueTextReader(input);
  if (transform === undefined) return (cursor) => present(runSchema(out, read(cursor)));
  return (cursor) => {
    const payload = { value: read(cursor), issues: [] };
    const value: unknown = transform(payload.value, payload);
    if (payload.issues.length > 0) throw notUnderstood;
    return present(runSchema(out, present(value)));
  };
}

function binaryReader(schema: Schema): TextReader {
  return (cursor) => {
    if (!cursor.take(binaryOpening)) throw notUnderstood;
    const text = cursor.literal();
    cursor.expect(closeBrace);
    return runSchema(schema, new Uint8Array(Buffer.from(text, "base64")));
  };
}

/** Reads what has no reader of its own as JSON, and then as any item's attribute is read. */
function throughJson(schema: Schema): TextReader {
  let compiled: Schema | undefined;
  return (cursor: TextCursor) => {
    const reading: Reading = { depth: 0, problems: [] };
    const stored = readValue(cursor.json() as never, planOf(schema), reading);
    const outcome = runZod((compiled ??= compile(schema)), stored, {});
    if (!outcome.ok || reading.problems.length > 0) throw notUnderstood;
    return present(outcome.value);
  };
}
