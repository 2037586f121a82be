import { type AttributePath, marshall, TextCursor } from "@fieldwise/core";
import * as z from "zod";
import { describe, expect, it, vi } from "vitest";
import { type DefinedTable, defineTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import { isoDate } from "./index.ts";
import { itemReading, noting, projectionDecoder, readerOf } from "./reading.ts";
import type { TableTypes } from "./types/table-types.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    at: isoDate().optional(),
    tags: z.set(z.string()),
    kind: z.discriminatedUnion("k", [
      z.object({ k: z.literal("n"), v: z.number() }),
      z.object({ k: z.literal("d"), v: isoDate() }),
    ]),
  }),
  partitionKey: "id",
});
const { F } = Things;
const table = Things as unknown as DefinedTable<TableTypes>;
const at = "1970-01-01T00:00:00.000Z";
const wire = marshall({ id: "a", at, kind: { k: "d", v: at } });
const misfit = marshall({ id: "a", at: "never", kind: { k: "n", v: 1 } });

it("asks for the discriminators that a projection needs", () => {
  const { projection, decode } = itemReading(table, "Query", { project: [F("kind", "v")] });
  const asked = projection?.map((path) => (path as AttributePath).debug());
  expect(new Set(asked)).toEqual(new Set(["kind.v", "kind.k"]));
  expect(decode(marshall({ kind: { k: "d", v: at } }))).toEqual({ kind: { v: new Date(0) } });
  expect(itemReading(table, "Query", {}).projection).toBeUndefined();
});

it("compiles a projection once", () => {
  const paths = () => [["id"], ["kind", "v"]];
  expect(projectionDecoder(table.codec, paths())).toBe(projectionDecoder(table.codec, paths()));
  expect(projectionDecoder(table.codec, [["id"]])).not.toBe(
    projectionDecoder(table.codec, paths()),
  );
});

it("keeps a limited number of compiled projections", () => {
  const first = projectionDecoder(table.codec, [["id"]]);
  expect(projectionDecoder(table.codec, [["id"]])).toBe(first);
  const subsets = Array.from({ length: 201 }, (_, n) => [
    ["id"],
    ...Array.from({ length: n }, () => ["at"]),
  ]);
  for (const paths of subsets) projectionDecoder(table.codec, paths);
  expect(projectionDecoder(table.codec, [["id"]])).not.toBe(first);
});

describe("what does not fit", () => {
  it("throws by default, is left out, or is a function's to decide", () => {
    const read = (onInvalid?: never) => itemReading(table, "Scan", { onInvalid }).decode(misfit);
    expect(() => read()).toThrow(InvalidItem);
    expect(() => read()).toThrow("An item that Scan read does not fit the schema of table things");
    expect(read("skip" as never)).toBeUndefined();
    const decide = vi.fn<() => object>(() => ({ mended: true }));
    expect(read(decide as never)).toEqual({ mended: true });
    const issues = [expect.objectContaining({ path: ["at"] }) as unknown];
    const raw = { id: "a", at: "never", kind: { k: "n", v: 1 } };
    expect(decide.mock.calls).toEqual([[raw, issues, { tableName: "things", operation: "Scan" }]]);
  });

  it("is told by its key, as far as it was read", () => {
    const failure = (settings: object, stored = misfit): unknown => {
      try {
        return itemReading(table, "Scan", settings).decode(stored);
      } catch (error) {
        return (error as InvalidItem).key;
      }
    };
    expect(failure({})).toEqual({ id: "a" });
    expect(failure({ project: [F("id"), F("at")] })).toEqual({ id: "a" });
    expect(failure({ project: [F("at")] }, marshall({ at: "never" }))).toBeUndefined();
    const damaged = { id: { S: "a" }, at: { S: 5 } } as never;
    expect(failure({ validate: false }, damaged)).toEqual({ id: "a" });
  });

  it("comes as it is without validation, and only what was asked for", () => {
    const stored = { id: "a", at: "never", tags: new Set(), kind: { k: "n", v: 1 } };
    expect(itemReading(table, "Scan", { validate: false }).decode(misfit)).toEqual(stored);
    const part = { validate: false, project: [F("at")] };
    const { decode, projection } = itemReading(table, "Scan", part);
    expect(decode(marshall({ at: "never" }))).toEqual({ at: "never" });
    expect(projection).toEqual(part.project);
  });

  it("is read from text without validation, with nothing for what is missing", () => {
    const project = [F("at"), F("tags"), F("kind")];
    const { decode, text } = itemReading(table, "Scan", { validate: false, project });
    for (const part of [
      {},
      { at: { S: "never" }, other: { N: "1" } },
      { tags: { SS: ["a"] }, kind: { M: { k: { S: "n" } } } },
    ] as const) {
      const read = text?.(new TextCursor(Buffer.from(JSON.stringify(part))));
      expect(read).toStrictEqual(decode(part));
    }
  });
});

it("notes that an item came back, also where it can't be read", () => {
  const { decode } = itemReading(table, "PutItem", {});
  const old = noting(readerOf({ decode, text: undefined }));
  expect(old.found()).toBe(false);
  expect(() => old.reader.item(misfit)).toThrow(InvalidItem);
  expect(old.found()).toBe(true);
  expect(old.reader.item(wire)).toMatchObject({ at: new Date(0) });
});
