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
import { checkListOf, runSchema } from "./checks.ts";
import { inMap, listReader } from "./containers.ts";
import { isoLength, readIsoDate } from "./iso-date.ts";
import { closeBrace } from "./json-bytes.ts";
import { mapReader, recordReader } from "./maps.ts";
import { type ObjectMember, objectReader } from "./object-reader.ts";
import type { AttributeReader } from "./program.ts";
import {
  booleanReader,
  checked,
  nullableReader,
  nullReader,
  scalarOf,
  scalarReader,
  setReader,
} from "./scalars.ts";

/**
 * What an item is read to: the application's side, decoded and validated, or the stored side as it is. Each schema has one
 * reader for either.
 */
type Side = "application" | "stored";

const known: Readonly<Record<Side, WeakMap<Schema, AttributeReader>>> = {
  application: new WeakMap(),
  stored: new WeakMap(),
};
const binaryOpening = bytesOf('{"B":"');

/**
 * What reads whole items of a schema from an answer's text in one pass; `undefined` where the schema is no plain object.
 * What it gives is what decoding the item as DynamoDB's JSON gives, or reading its stored side; whatever it is not sure of
 * it does not understand.
 */
export function itemTextReader(schema: Schema, side: Side = "application"): TextReader | undefined {
  if (definitionOf(schema).type !== "object") return undefined;
  const reader = objectTextReader(schema, side);
  return reader && (side === "stored" ? reader : checked(reader, checkListOf(schema))).read;
}

/** What reads an attribute value of a schema. */
function readerOf(schema: Schema, side: Side): AttributeReader {
  const readers = known[side];
  let reader = readers.get(schema);
  if (reader !== undefined) return reader;
  // What is still being made stands for itself in a schema that holds itself.
  readers.set(schema, { read: (cursor) => (readers.get(schema) as AttributeReader).read(cursor) });
  const scalar = scalarOf(schema, side === "stored");
  if (scalar !== undefined) reader = scalarReader(scalar);
  else reader = side === "stored" ? storedReader(schema) : applicationReader(schema);
  readers.set(schema, reader);
  return reader;
}

function applicationReader(schema: Schema): AttributeReader {
  const definition = definitionOf(schema);
  const checks = checkListOf(schema);
  switch (definition.type) {
    case "optional":
    case "nonoptional":
    case "default":
    case "prefault":
    case "catch":
    case "lazy":
      return checked(readerOf(innerOf(schema) as Schema, "application"), checks);
    case "readonly":
      return checked(readerOf(definition.innerType, "application"), [Object.freeze, ...checks]);
    case "pipe":
      return isIsoDate(schema)
        ? isoDateReader(definition)
        : checked({ read: pipeReader(definition) }, checks);
    case "custom":
      return declaredStorage(schema)?.type === "B"
        ? { read: binaryReader(schema) }
        : throughJson(schema);
    default: {
      const reader = plainReader(schema, "application");
      return reader === undefined ? throughJson(schema) : checked(reader, checks);
    }
  }
}

function storedReader(schema: Schema): AttributeReader {
  const definition = definitionOf(schema);
  if (definition.type === "pipe") return readerOf(definition.in, "stored");
  if (definition.type !== "nullable") {
    const inner = innerOf(schema);
    if (inner !== undefined) return readerOf(inner, "stored");
  }
  return plainReader(schema, "stored") ?? { read: (cursor) => readPlanned(schema, cursor) };
}

/** What is read alike to either side. */
function plainReader(schema: Schema, side: Side): AttributeReader | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "boolean":
      return booleanReader;
    case "null":
      return nullReader;
    case "object": {
      const read = objectTextReader(schema, side);
      return read && inMap(read);
    }
    case "array":
      return listReader(readerOf(definition.element, side));
    case "set": {
      const member = scalarOf(definition.valueType, side === "stored");
      return member && setReader(member);
    }
    case "record":
      return isAnyText(definition.keyType)
        ? inMap({ read: recordReader(readerOf(definition.valueType, side).read) })
        : undefined;
    case "map":
      return isAnyText(definition.keyType)
        ? inMap({ read: mapReader(readerOf(definition.valueType, side).read) })
        : undefined;
    case "nullable":
      return nullableReader(readerOf(definition.innerType, side));
    case "any":
    case "unknown": {
      const values = new ValueReader();
      return { read: (cursor) => values.readValue(cursor) };
    }
    default:
      return undefined;
  }
}

function objectTextReader(schema: Schema, side: Side): AttributeReader | undefined {
  const { shape, catchall } = definitionOf(schema) as z.$ZodObjectDef;
  const names = Object.keys(shape);
  const closed = catchall === undefined || definitionOf(catchall).type === "never";
  // What objects inherit must not seem to be a member.
  if (!closed || names.some(isInheritedName)) return undefined;
  const members = names.map((name): ObjectMember => {
    const member = shape[name] as Schema;
    const absent = side === "stored" ? (absentValueOf(member) ?? "left out") : absentOf(member);
    return { name, absent, ...readerOf(member, side) };
  });
  return objectReader(members, catchall === undefined ? "dropped" : "refused");
}

function absentOf(schema: Schema): ObjectMember["absent"] {
  const { optin, optout } = internalsOf(schema);
  const emptySet = absentValueOf(schema);
  if (emptySet !== undefined) return () => present(runSchema(schema, emptySet()));
  if (optin === "defaulted") return () => present(runSchema(schema, undefined));
  return optin === "optional" && optout === "optional" ? "left out" : "required";
}

/** A codec's own side of `undefined`, or of a promise, is a rare thing. */
function present(value: unknown): unknown {
  if (value === undefined || value instanceof Promise) throw notUnderstood;
  return value;
}

function isAnyText(schema: Schema): boolean {
  return definitionOf(schema).type === "string" && checkListOf(schema).length === 0;
}

function isoDateReader(definition: z.$ZodPipeDef): AttributeReader {
  const otherwise = pipeReader(definition);
  const opening = '{"S":"';
  const openingBytes = bytesOf(opening);
  const read: TextReader = (cursor) => {
    const { at } = cursor;
    if (cursor.take(openingBytes)) {
      const date = readIsoDate(cursor.bytes, cursor.at);
      if (date !== undefined) {
        cursor.at += isoLength + 2;
        return date;
      }
      cursor.at = at;
    }
    return otherwise(cursor);
  };
  return {
    read,
    source: {
      opening,
      write: (into, program) => `
        ${into} = ${program.given(readIsoDate)}(bytes, at);
        if (${into} !== undefined) at += ${isoLength + 2};
        else { at -= ${opening.length}; ${program.call(otherwise, into)} }`,
    },
  };
}

function pipeReader({ in: input, out, transform }: z.$ZodPipeDef): TextReader {
  const { read } = readerOf(input, "application");
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
function throughJson(schema: Schema): AttributeReader {
  let compiled: Schema | undefined;
  return {
    read(cursor) {
      const stored = readPlanned(schema, cursor);
      const outcome = runZod((compiled ??= compile(schema)), stored, {});
      if (!outcome.ok) throw notUnderstood;
      return present(outcome.value);
    },
  };
}

/** Reads the stored side as JSON. */
function readPlanned(schema: Schema, cursor: TextCursor): unknown {
  const reading: Reading = { depth: cursor.depth, problems: [] };
  const stored = readValue(cursor.json() as never, planOf(schema), reading);
  if (reading.problems.length > 0) throw notUnderstood;
  return stored;
}
