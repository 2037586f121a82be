import { connect, defineTable, InvalidItem, isoDate } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { untyped } from "../support/refused.ts";

const tableOf = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      id: z.string(),
      text: z.string().min(2).optional(),
      count: z.number().max(100).optional(),
      other: z.number().optional(),
      at: isoDate().optional(),
      days: z.array(isoDate()).optional(),
      more: z.array(isoDate()).optional(),
      log: z.array(z.string().min(1)).optional(),
      tags: z.set(z.string().min(1)).default(() => new Set<string>()),
      dates: z.set(isoDate()).optional(),
      numbers: z.set(z.number()).optional(),
      map: z
        .object({ n: z.number(), at: isoDate().optional(), list: z.array(z.int()).optional() })
        .optional(),
      record: z.record(z.string(), z.number()).optional(),
      big: z.bigint().optional(),
    }),
    partitionKey: "id",
  });

type Table = ReturnType<typeof tableOf>;
type Stored = Record<string, unknown>;
type Actions = (F: Table["F"]) => unknown;

const noon = new Date("2026-11-22T12:00:00Z");
const iso = "2026-11-22T12:00:00.000Z";

const cases: readonly [title: string, before: Stored, actions: Actions, after: Stored][] = [
  ["set a string", { text: "ab" }, (F) => F("text").set("cd"), { text: "cd" }],
  ["set a Date", {}, (F) => F("at").set(noon), { at: iso }],
  [
    "set a Date within a map",
    { map: { n: 1 } },
    (F) => F("map", "at").set(noon),
    { map: { n: 1, at: iso } },
  ],
  ["set a map whole", {}, (F) => F("map").set({ n: 1, at: noon }), { map: { n: 1, at: iso } }],
  ["set an element", { log: ["a", "b"] }, (F) => F("log", 1).set("c"), { log: ["a", "c"] }],
  [
    "set a member of a record",
    { record: {} },
    (F) => F("record", "a.b").set(1),
    { record: { "a.b": 1 } },
  ],
  ["set a list of Dates", {}, (F) => F("days").set([noon]), { days: [iso] }],
  ["set a set of Dates", {}, (F) => F("dates").set(new Set([noon])), { dates: new Set([iso]) }],
  ["set a bigint", {}, (F) => F("big").set(2n ** 50n), { big: 2 ** 50 }],
  ["set to a path", { other: 5 }, (F) => F("count").set(F("other")), { count: 5, other: 5 }],
  ["set to a sum", { other: 5 }, (F) => F("count").set(F("other").plus(2)), { count: 7, other: 5 }],
  [
    "set to a difference",
    { other: 5 },
    (F) => F("count").set(F("other").minus(2)),
    { count: 3, other: 5 },
  ],
  ["remove by an empty set", { tags: new Set(["a"]) }, (F) => F("tags").set(new Set()), {}],
  ["set if absent, where it is", {}, (F) => F("at").setIfNotExists(noon), { at: iso }],
  [
    "set if absent, where it is not",
    { at: "2020-01-01T00:00:00.000Z" },
    (F) => F("at").setIfNotExists(noon),
    { at: "2020-01-01T00:00:00.000Z" },
  ],
  [
    "set to another where absent",
    {},
    (F) => F("count").set(F("other").ifNotExists(3).plus(1)),
    { count: 4 },
  ],
  ["increment", { count: 1 }, (F) => F("count").increment(), { count: 2 }],
  [
    "increment by a path",
    { count: 1, other: 5 },
    (F) => F("count").increment(F("other")),
    { count: 6, other: 5 },
  ],
  ["decrement in a map", { map: { n: 5 } }, (F) => F("map", "n").decrement(7), { map: { n: -2 } }],
  ["append", { log: ["a"] }, (F) => F("log").append(["b"]), { log: ["a", "b"] }],
  ["append Dates", { days: [] }, (F) => F("days").append([noon]), { days: [iso] }],
  [
    "append a path",
    { days: [iso], more: ["x"] },
    (F) => F("days").append(F("more")),
    { days: [iso, "x"], more: ["x"] },
  ],
  ["prepend", { log: ["a"] }, (F) => F("log").prepend(["b", "c"]), { log: ["b", "c", "a"] }],
  ["remove", { text: "ab", count: 1 }, (F) => F("text").remove(), { count: 1 }],
  ["remove an element", { log: ["a", "b"] }, (F) => F("log", 0).remove(), { log: ["b"] }],
  ["add to a number", {}, (F) => F("count").add(5), { count: 5 }],
  [
    "add to a set",
    { tags: new Set(["a"]) },
    (F) => F("tags").add(new Set(["b"])),
    { tags: new Set(["a", "b"]) },
  ],
  ["add Dates to a set", {}, (F) => F("dates").add(new Set([noon])), { dates: new Set([iso]) }],
  [
    "delete from a set",
    { tags: new Set(["a", "b"]) },
    (F) => F("tags").delete(new Set(["a"])),
    { tags: new Set(["b"]) },
  ],
  [
    "delete the last of a set",
    { dates: new Set([iso]) },
    (F) => F("dates").delete(new Set([noon])),
    {},
  ],
  [
    "several at once",
    { count: 1, text: "ab", numbers: new Set([1, 2]) },
    (F) => [
      F("count").increment(2),
      F("text").remove(),
      F("numbers").delete(new Set([1])),
      F("other").add(1),
    ],
    { count: 3, numbers: new Set([2]), other: 1 },
  ],
];

