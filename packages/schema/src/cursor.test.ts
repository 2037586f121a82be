import { NumberValue } from "@fieldwise/core";
import { describe, expect, it } from "vitest";
import { Cursors } from "./cursor.ts";
import { InvalidCursor } from "./errors.ts";

const make = (secret?: string, query: readonly unknown[] = ["Query"], tableName = "t") =>
  new Cursors({ tableName, keyNames: ["id", "n", "n"], query: () => query, secret });
const key = { id: "a", n: NumberValue.from("12345678901234567890.5") };

describe.each([undefined, "secret"])("with the secret %s", (secret) => {
  it("reads the very key that was written", () => {
    const cursors = make(secret);
    expect(cursors.read(cursors.write(key))).toEqual(key);
    const binary = { id: new Uint8Array([0, 255]), n: key.n };
    expect(cursors.read(cursors.write(binary))).toEqual(binary);
    expect(make(secret).read(cursors.write(key))).toEqual(key);
  });

  it("refuses those of other queries and tables", () => {
    const cursor = make(secret).write(key);
    for (const other of [make(secret, ["Query", 1]), make(secret, ["Query"], "u")]) {
      expect(() => other.read(cursor)).toThrow(InvalidCursor);
      expect(() => other.read(cursor)).toThrow(/belongs to another query/);
    }
  });

  it("refuses whatever is changed in the text, or reads the same", () => {
    const cursors = make(secret);
    const cursor = cursors.write(key);
    for (let place = 0; place < cursor.length; place++) {
      const changed = `${cursor.slice(0, place)}~${cursor.slice(place + 1)}`;
      expect(() => cursors.read(changed)).toThrow(InvalidCursor);
    }
    for (const text of ["", ".", "..", cursor.slice(1), `${cursor}.`, `.${cursor}`, `${cursor}.x`])
      expect(() => cursors.read(text)).toThrow(InvalidCursor);
  });

  it("refuses what is no text", () => {
    for (const value of [null, 5, {}, []])
      expect(() => make(secret).read(value as unknown as string)).toThrow(InvalidCursor);
  });
});

it("is as long as it must be, and fits a URL", () => {
  expect(make("secret").write({ id: "é\u0000", n: key.n })).toMatch(/^[\w-]+\.[\w-]{43}$/);
});

it("refuses a key with other attributes, and one without attribute values", () => {
  const cursors = make();
  const forge = (forged: unknown) => {
    const content = Buffer.from(cursors.write(key), "base64url").toString();
    const [fingerprint] = JSON.parse(content) as [string];
    return Buffer.from(JSON.stringify([fingerprint, forged])).toString("base64url");
  };
  const n = { N: "1" };
  expect(cursors.read(forge({ id: { S: "b" }, n }))).toMatchObject({ id: "b" });
  for (const forged of [
    { id: { S: "b" } },
    { id: { S: "b" }, n, x: n },
    { id: { S: "b" }, x: n },
    { id: 1, n },
    { id: { X: 1 }, n },
    [],
    "id",
    null,
  ])
    expect(() => cursors.read(forge(forged))).toThrow(InvalidCursor);
});
