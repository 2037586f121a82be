import { Client, type ClientOptions, F, partitionKey } from "@fieldwise/core";
import { orderKey, tableName } from "../data/names.ts";
import { readKeys, orderOf, plainOrder, transaction, batchSize } from "../data/orders.ts";
import type { Connection, Contender } from "./contender.ts";

export const takesHandler = true;

/** With everything on that it does by default: retries, timeouts, checksums. */
export function createContender(connection: Connection): Contender {
  return coreContender(connection);
}

export function coreContender(options: ClientOptions): Contender {
  const client = new Client(options);
  const order = plainOrder(orderOf(0));
  const batch = Array.from({ length: batchSize }, (_, index) => plainOrder(orderOf(index)));
  const puts = transaction.puts.map(plainOrder);
  return {
    get: () => client.get(tableName, orderKey),
    put: () => client.put(tableName, order),
    async query() {
      const page = await client.query(tableName, partitionKey("customerId").eq("c1")).page();
      return page.items.length;
    },
    async scan() {
      let count = 0;
      for await (const item of client.scan(tableName)) if (item !== undefined) count++;
      return count;
    },
    async batchGet() {
      const { items } = await client.batchGet({ [tableName]: readKeys });
      return present(items[tableName]);
    },
    async transactGet() {
      return present(await client.transactGet(readKeys.map((key) => ({ get: tableName, key }))));
    },
    batchWrite: () => client.batchWrite({ [tableName]: { put: batch } }),
    transactWrite: () =>
      client.transactWrite([
        ...puts.map((item) => ({ put: tableName, item })),
        ...transaction.updates.map((key) => ({
          update: tableName,
          key,
          actions: [F("status").set("shipped"), F("total").add(2)],
          condition: F("status").eq("placed"),
        })),
        { delete: tableName, key: transaction.delete },
        { check: tableName, key: transaction.check, condition: F("orderId").exists() },
      ]),
  };
}

function present(items: readonly unknown[] = []): number {
  return items.filter((item) => item !== undefined).length;
}
