import type { AttributeMap, AttributeValue, PathStep } from "@fieldwise/core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { bytes } from "../codecs/bytes.ts";
import { epochSeconds, isoDate } from "../codecs/dates.ts";
import { compileSchema } from "./compile-schema.ts";
import type { Decoded } from "./decoder.ts";

const schema = z
  .object({
    id: z.string(),
    total: z.number().min(10),
    at: isoDate(),
    tags: z.set(z.string()),
    address: z.object({ city: z.string(), zip: z.string().optional() }).optional(),
    settings: z.object({
      color: z.string().optional(),
      size: z.number().default(1),
      sizes: z.set(z.number()),
    }),
    theme: z.object({ dark: z.boolean(), name: z.string() }).default({ dark: true, name: "night" }),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })).min(2),
    pair: z.tuple([z.string(), z.bigint(), isoDate()]),
    log: z.tuple([z.string()], isoDate()),
    prices: z.record(z.string(), z.number()),
    map: z.map(z.string(), z.object({ at: isoDate(), n: z.bigint() })),
    event: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("start"), at: isoDate(), by: z.string() }),
      z.object({ kind: z.literal("stop"), at: epochSeconds() }),
    ]),
  })
  .refine((item) => item.lines.length > 0);
const codec = compileSchema("orders", schema, { keyAttributes: ["id"] });

function read(paths: readonly (readonly PathStep[])[], wire: AttributeMap): Decoded {
  return codec.project(paths).decode(wire);
}

const item = (decoded: Decoded): unknown => (decoded.ok ? decoded.item : decoded.issues);

