import { describe, expect, test } from "vitest";
import * as z from "zod";
import { roundTrip, wireOf } from "../../test-support/wire.ts";
import { isoDate } from "../codecs/dates.ts";
import { InvalidItem } from "../errors.ts";
import { compileSchema } from "./compile-schema.ts";

describe("defaults", () => {
  const schema = z.object({
    id: z.string(),
    at: isoDate().default(() => new Date(0)),
    size: z.string().prefault("12").pipe(z.string()),
    nested: z.object({
      level: z.number().default(1),
      list: z.array(z.object({ a: z.int().default(2) })),
    }),
    option: z
      .union([z.object({ b: z.string(), c: z.string().default("c") }), z.string()])
      .optional(),
    pair: z.tuple([z.string(), z.number().default(3)]).optional(),
    rest: z.record(z.string(), z.object({ d: z.boolean().default(true) })).default({}),
    byName: z.map(z.string(), z.object({ e: z.null().default(null) })).optional(),
  });
  const filling = compileSchema("t", schema, { keyAttributes: ["id"] });

  test("are filled in at any depth when an item is written", () => {
    const item = {
      id: "a",
      nested: { list: [{}] },
      option: { b: "b" },
      pair: ["x"],
      rest: { r: {} },
      byName: new Map([["m", {}]]),
    };
    expect(filling.encodeItem(item)).toStrictEqual({
      id: "a",
      at: "1970-01-01T00:00:00.000Z",
      size: "12",
      nested: { level: 1, list: [{ a: 2 }] },
      option: { b: "b", c: "c" },
      pair: ["x", 3],
      rest: { r: { d: true } },
      byName: { m: { e: null } },
    });
    expect(item).toStrictEqual({ ...item, nested: { list: [{}] }, rest: { r: {} } });
  });

  test("a key may have one, which is made once for each item", () => {
    const keyed = compileSchema(
      "t",
      z.object({ id: z.uuid().default(() => crypto.randomUUID()) }),
      {
        keyAttributes: ["id"],
      },
    );
    expect(keyed.encodeItem({})["id"]).not.toBe(keyed.encodeItem({})["id"]);
  });

  test("a default that does not fit is an issue of the item", () => {
    const wrong = z.object({ id: z.string(), n: z.number().min(5).default(1) });
    expect(() => compileSchema("t", wrong, { keyAttributes: [] }).encodeItem({ id: "a" })).toThrow(
      "n: Too small",
    );
  });

  test("what stands for a missing member is written as if it had been given", () => {
    const empty = {} as { constructor?: string };
    const member = z.object({ constructor: z.string().optional() });
    const { encodeItem } = compileSchema(
      "t",
      z.object({ a: member.default(empty), b: z.array(member).default([empty]) }),
      { keyAttributes: [] },
    );
    expect(encodeItem({})).toStrictEqual({ a: {}, b: [{}] });
    expect(encodeItem({})).toStrictEqual(encodeItem({ a: {}, b: [{}] }));
  });

  test("an emptied set does not come back as the default", () => {
    const tagged = compileSchema(
      "t",
      z.object({ tags: z.set(z.string()).default(new Set(["a"])) }),
      {
        keyAttributes: [],
      },
    );
    expect(wireOf(tagged.encodeItem({}))).toStrictEqual({ tags: { SS: ["a"] } });
    expect(roundTrip(tagged, { tags: new Set() })).toStrictEqual({
      ok: true,
      item: { tags: new Set() },
    });
  });
});

