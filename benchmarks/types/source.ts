const head = `import { Client } from "@fieldwise/core";
import { connect, defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";
`;

/** A program of so many tables, each with about ten attributes, an index, and one of each kind of operation. */
export function programOf(tables: number): string {
  const places = Array.from({ length: tables }, (_, place) => place);
  return `${head}
${places.map(definition).join("\n")}
const db = connect(new Client({ region: "eu-west-1" }), {
${places.map((place) => `  t${place}: T${place},`).join("\n")}
});
${places.map(operations).join("\n")}`;
}

// The attributes' names differ, so that no two tables' types are the same one.
function definition(n: number): string {
  return `const T${n} = defineTable({
  name: "table-${n}",
  schema: z.object({
    owner${n}: z.string(),
    id${n}: z.string(),
    status${n}: z.enum(["placed", "shipped", "delivered"]),
    placedAt${n}: isoDate(),
    total${n}: z.number().nonnegative(),
    address${n}: z.object({ street: z.string(), city: z.string(), zip${n}: z.string().optional() }),
    lines${n}: z.array(z.object({ sku: z.string(), quantity${n}: z.int().positive() })),
    tags${n}: z.set(z.string()).default(() => new Set<string>()),
    paid${n}: z.boolean(),
    note${n}: z.string().optional(),
  }),
  partitionKey: "owner${n}",
  sortKey: "id${n}",
  indexes: {
    byStatus: { partitionKey: "status${n}", sortKey: "placedAt${n}", projection: ["total${n}"] },
  },
});
`;
}

function operations(n: number): string {
  const key = `{ owner${n}: "a", id${n}: "b" }`;
  return `
export async function use${n}() {
  const { F } = T${n};
  const key = ${key};
  const item = {
    ...key,
    status${n}: "placed",
    placedAt${n}: new Date(),
    total${n}: 12,
    address${n}: { street: "High Street 1", city: "Bath" },
    lines${n}: [{ sku: "tea", quantity${n}: 2 }],
    paid${n}: false,
  } as const;
  await db.t${n}.put({ ...item, lines${n}: [...item.lines${n}] }, { condition: F("id${n}").notExists() });
  const read = await db.t${n}.get(key);
  const total: number | undefined = read?.total${n};
  const part = await db.t${n}.getOrThrow(key, { project: [F("total${n}"), F("lines${n}", 0, "sku")] });
  const sku: string | undefined = part.lines${n}[0]?.sku;
  for await (const each of db.t${n}.query(
    { owner${n}: "a", id${n}: { beginsWith: "2026-" } },
    { filter: F("total${n}").gt(10) },
  )) {
    each.placedAt${n}.getTime();
  }
  const placed = await db.t${n}
    .index("byStatus")
    .query({ status${n}: "placed", placedAt${n}: { gte: new Date() } })
    .toArray();
  const first: number | undefined = placed[0]?.total${n};
  const updated = await db.t${n}.update(
    key,
    [
      F("status${n}").set("shipped"),
      F("lines${n}", 0, "quantity${n}").increment(1),
      F("tags${n}").add(new Set(["new"])),
      F("note${n}").remove(),
    ],
    {
      condition: F("status${n}").eq("placed").and(F("address${n}", "city").beginsWith("B")),
      returnValues: "ALL_NEW",
    },
  );
  const batch = await db.batchGet({ t${n}: [key] });
  const found: boolean | undefined = batch.items.t${n}[0]?.paid${n};
  await db.t${n}.batchWrite({ put: [updated], delete: [key] });
  await db.transactWrite((tx) => [
    tx.t${n}.put(updated, { condition: F("id${n}").notExists() }),
    tx.t${n}.update(key, F("total${n}").increment(-1), { condition: F("total${n}").gte(1) }),
  ]);
  const [one, two] = await db.transactGet((tx) => [tx.t${n}.get(key), tx.t${n}.get(key)]);
  return [total, sku, first, found, one?.total${n}, two?.paid${n}];
}
`;
}
