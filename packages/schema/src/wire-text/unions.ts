import { bytesOf, notUnderstood, type TextReader } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { storageOf } from "../compile/stored-types.ts";
import { definitionOf, internalsOf, type Schema } from "../compile/zod-types.ts";
import { colon, comma, openBrace } from "./json-bytes.ts";
import type { AttributeReader } from "./program.ts";

/** Of a union of objects: the member whose text tells of which option an object is, and the options by it. */
export interface Discriminator {
  readonly name: string;
  readonly options: readonly (readonly [text: string, option: Schema])[];
}

/**
 * Finds what tells the options of a union of objects apart for certain.
 *
 * @param named - Only where the schema names it.
 */
export function discriminatorOf(
  definition: z.$ZodUnionDef,
  named: boolean,
): Discriminator | undefined {
  const options = definition.options as readonly Schema[];
  const { discriminator } = definition as Partial<z.$ZodDiscriminatedUnionDef>;
  const shapes = options.map((option) => (definitionOf(option) as Partial<z.$ZodObjectDef>).shape);
  // Of z.xor() exactly one option may fit.
  if (discriminator === undefined && (named || definition.inclusive === false)) return undefined;
  for (const name of discriminator === undefined ? Object.keys(shapes[0] ?? {}) : [discriminator]) {
    const found = options.flatMap((option, index) =>
      textsOf(shapes[index]?.[name]).map((text) => [text, option] as const),
    );
    const texts = new Set(found.map(([text]) => text));
    const told = new Set(found.map(([, option]) => option));
    if (texts.size === found.length && told.size === options.length)
      return { name, options: found };
  }
  return undefined;
}

/** The texts that a member must be one of; none where it may be something else, or missing. */
function textsOf(schema: Schema | undefined): readonly string[] {
  const type = schema && definitionOf(schema).type;
  if (schema === undefined || (type !== "literal" && type !== "enum")) return [];
  const values = [...(internalsOf(schema).values ?? [])];
  return values.every((value) => typeof value === "string") ? values : [];
}

/** Reads an object by the option that its discriminator tells. */
export function discriminatedReader(
  name: string,
  options: readonly (readonly [text: string, read: TextReader])[],
): TextReader {
  const nameBytes = bytesOf(`${JSON.stringify(name)}:`);
  const values = options.map(([text]) => bytesOf(JSON.stringify({ S: text })));
  return (cursor) => {
    const { at } = cursor;
    cursor.expect(openBrace);
    while (!cursor.take(nameBytes)) {
      cursor.skip();
      cursor.expect(colon);
      cursor.skip();
      cursor.expect(comma);
    }
    const found = options[values.findIndex((value) => cursor.take(value))];
    if (found === undefined) throw notUnderstood;
    const [text, read] = found;
    cursor.at = at;
    const object = read(cursor) as Readonly<Record<string, unknown>>;
    // A name that comes twice counts the last time.
    if (object[name] !== text) throw notUnderstood;
    return object;
  };
}

/** The options of a union by the types that they are stored as, where each type is of one, which takes no other. */
export function optionsByType(
  schema: Schema,
  definition: z.$ZodUnionDef,
): readonly (readonly [type: string, option: Schema])[] | undefined {
  const options = definition.options as readonly Schema[];
  const found = options.flatMap((option) =>
    [...storageOf(option).types].map((type) => [type, option] as const),
  );
  const certain =
    new Set(found.map(([type]) => type)).size === found.length &&
    storageOf(schema).numbers.size < 2 &&
    options.every(takesItsTypes);
  return certain ? found : undefined;
}

/** Whether zod refuses what is stored as another type than the schema's. */
function takesItsTypes(schema: Schema): boolean {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return definition.coerce !== true;
    case "null":
    case "enum":
    case "literal":
    case "template_literal":
    case "object":
    case "record":
    case "array":
    case "tuple":
      return true;
    case "nullable":
    case "readonly":
      return takesItsTypes(definition.innerType);
    case "pipe":
      return takesItsTypes(definition.in);
    case "union":
      return definition.options.every(takesItsTypes);
    default:
      // Objects of JavaScript's own (Set, Map, Uint8Array) zod may take for any object.
      return false;
  }
}

/** Reads a value by the option that its type tells. */
export function typesReader(
  options: readonly (readonly [type: string, reader: AttributeReader])[],
): AttributeReader {
  const byOpening = options.map(([type, each]) => [bytesOf(`{"${type}"`), each] as const);
  return {
    read(cursor) {
      const { at } = cursor;
      for (const [opening, { read }] of byOpening) {
        if (!cursor.take(opening)) continue;
        cursor.at = at;
        return read(cursor);
      }
      throw notUnderstood;
    },
    source: {
      opening: "",
      write: (into, program) => {
        const cases = options.map(
          ([type, each]) =>
            `if (${program.next(`{"${type}"`)}) { ${program.value("", each, into, "throw notUnderstood;")} } else`,
        );
        return `${cases.join(" ")} throw notUnderstood;`;
      },
    },
  };
}