describe("a projection", () => {
  test("is validated by what was asked for", () => {
    expect(
      item(read([["at"], ["total"]], { at: { S: "1970-01-01T00:00:00Z" }, total: { N: "12" } })),
    ).toStrictEqual({
      at: new Date(0),
      total: 12,
    });
    expect(read([["total"]], { total: { N: "1" } })).toMatchObject({
      ok: false,
      issues: [{ path: ["total"] }],
    });
  });

  test("fails where a required attribute is missing, and not where it may be", () => {
    expect(item(read([["total"]], {}))).toMatchObject([{ path: ["total"] }]);
    expect(item(read([["address", "city"]], {}))).toStrictEqual({});
    expect(item(read([["address", "city"]], { address: { M: {} } }))).toMatchObject([
      { path: ["address", "city"] },
    ]);
    expect(item(read([["address", "zip"]], {}))).toStrictEqual({});
    expect(item(read([["prices", "a"]], {}))).toStrictEqual({ prices: {} });
  });

  test("has what stands for nothing: empty sets, defaults, and the objects around them", () => {
    expect(item(read([["tags"]], {}))).toStrictEqual({ tags: new Set() });
    expect(item(read([["settings", "color"]], {}))).toStrictEqual({ settings: {} });
    expect(
      item(
        read(
          [
            ["settings", "size"],
            ["settings", "sizes"],
          ],
          {},
        ),
      ),
    ).toStrictEqual({
      settings: { size: 1, sizes: new Set() },
    });
    expect(item(read([["theme", "name"]], {}))).toStrictEqual({ theme: { name: "night" } });
    expect(item(read([["lines", 7]], {}))).toStrictEqual({ lines: [] });
    expect(item(read([["map", "x", "at"]], {}))).toStrictEqual({ map: new Map() });
  });

  test("has a shorter list of the elements that were asked for", () => {
    const line = { M: { sku: { S: "a" }, quantity: { N: "1" } } };
    expect(item(read([["lines", 4]], { lines: { L: [line] } }))).toStrictEqual({
      lines: [{ sku: "a", quantity: 1 }],
    });
    const some = { lines: { L: [{ M: { sku: { S: "a" } } }, { M: { quantity: { N: "2" } } }] } };
    expect(
      item(
        read(
          [
            ["lines", 0, "sku"],
            ["lines", 3, "quantity"],
          ],
          some,
        ),
      ),
    ).toStrictEqual({
      lines: [{ sku: "a" }, { quantity: 2 }],
    });
    expect(
      item(read([["lines", 0, "sku"]], { lines: { L: [{ M: { sku: { N: "1" } } }] } })),
    ).toMatchObject([{ path: ["lines", 0, "sku"] }]);
    const pair = { pair: { L: [{ N: "1" }, { S: "1970-01-01T00:00:00Z" }] } };
    expect(
      item(
        read(
          [
            ["pair", 2],
            ["pair", 1],
          ],
          pair,
        ),
      ),
    ).toStrictEqual({ pair: [1n, new Date(0)] });
  });

  test("has all of a member of one element, and some of the same member of another", () => {
    const boxes = z.array(z.object({ box: z.object({ at: isoDate(), n: z.bigint() }) }));
    const { decode } = compileSchema("t", z.object({ boxes }), { keyAttributes: [] }).project([
      ["boxes", 0, "box"],
      ["boxes", 1, "box", "n"],
    ]);
    const at = { S: "1970-01-01T00:00:00Z" };
    const whole = { M: { box: { M: { at, n: { N: "1" } } } } };
    const some = { M: { box: { M: { n: { N: "2" } } } } };
    expect(item(decode({ boxes: { L: [whole, some] } }))).toStrictEqual({
      boxes: [{ box: { at: new Date(0), n: 1n } }, { box: { n: 2n } }],
    });
    expect(decode({ boxes: { L: [{ M: { box: { M: { at } } } }] } }).ok).toBe(false);
  });

  test("has each element that was asked for whole by its place, those behind the last of them left out", () => {
    const asked = [
      ["log", 0],
      ["log", 2],
      ["log", 5],
    ];
    const iso = { S: "1970-01-01T00:00:00Z" };
    const text = { S: "2026-01-01T00:00:00Z" };
    expect(item(read(asked, { log: { L: [text, iso, iso] } }))).toStrictEqual({
      log: [text.S, new Date(0), new Date(0)],
    });
    expect(item(read(asked, { log: { L: [text, iso] } }))).toStrictEqual({
      log: [text.S, new Date(0)],
    });
    expect(item(read(asked, { log: { L: [text] } }))).toStrictEqual({ log: [text.S] });
    expect(item(read([["log", 5]], {}))).toStrictEqual({ log: [] });
  });

  test("of a Map is a Map, each member read by what was asked of it", () => {
    const wire = {
      map: {
        M: {
          a: { M: { n: { N: "1" } } },
          b: { M: { at: { S: "1970-01-01T00:00:00Z" }, n: { N: "2" } } },
        },
      },
    };
    expect(
      item(
        read(
          [
            ["map", "a", "n"],
            ["map", "b"],
          ],
          wire,
        ),
      ),
    ).toStrictEqual({
      map: new Map<string, object>([
        ["a", { n: 1n }],
        ["b", { at: new Date(0), n: 2n }],
      ]),
    });
    const proto = JSON.parse('{"map":{"M":{"__proto__":{"M":{"n":{"N":"1"}}}}}}') as AttributeMap;
    expect(item(read([["map", "__proto__", "n"]], proto))).toStrictEqual({
      map: new Map([["__proto__", { n: 1n }]]),
    });
  });

  test("asks for the discriminator that tells how to read a member, and leaves it out", () => {
    const { paths, decode } = codec.project([["event", "at"]]);
    expect(paths).toStrictEqual([
      ["event", "at"],
      ["event", "kind"],
    ]);
    const stop = { event: { M: { kind: { S: "stop" }, at: { N: "60" } } } };
    expect(item(decode(stop))).toStrictEqual({ event: { at: new Date(60_000) } });
    const start = { event: { M: { kind: { S: "start" }, at: { S: "1970-01-01T00:00:00Z" } } } };
    expect(item(decode(start))).toStrictEqual({ event: { at: new Date(0) } });
    expect(
      decode({ event: { M: { kind: { S: "stop" }, at: { S: "1970-01-01T00:00:00Z" } } } }).ok,
    ).toBe(false);
    // What an index does not carry can't be asked for.
    expect(item(decode({ event: { M: { at: { N: "60" } } } }))).toStrictEqual({
      event: { at: new Date(60_000) },
    });
    expect(
      item(
        read(
          [
            ["event", "kind"],
            ["event", "at"],
          ],
          stop,
        ),
      ),
    ).toStrictEqual({
      event: { kind: "stop", at: new Date(60_000) },
    });
  });

  test("has what stands for nothing of what a union's option holds", () => {
    const { project } = compileSchema(
      "t",
      z.object({
        event: z.discriminatedUnion("kind", [
          z.object({
            kind: z.literal("order"),
            lines: z.array(z.number()),
            notes: z.record(z.string(), z.string()),
            address: z.object({ zip: z.string().optional() }),
          }),
          z.object({ kind: z.literal("visit"), page: z.string() }),
        ]),
      }),
      { keyAttributes: [] },
    );
    const answer = { event: { M: { kind: { S: "order" } } } };
    expect(item(project([["event", "lines", 0]]).decode(answer))).toStrictEqual({
      event: { lines: [] },
    });
    expect(item(project([["event", "notes", "a"]]).decode(answer))).toStrictEqual({
      event: { notes: {} },
    });
    expect(item(project([["event", "address", "zip"]]).decode(answer))).toStrictEqual({
      event: { address: {} },
    });
    expect(project([["event", "lines"]]).decode(answer).ok).toBe(false);
    const visit = { event: { M: { kind: { S: "visit" } } } };
    expect(item(project([["event", "lines", 0]]).decode(visit))).toStrictEqual({ event: {} });
  });

  test("asks for no discriminator beside elements, as what has elements has none", () => {
    const { project } = compileSchema(
      "t",
      z.object({
        either: z.union([
          z.array(z.number()),
          z.discriminatedUnion("kind", [
            z.object({ kind: z.literal("a"), at: isoDate() }),
            z.object({ kind: z.literal("b"), at: epochSeconds() }),
          ]),
        ]),
      }),
      { keyAttributes: [] },
    );
    const { paths, decode } = project([["either", 0]]);
    expect(paths).toStrictEqual([["either", 0]]);
    expect(item(decode({ either: { L: [{ N: "1" }] } }))).toStrictEqual({ either: [1] });
    expect(item(decode({}))).toStrictEqual({});
    expect(project([["either", "at"]]).paths).toStrictEqual([
      ["either", "at"],
      ["either", "kind"],
    ]);
  });

  test("has nothing that was not asked for, though a server may give the key", () => {
    expect(item(read([["total"]], { id: { S: "1" }, total: { N: "12" } }))).toStrictEqual({
      total: 12,
    });
  });

  test("of no path of the schema is refused", () => {
    expect(() => codec.project([["total"], ["lines", 0, "nothing"]])).toThrow(
      "The projection does not fit the schema of table orders:\n  lines[0].nothing: The schema has no such path",
    );
  });
});

