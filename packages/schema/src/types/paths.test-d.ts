import { describe, expectTypeOf, test } from "vitest";
import { Events, Kinds, Notes, Orders } from "../../test-support/typed-tables.ts";

const { F } = Kinds;

type Methods<Field> = Exclude<keyof Field, symbol>;

type Always = "eq" | "ne" | "in" | "debug" | "exists" | "notExists" | "type";
type Order = "lt" | "lte" | "gt" | "gte" | "between";
type Set = "set" | "setIfNotExists" | "ifNotExists";
type Count = "increment" | "decrement" | "plus" | "minus";

describe("paths", () => {
  test("lead through objects, optional and nullable members", () => {
    F("map", "street").eq("x");
    F("map", "inner", "deep", 0, "n").eq(1);
    F("optionalMap", "a").eq(1);
    // @ts-expect-error a misspelt first step
    F("mpa");
    // @ts-expect-error a misspelt second step
    F("map", "stret");
    // @ts-expect-error a misspelt last step
    F("map", "inner", "deep", 0, "m");
    // @ts-expect-error a misspelt step in the middle
    F("map", "iner", "deep", 0, "n");
    // @ts-expect-error a path has a step
    F();
    // @ts-expect-error a path is given step by step
    F("map.street");
    // @ts-expect-error nothing is in a string
    F("text", "length");
    // @ts-expect-error nothing is in a string
    F("text", 0);
    // @ts-expect-error what a codec makes has no path
    F("at", "getTime");
    // @ts-expect-error what is in a string of JSON has no path
    F("settings", "gift");
    // @ts-expect-error a number can't be a first step
    F(0);
  });

  test("lead through lists and tuples by index", () => {
    F("list", 0).eq("a");
    F("list", 12).eq("a");
    F("tuple", 0).eq("a");
    F("tuple", 1).eq(1);
    const place: number = Number("1");
    F("list", place).eq("a");
    // @ts-expect-error a list has no names
    F("list", "a");
    // @ts-expect-error an index is a number
    F("list", "0");
    // @ts-expect-error a list's methods are no attributes
    F("list", "length");
    // @ts-expect-error the tuple has two members
    F("tuple", 2);
    // @ts-expect-error the second member is a number
    F("tuple", 1).eq("a");
  });

  test("lead through records and maps by any name", () => {
    F("byName", "anything", "n").eq(1);
    F("byName", "anything").remove();
    F("byName", "anything").set({ n: 1 });
    // @ts-expect-error a map has names
    F("byName", 0);
    // @ts-expect-error a map's members are no set's
    F("byName").add(new Set(["a"]));
    // @ts-expect-error a misspelt step
    F("byName", "anything", "m");
    F("record", "anything").eq(1);
    F("record", "anything").remove();
    // @ts-expect-error a record has no index
    F("record", 0);
    // @ts-expect-error the record's members are numbers
    F("record", "anything").eq("a");
  });

  test("lead through unions by a step that any member has", () => {
    F("shape", "kind").eq("circle");
    F("shape", "radius").gt(1);
    F("shape", "label").beginsWith("a");
    F("either", "a").eq("x");
    F("either", "b").eq(1);
    // @ts-expect-error no member has it
    F("shape", "height");
    // @ts-expect-error no such kind
    F("shape", "kind").eq("triangle");
    // @ts-expect-error no member has it
    F("either", "c");
    // What only some members have may be absent.
    F("shape", "radius").remove();
    // @ts-expect-error all members have it
    F("shape", "kind").remove();
  });

  test("lead through a table of several kinds of items", () => {
    Events.F("type").eq("made");
    Events.F("by").eq("x");
    Events.F("why").exists();
    // @ts-expect-error no kind has it
    Events.F("whom");
  });

  test("lead through loose objects to what the schema says, and beyond", () => {
    Notes.F("text").beginsWith("a");
    Notes.F("rank").gt(1);
    Notes.F("more").exists();
    Notes.F("more").remove();
    // @ts-expect-error a string is no number
    Notes.F("text").eq(1);
    // @ts-expect-error it has to be there
    Notes.F("text").remove();
  });

  test("lead through recursive schemas, as deep as DynamoDB nests", () => {
    F("category", "children", 0, "children", 1, "name").eq("x");
    F("category", "children", 0, "children", 1, "children", 2, "children", 3, "name").eq("x");
    F("tree", "left", "left", "left", "label").eq("x");
    // @ts-expect-error a misspelt step
    F("category", "children", 0, "child");
    // @ts-expect-error a misspelt step
    F("tree", "left", "left", "right");
    // prettier-ignore
    F("category", "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "children", 0, "name").eq("x");
  });

  test("end at sets and at branded values", () => {
    F("texts").contains("a");
    F("branded").exists();
    // @ts-expect-error a set has no members by index
    F("texts", 0);
    // @ts-expect-error a set has no members by name
    F("texts", "size");
  });
});

describe("what a field offers", () => {
  test("on strings", () => {
    expectTypeOf<Methods<ReturnType<typeof text>>>().toEqualTypeOf<
      Always | Order | Set | "beginsWith" | "contains" | "size"
    >();
    const text = () => F("text");
    const city = () => F("city");
    expectTypeOf<Methods<ReturnType<typeof city>>>().toExtend<
      Always | Order | Set | "beginsWith" | "contains" | "size"
    >();
    F("branded").beginsWith("a");
  });

  test("on numbers", () => {
    const age = () => F("age");
    expectTypeOf<Methods<ReturnType<typeof age>>>().toEqualTypeOf<
      Always | Order | Set | Count | "add"
    >();
    const other = () => F("other");
    expectTypeOf<Methods<ReturnType<typeof other>>>().toEqualTypeOf<
      Always | Order | Set | Count | "add" | "remove"
    >();
    const big = () => F("big");
    expectTypeOf<Methods<ReturnType<typeof big>>>().toEqualTypeOf<
      Always | Order | Set | Count | "add"
    >();
    const nested = () => F("nested", "n");
    expectTypeOf<Methods<ReturnType<typeof nested>>>().toEqualTypeOf<
      Always | Order | Set | Count
    >();
    F("big").increment(1n);
    F("age").increment();
    // @ts-expect-error a bigint counts in bigints
    F("big").increment(1);
    // @ts-expect-error a string can't be counted up
    F("text").increment(1);
    // @ts-expect-error a number has no prefix
    F("age").beginsWith("1");
    // @ts-expect-error a number has no size
    F("age").size();
    // @ts-expect-error ADD is for attributes at the top
    F("nested", "n").add(1);
  });

  test("on binary", () => {
    const bytes = () => F("bytes");
    expectTypeOf<Methods<ReturnType<typeof bytes>>>().toEqualTypeOf<
      Always | Order | Set | "beginsWith" | "size"
    >();
    F("bytes").beginsWith(new Uint8Array([1]));
    // @ts-expect-error a prefix of bytes is bytes
    F("bytes").beginsWith("a");
  });

  test("on booleans and null", () => {
    const flag = () => F("flag");
    expectTypeOf<Methods<ReturnType<typeof flag>>>().toEqualTypeOf<Always | Set>();
    F("nothing").eq(null);
    // @ts-expect-error a boolean has no order
    F("flag").gt(false);
    // @ts-expect-error null has no order
    F("nothing").lt(null);
  });

  test("on codecs, by what is stored", () => {
    const at = () => F("at");
    expectTypeOf<Methods<ReturnType<typeof at>>>().toEqualTypeOf<Always | Order | Set | "size">();
    F("at").between(new Date(0), new Date());
    F("epoch").gt(new Date());
    F("price").gt("12.5");
    F("settings").eq({ gift: true });
    F("rank").gt(1);
    // @ts-expect-error a number that is stored as a string can't be counted up
    F("rank").increment(1);
    // @ts-expect-error a list that is stored as a string has no end to append to
    F("jsonList").append(["a"]);
    // @ts-expect-error a list that is stored as a string has no members
    F("jsonList").contains("a");
    // @ts-expect-error a decimal is stored as a number, which contains nothing
    F("price").contains("1");
    // @ts-expect-error a Date is given, not its text
    F("at").gt("2026-01-01");
    // @ts-expect-error a Date is no number to count up
    F("epoch").increment(1);
    // @ts-expect-error a number in the table has no prefix
    F("epoch").beginsWith("1");
    // @ts-expect-error a decimal is stored as a number, which has no prefix
    F("price").beginsWith("1");
    // @ts-expect-error a decimal is stored as a number, which has no size
    F("price").size();
  });

  test("on lists, tuples, maps and records", () => {
    const list = () => F("list");
    expectTypeOf<Methods<ReturnType<typeof list>>>().toEqualTypeOf<
      Always | Set | "append" | "prepend" | "contains" | "size"
    >();
    const map = () => F("map");
    expectTypeOf<Methods<ReturnType<typeof map>>>().toEqualTypeOf<Always | Set | "size">();
    const record = () => F("record");
    expectTypeOf<Methods<ReturnType<typeof record>>>().toEqualTypeOf<Always | Set | "size">();
    F("list").contains("a");
    F("list").append(["a"]);
    F("list").append(F("list"));
    // @ts-expect-error the list's members are strings
    F("list").contains(1);
    // @ts-expect-error the list's members are strings
    F("list").append([1]);
    // @ts-expect-error it takes a list
    F("list").append("a");
    // @ts-expect-error a list has no order
    F("list").gt([]);
    // @ts-expect-error a tuple's length is given
    F("tuple").append([1]);
    // @ts-expect-error a string is no list
    F("text").append(["a"]);
    // @ts-expect-error a map contains nothing
    F("map").contains("street");
  });

  test("on sets", () => {
    const texts = () => F("texts");
    expectTypeOf<Methods<ReturnType<typeof texts>>>().toEqualTypeOf<
      Always | Set | "add" | "delete" | "contains" | "size"
    >();
    F("texts").add(new Set(["a"]));
    F("ids").delete(new Set([1]));
    F("ids").contains(1);
    // @ts-expect-error the set's members are strings
    F("texts").add(new Set([1]));
    // @ts-expect-error it takes a set
    F("texts").add("a");
    // @ts-expect-error the set's members are strings
    F("texts").contains(1);
    // @ts-expect-error ADD is for attributes at the top
    F("nested", "texts").add(new Set(["a"]));
    // @ts-expect-error a list is no set
    F("list").add(new Set(["a"]));
    // @ts-expect-error DELETE is for sets
    F("list").delete(new Set(["a"]));
  });

  test("on keys: questions, and no changes", () => {
    const id = () => F("id");
    expectTypeOf<Methods<ReturnType<typeof id>>>().toEqualTypeOf<
      Always | Order | "beginsWith" | "contains" | "size"
    >();
    // @ts-expect-error a partition key is never set
    Orders.F("customerId").set("c2");
    // @ts-expect-error a sort key is never set
    Orders.F("orderId").setIfNotExists("c2");
    // @ts-expect-error a sort key is never added to
    Events.F("at").add(1);
    // @ts-expect-error a key is never removed
    Orders.F("orderId").remove();
  });

  test("remove, only on what may be absent", () => {
    Orders.F("note").remove();
    F("other").remove();
    F("optionalMap").remove();
    F("map", "zip").remove();
    F("list", 0).remove();
    F("record", "a").remove();
    Orders.F("tags").remove();
    // @ts-expect-error it has to be there
    F("text").remove();
    // @ts-expect-error null is not absent
    F("city").remove();
    // @ts-expect-error it has to be there
    F("map", "street").remove();
    // @ts-expect-error a tuple's member has to be there
    F("tuple", 0).remove();
  });
});
