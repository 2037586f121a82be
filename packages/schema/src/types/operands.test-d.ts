import { and, type Condition, not, or } from "@fieldwise/schema";
import { describe, expectTypeOf, test } from "vitest";
import { db, Kinds, Orders, Stock } from "../../test-support/typed-tables.ts";

const { F } = Kinds;

describe("operands", () => {
  test("are values of the field's type", () => {
    F("text").eq("a");
    F("text").in(["a", "b"]);
    F("age").between(1, 2);
    F("city").eq(null);
    F("map").eq({ street: "a", inner: null });
    // @ts-expect-error a string
    F("text").eq(1);
    // @ts-expect-error strings
    F("text").in(["a", 1]);
    // @ts-expect-error both are numbers
    F("age").between(1, "2");
    // @ts-expect-error null is no string
    F("text").eq(null);
    // @ts-expect-error absence is asked with notExists()
    F("other").eq(undefined);
    // @ts-expect-error a prefix is a string
    F("text").beginsWith(1);
    // @ts-expect-error what a string contains is a string
    F("text").contains(1);
    // @ts-expect-error no such type of DynamoDB
    F("text").type("X");
    F("text").type("NULL");
  });

  test("of enums and literals are their members", () => {
    Orders.F("status").eq("placed");
    Orders.F("status").set("shipped");
    Orders.F("status").in(["placed", "delivered"]);
    Orders.F("status").beginsWith("pl");
    F("level").eq(2);
    // @ts-expect-error no such status
    Orders.F("status").eq("lost");
    // @ts-expect-error no such status
    Orders.F("status").in(["placed", "lost"]);
    // @ts-expect-error no such status
    Orders.F("status").set("lost");
    // @ts-expect-error no such level
    F("level").ne(4);
  });

  test("that are paths lead to a compatible type", () => {
    F("age").gt(F("other"));
    F("age").gt(F("nested", "n"));
    F("age").set(F("numbers", 0));
    F("text").eq(F("list", 0));
    F("text").contains(F("map", "street"));
    F("bytes").eq(F("binary"));
    F("age").between(F("other"), 10);
    F("age").in([F("other"), 1]);
    // @ts-expect-error a number is no string
    F("text").eq(F("age"));
    // @ts-expect-error a string is no number
    F("age").gt(F("text"));
    // @ts-expect-error a bigint is no number in the application
    F("age").eq(F("big"));
    // @ts-expect-error one Date is stored as a string, the other as a number
    F("at").lt(F("epoch"));
    // @ts-expect-error a Date's text is no text
    F("text").eq(F("at"));
    // @ts-expect-error a list of strings is no list of numbers
    F("list").eq(F("numbers"));
    // @ts-expect-error a set of strings is no set of numbers
    F("texts").set(F("ids"));
    // @ts-expect-error a path of another table
    F("text").eq(Stock.F("sku"));
  });

  test("of sizes are numbers", () => {
    F("text").size().gt(3);
    F("text").size().eq(F("age"));
    F("text").size().between(1, F("list").size());
    // @ts-expect-error a size is a number
    F("text").size().eq("3");
    // @ts-expect-error a size has no prefix
    F("text").size().beginsWith("3");
    // @ts-expect-error a size is never set
    F("text").size().set(3);
  });

  test("of set are values, paths, and what is computed of them", () => {
    F("age").set(1);
    F("age").set(F("other").plus(1));
    F("age").set(F("age").minus(F("other")));
    F("age").set(F("age").ifNotExists(0));
    F("age").set(F("age").ifNotExists(0).plus(1));
    F("text").set(F("text").ifNotExists("a"));
    F("big").set(F("big").plus(1n));
    // @ts-expect-error a sum of numbers is no string
    F("text").set(F("age").plus(1));
    // @ts-expect-error a string has no sum
    F("text").plus("a");
    // @ts-expect-error the default of a number is a number
    F("age").ifNotExists("a");
    // @ts-expect-error what is stored as a string makes no sum
    F("rank").ifNotExists(0).plus(1);
    // @ts-expect-error a bigint and a number make no sum
    F("big").plus(1);
    // @ts-expect-error a condition is no value
    F("flag").set(F("text").eq("a"));
    // @ts-expect-error what is computed is no operand of a condition
    F("age").eq(F("age").plus(1));
  });
});

describe("conditions", () => {
  const key = { customerId: "c1", orderId: "o1" };

  test("compose within a table", () => {
    const open = Orders.F("status").eq("placed");
    const small = Orders.F("total").lt(100);
    expectTypeOf(open).toEqualTypeOf<Condition<"orders">>();
    expectTypeOf(open.and(small, not(open))).toEqualTypeOf<Condition<"orders">>();
    expectTypeOf(and(open, small)).toEqualTypeOf<Condition<"orders">>();
    expectTypeOf(or(open, small).debug()).toBeString();
    // @ts-expect-error of another table
    open.and(Stock.F("count").gt(1));
    // @ts-expect-error of another table
    and(open, Stock.F("count").gt(1));
    // @ts-expect-error of another table
    or(open, Stock.F("count").gt(1));
    // @ts-expect-error an update is no condition
    open.or(Orders.F("total").increment());
  });

  test("are taken by the requests on their table only", () => {
    const open = Orders.F("status").eq("placed");
    void db.orders.update(key, Orders.F("total").set(1), { condition: open });
    db.orders.query({ customerId: "c1" }, { filter: open });
    db.orders.index("byStatus").scan({ filter: open });
    void db.transactWrite((tx) => [tx.orders.delete(key, { condition: open })]);
    void db.transactWrite((tx) => [tx.orders.check(key, open)]);
    // @ts-expect-error a filter of another table
    db.orders.query({ customerId: "c1" }, { filter: Stock.F("count").gt(1) });
    // @ts-expect-error a filter of another table
    db.orders.scan({ filter: Stock.F("count").gt(1) });
    // @ts-expect-error a condition of another table
    void db.stock.delete({ sku: "tea" }, { condition: open });
    // @ts-expect-error a condition of another table
    void db.stock.put({ sku: "tea", count: 1, bins: [] }, { condition: open });
    // @ts-expect-error a condition of another table
    void db.transactWrite((tx) => [tx.stock.check({ sku: "tea" }, open)]);
    // @ts-expect-error an action of another table
    void db.orders.update(key, [Stock.F("count").increment()]);
    // @ts-expect-error a condition is no action
    void db.orders.update(key, [open]);
    // @ts-expect-error an action is no filter
    db.orders.scan({ filter: Orders.F("total").increment() });
    // @ts-expect-error an attribute is no condition
    db.kinds.scan({ filter: F("flag") });
  });
});
