import { type Client, F, type NativeAttributeValue, NumberValue } from "@fieldwise/core";
import { describe, expect, it } from "vitest";
import { errorBeforeAnyRequest, type Refused, untyped } from "./support/refused.ts";

// These need no server: what they prove is that none is asked.

class Money {
  amount = 1;
}
const cycle: unknown[] = [];
cycle.push(cycle);

const values: readonly (readonly [string, unknown, RegExp])[] = [
  ["NaN", NaN, /NaN/],
  ["Infinity", -Infinity, /-Infinity/],
  ["an unsafe integer", 2 ** 53, /9007199254740992.*bigint/],
  ["a number of too many digits", 10n ** 38n + 1n, /39 significant digits/],
  ["a number too large", 10n ** 126n, /too large/],
  ["a number too near zero", 1e-131, /too near zero/],
  ["an empty set", new Set(), /empty set/],
  ["a mixed set", new Set([1, "a"]), /mix/],
  ["a set of maps", new Set([{}]), /set/],
  ["a function", () => 1, /a function/],
  ["a symbol", Symbol("s"), /a symbol/],
  ["a class instance", new Money(), /Money/],
  ["a Date", new Date(0), /Date.*ISO 8601/],
  ["a Map", new Map(), /Map/],
  ["undefined in a list", undefined, /undefined/],
  ["half a surrogate pair", "\ud800", /surrogate/],
];

const table = "bad-values";
const key = { id: "a" };

const put = (item: unknown) => (client: Client) => client.put(table, untyped(item));
const get = (given: unknown) => (client: Client) => client.get(table, untyped(given));

const items: readonly Refused[] = [
  ["no item", "AttributeValueError", /plain object/, put(undefined)],
  ["a list as item", "AttributeValueError", /plain object/, put([])],
  ["a cycle", "AttributeValueError", /contains itself/, put({ ...key, cycle })],
  ["a key of no attributes", "AttributeValueError", /one attribute, or two/, get({})],
  ["a key of three", "AttributeValueError", /not 3/, get({ a: 1, b: 2, c: 3 })],
  ["a Boolean key", "AttributeValueError", /^id: .*Boolean/, get({ id: true })],
  ["a null key", "AttributeValueError", /^id: .*null/, get({ id: null })],
  ["an undefined key", "AttributeValueError", /^id: .*undefined/, get({ id: undefined })],
  ["an empty string as key", "AttributeValueError", /^id: .*empty/, get({ id: "" })],
  ["empty bytes as key", "AttributeValueError", /^id: .*empty/, get({ id: new Uint8Array() })],
  ["a number that is none", "AttributeValueError", /1,5/, () => new NumberValue("1,5")],
];

describe("a bad value is an error before any request:", () => {
  it.each(items)("%s", async (_, name, message, attempt) => {
    const error = await errorBeforeAnyRequest(attempt);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
  });

  describe.each(values)("%s", (_, value, problem) => {
    const refused = value as NativeAttributeValue;
    const map = { list: ["fine", refused] };

    it.each<[string, (client: Client) => unknown]>([
      ["PutItem", (client) => client.put(table, { ...key, map })],
      ["TransactWriteItems", (client) => client.transactWrite([{ put: table, item: { map } }])],
      ["BatchWriteItem", (client) => client.batchWrite({ [table]: { put: [{ map }] } })],
    ])("in %s, with its path, operation and table", async (operation, attempt) => {
      const error = await errorBeforeAnyRequest(attempt);
      expect(error).toMatchObject({ name: "AttributeValueError", path: "map.list[1]" });
      expect(error.message).toMatch(problem);
      expect(error.message).toContain(`(${operation} on table ${table})`);
    });

    it("as an operand, with the path it belongs to", async () => {
      for (const attempt of [
        (client: Client) => client.update(table, key, F("a", 0).set([refused])),
        (client: Client) => client.scan(table, { filter: F("a", 0).eq([refused]) }).toArray(),
      ]) {
        const error = await errorBeforeAnyRequest(attempt);
        expect(error).toMatchObject({ name: "AttributeValueError", path: "a[0]" });
        expect(error.message).toMatch(problem);
      }
    });
  });
});
