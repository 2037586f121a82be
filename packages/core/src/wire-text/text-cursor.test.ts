import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { attributeValue, damaged, damages } from "../../test-support/wire-arbitrary.ts";
import { TextCursor } from "./text-cursor.ts";

/** Where a cursor stands behind a value; `undefined` where it doesn't understand it. */
function end(bytes: Buffer, step: "drop" | "json"): number | undefined {
  const cursor = new TextCursor(bytes);
  try {
    cursor[step]();
    return cursor.at;
  } catch {
    return undefined;
  }
}

test.each([
  '"a"',
  '"a',
  '"\\"a\\u00e9"',
  '"a\\x"',
  '"a\nb"',
  "true",
  "tru",
  "fals3",
  "null",
  "-1.5e3",
  "01",
  "{}",
  "[]",
  "[1,]",
  "[,1]",
  '{"a":}',
  '{"a" :1}',
  '{"a":"b"',
  '["a"}',
  '{"a":["b",{"c":true}]}',
  '{"a":["b",{"c":tru}]}',
  "[".repeat(200) + "]".repeat(200),
  "",
])("drops what JSON.parse takes: %s", (text) => {
  const bytes = Buffer.from(text);
  expect(end(bytes, "drop")).toBe(end(bytes, "json"));
});

test("drops attribute values whole, and no damaged ones", () => {
  fc.assert(
    fc.property(attributeValue, damages, (value, how) => {
      const bytes = Buffer.from(JSON.stringify(value));
      expect(end(bytes, "drop")).toBe(bytes.length);
      const broken = damaged(bytes, how);
      expect(end(broken, "drop")).toBe(end(broken, "json"));
    }),
  );
});

test("makes nothing of what it drops", () => {
  const cursor = new TextCursor(Buffer.from('{"M":{"é":{"L":[{"S":"b"},{"BOOL":false}]}}}'));
  const json = vi.spyOn(cursor, "json");
  cursor.drop();
  expect(cursor.at).toBe(cursor.bytes.length);
  expect(json).not.toHaveBeenCalled();
});