describe("a part of any shape", () => {
  const readPart = (wire: AttributeMap): unknown => item(codec.partial().decode(wire));

  test("may lack every member, and nothing is made up for it", () => {
    expect(readPart({})).toStrictEqual({});
    expect(readPart({ settings: { M: {} }, address: { M: { zip: { S: "1" } } } })).toStrictEqual({
      settings: {},
      address: { zip: "1" },
    });
    expect(readPart({ lines: { L: [{ M: { quantity: { N: "2" } } }] } })).toStrictEqual({
      lines: [{ quantity: 2 }],
    });
    expect(readPart({ pair: { L: [{ S: "1970-01-01T00:00:00Z" }] } })).toMatchObject({
      pair: ["1970-01-01T00:00:00Z"],
    });
    expect(readPart({ event: { M: { by: { S: "x" } } } })).toStrictEqual({ event: { by: "x" } });
    expect(readPart({ map: { M: { a: { M: { n: { N: "1" } } } } } })).toStrictEqual({
      map: new Map([["a", { n: 1n }]]),
    });
  });

  test("has a whole tuple by the places of its elements", () => {
    const text = { S: "1970-01-01T00:00:00Z" };
    expect(readPart({ pair: { L: [text, { N: "1" }, text] } })).toStrictEqual({
      pair: [text.S, 1n, new Date(0)],
    });
    expect(readPart({ log: { L: [text, text, text] } })).toStrictEqual({
      log: [text.S, new Date(0), new Date(0)],
    });
    const { partial } = compileSchema(
      "things",
      z.object({ pair: z.tuple([z.string(), z.number().default(3)]) }),
      { keyAttributes: [] },
    );
    expect(item(partial().decode({ pair: { L: [text] } }))).toStrictEqual({ pair: [text.S] });
  });

  test("is still held to what is there", () => {
    expect(readPart({ total: { N: "1" } })).toMatchObject([{ path: ["total"] }]);
    expect(readPart({ settings: { M: { color: { N: "1" } } } })).toMatchObject([
      { path: ["settings", "color"] },
    ]);
    expect(
      readPart({ event: { M: { kind: { S: "stop" }, at: { S: "1970-01-01T00:00:00Z" } } } }),
    ).toMatchObject([{ path: ["event", "at"] }]);
  });

  test("loses in a union what no option names, and what the one that is told does not", () => {
    const kind = { S: "stop" };
    const stopped = { at: new Date(60_000) };
    const at = { N: "60" };
    const gone = { M: { at: { N: "1" } } };
    expect(readPart({ event: { M: { kind, at, by: { S: "x" }, gone } } })).toStrictEqual({
      event: { kind: "stop", ...stopped },
    });
    expect(readPart({ event: { M: { at, gone } } })).toStrictEqual({ event: stopped });
    // Of the one it would be lost, of the other the time does not fit.
    expect(readPart({ event: { M: { at, by: { S: "x" } } } })).toMatchObject([{ path: ["event"] }]);
  });

  test("keeps in a union what an option refuses, or holds under any name", () => {
    const { partial } = compileSchema(
      "shapes",
      z.object({
        strict: z.union([z.strictObject({ a: z.string() }), z.string()]),
        open: z.union([
          z.object({ a: z.string(), inside: z.object({ b: z.string() }) }),
          z.record(z.string(), z.bigint()),
        ]),
        coded: z.union([
          z.codec(z.object({ at: z.string() }), z.date(), {
            decode: ({ at }) => new Date(at),
            encode: (date) => ({ at: date.toISOString() }),
          }),
          z.object({ tags: z.array(z.object({ name: z.string() })) }),
        ]),
      }),
      { keyAttributes: [] },
    );
    const [a, gone] = [{ S: "x" }, { N: "1" }];
    expect(item(partial().decode({ strict: { M: { a, gone } } }))).toMatchObject([
      { path: ["strict"] },
    ]);
    expect(item(partial().decode({ open: { M: { a, gone } } }))).toMatchObject([
      { path: ["open"] },
    ]);
    expect(item(partial().decode({ open: { M: { gone } } }))).toStrictEqual({ open: { gone: 1n } });
    expect(
      item(partial().decode({ open: { M: { inside: { M: { b: a, gone } } } } })),
    ).toStrictEqual({ open: { inside: { b: "x" } } });
    expect(
      item(partial().decode({ coded: { M: { at: { S: "1970-01-01T00:00:00Z" }, gone } } })),
    ).toStrictEqual({ coded: new Date(0) });
    expect(
      item(partial().decode({ coded: { M: { tags: { L: [{ M: { name: a, gone } }] } } } })),
    ).toStrictEqual({ coded: { tags: [{ name: "x" }] } });
  });

  test("is told apart from elements that an object without members would be taken for", () => {
    const { partial } = compileSchema(
      "shapes",
      z.object({
        list: z.tuple(
          [z.object({ a: z.number() }), z.set(z.string()), bytes()],
          z.map(z.string(), z.string()),
        ),
      }),
      { keyAttributes: [] },
    );
    for (const [wire, expected] of [
      [{ M: { a: { N: "1" } } }, { a: 1 }],
      [{ SS: ["y"] }, new Set(["y"])],
      [{ B: "AQ==" }, Uint8Array.of(1)],
      [{ M: { b: { S: "z" } } }, new Map([["b", "z"]])],
    ] as const) {
      expect(item(partial().decode({ list: { L: [wire as AttributeValue] } }))).toStrictEqual({
        list: [expected],
      });
    }
  });
});

