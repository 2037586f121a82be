import {
  F,
  partitionKey,
  ResourceInUse,
  ResourceNotFound,
  RetryConfig,
  type TableDefinition,
} from "@fieldwise/core";
import { expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

const string = (name: string) => ({ name, type: "S" as const });
const number = (name: string) => ({ name, type: "N" as const });
const minimal: TableDefinition = { partitionKey: string("h") };
const throughput = { readCapacityUnits: 5, writeCapacityUnits: 6 };
const fast = RetryConfig.static({ delay: 20, timeLimit: 10_000 });

describeOnEachServer("tables", ({ client, createTable, uniqueTableName, deviates }) => {
  it("creates, describes and deletes a table, and knows whether it is there", async () => {
    const table = client.table(uniqueTableName());
    expect(await table.exists()).toBe(false);
    const before = Date.now();
    const created = await table.create(
      { partitionKey: string("h"), sortKey: string("r"), billing: throughput },
      { wait: fast },
    );
    expect(await table.exists()).toBe(true);
    const described = await table.describe();
    expect(described).toMatchObject({
      name: table.name,
      arn: expect.stringContaining(table.name) as string,
      status: "ACTIVE",
      partitionKey: string("h"),
      sortKey: string("r"),
      billing: throughput,
      globalSecondaryIndexes: {},
      localSecondaryIndexes: {},
      stream: undefined,
      tableClass: "STANDARD",
      deletionProtection: false,
      itemCount: 0,
      sizeBytes: 0,
    });
    expect(created).toMatchObject({ name: table.name, status: "ACTIVE", billing: throughput });
    expect(Math.abs(described.createdAt!.getTime() - before)).toBeLessThan(60_000);
    await table.put({ h: "h", r: "r" });

    await table.deleteTable({ wait: fast });
    expect(await table.exists()).toBe(false);
    await expect(table.describe()).rejects.toThrow(ResourceNotFound);
    await expect(table.put({ h: "h", r: "r" })).rejects.toThrow(ResourceNotFound);
    await expect(table.deleteTable()).rejects.toThrow(ResourceNotFound);
  });

  it("creates on demand by default, and refuses to create a table twice", async () => {
    const name = uniqueTableName();
    await client.createTable(name, minimal, { wait: fast });
    expect((await client.describeTable(name)).billing).toBe("PAY_PER_REQUEST");
    await expect(client.createTable(name, minimal)).rejects.toThrow(ResourceInUse);
  });

  it("creates indexes of every kind", async () => {
    const name = uniqueTableName();
    const created = await client.createTable(
      name,
      {
        partitionKey: string("h"),
        sortKey: string("r"),
        billing: throughput,
        globalSecondaryIndexes: {
          all: { partitionKey: string("h"), sortKey: number("g") },
          some: {
            partitionKey: { name: "b", type: "B" },
            projection: ["x", "y"],
            throughput: { readCapacityUnits: 1, writeCapacityUnits: 2 },
          },
        },
        localSecondaryIndexes: { local: { sortKey: number("l"), projection: "KEYS_ONLY" } },
      },
      { wait: fast },
    );
    expect(created.globalSecondaryIndexes).toMatchObject({
      all: {
        partitionKey: [string("h")],
        sortKey: [number("g")],
        projection: "ALL",
        status: "ACTIVE",
        throughput,
        itemCount: 0,
      },
      some: {
        partitionKey: [{ name: "b", type: "B" }],
        sortKey: [],
        status: "ACTIVE",
        throughput: { readCapacityUnits: 1, writeCapacityUnits: 2 },
      },
    });
    expect(new Set(created.globalSecondaryIndexes["some"]?.projection)).toEqual(
      new Set(["x", "y"]),
    );
    expect(created.localSecondaryIndexes).toMatchObject({
      local: { partitionKey: [string("h")], sortKey: [number("l")], projection: "KEYS_ONLY" },
    });
  });

  it("creates a stream", async () => {
    const name = await createTable({ ...minimal, stream: "NEW_AND_OLD_IMAGES" });
    const description = await client.describeTable(name);
    expect(description.stream).toBe("NEW_AND_OLD_IMAGES");
    expect(description.streamArn).toContain(name);
    await client.updateTable(name, { stream: false }, { wait: fast });
    expect((await client.describeTable(name)).stream).toBeUndefined();
  });

  deviates(
    { "dynamodb-local": "has no table classes" },
    "creates a table of another class, and changes it",
    async () => {
      const name = await createTable({ ...minimal, tableClass: "STANDARD_INFREQUENT_ACCESS" });
      expect((await client.describeTable(name)).tableClass).toBe("STANDARD_INFREQUENT_ACCESS");
      await client.updateTable(name, { tableClass: "STANDARD" }, { wait: fast });
      expect((await client.describeTable(name)).tableClass).toBe("STANDARD");
    },
  );

  it("protects a table from deletion, until it no longer does", async () => {
    const name = await createTable({ ...minimal, deletionProtection: true });
    expect((await client.describeTable(name)).deletionProtection).toBe(true);
    await expect(client.deleteTable(name)).rejects.toMatchObject({ name: "ValidationError" });
    expect(await client.tableExists(name)).toBe(true);
    await client.updateTable(name, { deletionProtection: false }, { wait: fast });
    await client.deleteTable(name, { wait: fast });
    expect(await client.tableExists(name)).toBe(false);
  });

  it("keeps an upper bound of an on-demand table", async () => {
    const billing = { maxReadRequestUnits: 10, maxWriteRequestUnits: 20 };
    const name = await createTable({ ...minimal, billing });
    expect((await client.describeTable(name)).billing).toEqual(billing);
  });

  it("changes how a table is paid for, and back", async () => {
    const name = await createTable(minimal);
    const provisioned = await client.updateTable(name, { billing: throughput }, { wait: fast });
    expect(provisioned.billing).toEqual(throughput);
    const more = { readCapacityUnits: 7, writeCapacityUnits: 8 };
    expect((await client.updateTable(name, { billing: more }, { wait: fast })).billing).toEqual(
      more,
    );
    const onDemand = await client.updateTable(name, { billing: "PAY_PER_REQUEST" }, { wait: fast });
    expect(onDemand.billing).toBe("PAY_PER_REQUEST");
  });

  it("adds an index that holds what is there already, and deletes it", async () => {
    const name = await createTable(minimal);
    await client.put(name, { h: "a", kind: "x", n: 1 });
    const byKind = { partitionKey: string("kind"), sortKey: number("n") };
    const added = await client.updateTable(name, { createIndexes: { byKind } }, { wait: fast });
    expect(added.globalSecondaryIndexes["byKind"]).toMatchObject({
      status: "ACTIVE",
      partitionKey: [string("kind")],
    });
    const query = client.query(name, partitionKey("kind").eq("x"), { index: "byKind" });
    expect(await query.toArray()).toEqual([{ h: "a", kind: "x", n: 1 }]);
    await client.updateTable(name, { deleteIndexes: ["byKind"] }, { wait: fast });
    await expect
      .poll(async () => (await client.describeTable(name)).globalSecondaryIndexes)
      .toEqual({});
  });

  deviates({ dynoxide: "keeps the old one" }, "changes the throughput of an index", async () => {
    const name = await createTable({
      ...minimal,
      billing: throughput,
      globalSecondaryIndexes: { byKind: { partitionKey: string("kind") } },
    });
    const more = { readCapacityUnits: 7, writeCapacityUnits: 8 };
    const changed = await client.updateTable(
      name,
      { updateIndexes: { byKind: more } },
      { wait: fast },
    );
    expect(changed.globalSecondaryIndexes["byKind"]?.throughput).toEqual(more);
    expect(changed.billing).toEqual(throughput);
  });

  it("lists the names of tables, page by page", async () => {
    const names = await Promise.all([1, 2, 3, 4].map(() => createTable(minimal)));
    const listed: string[] = [];
    for await (const name of client.listTables({ pageSize: 2 })) listed.push(name);
    expect(listed.filter((name) => names.includes(name))).toEqual(names.toSorted());
    expect(new Set(listed).size).toBe(listed.length);
    const whole: string[] = [];
    for await (const name of client.listTables()) whole.push(name);
    expect(whole).toEqual(expect.arrayContaining(names));
  });

  deviates({ "dynamodb-local": "has no tags" }, "tags a table", async () => {
    const table = client.table(await createTable({ ...minimal, tags: { team: "a", env: "test" } }));
    expect(await table.tags()).toEqual({ team: "a", env: "test" });
    await table.tag({ team: "b", cost: "low" });
    await table.untag(["env"]);
    expect(await table.tags()).toEqual({ team: "b", cost: "low" });
    expect(await client.listTags((await table.describe()).arn!)).toEqual({
      team: "b",
      cost: "low",
    });
  });

  it("has every method of the client on a table", async () => {
    const table = client.table(await createTable(minimal));
    await table.put({ h: "a", n: 1 });
    await table.update({ h: "a" }, F("n").increment());
    await table.batchWrite({ put: [{ h: "b", n: 3 }] });
    expect(await table.get({ h: "a" })).toEqual({ h: "a", n: 2 });
    expect((await table.batchGet([{ h: "b" }])).items).toEqual([{ h: "b", n: 3 }]);
    expect(await table.query(partitionKey("h").eq("a")).first()).toEqual({ h: "a", n: 2 });
    expect(await table.count(partitionKey("h").eq("a"))).toBe(1);
    expect(await table.scanCount()).toBe(2);
    expect(await table.scan({ filter: F("n").gt(2) }).toArray()).toEqual([{ h: "b", n: 3 }]);
    await table.delete({ h: "a" });
    expect(await table.scanCount({ consistentRead: true })).toBe(1);
    const changed = await table.updateTable({ deletionProtection: false }, { wait: fast });
    expect(changed.name).toBe(table.name);
  });
});