describeOnEachServer("updates through a schema", ({ client, uniqueTableName, deviates }) => {
  const Things = tableOf(uniqueTableName());
  const { things } = connect(client, { things: Things });
  const { F } = Things;

  beforeAll(async () => {
    await things.table.create({ wait: true });
  });

  it.each(cases)("%s", async (title, before, actions, after) => {
    const id = title;
    await client.put(Things.name, { id, ...before });
    await things.update({ id }, actions(F) as never);
    expect(await client.get(Things.name, { id })).toEqual({ id, ...after });
  });

  deviates(
    { dynoxide: "fills the gap with nulls" },
    "adds at the end of a list what is set behind it",
    async () => {
      await things.put({ id: "behind", log: ["a"] });
      await things.update({ id: "behind" }, F("log", 9).set("b"));
      expect((await things.get({ id: "behind" }))?.log).toEqual(["a", "b"]);
    },
  );

  const refused: readonly [title: string, actions: Actions, message: RegExp][] = [
    ["a refinement", (path) => path("text").set("x"), /The value for text does not fit/],
    ["a maximum", (path) => path("count").setIfNotExists(101), /The value for count/],
    ["another type", (path) => path("count").set(untyped("1")), /The value for count/],
    ["an element's refinement", (path) => path("log").append([""]), /The value for log/],
    ["a set member's refinement", (path) => path("tags").add(new Set([""])), /The value for tags/],
    ["what is deep in a map", (path) => path("map").set({ n: 1, list: [0.5] }), /map\.list\[0\]/],
  ];
  it.each(refused)("refuses what breaks %s, when the action is made", (_, actions, message) => {
    expect(() => actions(F)).toThrow(InvalidItem);
    expect(() => actions(F)).toThrow(message);
  });

  it.each([
    ["set", (path: never) => (path as { set(v: unknown): unknown }).set("x")],
    [
      "setIfNotExists",
      (path: never) => (path as { setIfNotExists(v: unknown): unknown }).setIfNotExists("x"),
    ],
    ["remove", (path: never) => (path as { remove(): unknown }).remove()],
    ["append", (path: never) => (path as { append(v: unknown): unknown }).append([])],
    ["add", (path: never) => (path as { add(v: unknown): unknown }).add(1)],
  ])("refuses %s on a key attribute", (method, act) => {
    expect(() => act(F("id") as never)).toThrow(
      `id: ${method}() can't change a key attribute of table ${Things.name}`,
    );
  });

  it("gives each kind of return values, decoded", async () => {
    const id = "returned";
    const actions = [F("at").set(noon), F("count").add(1)] as const;
    const put = () => things.put({ id, map: { n: 1 }, at: new Date(0), text: "ab" });
    const whole = { id, map: { n: 1 }, at: new Date(0), text: "ab", tags: new Set<string>() };
    const after = { ...whole, at: noon, count: 1 };
    await put();
    expect(await things.update({ id }, actions)).toBeUndefined();
    await put();
    const allOld = await things.update({ id }, actions, { returnValues: "ALL_OLD" });
    expect(allOld).toEqual(whole);
    await put();
    const allNew = await things.update({ id }, actions, { returnValues: "ALL_NEW" });
    expect(allNew).toEqual(after);
    expectTypeOf(allNew.at).toEqualTypeOf<Date | undefined>();
    await put();
    const old = await things.update({ id }, actions, { returnValues: "UPDATED_OLD" });
    expect(old).toEqual({ at: new Date(0) });
    await put();
    const updated = await things.update({ id }, actions, { returnValues: "UPDATED_NEW" });
    expect(updated).toEqual({ at: noon, count: 1 });
  });

  deviates({ dynoxide: "gives the key" }, "gives no old item where there was none", async () => {
    const options = { returnValues: "ALL_OLD" } as const;
    expect(await things.update({ id: "none" }, F("count").add(1), options)).toBeUndefined();
  });

  deviates(
    { "dynamodb-local": "gives the whole map" },
    "reads the members that were updated alone",
    async () => {
      await things.put({ id: "member", map: { n: 1 } });
      const options = { returnValues: "UPDATED_NEW" } as const;
      const updated = await things.update({ id: "member" }, F("map", "at").set(noon), options);
      expect(updated).toEqual({ map: { at: noon } });
    },
  );

  deviates(
    { dynoxide: "gives the whole list", "dynamodb-local": "gives the whole list" },
    "reads the elements that were updated alone",
    async () => {
      await things.put({ id: "element", log: ["a", "b", "c"] });
      const options = { returnValues: "UPDATED_NEW" } as const;
      const updated = await things.update({ id: "element" }, F("log", 1).set("x"), options);
      expect(updated).toEqual({ log: ["x"] });
    },
  );

  it("reads exact integers beyond what a number holds", async () => {
    const id = "exact";
    await things.put({ id, big: 2n ** 60n });
    const options = { returnValues: "UPDATED_NEW" } as const;
    expect(await things.update({ id }, F("big").increment(1n), options)).toEqual({
      big: 2n ** 60n + 1n,
    });
  });
});
