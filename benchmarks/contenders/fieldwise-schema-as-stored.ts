import { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import type { Connection, Contender } from "./contender.ts";
import { OrdersAsStored } from "./fieldwise-orders.ts";

export const takesHandler = true;

/** The mapper with every check, and no date made: its items are those of `validate: false`. */
export function createContender(connection: Connection): Pick<Contender, "query"> {
  const { orders } = connect(new Client(connection), { orders: OrdersAsStored });
  return {
    async query() {
      const page = await orders.query({ customerId: "c1" }).page();
      return page.items.length;
    },
  };
}
