import { type AttributeMap, marshall, type NativeAttributeMap } from "@fieldwise/core";
import type { Decoded } from "../src/compile/decoder.ts";
import type { ItemCodec } from "../src/compile/item-codec.ts";

/** The item as it comes from the table. */
export function wireOf(item: NativeAttributeMap): AttributeMap {
  return JSON.parse(JSON.stringify(marshall(item))) as AttributeMap;
}

/** What comes back of an item that is put. */
export function roundTrip(codec: ItemCodec, item: unknown): Decoded {
  return codec.decodeItem(wireOf(codec.encodeItem(item)));
}
