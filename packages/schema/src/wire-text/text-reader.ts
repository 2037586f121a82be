import { notUnderstood, type TextCursor, type TextReader, ValueReader } from "@fieldwise/core";
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
import { type Check, checkListOf, checksOf, runSchema } from "./checks.ts";
import { binaryReader, isoDateReader, pipeReader, present } from "./codecs.ts";
import { inMap, listReader, tupleReader } from "./containers.ts";
import { mapReader, recordReader } from "./maps.ts";
import { type ObjectMember, objectReader, type Others } from "./object-reader.ts";
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
import { discriminatedReader, discriminatorOf, optionsByType, typesReader } from "./unions.ts";

/**
 * What an item is read to: the application's side, decoded and validated, or the stored side as it is. Each schema has one
 * reader for either.
 */
type Side = "application" | "stored";

const known: Readonly<Record<Side, WeakMap<Schema, AttributeReader>>> = {
  application: new WeakMap(),
  stored: new WeakMap(),
};

/**
 * What reads whole items of a schema from an answer's text in one pass; `undefined` where there is none for the schema.
 * What it gives is what decoding the item as DynamoDB's JSON gives, or reading its stored side; whatever it is not sure of
 * it does not understand.
 */
export function itemTextReader(schema: Schema, side: Side = "application"): TextReader | undefined {
  return contentReader(schema, side)?.read;
}

/** What reads the stored side of a part of an item, in which nothing stands for what is missing. */
export function storedPartReader(schema: Schema): TextReader | undefined {
  const members = membersOf(schema, "stored");
  return (
    members &&
    objectReader(
      members.map((member) => ({ ...member, absent: "left out" })),
      othersOf(schema, "stored"),
    ).read
  );
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
        ? isoDateReader(definition, readerOf(definition.in, "application").read)
        : checked(
            { read: pipeReader(definition, readerOf(definition.in, "application").read) },
            checks,
          );
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
    case "object":
    case "intersection": {
      const content = uncheckedContent(schema, side);
      return content && inMap(content);
    }
    case "union": {
      const content = uncheckedContent(schema, side);
      if (content !== undefined) return inMap(content);
      const options = optionsByType(schema, definition);
      return (
        options && typesReader(options.map(([type, option]) => [type, readerOf(option, side)]))
      );
    }
    case "array":
      return listReader(readerOf(definition.element, side));
    case "tuple":
      return tupleReader(
        definition.items.map((item) => readerOf(item, side)),
        definition.rest === null ? undefined : readerOf(definition.rest, side),
      );
    case "set": {
      const member = scalarOf(definition.valueType, side === "stored");
      return member && setReader(member);
    }
    case "record": {
      const { read } = readerOf(definition.valueType, side);
      const names = definitionOf(definition.keyType);
      if (names.type === "string" && names.coerce !== true)
        return inMap({ read: recordReader(read, nameCheck(definition.keyType, side)) });
      return enumRecordReader(definition, side);
    }
    case "map": {
      const { read } = readerOf(definition.valueType, side);
      const names = definitionOf(definition.keyType);
      return names.type === "string" && names.coerce !== true
        ? inMap({ read: mapReader(read, nameCheck(definition.keyType, side)) })
        : undefined;
    }
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

function nameCheck(schema: Schema, side: Side): Check | undefined {
  return side === "stored" ? undefined : checksOf(schema);
}

/** Reads a record that has exactly the members that its names name. */
function enumRecordReader(
  { keyType, valueType, partial, mode }: z.$ZodRecordDef,
  side: Side,
): AttributeReader | undefined {
  const { values } = internalsOf(keyType);
  if (definitionOf(keyType).type !== "enum" || values === undefined) return undefined;
  if (partial === true || mode === "loose" || checkListOf(keyType).length > 0) return undefined;
  const names = [...values].filter((name) => typeof name === "string");
  if (names.length < values.size || names.some(isInheritedName)) return undefined;
  const reader = readerOf(valueType, side);
  return inMap(
    objectReader(
      names.map((name) => ({ name, absent: "required", ...reader })),
      "refused",
    ),
  );
}

/** What reads an item, or what stands behind `{"M":`. */
function contentReader(schema: Schema, side: Side): AttributeReader | undefined {
  const reader = uncheckedContent(schema, side);
  return reader && (side === "stored" ? reader : checked(reader, checkListOf(schema)));
}

function uncheckedContent(schema: Schema, side: Side): AttributeReader | undefined {
  const definition = definitionOf(schema);
  if (definition.type !== "union") {
    const members = membersOf(schema, side);
    return members && objectReader(members, othersOf(schema, side));
  }
  const discriminator = discriminatorOf(definition, side === "stored");
  if (discriminator === undefined) return undefined;
  const readers = new Map<Schema, TextReader | undefined>();
  for (const option of definition.options as readonly Schema[])
    readers.set(option, contentReader(option, side)?.read);
  const options = discriminator.options.flatMap(([text, option]) => {
    const read = readers.get(option);
    return read === undefined ? [] : [[text, read] as const];
  });
  return options.length === discriminator.options.length
    ? { read: discriminatedReader(discriminator.name, options) }
    : undefined;
}

function othersOf(schema: Schema, side: Side): Others {
  const { catchall } = definitionOf(schema) as Partial<z.$ZodObjectDef>;
  if (catchall === undefined) return "dropped";
  return definitionOf(catchall).type === "never" ? "refused" : readerOf(catchall, side);
}

/** The members of an object, or of two that have none in common. */
function membersOf(schema: Schema, side: Side): readonly ObjectMember[] | undefined {
  const definition = definitionOf(schema);
  if (definition.type === "intersection" && side === "application") {
    const sides = [definition.left, definition.right].map((each) =>
      checkListOf(each).length === 0 && othersOf(each, side) === "dropped"
        ? membersOf(each, side)
        : undefined,
    );
    const [left, right] = sides;
    if (left === undefined || right === undefined) return undefined;
    const members = [...left, ...right];
    return new Set(members.map(({ name }) => name)).size === members.length ? members : undefined;
  }
  if (definition.type !== "object") return undefined;
  const { shape } = definition;
  const names = Object.keys(shape);
  // What objects inherit must not seem to be a member.
  if (names.some(isInheritedName)) return undefined;
  return names.map((name): ObjectMember => {
    const member = shape[name] as Schema;
    const absent = side === "stored" ? (absentValueOf(member) ?? "left out") : absentOf(member);
    return { name, absent, ...readerOf(member, side) };
  });
}

function absentOf(schema: Schema): ObjectMember["absent"] {
  const { optin, optout } = internalsOf(schema);
  const emptySet = absentValueOf(schema);
  if (emptySet !== undefined) return () => present(runSchema(schema, emptySet()));
  if (optin === "defaulted") return () => present(runSchema(schema, undefined));
  return optin === "optional" && optout === "optional" ? "left out" : "required";
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
