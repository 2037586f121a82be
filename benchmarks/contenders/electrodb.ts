import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Service } from "electrodb";
import { orderKey } from "../data/names.ts";
import { batchSize, type Order, orderOf, readKeys, transaction } from "../data/orders.ts";
import type { Connection, Contender } from "./contender.ts";
import { ordersEntity } from "./electrodb-orders.ts";

export const takesHandler = true;

/** ElectroDB over the document client. */
export function createContender(connection: Connection): Contender {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(connection));
  const orders = ordersEntity(client);
  const shop = new Service({ orders }, { client });
  const order = electroOrder(orderOf(0));
  const batch = Array.from({ length: batchSize }, (_, index) => electroOrder(orderOf(index)));
  const puts = transaction.puts.map(electroOrder);
  return {
    async get() {
      return (await orders.get(orderKey).go()).data;
    },
    put: () => orders.put(order).go(),
    async query() {
      return (await orders.query.primary({ customerId: "c1" }).go()).data.length;
    },
    async scan() {
      let count = 0;
      const { data } = await orders.scan.go({ pages: "all" });
      for (const item of data) if (item !== undefined) count++;
      return count;
    },
    async batchGet() {
      return (await orders.get([...readKeys]).go()).data.length;
    },
    async transactGet() {
      const { data } = await shop.transaction
        .get((entities) => readKeys.map((key) => entities.orders.get(key).commit()))
        .go();
      return data.filter(({ item }) => item !== null).length;
    },
    batchWrite: () => orders.put(batch).go(),
    transactWrite: () =>
      shop.transaction
        .write((entities) => [
          ...puts.map((item) => entities.orders.put(item).commit()),
          ...transaction.updates.map((key) =>
            entities.orders
              .update(key)
              .set({ status: "shipped" })
              .add({ total: 2 })
              .where(({ status }, { eq }) => eq(status, "placed"))
              .commit(),
          ),
          entities.orders.delete(transaction.delete).commit(),
          entities.orders
            .check(transaction.check)
            .where(({ orderId }, { exists }) => exists(orderId))
            .commit(),
        ])
        .go(),
  };
}

function electroOrder({ lines, tags, ...order }: Order) {
  return { ...order, lines: [...lines], tags: [...tags] };
}
