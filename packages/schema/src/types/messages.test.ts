import { beforeAll, describe, expect, it } from "vitest";
import { type Diagnostic, diagnosticsOf } from "../../test-support/diagnostics.ts";

const head = `import { Client } from "@fieldwise/core";
import { connect, defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";

const schema = z.object({
  customerId: z.string(),
  orderId: z.string(),
  status: z.enum(["placed", "shipped"]),
  placedAt: isoDate(),
  total: z.number(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  tags: z.set(z.string()).default(() => new Set<string>()),
  paid: z.boolean(),
  note: z.string().optional(),
});
const keys = { partitionKey: "customerId", sortKey: "orderId" } as const;
const Orders = defineTable({
  name: "orders",
  schema,
  ...keys,
  indexes: { byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] } },
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int() }),
  partitionKey: "sku",
});
const db = connect(new Client(), { orders: Orders, stock: Stock });
const { F } = Orders;
const key = { customerId: "c1", orderId: "o1" };
const part = await db.orders.getOrThrow(key, { project: [F("total")] });
const [placed] = await db.orders.index("byStatus").query({ status: "placed" }).toArray();
`;

/** What is written, where the error stands in it, and what it says. */
const mistakes: readonly (readonly [code: string, at: string, message: string])[] = [
  [
    `F("statsu");`,
    `"statsu"`,
    `Argument of type '"statsu"' is not assignable to parameter of type '"customerId" | "lines" | "note" | "orderId" | "paid" | "placedAt" | "status" | "tags" | "total"'.`,
  ],
  [
    `F("lines", 0, "skuu");`,
    `"skuu"`,
    `Argument of type '"skuu"' is not assignable to parameter of type '"quantity" | "sku"'.`,
  ],
  [
    `F("status").eq("lost");`,
    `"lost"`,
    `Argument of type '"lost"' is not assignable to parameter of type '"placed" | "shipped" | PathOperand<string, string, "orders">'.`,
  ],
  [
    `F("total").eq("12");`,
    `"12"`,
    `Argument of type 'string' is not assignable to parameter of type 'number | PathOperand<number, number, "orders">'.`,
  ],
  [
    `F("placedAt").lt("2026-01-01");`,
    `"2026-01-01"`,
    `Argument of type 'string' is not assignable to parameter of type 'Date | PathOperand<Date, string, "orders">'.`,
  ],
  [
    `F("note").eq(F("total"));`,
    `F("total")`,
    `Argument of type 'Field<number, number, "orders", ["total"]>' is not assignable to parameter of type 'string | PathOperand<string, string, "orders">'.`,
  ],
  [
    `F("total").beginsWith("1");`,
    `beginsWith`,
    `Property 'beginsWith' does not exist on type 'Field<number, number, "orders", ["total"]>'.`,
  ],
  [
    `F("paid").gt(false);`,
    `gt`,
    `Property 'gt' does not exist on type 'Field<boolean, boolean, "orders", ["paid"]>'.`,
  ],
  [
    `F("note").increment(1);`,
    `increment`,
    `Property 'increment' does not exist on type 'Field<string | undefined, string | undefined, "orders", ["note"]>'.`,
  ],
  [
    `F("orderId").set("o2");`,
    `set`,
    `Property 'set' does not exist on type 'KeyField<string, string, "orders", ["orderId"]>'.`,
  ],
  [
    `F("total").remove();`,
    `remove`,
    `Property 'remove' does not exist on type 'Field<number, number, "orders", ["total"]>'.`,
  ],
  [
    `F("tags").add("new");`,
    `"new"`,
    `Argument of type 'string' is not assignable to parameter of type 'ReadonlySet<string>'.`,
  ],
  [
    `db.orders.scan({ filter: Stock.F("count").gt(1) });`,
    `filter`,
    `Type 'Condition<"stock">' is not assignable to type 'Condition<"orders">'.`,
  ],
  [
    `db.orders.query({ orderId: "o1" });`,
    `{ orderId`,
    `Property 'customerId' is missing in type '{ orderId: string; }' but required in type '{ readonly customerId: string; readonly orderId?: SortCondition<string>; }'.`,
  ],
  [
    `db.orders.query({ customerId: "c1", orderId: { beginWith: "2026-" } });`,
    `beginWith`,
    `Object literal may only specify known properties, but 'beginWith' does not exist in type '_RequireExactlyOne<SortOperators<string>, keyof SortOperators<Value>>'. Did you mean to write 'beginsWith'?`,
  ],
  [
    `db.orders.index("byStatus").scan({ consistentRead: true });`,
    `consistentRead`,
    `Object literal may only specify known properties, and 'consistentRead' does not exist in type 'Omit<ScanOptions<"orders", never, true>, "consistentRead">'.`,
  ],
  [
    `db.orders.index("byStatu");`,
    `"byStatu"`,
    `Argument of type '"byStatu"' is not assignable to parameter of type '"byStatus"'.`,
  ],
  [
    `db.orders.get({ customerId: "c1" });`,
    `{ customerId`,
    `Property 'orderId' is missing in type '{ customerId: string; }' but required in type '{ customerId: string; orderId: string; }'.`,
  ],
  [
    `db.stock.put({ sku: "tea", count: "1" });`,
    `count`,
    `Type 'string' is not assignable to type 'number'.`,
  ],
  [
    `db.stock.put({ sku: "tea" });`,
    `{ sku`,
    `Property 'count' is missing in type '{ sku: string; }' but required in type '{ readonly sku: string; readonly count: number; }'.`,
  ],
  [
    `db.stock.patch({ sku: "tea" }, { sku: "coffee" });`,
    `sku: "coffee"`,
    `Object literal may only specify known properties, and 'sku' does not exist in type '{ readonly count?: number; }'.`,
  ],
  [`part.status;`, `status`, `Property 'status' does not exist on type '{ total: number; }'.`],
  [
    `placed?.lines;`,
    `lines`,
    `Property 'lines' does not exist on type '{ customerId: string; orderId: string; status: "placed" | "shipped"; placedAt: Date; total: number; }'.`,
  ],
  [
    `defineTable({ name: "t", schema, partitionKey: "customer" });`,
    `partitionKey`,
    `Type '"customer"' is not assignable to type '"customerId" | "orderId" | "placedAt" | "status" | "total"'. Did you mean '"customerId"'?`,
  ],
  [
    `defineTable({ name: "t", schema, ...keys, ttl: "placedAt" });`,
    `ttl`,
    `Type '"placedAt"' is not assignable to type '"total"'.`,
  ],
  [
    `defineTable({ name: "t", schema, ...keys, indexes: { a: { partitionKey: "paid" } } });`,
    `partitionKey: "paid"`,
    `Type '"paid"' is not assignable to type 'KeyAttributes<"customerId" | "note" | "orderId" | "placedAt" | "status" | "total">'.`,
  ],
];

describe("the compiler says of a common mistake what is wrong, in one error at the place", () => {
  const lineOf = (place: number) => head.split("\n").length - 1 + place;
  let diagnostics: readonly Diagnostic[];

  beforeAll(() => {
    diagnostics = diagnosticsOf(head + mistakes.map(([code]) => code).join("\n"));
  }, 60_000);

  it("and nothing of what is right", () => {
    const places = new Set(mistakes.map((_, place) => lineOf(place)));
    expect(diagnostics.filter(({ line }) => !places.has(line))).toEqual([]);
  });

  it.each(mistakes.map(([code, at, message], place) => ({ code, at, message, place })))(
    "$code",
    ({ code, at, message, place }) => {
      const said = diagnostics.filter(({ line }) => line === lineOf(place));
      expect(said.map((each) => [code.slice(each.column), each.message])).toEqual([
        [code.slice(code.indexOf(at)), message],
      ]);
    },
  );
});