describe("what would be lost is an issue", () => {
  const lossy = compileSchema(
    "t",
    z.object({
      any: z.any(),
      list: z.array(z.set(z.string())).optional(),
      record: z.record(z.string(), z.set(z.string())).optional(),
      map: z.map(z.string(), z.unknown()).optional(),
      number: z.number().optional(),
      loose: z.looseObject({}).optional(),
      object: z.object({ a: z.string().optional() }).optional(),
      either: z
        .union([z.object({ kind: z.literal("a"), x: z.any() }), z.object({ kind: z.literal("b") })])
        .optional(),
      option: z.union([z.object({ a: z.number().optional() }), z.null()]).optional(),
      counts: z.union([z.string(), z.record(z.string(), z.number())]).optional(),
      told: z.discriminatedUnion("kind", [z.looseObject({ kind: z.literal("a") })]).optional(),
    }),
    { keyAttributes: [] },
  );

  test.each<[object, string]>([
    [{}, "any: "],
    [{ any: undefined }, "any: Required: it can't be undefined"],
    [{ any: new Set() }, "any: An empty set can't be stored here: leave the member out"],
    [
      { any: [new Map([[1, "one"]])] },
      "any[0]: The keys of a Map must be strings, as the names in a DynamoDB map are",
    ],
    [
      { any: 1, list: [new Set()] },
      "list[0]: An empty set can't stand in a list: DynamoDB has none",
    ],
    [{ any: [undefined] }, "any[0]: An element of a list can't be undefined: use null"],
    [{ any: 1, record: { a: new Set() } }, "record.a: An empty set can't be stored here"],
    [
      { any: 1, map: new Map([["a", undefined]]) },
      "map.a: A member of a Map can't be undefined: leave it out",
    ],
    [
      { any: 1, number: 2 ** 60 },
      "number: The integer is not exact as a number (beyond 2^53 - 1). Declare it as z.bigint() or decimal()",
    ],
    [
      { any: 1, number: 1e-200 },
      "number: The number is too near zero for DynamoDB, whose smallest is 1E-130",
    ],
    [
      { any: 1, loose: JSON.parse('{"__proto__":1}') },
      "loose.__proto__: Zod drops a member of this name",
    ],
    [{ any: 1, object: new Date() }, "object: Invalid input: expected object, received Date"],
    [{ any: 1, option: new Date() }, "option: Invalid input: expected object, received Date"],
    [
      { any: 1, counts: JSON.parse('{"__proto__":1}') },
      "counts.__proto__: Zod drops a member of this name",
    ],
    [
      { any: 1, told: JSON.parse('{"kind":"a","__proto__":1}') },
      "told.__proto__: Zod drops a member of this name",
    ],
    [
      { any: 1, either: { kind: "a", x: undefined } },
      "either: Fits none of the 2 alternatives: x: Invalid input: expected nonoptional",
    ],
  ])("%o", (item, line) => {
    expect(() => lossy.encodeItem(item)).toThrow(InvalidItem);
    expect(() => lossy.encodeItem(item)).toThrow(`\n  ${line}`);
  });

  test("and an item that holds itself ends", () => {
    const cycle: Record<string, unknown> = { a: "x" };
    cycle["self"] = cycle;
    expect(() => lossy.encodeItem({ any: cycle })).toThrow("Nests too deep, or contains itself");
    expect(() => lossy.encodeItem({ any: 1, loose: cycle })).toThrow(InvalidItem);
  });
});

describe("what contains itself is refused at once, however often it does", () => {
  const Node = z.object({
    kind: z.literal("node"),
    name: z.string().default("none"),
    get children() {
      return z.array(z.discriminatedUnion("kind", [Node, Leaf])).optional();
    },
  });
  const Leaf = z.object({
    kind: z.literal("leaf"),
    get parent(): z.ZodType {
      return Node;
    },
  });

  test.each([z.any(), Node, z.union([Node, z.string()])])("%#", (schema) => {
    const node = { kind: "node", children: [] as object[] };
    for (let count = 0; count < 9; count++) node.children.push({ kind: "leaf", parent: node });
    const { encodeItem } = compileSchema("t", z.object({ node: schema }), { keyAttributes: [] });
    expect(() => encodeItem({ node })).toThrow(InvalidItem);
  });
});

test("a union that holds itself is encoded level by level, and not again for each option", () => {
  let made = 0;
  const kinds = ["section", "list", "quote", "table"] as const;
  const Block: z.ZodType = z.lazy(() => z.discriminatedUnion("kind", [Text, ...holders]));
  const Text = z.object({ kind: z.literal("text"), align: z.string().default(() => `${++made}`) });
  const holders = kinds.map((kind) =>
    z.object({ kind: z.literal(kind), blocks: z.array(Block), wide: z.boolean().default(false) }),
  );
  let block: object = { kind: "text" };
  for (let level = 0; level < 12; level++) block = { kind: "table", blocks: [block] };
  const { encodeItem } = compileSchema("t", z.object({ block: Block }), { keyAttributes: [] });
  expect(encodeItem({ block })).toMatchObject({ block: { wide: false } });
  expect(made).toBeLessThan(5);
});

