import { ConditionalCheckFailed } from "@fieldwise/core";
import { connect, InvalidItem, ItemNotFound } from "@fieldwise/schema";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { untyped } from "../support/refused.ts";
import { order, ordersTable } from "../support/schema-tables.ts";

describeOnEachServer("patches", ({ client, uniqueTableName }) => {
  const Orders = ordersTable(uniqueTableName());
  const { orders } = connect(client, { orders: Orders });
  const { F } = Orders;
  const key = (orderId: string) => ({ customerId: "c1", orderId });

  beforeAll(async () => {
    await orders.table.create({ wait: true });
  });

  it("gives attributes new values, encoded, and removes what is undefined", async () => {
    await orders.put(order("a", { note: "old", tags: new Set(["x"]) }));
    const placedAt = new Date("2027-01-01");
    const values = { placedAt, note: undefined, tags: new Set<string>(), total: 3 };
    const after = await orders.patch(key("a"), values, { returnValues: "ALL_NEW" });
    expect(after).toEqual({ ...order("a"), status: "placed", placedAt, total: 3, tags: new Set() });
    expect(await client.get(Orders.name, key("a"))).toEqual({
      ...order("a"),
      status: "placed",
      placedAt: placedAt.toISOString(),
      total: 3,
    });
    const updated = await orders.patch(key("a"), { note: "new" }, { returnValues: "UPDATED_NEW" });
    expect(updated).toEqual({ note: "new" });
  });

  it("makes no item where there is none", async () => {
    const attempt = orders.patch(key("absent"), { total: 1 });
    await expect(attempt).rejects.toBeInstanceOf(ItemNotFound);
    await expect(attempt).rejects.toMatchObject({ key: key("absent"), tableName: Orders.name });
    const guarded = orders.patch(key("absent"), { total: 1 }, { condition: F("total").gt(1) });
    await expect(guarded).rejects.toBeInstanceOf(ItemNotFound);
    expect(await orders.get(key("absent"))).toBeUndefined();
  });

  it("tells its own condition from an item that is not there, also where that one does not fit", async () => {
    await orders.put(order("fits"));
    await client.put(Orders.name, { ...key("misfit"), total: 1, lines: "none" });
    for (const onInvalid of ["throw", "skip"] as const) {
      for (const orderId of ["fits", "misfit"]) {
        const options = { condition: F("total").gt(100), onInvalid };
        const attempt = orders.patch(key(orderId), { total: 1 }, options);
        await expect(attempt).rejects.toBeInstanceOf(ConditionalCheckFailed);
      }
    }
  });

  it("tells the issues of all values, and writes none", async () => {
    await orders.put(order("kept"));
    const attempt = orders.patch(key("kept"), {
      total: -1,
      note: "a note of more than twenty characters",
      status: "shipped",
      lines: [{ sku: "", quantity: 1 }],
    });
    await expect(attempt).rejects.toBeInstanceOf(InvalidItem);
    await expect(attempt).rejects.toMatchObject({
      issues: [{ path: ["total"] }, { path: ["note"] }, { path: ["lines", 0, "sku"] }],
    });
    expect(await orders.get(key("kept"))).toMatchObject({ total: 12, status: "placed" });
  });

  it.each([
    ["a key attribute", { orderId: "b" }, /orderId: set\(\) can't change a key attribute/],
    ["what must be there", { total: undefined }, /total: .* so it can't be removed/],
    [
      "what the schema does not have",
      { nope: 1 },
      /nope: the schema of table .* has no such attribute/,
    ],
  ])("refuses %s", async (_, values, message) => {
    await expect(orders.patch(key("a"), untyped(values))).rejects.toThrow(message);
  });

  it("removes an attribute that a default stands for", async () => {
    await orders.put(order("default", { status: "shipped" }));
    await orders.patch(key("default"), { status: undefined });
    expect(await client.get(Orders.name, key("default"))).not.toHaveProperty("status");
    expect((await orders.get(key("default")))?.status).toBe("placed");
  });
});
