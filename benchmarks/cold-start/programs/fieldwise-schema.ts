import { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { Orders } from "../../contenders/fieldwise-orders.ts";
import { orderKey } from "../../data/names.ts";

export function firstAnswer(endpoint: string): Promise<unknown> {
  return connect(new Client({ endpoint }), { orders: Orders }).orders.get(orderKey);
}
