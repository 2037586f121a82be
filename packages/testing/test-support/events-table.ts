import {
  bytes,
  decimal,
  defineTable,
  epochMilliseconds,
  epochSeconds,
  isoDate,
  jsonString,
  sortableNumber,
} from "@fieldwise/schema";
import * as z from "zod";

const tree = z.object({
  label: z.string(),
  get children() {
    return z.array(tree).optional();
  },
});

/** A table with an attribute of nearly every kind. */
export const eventsTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      tenant: z.string().min(3).max(12),
      at: isoDate(),
      kind: z.enum(["created", "changed"]),
      actor: z.discriminatedUnion("type", [
        z.object({ type: z.literal("person"), firstName: z.string(), email: z.email() }),
        z.object({ type: z.literal("machine"), ip: z.ipv4(), key: bytes() }),
      ]),
      price: decimal(),
      score: sortableNumber(),
      count: z
        .bigint()
        .min(0n)
        .max(10n ** 30n),
      details: jsonString(z.object({ since: isoDate(), notes: z.array(z.string()) })),
      nickname: z.string().trim().toLowerCase().min(8).max(20),
      code: z.string().regex(/^[A-Z]{3}-\d{4}$/),
      labels: z.set(z.string().max(10)).optional(),
      numbers: z.set(z.number()).default(() => new Set([1])),
      prices: z.map(z.string(), z.number().multipleOf(0.25)),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      position: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]),
      seen: epochMilliseconds().nullable(),
      expiresAt: epochSeconds(),
      tree,
      anything: z.any(),
      json: z.json(),
    }),
    partitionKey: "tenant",
    sortKey: "at",
    indexes: {
      byKind: { partitionKey: "kind", sortKey: "score" },
      byNickname: { partitionKey: "nickname", sortKey: "expiresAt", projection: "keys" },
    },
    ttl: "expiresAt",
  });
