import { defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";

/** An item of the mixed workload. Each write of a key has a version that no other write of it has. */
export interface Entry extends EntryKey {
  readonly version: number;
  readonly text: string;
  readonly writtenAt: Date;
  readonly labels: ReadonlySet<string>;
}

/** Where an item stands: one writer has all items of one `owner`. */
export interface EntryKey {
  readonly owner: string;
  readonly slot: number;
}

/** The table of the mixed workload, as the schema package sees it. */
export const entriesTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      owner: z.string(),
      slot: z.int(),
      version: z.int(),
      text: z.string(),
      writtenAt: isoDate(),
      labels: z.set(z.string()).default(() => new Set<string>()),
    }),
    partitionKey: "owner",
    sortKey: "slot",
  });

/** What all workers count on together. `seen` has the last turn of each worker that was counted. */
export const countersTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      id: z.string(),
      count: z.int(),
      version: z.int(),
      seen: z.record(z.string(), z.int()),
    }),
    partitionKey: "id",
  });

/** The same text for entries that are equal. */
export function entryText(entry: Entry | undefined): string {
  if (entry === undefined) return "nothing";
  const { owner, slot, version, text, writtenAt, labels } = entry;
  return JSON.stringify([
    owner,
    slot,
    version,
    text,
    writtenAt.toISOString(),
    [...labels].toSorted(),
  ]);
}
