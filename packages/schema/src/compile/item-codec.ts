import type { AttributeMap, Item, NativeAttributeMap, PathStep, TextReader } from "@fieldwise/core";
import type { Decoded } from "./decoder.ts";
import type { FieldCodec } from "./field-codec.ts";

/** Encodes and decodes what a table's schema describes. */
export interface ItemCodec {
  /**
   * Encodes an item to be put: fills in defaults, encodes by codec, validates, and gives what core's `marshall` takes.
   *
   * @throws InvalidItem with all issues of the item.
   */
  encodeItem(item: unknown): NativeAttributeMap;
  /** Reads an item whole: decodes and validates it with the compiled schema. */
  decodeItem(wire: AttributeMap): Decoded;
  /** Reads whole items from an answer's text, where the schema can be read so. */
  readonly itemText: TextReader | undefined;
  /** The same for the stored side alone. */
  readonly storedText: TextReader | undefined;
  /** The same for items of which a projection asks for a part. */
  readonly storedPartText: TextReader | undefined;
  /**
   * Reads the stored side alone: nothing is decoded or validated.
   *
   * @throws InvalidItem where a value can't be read without losing something.
   */
  readStored(wire: AttributeMap): Item;
  /**
   * Encodes a key: each attribute by its own schema, refinements included.
   *
   * @throws InvalidItem naming attributes that are missing, invalid or not of the key.
   */
  encodeKey(key: unknown, names: readonly string[]): NativeAttributeMap;
  /** Reads a key, or any other attributes of an item each on its own. */
  decodeKey(wire: AttributeMap, names: readonly string[]): Decoded;
  /**
   * What reads a projection: validated by the part of the schema that was asked for. Elements of a list that were asked
   * for by index come back in a shorter list.
   *
   * @throws InvalidItem where the schema has no such path.
   */
  project(paths: readonly (readonly PathStep[])[]): ProjectionDecoder;
  /** What reads parts of items of any shape, as `UPDATED_OLD` and `UPDATED_NEW` give: every member may be missing. */
  partial(): PartDecoder;
  /** The codec of an attribute path; `undefined` where the schema has none. A codec's own inside has no paths. */
  at(path: readonly PathStep[]): FieldCodec | undefined;
}

/** Reads parts of items. */
export interface PartDecoder {
  decode(wire: AttributeMap): Decoded;
  /** Reads them from an answer's text, where the schema can be read so. */
  readonly text?: TextReader | undefined;
}

/** Reads a projection. */
export interface ProjectionDecoder extends PartDecoder {
  /**
   * The paths to ask for: those given, and the discriminators of the unions that they lead into, which tell how to read
   * them and are not part of the result.
   */
  readonly paths: readonly (readonly PathStep[])[];
}