test("a part of a union that holds itself is read level by level, and not again for each option", () => {
  let tried = 0;
  const Text = z.object({ kind: z.literal("text"), text: z.string().refine(() => ++tried > 0) });
  const kinds = ["section", "list", "quote", "table"] as const;
  const holders = kinds.map((kind) =>
    z.object({
      kind: z.literal(kind),
      size: z.bigint(),
      get blocks(): z.ZodType {
        return z.array(z.discriminatedUnion("kind", [Text, ...holders]));
      },
    }),
  );
  const Block = z.discriminatedUnion("kind", [Text, ...holders]);
  const { partial } = compileSchema("t", z.object({ block: Block }), { keyAttributes: [] });
  let wire: AttributeValue = { M: { text: { S: "x" } } };
  let expected: object = { text: "x" };
  for (let level = 0; level < 8; level++) {
    wire = { M: { kind: { S: "table" }, blocks: { L: [wire] } } };
    expected = { kind: "table", blocks: [expected] };
  }
  expect(item(partial().decode({ block: wire }))).toStrictEqual({ block: expected });
  expect(tried).toBeLessThan(20);
});

describe("of an intersection with a union in it", () => {
  const Start = z.object({ kind: z.literal("start"), at: isoDate(), by: z.string() });
  const Stop = z.object({ kind: z.literal("stop"), at: epochSeconds() });
  const Base = z.object({ id: z.string(), version: z.bigint() });
  const options = [Start, Stop] as const;

  test.each([
    ["discriminated", Base.and(z.discriminatedUnion("kind", options))],
    ["the other way round", z.discriminatedUnion("kind", options).and(Base)],
    ["found later", Base.and(z.lazy(() => z.discriminatedUnion("kind", options)))],
  ])("a projection is read by what was asked for: %s", (_, both) => {
    const { project } = compileSchema("events", both, { keyAttributes: ["id"] });
    const stop = { version: { N: "5" }, at: { N: "60" }, kind: { S: "stop" } };
    const { at: _at, ...withoutTime } = stop;
    expect(item(project([["version"]]).decode(withoutTime))).toStrictEqual({ version: 5n });
    const { paths, decode } = project([["version"], ["at"]]);
    expect(paths).toStrictEqual([["version"], ["at"], ["kind"]]);
    expect(item(decode(stop))).toStrictEqual({ version: 5n, at: new Date(60_000) });
    expect(
      item(decode({ ...stop, kind: { S: "start" }, at: { S: "1970-01-01T00:00:00Z" } })),
    ).toStrictEqual({ version: 5n, at: new Date(0) });
    expect(decode({ ...stop, kind: { S: "start" } }).ok).toBe(false);
    // What an index does not carry can't be asked for.
    expect(item(decode({ version: { N: "5" }, at: { N: "60" } }))).toStrictEqual({
      version: 5n,
      at: new Date(60_000),
    });
    expect(item(project([["version"], ["by"]]).decode(withoutTime))).toStrictEqual({ version: 5n });
  });

  test.each([
    ["discriminated", Base.and(z.discriminatedUnion("kind", options))],
    ["told by its members", z.union(options).and(Base)],
    ["found later", Base.and(z.lazy(() => z.union(options)))],
  ])("a part has members of either side, or of both: %s", (_, both) => {
    const { partial } = compileSchema("events", both, { keyAttributes: ["id"] });
    const readPart = (wire: AttributeMap): unknown => item(partial().decode(wire));
    expect(readPart({ version: { N: "5" } })).toStrictEqual({ version: 5n });
    expect(readPart({ by: { S: "x" } })).toStrictEqual({ by: "x" });
    expect(readPart({ version: { N: "5" }, at: { N: "60" } })).toStrictEqual({
      version: 5n,
      at: new Date(60_000),
    });
    expect(readPart({ id: { N: "1" } })).toMatchObject([{ code: "invalid_union" }]);
  });
});

