import { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { orderKey } from "../data/names.ts";
import { batchSize, orderOf, readKeys, transaction } from "../data/orders.ts";
import type { Connection, Contender } from "./contender.ts";
import { applicationOrder, Orders } from "./fieldwise-orders.ts";

export const takesHandler = true;

/** The mapper as it comes: what is read is decoded and validated, what is written is validated and encoded. */
export function createContender(connection: Connection): Contender {
  return schemaContender(connection, true);
}

export function schemaContender(connection: Connection, validate: boolean): Contender {
  const { orders, transactGet, transactWrite } = connect(new Client(connection), {
    orders: Orders,
  });
  const { F } = Orders;
  const order = applicationOrder(orderOf(0));
  const batch = Array.from({ length: batchSize }, (_, index) => applicationOrder(orderOf(index)));
  const puts = transaction.puts.map(applicationOrder);
  return {
    get: () => orders.get(orderKey, { validate }),
    put: () => orders.put(order),
    async query() {
      const page = await orders.query({ customerId: "c1" }, { validate }).page();
      return page.items.length;
    },
    async scan() {
      let count = 0;
      for await (const item of orders.scan({ validate })) if (item !== undefined) count++;
      return count;
    },
    async batchGet() {
      return present((await orders.batchGet(readKeys, { validate })).items);
    },
    async transactGet() {
      return present(
        await transactGet((tx) => readKeys.map((key) => tx.orders.get(key, { validate }))),
      );
    },
    batchWrite: () => orders.batchWrite({ put: batch }),
    transactWrite: () =>
      transactWrite((tx) => [
        ...puts.map((item) => tx.orders.put(item)),
        ...transaction.updates.map((key) =>
          tx.orders.update(key, [F("status").set("shipped"), F("total").increment(2)], {
            condition: F("status").eq("placed"),
          }),
        ),
        tx.orders.delete(transaction.delete),
        tx.orders.check(transaction.check, F("orderId").exists()),
      ]),
  };
}

function present(items: readonly unknown[]): number {
  return items.filter((item) => item !== undefined).length;
}
