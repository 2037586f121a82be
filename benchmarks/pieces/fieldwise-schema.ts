import type { Condition, UpdateAction } from "@fieldwise/core";
import { Orders } from "../contenders/fieldwise-orders.ts";
import { updateItem } from "../../packages/core/src/operations/write-item.ts";
import { orderKey, tableName } from "../data/names.ts";
import type { Pieces } from "./pieces.ts";

/** The same update, its operands validated by the schema. */
export function createPieces(): Pieces {
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
