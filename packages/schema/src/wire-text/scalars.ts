import {
  bytesOf,
  notUnderstood,
  readDigits,
  type TextCursor,
  type TextReader,
} from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { internalsOf, type Schema } from "../compile/zod-types.ts";
import { type Check, checkListOf, runSchema } from "./checks.ts";
import { closeBrace, closeBracket, comma, quote } from "./json-bytes.ts";
import type { AttributeReader, Program } from "./program.ts";

const isTrue = bytesOf('{"BOOL":true}');
const isFalse = bytesOf('{"BOOL":false}');
const isNull = '{"NULL":true}';
const nullBytes = bytesOf(isNull);

/** Reads what stands in the quotes of a string, a number, or a member of their sets. */
interface ScalarReader {
  readonly type: "S" | "N";
  /** `at` stands behind the opening quote, and then behind the closing one. */
  readonly read: TextReader;
  /** Statements that do the same. */
  readonly write?: (into: string, program: Program) => string;
}

/**
 * How the schema's strings or numbers are read; `undefined` where it is neither, or out of the ordinary.
 *
 * @param stored - As they are stored, unchecked.
 */
export function scalarOf(schema: Schema, stored: boolean): ScalarReader | undefined {
  const definition = internalsOf(schema).def as z.$ZodTypes["_zod"]["def"];
  const checks = stored ? [] : checkListOf(schema);
  switch (definition.type) {
    case "string":
      return checkedScalar(text, checks);
    case "number":
      return definition.coerce === true ? undefined : checkedScalar(number, checks);
    case "bigint":
      return definition.coerce === true
        ? undefined
        : checkedScalar({ type: "N", read: readWholeNumber }, checks);
    case "enum":
    case "literal":
      return checks.length === 0 ? oneOf(internalsOf(schema).values, stored) : undefined;
    case "template_literal":
      return stored ? text : { type: "S", read: (cursor) => runSchema(schema, cursor.literal()) };
    default:
      return undefined;
  }
}

const text: ScalarReader = {
  type: "S",
  read: (cursor) => cursor.literal(),
  write: (into) => `
    from = at; all = 0;
    while ((byte = bytes[at]) !== 34 && byte !== 92 && byte >= 32) { all |= byte; at++; }
    if (byte === 34 && all < 128) ${into} = cursor.slice(from, at++);
    else { cursor.at = from; ${into} = cursor.literal(); at = cursor.at; }`,
};

const number: ScalarReader = {
  type: "N",
  read: readDigits,
  // A whole number of few digits, or all others.
  write: (into, program) => `
    from = at; ${into} = 0;
    while ((byte = bytes[at]) >= 48 && byte <= 57) { ${into} = ${into} * 10 + (byte - 48); at++; }
    if (byte === 34 && at > from && at < from + 16) at++;
    else { cursor.at = from; ${into} = ${program.given(readDigits)}(cursor); at = cursor.at; }`,
};

function readWholeNumber(cursor: TextCursor): bigint {
  const digits = cursor.literal();
  // What else stands for a whole number (1E5) is rare.
  if (!/^-?\d{1,40}$/.test(digits)) throw notUnderstood;
  return BigInt(digits);
}

function checkedScalar(scalar: ScalarReader, checks: readonly Check[]): ScalarReader {
  return checks.length === 0 ? scalar : { type: scalar.type, ...checkedReader(scalar, checks) };
}

function checkedReader(
  { read, write }: Pick<ScalarReader, "read" | "write">,
  checks: readonly Check[],
): Pick<ScalarReader, "read" | "write"> {
  return {
    read(cursor) {
      let value = read(cursor);
      for (const check of checks) value = check(value);
      return value;
    },
    ...(write && {
      write: (into: string, program: Program) => write(into, program) + program.check(checks, into),
    }),
  };
}

/** A value that is checked when it is read. */
export function checked(
  { read, source }: AttributeReader,
  checks: readonly Check[],
): AttributeReader {
  if (checks.length === 0) return { read, source };
  const made = checkedReader({ read, ...(source && { write: source.write }) }, checks);
  return {
    read: made.read,
    source: source && made.write && { opening: source.opening, write: made.write },
  };
}

