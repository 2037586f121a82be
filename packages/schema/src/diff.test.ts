import type { TableDefinition, TableDescription } from "@fieldwise/core";
import { expect, it } from "vitest";
import { compareTable, describeDifferences } from "./diff.ts";

const definition: TableDefinition = { partitionKey: { name: "id", type: "S" } };
const deployed = {
  partitionKey: { name: "id", type: "S" },
  sortKey: undefined,
  globalSecondaryIndexes: {},
  localSecondaryIndexes: {},
  billing: "PAY_PER_REQUEST",
  stream: undefined,
  deletionProtection: false,
} as unknown as TableDescription;
const timeToLive = { status: "DISABLED", attribute: undefined } as const;
const compare = (one: Partial<TableDefinition>, other: object = {}) =>
  compareTable({ ...definition, ...one }, undefined, { ...deployed, ...other }, timeToLive);

it("takes what the schema leaves out for DynamoDB's default", () => {
  expect(compare({})).toEqual([]);
  expect(compare({ billing: "PAY_PER_REQUEST", deletionProtection: false })).toEqual([]);
});

it("takes a maximum that is not set for none, however it is described", () => {
  for (const maxWriteRequestUnits of [undefined, -1]) {
    const described = { maxReadRequestUnits: 5, maxWriteRequestUnits };
    expect(compare({ billing: { maxReadRequestUnits: 5 } }, { billing: described })).toEqual([]);
    const none = { maxReadRequestUnits: -1, maxWriteRequestUnits };
    expect(compare({}, { billing: none })).toEqual([]);
  }
  const billing = { maxReadRequestUnits: 6 };
  expect(compare({ billing: { maxReadRequestUnits: 5 } }, { billing })).toEqual([
    { aspect: "billing", schema: { maxReadRequestUnits: 5 }, deployed: billing },
  ]);
});

it("takes a time to live that is being enabled for one, and one being disabled for none", () => {
  const attribute = "until";
  const ttl = (status: "ENABLING" | "DISABLING", schema?: string) =>
    compareTable(definition, schema, deployed, { status, attribute });
  expect(ttl("ENABLING", "until")).toEqual([]);
  expect(ttl("DISABLING")).toEqual([]);
  expect(ttl("ENABLING", "other")).toEqual([{ aspect: "ttl", schema: "other", deployed: "until" }]);
});

it("finds an index that is global on one side and local on the other", () => {
  const key = { name: "n", type: "N" } as const;
  const index = { partitionKey: [key], sortKey: [], projection: "ALL" };
  const found = compare(
    { localSecondaryIndexes: { byN: { sortKey: key } } },
    { globalSecondaryIndexes: { byN: index } },
  );
  expect(found.map(({ aspect }) => aspect)).toEqual(["indexes.byN", "indexes.byN"]);
});

it("describes differences line by line", () => {
  expect(describeDifferences("t", [])).toBe("Table t is deployed as its schema says.");
  const difference = { aspect: "ttl", schema: undefined, deployed: "until" };
  expect(describeDifferences("t", [difference, { ...difference, schema: "at" }])).toBe(
    'Table t differs from its schema:\n  ttl: the schema says nothing, deployed is "until"\n  ttl: the schema says "at", deployed is "until"',
  );
});
