import { bytes, decimal, defineTable, isoDate } from "@fieldwise/schema";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type ExpressionTable, knownItem, type KnownPath, pathsOf } from "./paths.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    status: z.enum(["open", "closed"]),
    note: z.string().nullable(),
    at: isoDate(),
    until: isoDate().optional(),
    price: decimal(),
    count: z.int(),
    picture: bytes(),
    cover: bytes(),
    log: z.array(z.string()),
    notes: z.array(z.string()),
    prices: z.record(z.string().min(2), z.number()),
    limits: z.record(z.enum(["day", "week"]), z.number()),
    address: z.object({ city: z.string(), geo: z.object({ lat: z.number() }).optional() }),
    shape: z.union([z.object({ radius: z.number() }), z.object({ side: z.number() })]),
  }),
  partitionKey: "id",
  indexes: { byStatus: { partitionKey: "status" } },
});
const table: ExpressionTable = Things;

const byName = (paths: readonly KnownPath[]): ReadonlyMap<string, KnownPath> =>
  new Map(paths.map((path) => [path.F.debug(), path]));

describe("pathsOf", () => {
  const paths = byName(pathsOf(table, undefined));
  const at = (name: string): KnownPath => paths.get(name)!;

  it("goes into objects, lists, records and unions, and not into codecs", () => {
    expect([...paths.keys()].filter((name) => /[.[]/.test(name))).toEqual([
      "log[0]",
      "log[1]",
      "notes[0]",
      "notes[1]",
      "prices.key",
      'prices."0a"',
      "limits.day",
      "limits.week",
      "address.city",
      "address.geo",
      "shape.radius",
      "shape.side",
      "address.geo.lat",
    ]);
  });

  it("knows what can be set in every item", () => {
    const certain = [...paths].filter(([, path]) => path.certain).map(([name]) => name);
    expect(certain).toContain("address.city");
    expect(certain).toContain("prices.key");
    expect(certain).toContain("address.geo");
    for (const name of ["address.geo.lat", "log[0]", "shape.radius"])
      expect(certain).not.toContain(name);
  });

  it("knows which paths compare", () => {
    const taken = (one: string, other: string): boolean =>
      at(one).takes(at(other), { orNull: true });
    expect(taken("status", "id")).toBe(true);
    expect(taken("note", "id")).toBe(true);
    expect(taken("id", "note")).toBe(false);
    expect(taken("at", "until")).toBe(true);
    expect(taken("at", "id")).toBe(false);
    expect(taken("price", "count")).toBe(false);
    expect(taken("count", "prices.key")).toBe(true);
    expect(taken("picture", "cover")).toBe(true);
    expect(taken("log", "notes")).toBe(true);
    expect(taken("log", "log")).toBe(false);
    expect(taken("log", "prices")).toBe(false);
  });

  it("knows keys", () => {
    expect(at("id").isPrimaryKey).toBe(true);
    expect(at("status").isIndexKey).toBe(true);
    expect(at("count").isPrimaryKey || at("count").isIndexKey).toBe(false);
  });

  it("goes where an item goes, and one step further", () => {
    const item = {
      id: "a",
      status: "open",
      note: null,
      at: new Date(0),
      price: "1",
      count: 1,
      picture: Uint8Array.of(1),
      cover: Uint8Array.of(2),
      log: ["x"],
      notes: [],
      prices: { "a.b": 1 },
      limits: { day: 1, week: 2 },
      address: { city: "Rome" },
      shape: { side: 2 },
    };
    const known = byName(pathsOf(table, knownItem(table, item)));
    expect(known.get('prices."a.b"')).toMatchObject({ stored: { N: "1" }, value: 1 });
    expect(known.get("log[0]")).toMatchObject({ stored: { S: "x" }, value: "x" });
    expect(known.get("log[1]")).toMatchObject({ stored: undefined, isReached: true });
    expect(known.get("address.geo.lat")).toMatchObject({ stored: undefined, isReached: false });
    expect(known.get("at")).toMatchObject({ stored: { S: "1970-01-01T00:00:00.000Z" } });
  });

  it("ends where a schema holds itself", () => {
    const Node = z.object({
      name: z.string(),
      get children() {
        return z.array(Node);
      },
    });
    const Trees = defineTable({
      name: "trees",
      schema: z.object({ id: z.string(), root: Node }),
      partitionKey: "id",
    });
    const found = pathsOf(Trees, undefined);
    expect(Math.max(...found.map(({ steps }) => steps.length))).toBe(5);
  });
});
