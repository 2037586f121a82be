import { bytesOf, notUnderstood } from "@fieldwise/core";
import { closeBrace, closeBracket, comma, openBrace } from "./json-bytes.ts";
import type { AttributeReader, Program } from "./program.ts";

// DynamoDB nests 32 deep; deeper values are left to the reader that says so.
const maximumDepth = 32;
const mapOpening = '{"M":';
const listOpening = '{"L":[';
const mapBytes = bytesOf(mapOpening);
const listBytes = bytesOf(listOpening);

/** Reads as an attribute value what is read behind `{"M":`. */
export function inMap({ read, source }: AttributeReader): AttributeReader {
  return {
    read(cursor) {
      if (!cursor.take(mapBytes)) throw notUnderstood;
      if (cursor.bytes[cursor.at] !== openBrace || ++cursor.depth > maximumDepth)
        throw notUnderstood;
      const value = read(cursor);
      cursor.expect(closeBrace);
      cursor.depth--;
      return value;
    },
    source: source && {
      opening: mapOpening + source.opening,
      write: (into, program) =>
        deeper(program, () => source.write(into, program) + program.expect(closeBrace)),
    },
  };
}

/** Reads a list. */
export function listReader(element: AttributeReader): AttributeReader {
  const { read: readElement } = element;
  return {
    read(cursor) {
      if (!cursor.take(listBytes)) throw notUnderstood;
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
    },
    source: {
      opening: listOpening,
      write: (into, program) =>
        deeper(program, () => {
          const value = program.variable();
          return `
            ${into} = [];
            if (bytes[at] === ${closeBracket}) at++;
            else for (;;) {
              let ${value};
              ${program.value("", element, value, "throw notUnderstood;")}
              ${into}.push(${value});
              byte = bytes[at++];
              if (byte === ${closeBracket}) break;
              if (byte !== ${comma}) throw notUnderstood;
            }
            ${program.expect(closeBrace)}`;
        }),
    },
  };
}

/** Reads a list whose first elements are each of its own schema. */
export function tupleReader(
  items: readonly AttributeReader[],
  rest: AttributeReader | undefined,
): AttributeReader {
  let place = 0;
  const { read } = listReader({
    read(cursor) {
      const element = items[place++] ?? rest;
      if (element === undefined) throw notUnderstood;
      // A tuple may stand in a tuple, and its own.
      const next = place;
      const value = element.read(cursor);
      place = next;
      return value;
    },
  });
  return {
    read(cursor) {
      place = 0;
      const list = read(cursor) as readonly unknown[];
      if (list.length < items.length) throw notUnderstood;
      return list;
    },
  };
}

function deeper(program: Program, write: () => string): string {
  const level = ++program.level;
  const statements = write();
  program.level--;
  return `if (cursor.depth > ${maximumDepth - level}) throw notUnderstood; ${statements}`;
}
