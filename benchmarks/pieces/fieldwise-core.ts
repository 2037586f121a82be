import { F, unmarshall } from "@fieldwise/core";
import { itemText } from "../../packages/core/src/attribute-value/item-text.ts";
import { updateItem } from "../../packages/core/src/operations/write-item.ts";
import { Signer } from "../../packages/core/src/signing/signer.ts";
import { orderKey, tableName } from "../data/names.ts";
import { orderOf, plainOrder } from "../data/orders.ts";
import { credentials, getBody, host, pageText, wireItem } from "./page-text.ts";
import type { Pieces } from "./pieces.ts";

type WireItem = Parameters<typeof unmarshall>[0];

export function createPieces(): Pieces {
  const endpoint = { protocol: "https:", hostname: host, host, path: "/", query: {} } as const;
  const signer = new Signer({ ...endpoint, port: undefined }, "eu-west-1");
  const order = plainOrder(orderOf(0));
  const item = wireItem as WireItem;
  return {
    sign: () => signer.sign("GetItem", getBody, credentials, Date.now()),
    encode: () => {
      const text = itemText(order);
      // The engine puts the parts together when the first character is asked for: it shall not be left to others.
      return text.charCodeAt(0) === 0 ? undefined : text;
    },
    decode: () => unmarshall(item),
    decodePage: () =>
      (JSON.parse(pageText) as { Items: WireItem[] }).Items.map((wire) => unmarshall(wire)),
    expression: () =>
      updateItem(tableName, orderKey, [F("status").set("shipped"), F("total").add(2)], {
        condition: F("status").eq("placed"),
      }),
  };
}
