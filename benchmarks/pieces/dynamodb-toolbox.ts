import { $add, UpdateItemCommand } from "dynamodb-toolbox";
import { ordersEntity } from "../contenders/dynamodb-toolbox-orders.ts";
import { orderKey } from "../data/names.ts";
import type { Pieces } from "./pieces.ts";

export function createPieces(): Pieces {
  const { entity } = ordersEntity();
  return {
    expression: () =>
      entity
        .build(UpdateItemCommand)
        .item({ ...orderKey, status: "shipped", total: $add(2) })
        .options({ condition: { attr: "status", eq: "placed" } })
        .params(),
  };
}
