import { ordersEntity } from "../contenders/electrodb-orders.ts";
import { orderKey } from "../data/names.ts";
import type { Pieces } from "./pieces.ts";

export function createPieces(): Pieces {
  const orders = ordersEntity();
  return {
    expression: () =>
      orders
        .update(orderKey)
        .set({ status: "shipped" })
        .add({ total: 2 })
        .where(({ status }, { eq }) => eq(status, "placed"))
        .params(),
  };
}
