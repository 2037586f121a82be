import type { Item, NativeAttributeMap } from "@fieldwise/core";
import { InvalidItem, SchemaError } from "../errors.ts";
import { checkSchema } from "./check-schema.ts";
import { type Decoder, decoderOf, readRaw } from "./decoder.ts";
import { encodeWhole } from "./encode.ts";
import { fieldCodec } from "./field-codec.ts";
import type { ItemCodec, PartDecoder } from "./item-codec.ts";
import { checkKeyAttributes } from "./key-attributes.ts";
import { decodeKeyWith, encodeKeyWith, keyIn } from "./key-codec.ts";
import { knownPart } from "./known-part.ts";
import { partialOf } from "./partial.ts";
import { AsynchronousSchema } from "./run-zod.ts";
import { selectPaths } from "./select.ts";
import { type Place, placeAt } from "./step.ts";
import type { Schema } from "./zod-types.ts";

/** What `compileSchema` needs to know of a table. */
export interface CompileOptions {
  /** The attributes of the table's primary key. */
  readonly keyAttributes: readonly string[];
}

/**
 * Compiles a table's schema: what is wrong with it is told at once, the rest is made when it is first used.
 *
 * @throws SchemaError where the schema holds what can't be stored, or can't be encoded back.
 */
export function compileSchema(
  tableName: string,
  schema: Schema,
  { keyAttributes }: CompileOptions,
): ItemCodec {
  checkSchema(tableName, schema);
  checkKeyAttributes(tableName, schema, keyAttributes);
  const guard = guardFor(tableName);
  const whole = decoderOf(schema);
  const decode = (decoder: Decoder): PartDecoder => ({
    decode: (wire) => guard(() => decoder.decode(wire)),
    get text() {
      return decoder.text;
    },
  });
  let partial: PartDecoder | undefined;
  return {
    encodeItem(item) {
      const encoded = guard(() => encodeWhole(schema, item, []));
      if (!encoded.ok) {
        const key = keyIn(item, keyAttributes);
        throw new InvalidItem(tableName, encoded.issues, undefined, { key });
      }
      return encoded.value as NativeAttributeMap;
    },
    decodeItem: decode(whole).decode,
    get itemText() {
      return whole.text;
    },
    get storedText() {
      return whole.storedText;
    },
    get storedPartText() {
      return whole.storedPartText;
    },
    readStored(wire) {
      const outcome = whole.readStored(wire);
      if (!outcome.ok) {
        const key = keyIn(readRaw(wire), keyAttributes);
        throw new InvalidItem(tableName, outcome.issues, "The stored item", { key });
      }
      return outcome.value as Item;
    },
    encodeKey: (key, names) => guard(() => encodeKeyWith(tableName, schema, key, names)),
    decodeKey: (wire, names) => guard(() => decodeKeyWith(schema, wire, names)),
    project(paths) {
      const part = selectPaths(tableName, schema, paths);
      const asked = new Set(part.paths.map(([name]) => String(name)));
      const parts = withoutUnknown(decode(decoderOf(part.schema)), schema, asked);
      return Object.assign(parts, { paths: part.paths });
    },
    partial: () => (partial ??= withoutUnknown(decode(decoderOf(partialOf(schema))), schema)),
    at(path) {
      let place: Place | undefined;
      for (const step of path) {
        place = placeAt(place?.schema ?? schema, step);
        if (place === undefined) return undefined;
      }
      return place && fieldCodec(place, { tableName, path, guard });
    },
  };
}

/**
 * Reads parts without what is not theirs. The options of a union are told apart by what they name; what none of them names
 * is dropped, as from a whole item.
 *
 * @param asked - The attributes that were asked for: a server may give the key besides.
 */
function withoutUnknown(
  parts: PartDecoder,
  schema: Schema,
  asked?: ReadonlySet<string>,
): PartDecoder {
  return {
    decode(wire) {
      const decoded = parts.decode(wire);
      if (decoded.ok) return decoded;
      const known = parts.decode(knownPart(wire, schema, asked));
      return known.ok ? known : decoded;
    },
    get text() {
      return parts.text;
    },
  };
}

function guardFor(tableName: string): <Result>(run: () => Result) => Result {
  return (run) => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof AsynchronousSchema)) throw error;
      throw new SchemaError(
        tableName,
        "",
        "a refinement, transform or codec of the schema is asynchronous, and reads and writes don't wait for it. Check such things before the write",
      );
    }
  };
}
