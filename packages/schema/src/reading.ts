import {
  type AttributeMap,
  type Item,
  type ItemReader,
  NumberValue,
  unmarshall,
} from "@fieldwise/core";
import type { Decoded } from "./compile/decoder.ts";
import type { PartDecoder } from "./compile/item-codec.ts";
import type { DefinedTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import type { OnInvalid } from "./types/options.ts";
import type { TableTypes } from "./types/table-types.ts";
import { pathsOf } from "./fields/projection.ts";

/** How what one call reads is decoded. */
export interface ReadSettings {
  readonly validate?: boolean | undefined;
  readonly onInvalid?: OnInvalid | undefined;
  readonly project?: readonly unknown[] | undefined;
}

/** Decodes one stored item, or a part of one; `undefined` to leave it out. */
export type Decode = (wire: AttributeMap) => Item | undefined;

/** Makes what decodes whole items of a table, or what a projection asks for. */
export function itemDecoder(
  table: DefinedTable<TableTypes>,
  operation: string,
  settings: ReadSettings,
  whole: PartDecoder = { decode: (wire) => table.codec.decodeItem(wire) },
): Decode {
  if (settings.validate === false) return (wire) => table.codec.readStored(wire);
  const { project } = settings;
  const decoder = project === undefined ? whole : table.codec.project(pathsOf(project));
  return withPolicy(table, operation, settings.onInvalid, (wire) => decoder.decode(wire));
}

/** Makes what decodes the parts that an update returns. */
export function partDecoder(
  table: DefinedTable<TableTypes>,
  operation: string,
  settings: ReadSettings,
): Decode {
  const partial = table.codec.partial();
  return withPolicy(table, operation, settings.onInvalid, (wire) => partial.decode(wire));
}

function withPolicy(
  table: DefinedTable<TableTypes>,
  operation: string,
  onInvalid: OnInvalid = "throw",
  decode: (wire: AttributeMap) => Decoded,
): Decode {
  return (wire) => {
    const decoded = decode(wire);
    if (decoded.ok) return decoded.item as Item;
    if (onInvalid === "skip") return undefined;
    if (onInvalid === "throw") {
      throw new InvalidItem(table.name, decoded.issues, `An item that ${operation} read`);
    }
    return onInvalid(decoded.raw, decoded.issues, { tableName: table.name, operation }) as
      | Item
      | undefined;
  };
}

/** Reads items by a decoder, and keys without losing a digit. */
export function readerOf(decode: Decode): ItemReader {
  return { item: decode, key: exactKey };
}

/** Leaves items as they stand on the wire, for calls on several tables. */
export const wireReader: ItemReader = { item: (wire) => wire, key: exactKey };

function exactKey(wire: AttributeMap): Item {
  return unmarshall(wire, NumberValue.from);
}
