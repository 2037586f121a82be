import { marshall, type AttributeMap, type NativeAttributeMap } from "@fieldwise/core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { bytes } from "../codecs/bytes.ts";
import { epochSeconds, isoDate } from "../codecs/dates.ts";
import { decimal } from "../codecs/decimal.ts";
import { jsonString } from "../codecs/json-string.ts";
import { compileSchema } from "./compile-schema.ts";
import type { ItemCodec } from "./item-codec.ts";

function wireOf(item: NativeAttributeMap): AttributeMap {
  return JSON.parse(JSON.stringify(marshall(item))) as AttributeMap;
}

function roundTrip(codec: ItemCodec, item: unknown): unknown {
  return codec.decodeItem(wireOf(codec.encodeItem(item)));
}

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

test("smoke: everything", () => {
  const schema = z.object({
    id: z.string(),
    big: z.bigint(),
    price: decimal(),
    at: epochSeconds().optional(),
    raw: bytes(),
    json: jsonString(z.object({ a: z.array(z.number()) })),
    names: z.map(z.string(), z.bigint()),
    sets: z.object({ n: z.set(z.bigint()), b: z.set(bytes()) }),
    any: z.unknown(),
  });
  const all = compileSchema("t", schema, { keyAttributes: ["id"] });
  const item = {
    id: "x",
    big: 2n ** 64n,
    price: "0.1234567890123456789",
    raw: new Uint8Array([1, 2]),
    json: { a: [1] },
    names: new Map([["__proto__", 1n]]),
    sets: { n: new Set([1n]), b: new Set<Uint8Array>() },
    any: { x: [1, "a", null, true] },
  };
  expect(roundTrip(all, item)).toStrictEqual({ ok: true, item });
});
