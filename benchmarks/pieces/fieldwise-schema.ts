import type { Condition, UpdateAction } from "@fieldwise/core";
import { Orders } from "../contenders/fieldwise-orders.ts";
import type * as writing from "../../packages/core/src/operations/write-item.ts";
import { orderKey, tableName } from "../data/orders.ts";
import { internal } from "./internal.ts";
import type { Pieces } from "./pieces.ts";

/** The same update, its operands validated by the schema. */
export async function createPieces(): Promise<Pieces> {
  const { updateItem } = await internal<typeof writing>("operations/write-item.js");
  const { F } = Orders;
  return {
    expression: () =>
      updateItem(
        tableName,
        orderKey,
        [F("status").set("shipped"), F("total").increment(2)] as unknown as UpdateAction[],
        { condition: F("status").eq("placed") as unknown as Condition },
      ),
  };
}