describe("of unions whose options are unions again", () => {
  const First = z.discriminatedUnion("t", [
    z.object({ t: z.literal("a"), first: isoDate() }),
    z.object({ t: z.literal("b"), first: z.bigint() }),
  ]);
  const Second = z.discriminatedUnion("s", [
    z.object({ s: z.literal("a"), second: isoDate() }),
    z.object({ s: z.literal("b"), second: z.bigint() }),
  ]);
  const Nested = z.discriminatedUnion("t", [
    z.discriminatedUnion("s", [
      z.object({ t: z.literal("a"), s: z.literal("a"), first: isoDate() }),
      z.object({ t: z.literal("a"), s: z.literal("b"), first: z.bigint() }),
    ]),
    z.object({ t: z.literal("b"), first: z.number() }),
  ]);

  test.each<[string, z.ZodType, AttributeMap, object]>([
    [
      "an intersection of two",
      First.and(Second),
      { t: { S: "b" }, first: { N: "5" }, s: { S: "a" }, second: { S: "1970-01-01T00:00:00Z" } },
      { t: "b", first: 5n, s: "a", second: new Date(0) },
    ],
    [
      "one in the other",
      Nested,
      { t: { S: "a" }, s: { S: "b" }, first: { N: "5" } },
      { first: 5n },
    ],
  ])("a projection is read by both discriminators: %s", (_, both, wire, expected) => {
    const { project } = compileSchema("t", both, { keyAttributes: [] });
    for (const name of Object.keys(expected)) {
      const { paths, decode } = project([[name]]);
      const answer = Object.fromEntries(paths.map(([each]) => [each, wire[String(each)]]));
      expect(item(decode(answer as AttributeMap))).toStrictEqual({
        [name]: (expected as Record<string, unknown>)[name],
      });
    }
  });
});

