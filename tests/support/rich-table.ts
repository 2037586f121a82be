import { bytes, decimal, defineTable, epochSeconds, isoDate, jsonString } from "@fieldwise/schema";
import * as z from "zod";

/** A table with attributes of every kind that conditions and updates treat in a way of its own. */
export const richTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      customer: z.string().min(1).max(40),
      number: z.int().min(-1_000_000).max(1_000_000),
      status: z.enum(["placed", "shipped", "delivered"]),
      placedAt: isoDate(),
      expires: epochSeconds().optional(),
      total: z.number().nonnegative().max(10_000),
      weight: z.number().multipleOf(0.5).optional(),
      views: z.int().default(0),
      score: z.number(),
      big: z.bigint(),
      bigger: z.bigint().min(0n).optional(),
      price: decimal(),
      picture: bytes().optional(),
      note: z.string().max(20).nullable(),
      title: z.string().optional(),
      subtitle: z.string().optional(),
      gift: z.boolean(),
      tags: z.set(z.string()),
      counts: z.set(z.int()).optional(),
      days: z.set(isoDate()).default(() => new Set<Date>()),
      pictures: z.set(bytes()).optional(),
      log: z.array(z.string().min(1)),
      dates: z.array(isoDate()).max(4).optional(),
      lines: z.array(
        z.object({
          sku: z.string().min(1),
          quantity: z.int().positive(),
          at: isoDate().optional(),
          options: z.set(z.string()),
        }),
      ),
      pair: z.tuple([z.string(), z.number()]),
      address: z.object({
        city: z.string(),
        zip: z.string().optional(),
        since: isoDate().nullable(),
        floor: z.int().optional(),
        geo: z.object({ lat: z.number().min(-90).max(90), names: z.array(z.string()) }),
      }),
      maybe: z.object({ a: z.number(), b: z.string().optional() }).optional(),
      prices: z.record(z.string(), z.number()),
      limits: z.partialRecord(z.enum(["day", "week"]), z.number()).optional(),
      stock: z.map(z.string(), z.object({ count: z.int(), at: isoDate() })),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), radius: z.number().positive() }),
        z.object({ kind: z.literal("square"), side: z.number().positive(), note: z.string() }),
      ]),
      either: z.union([z.string(), z.number()]).optional(),
      settings: jsonString(z.object({ dark: z.boolean(), sizes: z.array(z.number()) })).optional(),
      range: z
        .object({ from: z.number(), to: z.number() })
        .refine(({ from, to }) => from <= to, "from is behind to")
        .optional(),
      anything: z.any(),
    }),
    partitionKey: "customer",
    sortKey: "number",
    indexes: {
      byStatus: { partitionKey: "status", sortKey: "placedAt" },
      byTitle: { partitionKey: "title", projection: "keys" },
      byTotal: { sortKey: "total" },
    },
  });
