import { bytesOf, notUnderstood, type TextReader } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import type { Schema } from "../compile/zod-types.ts";
import { runSchema } from "./checks.ts";
import { isoLength, readIsoDate } from "./iso-date.ts";
import { closeBrace } from "./json-bytes.ts";
import type { AttributeReader } from "./program.ts";

const binaryOpening = bytesOf('{"B":"');

/** Reads a date of `isoDate`. */
export function isoDateReader(definition: z.$ZodPipeDef, readInput: TextReader): AttributeReader {
  const otherwise = pipeReader(definition, readInput);
  const opening = '{"S":"';
  const openingBytes = bytesOf(opening);
  const read: TextReader = (cursor) => {
    const { at } = cursor;
    if (cursor.take(openingBytes)) {
      const date = readIsoDate(cursor, cursor.at);
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
        ${into} = ${program.given(readIsoDate)}(cursor, at);
        if (${into} !== undefined) at += ${isoLength + 2};
        else { at -= ${opening.length}; ${program.call(otherwise, into)} }`,
    },
  };
}

/** Reads what a pipe or a codec makes of what it is stored as. */
export function pipeReader({ out, transform }: z.$ZodPipeDef, read: TextReader): TextReader {
  if (transform === undefined) return (cursor) => present(runSchema(out, read(cursor)));
  return (cursor) => {
    const payload = { value: read(cursor), issues: [] };
    const value: unknown = transform(payload.value, payload);
    if (payload.issues.length > 0) throw notUnderstood;
    return present(runSchema(out, present(value)));
  };
}

/** Reads bytes as a schema of their own takes them. */
export function binaryReader(schema: Schema): TextReader {
  return (cursor) => {
    if (!cursor.take(binaryOpening)) throw notUnderstood;
    const text = cursor.literal();
    cursor.expect(closeBrace);
    return runSchema(schema, new Uint8Array(Buffer.from(text, "base64")));
  };
}

/** A codec's own side of `undefined`, or of a promise, is a rare thing. */
export function present(value: unknown): unknown {
  if (value === undefined || value instanceof Promise) throw notUnderstood;
  return value;
}
