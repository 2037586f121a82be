import { type AttributeMap, NumberValue } from "@fieldwise/core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { isoDate } from "../codecs/dates.ts";
import { decimal } from "../codecs/decimal.ts";
import { compileSchema } from "./compile-schema.ts";

describe("reading an item", () => {
  const schema = z.object({
    id: z.string(),
    count: z.number().optional(),
    deep: z.object({ list: z.array(z.number()) }).optional(),
    any: z.unknown().optional(),
  });
  const reader = compileSchema("t", schema, { keyAttributes: ["id"] });
  const big = { N: "9007199254740993" };

  test("an integer that would be rounded is an issue with its path, beside all others", () => {
    const decoded = reader.decodeItem({
      id: { N: "1" },
      count: big,
      deep: { M: { list: { L: [{ N: "1" }, { ...big }] } } },
    });
    expect(decoded).toStrictEqual({
      ok: false,
      issues: [
        expect.objectContaining({ path: ["count"] }),
        expect.objectContaining({ path: ["deep", "list", 1] }),
        expect.objectContaining({
          path: ["id"],
          message: "Invalid input: expected string, received number",
        }),
      ],
      raw: { id: 1, count: 9007199254740993n, deep: { list: [1, 9007199254740993n] } },
    });
  });

  test("what the schema does not know can't fail, and what it takes as it comes is exact", () => {
    expect(
      reader.decodeItem({ id: { S: "a" }, unknown: big, other: { X: 1 } as never }),
    ).toStrictEqual({
      ok: true,
      item: { id: "a" },
    });
    const any = {
      M: { n: big, d: { N: "9007199254740993.5" }, m: { M: { ["__proto__"]: { S: "x" } } } },
    };
    const decoded = reader.decodeItem({ id: { S: "a" }, any });
    expect(decoded).toMatchObject({ ok: true, item: { any: { n: 9007199254740993n } } });
    expect(
      JSON.stringify((decoded as { item: { any: { d: unknown; m: unknown } } }).item.any.m),
    ).toBe('{"__proto__":"x"}');
    expect((decoded as { item: { any: { d: unknown } } }).item.any.d).toStrictEqual(
      new NumberValue("9007199254740993.5"),
    );
  });

  test("unknown members are dropped, kept or refused as zod does", () => {
    const wire = { id: { S: "a" }, x: { N: "1" } };
    const read = (of: z.ZodType): unknown =>
      compileSchema("t", of, { keyAttributes: ["id"] }).decodeItem(wire);
    const shape = { id: z.string() };
    expect(read(z.object(shape))).toStrictEqual({ ok: true, item: { id: "a" } });
    expect(read(z.looseObject(shape))).toStrictEqual({ ok: true, item: { id: "a", x: 1 } });
    expect(read(z.object(shape).catchall(z.bigint()))).toStrictEqual({
      ok: true,
      item: { id: "a", x: 1n },
    });
    expect(read(z.strictObject(shape))).toMatchObject({
      ok: false,
      issues: [{ code: "unrecognized_keys" }],
    });
  });

  const Left = z.object({ kind: z.literal("left"), n: z.number() });
  const Right = z.object({ kind: z.literal("right"), at: isoDate(), big: z.bigint().optional() });
  const Base = z.object({
    version: z.bigint(),
    price: decimal().optional(),
    names: z.map(z.string(), z.string()).optional(),
  });
  const left = { kind: { S: "left" }, n: { N: "1" }, version: { N: "5" } };
  test.each<readonly [string, () => z.ZodType, AttributeMap, object]>([
    ["a union", () => Base.and(z.union([Left, Left.extend({ x: z.null() })])), left, { n: 1 }],
    ["a union first", () => z.union([Left, Right]).and(Base), left, { n: 1 }],
    ["a union of strict objects", () => Base.and(z.union([Left.strict(), Right])), left, {}],
    ["two unions", () => z.union([Left, Right]).and(z.union([Base, Base.strict()])), left, {}],
    [
      "a discriminated union",
      () => Base.and(z.discriminatedUnion("kind", [Left, Right]).readonly()),
      {
        kind: { S: "right" },
        at: { S: "1970-01-01T00:00:00.000Z" },
        big: { N: "12345678901234567890" },
        version: { N: "5" },
        price: { N: "0.10" },
        names: { M: { a: { S: "b" } } },
      },
      {
        at: new Date(0),
        big: 12345678901234567890n,
        price: "0.1",
        names: new Map([["a", "b"]]),
      },
    ],
    [
      "members that both sides name",
      () =>
        z
          .object({ deep: z.object({ a: z.string() }), list: z.array(z.object({ a: z.bigint() })) })
          .and(Base.extend({ deep: z.object({ b: z.bigint() }), list: z.unknown() }))
          .and(z.looseObject({ list: z.array(z.object({ b: z.string() })) })),
      {
        version: { N: "5" },
        deep: { M: { a: { S: "x" }, b: { N: "2" } } },
        list: { L: [{ M: { a: { N: "1" }, b: { S: "y" } } }] },
      },
      { deep: { a: "x", b: 2n }, list: [{ a: 1n, b: "y" }] },
    ],
    [
      "others that both sides take",
      () => z.looseObject({}).and(z.object({ version: z.bigint() }).catchall(z.bigint())),
      { version: { N: "5" }, other: { N: "6" } },
      { other: 6n },
    ],
  ])("each side of an intersection is read as its own: %s", (_, make, wire, expected) => {
    const { decodeItem, encodeItem } = compileSchema("t", make(), { keyAttributes: [] });
    const decoded = decodeItem(wire);
    expect(decoded).toMatchObject({ ok: true, item: { version: 5n, ...expected } });
    expect(encodeItem((decoded as { readonly item: object }).item)).toMatchObject({ version: 5n });
  });

  test("sides of an intersection that hold themselves are read", () => {
    const Named = z.object({
      name: z.string(),
      get children() {
        return z.array(Named);
      },
    });
    const Counted = z.object({
      count: z.bigint(),
      get children() {
        return z.array(Counted);
      },
    });
    const node = (name: string, children: unknown[]): Record<string, unknown> => ({
      name: { S: name },
      count: { N: "1" },
      children: { L: children },
    });
    expect(
      compileSchema("t", Named.and(Counted), { keyAttributes: [] }).decodeItem(
        node("a", [{ M: node("b", []) }]) as never,
      ),
    ).toStrictEqual({
      ok: true,
      item: { name: "a", count: 1n, children: [{ name: "b", count: 1n, children: [] }] },
    });
  });

  test("a member named __proto__ is never the prototype", () => {
    const loose = compileSchema("t", z.looseObject({ id: z.string() }), { keyAttributes: ["id"] });
    const wire = JSON.parse(
      '{"id":{"S":"a"},"__proto__":{"M":{"polluted":{"BOOL":true}}}}',
    ) as AttributeMap;
    const decoded = loose.decodeItem(wire);
    expect(decoded).toMatchObject({ ok: false, issues: [{ path: ["__proto__"] }] });
    expect((decoded as { raw: { polluted?: unknown } }).raw.polluted).toBeUndefined();
    expect(reader.decodeItem(wire)).toStrictEqual({ ok: true, item: { id: "a" } });
  });

  test("the stored side alone is not decoded, and not rounded either", () => {
    const dated = compileSchema(
      "t",
      z.object({ at: isoDate(), total: z.number(), tags: z.set(z.string()) }),
      { keyAttributes: [] },
    );
    const wire = { at: { S: "2026-01-31T12:00:00.000Z" } };
    expect(dated.readStored(wire)["at"]).toBe("2026-01-31T12:00:00.000Z");
    expect(dated.readStored({ total: { S: "x" } })).toStrictEqual({ total: "x", tags: new Set() });
    expect(() => dated.readStored({ total: big })).toThrow(
      "The stored item does not fit the schema of table t:\n  total: ",
    );
  });

  test("a schema that turns out to be asynchronous is said to be", () => {
    const waiting = z.object({
      id: z.string(),
      a: z.codec(z.string(), z.string(), {
        decode: (text) => Promise.resolve(text),
        encode: (text) => Promise.resolve(text),
      }),
    });
    const codecOf = compileSchema("t", waiting, { keyAttributes: ["id"] });
    const reason = "Table t: a refinement, transform or codec of the schema is asynchronous";
    expect(() => codecOf.decodeItem({ id: { S: "a" }, a: { S: "a" } })).toThrow(reason);
    expect(() => codecOf.encodeItem({ id: "a", a: "a" })).toThrow(reason);
  });

  test("what a codec throws is an issue, without the value", () => {
    const thrower = z.codec(z.string(), z.string(), {
      decode: (text): string => JSON.parse(text) as string,
      encode: (text) => text,
    });
    const throwing = compileSchema("t", z.object({ a: thrower }), { keyAttributes: [] });
    expect(throwing.decodeItem({ a: { S: "secret" } })).toMatchObject({
      ok: false,
      issues: [{ message: "The schema threw SyntaxError" }],
    });
  });
});

test("a union that holds itself is read without trying the same part again and again", () => {
  type Tree = { kind: string; n?: number | bigint; of?: Tree };
  const tree: z.ZodType<Tree> = z.union([
    z.object({ kind: z.literal("leaf") }),
    ...(["all", "any", "not"] as const).map((kind) =>
      z.object({
        kind: z.literal(kind),
        n: kind === "all" ? z.bigint() : z.number(),
        get of() {
          return tree;
        },
      }),
    ),
  ]);
  const codec = compileSchema("t", z.object({ tree }), { keyAttributes: [] });
  const nested = (levels: number, leaf: string): AttributeMap[string] => {
    if (levels === 0) return { M: { kind: { S: leaf } } };
    return { M: { kind: { S: "not" }, n: { N: "1" }, of: nested(levels - 1, leaf) } };
  };
  const start = performance.now();
  expect(codec.decodeItem({ tree: nested(20, "leaf") }).ok).toBe(true);
  expect(codec.decodeItem({ tree: nested(20, "other") }).ok).toBe(false);
  // It took longer than a minute.
  expect(performance.now() - start).toBeLessThan(5000);
});