describe("of what an item has kept from when it was of another option", () => {
  const Circle = z.object({ kind: z.literal("circle"), radius: z.number() });
  const Square = z.object({ kind: z.literal("square"), side: z.bigint() });
  const [kind, radius, side] = [{ S: "circle" }, { N: "1" }, { N: "2" }];

  test.each([
    ["discriminated", z.discriminatedUnion("kind", [Circle, Square])],
    ["in an intersection", z.object({}).and(z.discriminatedUnion("kind", [Circle, Square]))],
  ])("a projection has nothing, as the whole item: %s", (_, shapes) => {
    const { decodeItem, project } = compileSchema("shapes", shapes, { keyAttributes: [] });
    expect(item(decodeItem({ kind, radius, side }))).toStrictEqual({ kind: "circle", radius: 1 });
    const { decode } = project([["radius"], ["side"]]);
    expect(item(decode({ kind, radius, side }))).toStrictEqual({ radius: 1 });
    expect(item(project([["side"]]).decode({ kind, side }))).toStrictEqual({});
    // An index may carry them and not the discriminator.
    expect(decode({ radius, side }).ok).toBe(false);
  });

  test("a projection that has what tells the options has nothing", () => {
    const { project } = compileSchema("shapes", z.union([Circle, Square]), { keyAttributes: [] });
    const { decode } = project([["kind"], ["radius"], ["side"]]);
    expect(item(decode({ kind, radius, side }))).toStrictEqual({ kind: "circle", radius: 1 });
  });
});

describe("of an object with a value that is caught", () => {
  const { project, partial } = compileSchema(
    "users",
    z.object({
      preferences: z
        .object({
          theme: z.enum(["light", "dark"]),
          page: z.object({ size: z.int(), columns: z.int() }),
        })
        .catch({ theme: "light", page: { size: 20, columns: 2 } }),
      either: z.union([z.string(), z.object({ a: z.string() }).catch({ a: "caught" })]),
    }),
    { keyAttributes: [] },
  );
  const page = { M: { size: { N: "30" } } };

  test("a projection has its part of it", () => {
    const { decode } = project([["preferences", "theme"]]);
    expect(item(decode({ preferences: { M: { theme: { S: "dark" } } } }))).toStrictEqual({
      preferences: { theme: "dark" },
    });
    expect(item(decode({ preferences: { M: { theme: { S: "gone" } } } }))).toStrictEqual({
      preferences: { theme: "light" },
    });
    expect(item(decode({}))).toStrictEqual({ preferences: { theme: "light" } });
  });

  test("a part has of it what came", () => {
    const { decode } = partial();
    expect(item(decode({ preferences: { M: { theme: { S: "dark" }, page } } }))).toStrictEqual({
      preferences: { theme: "dark", page: { size: 30 } },
    });
    expect(item(decode({ preferences: { M: { theme: { S: "gone" }, page } } }))).toStrictEqual({
      preferences: { theme: "light", page: { size: 20 } },
    });
    expect(item(decode({ preferences: { S: "x" } }))).toStrictEqual({
      preferences: { theme: "light", page: { size: 20, columns: 2 } },
    });
  });

  test("an option of a union catches nothing of another", () => {
    expect(item(partial().decode({ either: { N: "1" } }))).toMatchObject([{ path: ["either"] }]);
    const { decode } = project([["either", "a"]]);
    expect(item(decode({ either: { M: { a: { N: "1" } } } }))).toMatchObject([
      { path: ["either", "a"] },
    ]);
  });
});
