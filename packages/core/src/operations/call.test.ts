import { describe, expect, test } from "vitest";
import { ExpressionError, InvalidInput } from "../errors/input-errors.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import { checkTableName, membersBehind, plainCall, tableCall } from "./call.ts";

describe("table names", () => {
  test.each([
    "abc",
    "a.b-c_d",
    "A".repeat(255),
    "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  ])("%s", (name) => {
    expect(() => checkTableName(name)).not.toThrow();
  });

  test.each<[unknown, string]>([
    ["", "'' is no table name"],
    ["ab", "'ab' is no table name"],
    ["A".repeat(256), "is no table name: a name has 3 to 255"],
    ["or ders", "'or ders' is no table name"],
    ["orders\n", String.raw`'orders\n' is no table name`],
    ["größe", "is no table name"],
    ["arn:aws:x y", "is no table name"],
    [undefined, "undefined is no table name"],
    [5n, "5n is no table name"],
    [{ name: "orders" }, "{ name: 'orders' } is no table name"],
  ])("%o is refused", (name, message) => {
    expect(() => checkTableName(name as string)).toThrow(InvalidInput);
    expect(() => checkTableName(name as string)).toThrow(message);
  });
});

describe("calls", () => {
  test("a call on a table carries its name, its key and the input as JSON", () => {
    const Key = { id: { S: "a" } };
    const decode = () => 5;
    const call = tableCall("GetItem", "orders", () => ({ TableName: "orders", Key }), decode);
    expect(call).toMatchObject({
      operation: "GetItem",
      tableName: "orders",
      key: Key,
      body: '{"TableName":"orders","Key":{"id":{"S":"a"}}}',
      decode,
    });
  });

  test("members behind others make one object with them", () => {
    const placeholders = new Placeholders();
    expect(membersBehind({})).toBe("}");
    expect(membersBehind({ a: undefined }, placeholders)).toBe("}");
    // What untyped callers pass, and JSON leaves out.
    expect(membersBehind({ a: () => 1 })).toBe("}");
    expect(membersBehind({ a: undefined, b: 1, c: "x" })).toBe(',"b":1,"c":"x"}');
    placeholders.path(["n"]);
    expect(membersBehind({}, placeholders)).toBe(',"ExpressionAttributeNames":{"#n0":"n"}}');
    expect(membersBehind({ a: () => 1 }, placeholders)).toBe(
      ',"ExpressionAttributeNames":{"#n0":"n"}}',
    );
    placeholders.value({ N: "1" });
    expect(membersBehind({ b: 1 }, placeholders)).toBe(
      ',"b":1,"ExpressionAttributeNames":{"#n0":"n"},"ExpressionAttributeValues":{":v0":{"N":"1"}}}',
    );
  });

  test("what goes wrong while encoding names the operation and the table", () => {
    const encode = () => {
      throw new ExpressionError("a is wrong", "a");
    };
    expect(() => tableCall("PutItem", "orders", encode, () => undefined)).toThrow(
      "a is wrong (PutItem on table orders)",
    );
  });

  test("a call on no table names none", () => {
    expect(plainCall("ListTables", { Limit: 5 }, () => undefined)).toMatchObject({
      operation: "ListTables",
      tableName: undefined,
      key: undefined,
      body: '{"Limit":5}',
    });
  });
});