function oneOf(
  values: ReadonlySet<unknown> | undefined,
  stored: boolean,
): ScalarReader | undefined {
  const [first] = values ?? [];
  if (values === undefined || (typeof first !== "string" && typeof first !== "number"))
    return undefined;
  for (const value of values) if (typeof value !== typeof first) return undefined;
  if (stored) return typeof first === "string" ? text : number;
  if (typeof first === "string") return oneOfTexts([...values] as string[]);
  return {
    type: "N",
    read(cursor) {
      const value = readDigits(cursor);
      if (values.has(value)) return value;
      throw notUnderstood;
    },
  };
}

const mostInline = 8;

/** Compares bytes, so that no string is made: first with the text that came the last time. */
function oneOfTexts(texts: readonly string[]): ScalarReader {
  const quoted = texts.map((each) => JSON.stringify(each).slice(1));
  const quotedBytes = quoted.map(bytesOf);
  let last = 0;
  const read = (cursor: TextCursor): unknown => {
    if (cursor.take(quotedBytes[last] as Uint8Array)) return texts[last];
    for (let place = 0; place < quotedBytes.length; place++) {
      if (!cursor.take(quotedBytes[place] as Uint8Array)) continue;
      last = place;
      return texts[place];
    }
    throw notUnderstood;
  };
  if (texts.length > mostInline) return { type: "S", read };
  const write = (into: string, program: Program): string => {
    const cases = quoted.map(
      (each, place) =>
        `if (${program.next(each)}) { ${into} = ${JSON.stringify(texts[place])}; ${program.take(each)} } else`,
    );
    return `${cases.join(" ")} throw notUnderstood;`;
  };
  return { type: "S", read, write };
}

/** Reads a string or a number as an attribute value. */
export function scalarReader({ type, read, write }: ScalarReader): AttributeReader {
  const opening = `{"${type}":"`;
  const openingBytes = bytesOf(opening);
  return {
    read(cursor) {
      if (!cursor.take(openingBytes)) throw notUnderstood;
      const value = read(cursor);
      cursor.expect(closeBrace);
      return value;
    },
    source: write && {
      opening,
      write: (into, program) => write(into, program) + program.expect(closeBrace),
    },
  };
}

/** Reads a set of strings or numbers. */
export function setReader({ type, read, write }: ScalarReader): AttributeReader {
  const opening = `{"${type}S":["`;
  const openingBytes = bytesOf(opening);
  return {
    read(cursor) {
      if (!cursor.take(openingBytes)) throw notUnderstood;
      const set = new Set<unknown>();
      for (;;) {
        set.add(read(cursor));
        const byte = cursor.bytes[cursor.at++];
        if (byte === closeBracket) break;
        if (byte !== comma) throw notUnderstood;
        cursor.expect(quote);
      }
      cursor.expect(closeBrace);
      return set;
    },
    source: write && {
      opening,
      write(into, program) {
        const member = program.variable();
        return `
          ${into} = new Set();
          for (;;) {
            let ${member};
            ${write(member, program)}
            ${into}.add(${member});
            byte = bytes[at++];
            if (byte === ${closeBracket}) break;
            if (byte !== ${comma} || bytes[at++] !== ${quote}) throw notUnderstood;
          }
          ${program.expect(closeBrace)}`;
      },
    },
  };
}

export const booleanReader: AttributeReader = {
  read(cursor) {
    if (cursor.take(isTrue)) return true;
    if (cursor.take(isFalse)) return false;
    throw notUnderstood;
  },
  source: {
    opening: '{"BOOL":',
    write: (into, program) =>
      ["true", "false"]
        .map(
          (value) =>
            `if (${program.next(`${value}}`)}) { ${into} = ${value}; ${program.take(`${value}}`)} } else `,
        )
        .join("") + "throw notUnderstood;",
  },
};

export const nullReader: AttributeReader = {
  read(cursor) {
    if (cursor.take(nullBytes)) return null;
    throw notUnderstood;
  },
  source: { opening: isNull, write: (into) => `${into} = null;` },
};

/** Reads null, or what else there may be. */
export function nullableReader(inner: AttributeReader): AttributeReader {
  return {
    read: (cursor) => (cursor.take(nullBytes) ? null : inner.read(cursor)),
    source: inner.source && {
      opening: "",
      write: (into, program) =>
        `if (${program.next(isNull)}) { ${into} = null; ${program.take(isNull)} }
        else { ${program.value("", inner, into, "throw notUnderstood;")} }`,
    },
  };
}
