import { AttributeValueError, F, NumberValue } from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

describeOnEachServer("items", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  const everything = {
    string: "text",
    unicode: 'é 漢字 😀 \u0000 "quoted" \\',
    emptyString: "",
    number: 123,
    fraction: -1.5e-7,
    zero: 0,
    largest: Number.MAX_SAFE_INTEGER,
    binary: bytes(0, 1, 255),
    emptyBinary: bytes(),
    yes: true,
    no: false,
    nothing: null,
    strings: new Set(["b", "a", ""]),
    numbers: new Set([1, 2.5, -3]),
    binaries: new Set([bytes(1), bytes(2, 3)]),
    list: ["hello", 1, null, [true, []], { deep: bytes(7) }],
    emptyList: [],
    map: { foo: "bar", nested: { list: [{ a: 1 }] } },
    emptyMap: {},
  };

  it.each([false, true])(
    "stores and reads every type, consistentRead %s",
    async (consistentRead) => {
      const key = { id: `everything-${consistentRead}` };
      expect(await client.put(table, { ...key, ...everything })).toBeUndefined();
      expect(await client.get(table, key, { consistentRead })).toEqual({ ...key, ...everything });
    },
  );

  it("finds nothing where there is nothing, and leaves out what is undefined", async () => {
    expect(await client.get(table, { id: "absent" })).toBeUndefined();
    await client.put(table, { id: "sparse", a: undefined, m: { b: undefined, c: 1 } });
    expect(await client.get(table, { id: "sparse" })).toEqual({ id: "sparse", m: { c: 1 } });
  });

  it("replaces the whole item", async () => {
    await client.put(table, { id: "replaced", a: 1 });
    await client.put(table, { id: "replaced", b: 2 });
    expect(await client.get(table, { id: "replaced" })).toEqual({ id: "replaced", b: 2 });
  });

  it("projects top-level attributes, list elements and nested members", async () => {
    const key = { id: "projected" };
    await client.put(table, {
      ...key,
      "string-key": "this is a string",
      "list-key": ["hello", "world", "!"],
      map: { a: { b: 1, c: 2 }, d: 3 },
      other: 1,
    });
    const project = (...projection: Parameters<typeof projected>) => projected(...projection);
    const projected = async (...projection: (ReturnType<typeof F> | string)[]) =>
      client.get(table, key, { projection });
    expect(await project(F("string-key"), F("list-key", 1))).toEqual({
      "string-key": "this is a string",
      "list-key": ["world"],
    });
    expect(await project("string-key")).toEqual({ "string-key": "this is a string" });
    expect(await project(F("map", "a", "b"), F("map", "d"))).toEqual({
      map: { a: { b: 1 }, d: 3 },
    });
    expect(await project(F("list-key", 0), F("list-key", 2))).toEqual({
      "list-key": ["hello", "!"],
    });
    expect(await project(F("absent"), F("other", "no", 3))).toEqual({});
  });

  const names = [
    "a.b",
    "a-b",
    "a b",
    "name",
    "SIZE",
    "#n0",
    ":v0",
    "0",
    "名前",
    "😀",
    'quo"te',
    "a[0]",
    "constructor",
    "toString",
    "__proto__",
  ];
  it.each(names)("takes %j as a name of an attribute and of a member", async (name) => {
    const key = { id: `name ${name}` };
    const item = JSON.parse(
      `{"id":${JSON.stringify(key.id)},${JSON.stringify(name)}:{${JSON.stringify(name)}:1,"x":2},"y":3}`,
    ) as Record<string, never>;
    await client.put(table, item);
    const read = await client.get(table, key);
    expect(new Map(Object.entries(read ?? {}))).toEqual(new Map(Object.entries(item)));
    const own = await client.get(table, key, { projection: [F(name, name)] });
    expect(Object.keys(own ?? {})).toEqual([name]);
    expect(Object.entries(Object.getOwnPropertyDescriptor(own, name)?.value as object)).toEqual([
      [name, 1],
    ]);
    await client.update(table, key, F(name, name).set(5), {
      condition: F(name, name).eq(1).and(F(name, "x").exists()),
    });
    expect(JSON.stringify(await client.get(table, key, { projection: [F(name, name)] }))).toBe(
      `{${JSON.stringify(name)}:{${JSON.stringify(name)}:5}}`,
    );
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("returns the old item from put and delete where asked", async () => {
    const first = { id: "returned", v: 1 };
    expect(await client.put(table, first, { returnValues: "ALL_OLD" })).toBeUndefined();
    expect(await client.put(table, { id: "returned", v: 2 }, { returnValues: "ALL_OLD" })).toEqual(
      first,
    );
    expect(
      await client.put(table, { id: "returned", v: 3 }, { returnValues: "NONE" }),
    ).toBeUndefined();
    expect(await client.delete(table, { id: "returned" }, { returnValues: "ALL_OLD" })).toEqual({
      id: "returned",
      v: 3,
    });
    expect(await client.get(table, { id: "returned" })).toBeUndefined();
    expect(
      await client.delete(table, { id: "returned" }, { returnValues: "ALL_OLD" }),
    ).toBeUndefined();
  });

  it("reads numbers as asked, and never rounds an integer", async () => {
    const key = { id: "numbers" };
    const big = 12345678901234567890123456789012345678n;
    await client.put(table, { ...key, big, list: [1, { big }] });
    expect(await newClient({ numbers: "bigint" }).get(table, key)).toEqual({
      ...key,
      big,
      list: [1n, { big }],
    });
    expect(await newClient({ numbers: "string" }).get(table, key)).toEqual({
      ...key,
      big: String(big),
      list: ["1", { big: String(big) }],
    });
    const doubled = await newClient({ numbers: (text) => `${text}${text}` }).get(table, key, {
      projection: [F("list", 0)],
    });
    expect(doubled).toEqual({ list: ["11"] });
    const unsafe = client.get(table, key, { projection: [F("list", 1)] });
    await expect(unsafe).rejects.toBeInstanceOf(AttributeValueError);
    await expect(unsafe).rejects.toMatchObject({
      path: "list[0].big",
      message: expect.stringContaining(`GetItem on table ${table}`),
    });
  });

  it("keeps 38 digits of a decimal, and the extremes of DynamoDB's range", async () => {
    const key = { id: "decimals" };
    const texts = ["0.1234567890123456789012345678901234567", "9.9e125", "-1e-130", "100"];
    await client.put(table, { ...key, n: texts.map(NumberValue.from) });
    const read = await newClient({ numbers: NumberValue.from }).get(table, key);
    const found = (read?.["n"] ?? []) as NumberValue[];
    expect(found.map((number, index) => number.equals(NumberValue.from(texts[index]!)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("reads a fraction as bigint not at all", async () => {
    const key = { id: "fraction" };
    await client.put(table, { ...key, n: 0.5 });
    await expect(newClient({ numbers: "bigint" }).get(table, key)).rejects.toMatchObject({
      name: "AttributeValueError",
      path: "n",
    });
  });

  it("takes numbers and binary as keys", async () => {
    const byNumber = await createTable({
      partitionKey: { name: "n", type: "N" },
      sortKey: { name: "b", type: "B" },
    });
    const one = { n: -1.5, b: bytes(1, 2) };
    const other = { n: 10n ** 30n, b: bytes(0) };
    await client.put(byNumber, { ...one, v: "one" });
    await client.put(byNumber, { ...other, v: "other" });
    expect(await client.get(byNumber, one)).toEqual({ ...one, v: "one" });
    expect(
      await newClient({ numbers: "bigint" }).get(byNumber, { ...other, b: Buffer.from([0]) }),
    ).toEqual({ ...other, v: "other" });
    await client.delete(byNumber, one);
    expect(await client.get(byNumber, one)).toBeUndefined();
  });

  it("stores values as deep as AWS documents", async () => {
    let deep: unknown = "bottom";
    for (let level = 1; level < 32; level++) deep = level % 2 === 0 ? [deep] : { m: deep };
    await client.put(table, { id: "deep", deep: deep as never });
    expect(await client.get(table, { id: "deep" })).toEqual({ id: "deep", deep });
    const steps = Array.from({ length: 31 }, (_, index) => (index % 2 === 0 ? "m" : 0));
    const path = F("deep", ...steps);
    await client.update(table, { id: "deep" }, path.set("changed"), {
      condition: path.eq("bottom"),
    });
    expect(JSON.stringify(await client.get(table, { id: "deep" }))).toContain("changed");
  });

  deviates(
    { dynoxide: "reads an attribute path of any length" },
    "refuses a path that is deeper than any value",
    async () => {
      const path = ["a", ...Array.from({ length: 32 }, () => "b")].join(".");
      await expect(
        client.send("GetItem", {
          TableName: table,
          Key: { id: { S: "deep" } },
          ProjectionExpression: path,
        }),
      ).rejects.toMatchObject({ wireName: "ValidationException" });
    },
  );

  it("tells of the operation, its request and what it consumed", async () => {
    const seen: unknown[] = [];
    await client.put(
      table,
      { id: "metered" },
      { returnConsumedCapacity: "TOTAL", onResponse: (metadata) => seen.push(metadata) },
    );
    expect(seen).toEqual([
      expect.objectContaining({
        operation: "PutItem",
        tableName: table,
        attempts: 1,
        requestId: expect.any(String) as string,
        consumedCapacity: [expect.objectContaining({ tableName: table, capacityUnits: 1 })],
      }),
    ]);
  });
});
