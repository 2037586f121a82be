import { canonicalNumber } from "../attribute-value/decimal.ts";
import { marshallValue } from "../attribute-value/marshall.ts";
import { NumberValue } from "../attribute-value/number-value.ts";
import type { AttributeMap, Item, NativeAttributeValue } from "../attribute-value/types.ts";
import { type NumberReader, readItem, readNumber } from "../attribute-value/unmarshall.ts";
import { type TextReader, ValueReader } from "../wire-text/value-reader.ts";

/** Turns what answers carry into what an application holds. */
export interface ItemReader {
  /**
   * Reads an item, or a part of one.
   *
   * @param tableName - Where a request names several tables, the one that the item is of.
   * @param place - Of a transaction: the place of the item's action.
   * @returns `undefined` to leave the item out, as if it were not there.
   */
  item(wire: AttributeMap, tableName?: string, place?: number): Item | undefined;
  /** Reads a key: where a query goes on, or of an item collection. */
  key(wire: AttributeMap): Item;
  /**
   * Reads an item from an answer's text, faster than `item` and with the same result. What it does not understand is given
   * to `item`.
   */
  readonly text?: TextReader | undefined;
  /** In the place of `text` where a request names several tables: what reads the items of one, or of one action. */
  textOf?(tableName?: string, place?: number): TextReader | undefined;
}

/** Whether a reader reads text, and of a table or an action by what. Asked for only where it is of use: it may have to be made. */
export function textOf(reader: ItemReader): ItemReader["textOf"] {
  if (reader.textOf !== undefined) return (...of) => reader.textOf?.(...of);
  const { text } = reader;
  return text && (() => text);
}

/** Reads items as they come, and keys so that they can be sent back. */
export function itemReader(numbers: NumberReader): ItemReader {
  const item = (wire: AttributeMap): Item => readItem(wire, numbers);
  const ofKey = exactly(numbers);
  const key = (wire: AttributeMap): Item => readItem(wire, ofKey);
  if (numbers !== readNumber) return { item, key };
  const values = new ValueReader();
  return { item, key, text: (cursor) => values.readItem(cursor) };
}

/** Reads as a `NumberValue` what would be stored as another number than was read, or as none. */
function exactly(reader: NumberReader): NumberReader {
  return (text) => {
    try {
      const value = reader(text);
      const stored = marshallValue(value as NativeAttributeValue);
      if ("N" in stored && canonicalNumber(stored.N) === canonicalNumber(text)) return value;
    } catch {
      // Then it can't be sent back either.
    }
    return NumberValue.from(text);
  };
}

/** Reads items, without those that the reader leaves out. */
export function readItems(wires: readonly AttributeMap[], reader: ItemReader): Item[] {
  const items: Item[] = [];
  for (const wire of wires) {
    const item = reader.item(wire);
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** Reads an item of an error, which must not be replaced by one about a number that it carries. */
export function readLeniently(item: AttributeMap, reader: NumberReader): Item {
  try {
    return readItem(item, reader);
  } catch {
    return readItem(item, NumberValue.from);
  }
}
