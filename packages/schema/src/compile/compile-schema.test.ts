import { describe, expect, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { roundTrip, wireOf } from "../../test-support/wire.ts";
import { isoDate } from "../codecs/dates.ts";
import { compileSchema } from "./compile-schema.ts";

const orders = z.object({
  customerId: z.string(),
  orderId: z.string(),
  status: z.enum(["placed", "shipped", "delivered"]),
  placedAt: isoDate(),
  total: z.number().nonnegative(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  tags: z.set(z.string()).default(() => new Set<string>()),
  note: z.string().optional(),
});
const codec = compileSchema("orders", orders, { keyAttributes: ["customerId", "orderId"] });

const order = {
  customerId: "c1",
  orderId: "o1",
  status: "placed",
  placedAt: new Date("2026-01-31T12:00:00.000Z"),
  total: 12,
  lines: [{ sku: "a", quantity: 1 }],
};

describe("writing an item", () => {
  test("encodes by codec, and leaves out what is no attribute", () => {
    expect(wireOf(codec.encodeItem({ ...order, note: undefined }))).toStrictEqual({
      customerId: { S: "c1" },
      orderId: { S: "o1" },
      status: { S: "placed" },
      placedAt: { S: "2026-01-31T12:00:00.000Z" },
      total: { N: "12" },
      lines: { L: [{ M: { sku: { S: "a" }, quantity: { N: "1" } } }] },
    });
  });

  test("comes back with an empty set where none is stored", () => {
    expect(roundTrip(codec, order)).toStrictEqual({
      ok: true,
      item: { ...order, tags: new Set() },
    });
  });

  test("tells all issues with their paths, and no values", () => {
    const wrong = { ...order, status: "secret", lines: [{ sku: "a", quantity: -1 }] };
    expect(() => codec.encodeItem(wrong)).toThrow(
      [
        "The item does not fit the schema of table orders:",
        '  status: Invalid option: expected one of "placed"|"shipped"|"delivered"',
        "  lines[0].quantity: Too small: expected number to be >0",
      ].join("\n"),
    );
  });
});

describe("keys", () => {
  const keyed = compileSchema(
    "t",
    z.object({
      id: z.string().regex(/^c/),
      at: isoDate(),
      n: z.bigint(),
      note: z.string().optional(),
    }),
    { keyAttributes: ["id", "at"] },
  );

  test("are encoded by codec, and read back", () => {
    const key = { id: "c1", at: new Date(0) };
    const encoded = keyed.encodeKey(key, ["id", "at"]);
    expect(encoded).toStrictEqual({ id: "c1", at: "1970-01-01T00:00:00.000Z" });
    expect(keyed.decodeKey({ ...wireOf(encoded), note: { S: "x" } }, ["id", "at"])).toStrictEqual({
      ok: true,
      item: key,
    });
    expect(keyed.decodeKey({ id: { S: "x" } }, ["id", "at"])).toMatchObject({
      ok: false,
      issues: [{ path: ["id"] }, { path: ["at"], message: "Required: an attribute of the key" }],
      raw: { id: "x" },
    });
  });

  test("name every attribute that is wrong", () => {
    expect(() => keyed.encodeKey({ id: "x", other: 1 }, ["id", "at"])).toThrow(
      [
        "The key does not fit the schema of table t:",
        "  other: Not an attribute of the key, which is id, at",
        "  id: Invalid string: must match pattern /^c/",
        "  at: Required: an attribute of the key",
      ].join("\n"),
    );
    expect(() => keyed.encodeKey("c1", ["id"])).toThrow("A key is an object");
    const plain = compileSchema("t", z.object({ id: z.string() }), { keyAttributes: ["id"] });
    expect(() => plain.encodeKey({ id: "" }, ["id"])).toThrow(
      "DynamoDB takes no empty string or binary in a key",
    );
  });
});

describe("recursive schemas", () => {
  const category = z.object({
    id: z.string(),
    at: isoDate().optional(),
    get children() {
      return z.array(category).default([]);
    },
  });
  const lazily: z.ZodType = z.lazy(() =>
    z.object({ id: z.string(), next: lazily.optional(), n: z.bigint().optional() }),
  );

  test("by getter and z.lazy", () => {
    const tree = compileSchema("t", category, { keyAttributes: ["id"] });
    const item = { id: "a", children: [{ id: "b", at: new Date(0), children: [] }] };
    expect(roundTrip(tree, { id: "a", children: [{ id: "b", at: new Date(0) }] })).toStrictEqual({
      ok: true,
      item,
    });
    expect(tree.at(["children", 0, "children", 3, "at"])?.storedTypes).toStrictEqual(
      new Set(["S"]),
    );
    expect(
      tree.partial().decode({ children: { L: [{ M: { at: { S: "1970-01-01T00:00:00Z" } } }] } }),
    ).toStrictEqual({
      ok: true,
      item: { children: [{ at: new Date(0) }] },
    });
    const chain = compileSchema("t", lazily, { keyAttributes: ["id"] });
    const linked = { id: "a", next: { id: "b", n: 2n ** 60n } };
    expect(roundTrip(chain, linked)).toStrictEqual({ ok: true, item: linked });
    expect(chain.at(["next", "next", "n"])?.encodeOperand(1n)).toBe(1n);
  });
});

test("schemas of zod/mini work", () => {
  const schema = mini.object({
    id: mini.string().check(mini.minLength(2)),
    // oxlint-disable-next-line no-underscore-dangle
    tags: mini._default(mini.set(mini.string()), () => new Set(["x"])),
    at: mini.optional(isoDate()),
    either: mini.optional(mini.union([mini.number(), mini.array(mini.bigint())])),
  });
  const minimal = compileSchema("t", schema, { keyAttributes: ["id"] });
  const item = { id: "ab", at: new Date(0), either: [1n] };
  expect(roundTrip(minimal, item)).toStrictEqual({
    ok: true,
    item: { ...item, tags: new Set(["x"]) },
  });
  expect(() => minimal.encodeItem({ id: 1 })).toThrow("id: Invalid input: expected string");
});
