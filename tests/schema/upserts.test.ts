import { connect, defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

const tableOf = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      id: z.string(),
      text: z.string().optional(),
      count: z.number().optional(),
      at: isoDate().optional(),
      tags: z.set(z.string()).default(() => new Set<string>()),
      dates: z.set(isoDate()).optional(),
    }),
    partitionKey: "id",
  });

const noon = new Date("2026-11-22T12:00:00Z");
const iso = "2026-11-22T12:00:00.000Z";

describeOnEachServer("upserts", ({ client, uniqueTableName }) => {
  const Things = tableOf(uniqueTableName());
  const { things } = connect(client, { things: Things });
  const { F } = Things;

  beforeAll(async () => {
    await things.table.create({ wait: true });
  });

  it("makes an item, and gives one that is there all its values", async () => {
    const id = "upserted";
    await things.upsert({ id, text: "ab", at: noon });
    expect(await things.get({ id })).toEqual({ id, text: "ab", at: noon, tags: new Set() });
    const options = { returnValues: "ALL_NEW" } as const;
    const after = await things.upsert({ id, text: "cd", tags: new Set(["a"]) }, options);
    expect(after).toEqual({ id, text: "cd", at: noon, tags: new Set(["a"]) });
  });

  it("takes a set away that is empty in the new item", async () => {
    const id = "emptied";
    const before = { id, count: 1, tags: new Set(["a"]), dates: new Set([noon]) };
    await things.put(before);
    await things.upsert({ id, count: 2, tags: new Set<string>() });
    expect(await client.get(Things.name, { id })).toEqual({
      id,
      count: 2,
      dates: new Set([iso]),
    });
    await things.put(before);
    await things.upsert({ id, count: 2 });
    expect((await things.get({ id }))?.tags).toEqual(new Set());
    await things.upsert({ id, dates: new Set<Date>() });
    expect(await things.get({ id })).toEqual({ id, count: 2, tags: new Set() });
  });

  it("holds its condition", async () => {
    await things.upsert({ id: "held", text: "ab" });
    const condition = F("text").ne("ab");
    const attempt = things.upsert({ id: "held", text: "cd" }, { condition });
    await expect(attempt).rejects.toMatchObject({ name: "ConditionalCheckFailed" });
  });
});