describe("the checks of a union, which zod loses when it encodes", () => {
  const either = z.union([z.string(), z.number(), z.array(z.number().default(1))]);
  const isShort = (value: unknown): boolean => value !== "long" && value !== 100;
  const Small = z.object({ size: z.number(), note: z.string().default("") });
  const Large = z.object({ width: z.number(), note: z.string().optional() });
  const codec = compileSchema(
    "t",
    z
      .union([
        z.object({
          id: z.string(),
          either: either.refine(isShort, "Too long").optional(),
          wrapped: either.nullable().readonly().refine(isShort, "Too long").optional(),
          later: z
            .lazy(() => either)
            .refine(isShort, { path: ["x"] })
            .optional(),
          record: z.record(z.string(), either.refine(isShort)).optional(),
          sizes: z.array(z.union([Small, Large]).refine(({ note }) => note !== "no")).optional(),
        }),
        z.object({ id: z.string(), other: z.string() }),
      ])
      .refine(({ id }) => id !== "never", { path: ["id"] }),
    { keyAttributes: ["id"] },
  );

  test.each<[object, readonly (readonly (string | number)[])[]]>([
    [{ id: "a", either: "long" }, [["either"]]],
    [{ id: "a", either: 100, wrapped: "long" }, [["either"], ["wrapped"]]],
    [{ id: "a", later: "long" }, [["later", "x"]]],
    [{ id: "a", record: { a: "short", b: "long" } }, [["record", "b"]]],
    [{ id: "a", sizes: [{ size: 1 }, { width: 1, note: "no" }] }, [["sizes", 1]]],
    [{ id: "never" }, [["id"]]],
    [{ id: "never", other: "" }, [["id"]]],
  ])("hold: %o", (item, paths) => {
    let error: unknown;
    try {
      codec.encodeItem(item);
    } catch (thrown) {
      error = thrown;
    }
    expect((error as InvalidItem).issues.map(({ path }) => path)).toStrictEqual(paths);
  });

  test("name each place where the same value stands", () => {
    const member = z.union([either.refine(isShort), z.boolean()]);
    const pair = z.union([z.object({ a: member, b: member }), z.object({ c: z.string() })]);
    const table = compileSchema("t", z.object({ pair }), { keyAttributes: [] });
    expect(() => table.encodeItem({ pair: { a: "long", b: "long" } })).toThrow(
      /pair\.a: .*\n {2}pair\.b: /,
    );
  });

  test("let pass what fits them, and all operands of conditions", () => {
    const item = { id: "a", either: [1, undefined], wrapped: null, later: 1, sizes: [{ size: 1 }] };
    expect(codec.encodeItem(item)).toStrictEqual({
      ...item,
      either: [1, 1],
      sizes: [{ size: 1, note: "" }],
    });
    expect(codec.at(["either"])?.encodeOperand("long")).toBe("long");
    expect(() => codec.at(["either"])?.encodeValue("long")).toThrow("Too long");
  });

  test.each<[string, z.ZodType, unknown, unknown]>([
    [
      "the stored side of a codec",
      z.codec(either.refine(isShort, "Too long"), z.string(), {
        decode: String,
        encode: (text) => text,
      }),
      "short",
      "long",
    ],
    [
      "the first of a pipe",
      z.union([z.string(), z.number()]).refine(isShort, "Too long").pipe(z.string()),
      "short",
      "long",
    ],
    [
      "the members of a set",
      z.set(z.union([z.literal("long"), z.literal("short")]).refine(isShort)),
      new Set(["short"]),
      new Set(["short", "long"]),
    ],
  ])("hold what only zod sees: %s", (_, member, fits, misfit) => {
    const table = compileSchema("t", z.object({ list: z.array(z.object({ member })) }), {
      keyAttributes: [],
    });
    const holding = (value: unknown): object => ({ list: [{ member: value }] });
    expect(table.encodeItem(holding(fits))).toStrictEqual(holding(fits));
    expect(() => table.encodeItem(holding(misfit))).toThrow(/^ {2}list\[0\]\.member/m);
    const field = table.at(["list", 0, "member"]);
    expect(() => field?.encodeValue(misfit)).toThrow(InvalidItem);
    expect(field?.encodeOperand(misfit)).toStrictEqual(misfit);
  });
});

test("refuses a member without a name, which DynamoDB does not take", () => {
  const codec = compileSchema(
    "t",
    z.object({ id: z.string(), any: z.record(z.string(), z.json()) }),
    {
      keyAttributes: ["id"],
    },
  );
  expect(() => codec.encodeItem({ id: "a", any: { x: [{ "": 1 }] } })).toThrow(
    /A member's name can't be empty/,
  );
});

describe("a union that holds itself", () => {
  type Tree = { kind: string; of?: readonly Tree[] };
  const node = <Kind extends string>(kind: Kind) =>
    z.object({
      kind: z.literal(kind),
      get of(): z.ZodType<readonly Tree[]> {
        return z.array(tree);
      },
    });
  const leaf = z.object({ kind: z.literal("leaf"), n: z.number().default(1) });
  const options = [leaf, node("all"), node("any"), node("not")] as const;
  let tree: z.ZodType<Tree>;

  test.each([
    ["told by its discriminator", z.discriminatedUnion("kind", options)],
    ["of which zod tries all options", z.union(options)],
  ])("%s, is encoded without trying the same part again and again", (_, union) => {
    tree = union;
    const codec = compileSchema("t", z.object({ tree }), { keyAttributes: [] });
    const nested = (levels: number): object =>
      levels === 0 ? { kind: "leaf" } : { kind: "not", of: [nested(levels - 1)] };
    const start = performance.now();
    const encoded = codec.encodeItem({ tree: nested(14) });
    // It took longer than a minute.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(JSON.stringify(encoded)).toContain('{"kind":"leaf","n":1}');
  });
});

test("a Map with a key that has no text is refused as one with any other key that is no string", () => {
  const schema = z.object({ map: z.map(z.string(), z.object({ a: z.number().default(1) })) });
  const codec = compileSchema("t", schema, { keyAttributes: [] });
  const map = new Map([[Object.create(null), {}]]);
  expect(() => codec.encodeItem({ map })).toThrow(InvalidItem);
});
