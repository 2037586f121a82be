import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anItem, attributeValue, damaged, damages } from "../../test-support/wire-arbitrary.ts";
import type { AttributeMap } from "../attribute-value/types.ts";
import { unmarshall } from "../attribute-value/unmarshall.ts";
import { type ItemsMember, readOutputText, UnreadItem } from "./read-output.ts";
import { type TextReader, ValueReader } from "./value-reader.ts";

const values = new ValueReader();
const readItem: TextReader = (cursor) => values.readItem(cursor);

/** What comes of a body by its text; `undefined` where it is left to JSON.parse. */
function fromText(body: Buffer, member: ItemsMember, pieceSize?: number): unknown {
  const output = readOutputText(body, member, () => readItem, pieceSize);
  return (
    output &&
    finished(output, member, (item) =>
      item instanceof UnreadItem ? unmarshall(item.wire as AttributeMap) : item,
    )
  );
}

/** What comes of a body by JSON.parse and `unmarshall`. */
function fromJson(body: Buffer, member: ItemsMember): unknown {
  const output = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  return finished(output, member, (item) => unmarshall(item as AttributeMap));
}

function finished(
  output: Record<string, unknown>,
  member: ItemsMember,
  read: (item: unknown) => unknown,
): unknown {
  const items = output[member];
  if (items === undefined) return output;
  return { ...output, [member]: member === "Items" ? (items as unknown[]).map(read) : read(items) };
}

function attempt(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch {
    return "an error";
  }
}

const outputs = fc.oneof(
  fc.record(
    { Items: fc.array(anItem), Count: fc.nat(), LastEvaluatedKey: anItem },
    { requiredKeys: [] },
  ),
  fc.record({
    ConsumedCapacity: fc.json().map((json) => JSON.parse(json) as unknown),
    Items: fc.array(anItem),
  }),
  fc.record({ Item: anItem, other: fc.jsonValue() }, { requiredKeys: [] }),
  fc.record(
    { Item: attributeValue, Items: attributeValue, "": fc.jsonValue() },
    { requiredKeys: [] },
  ),
);
const member = fc.constantFrom<ItemsMember>("Item", "Items", "Attributes");
// More of them by RUNS, for whoever changes how answers are read.
const runs = Number(process.env["RUNS"] ?? 1_500);
const pieceSizes = fc.oneof(fc.constant(undefined), fc.integer({ min: 40, max: 300 }));

describe("an output's text is read as JSON.parse and unmarshall read it", () => {
  test("whatever it holds", () => {
    fc.assert(
      fc.property(outputs, member, pieceSizes, (output, items, pieceSize) => {
        const body = Buffer.from(JSON.stringify(output));
        const read = attempt(() => fromText(body, items, pieceSize));
        if ((read as { value?: unknown }).value === undefined && read !== "an error") return;
        assert.deepEqual(
          read,
          attempt(() => fromJson(body, items)),
        );
      }),
      { numRuns: runs },
    );
  });

  test("however it was damaged", () => {
    fc.assert(
      fc.property(outputs, damages, member, pieceSizes, (output, changes, items, pieceSize) => {
        const body = damaged(Buffer.from(JSON.stringify(output)), changes);
        const read = attempt(() => fromText(body, items, pieceSize));
        if ((read as { value?: unknown }).value === undefined && read !== "an error") return;
        assert.deepEqual(
          read,
          attempt(() => fromJson(body, items)),
        );
      }),
      { numRuns: runs },
    );
  });

  test("cut off at every byte, and in pieces of every size", () => {
    const output = {
      Count: 2,
      Items: [
        { id: { S: 'é 😀 \\ "' }, n: { N: "-12.50" }, list: { L: [{ M: { a: { BOOL: true } } }] } },
        {
          id: { S: "b" },
          n: { N: "3" },
          tags: { SS: ["x", "y"] },
          bytes: { B: "AAEC" },
          no: { NULL: true },
        },
      ],
      LastEvaluatedKey: { id: { S: "b" } },
    };
    const whole = Buffer.from(JSON.stringify(output));
    for (let size = 64; size <= whole.length; size++) {
      expect(fromText(whole, "Items", size)).toStrictEqual(fromJson(whole, "Items"));
    }
    for (let length = 0; length < whole.length; length++) {
      expect(fromText(whole.subarray(0, length), "Items", 40)).toBeUndefined();
    }
  });
});

test("an ordinary page is read to the end as text", () => {
  const items = Array.from({ length: 500 }, (_, n) => ({
    id: { S: `item ${n}, of some length` },
    n: { N: String(n / 4) },
    nested: { M: { a: { L: [{ S: "ö" }] } } },
  }));
  const body = Buffer.from(JSON.stringify({ Items: items, Count: 500, ScannedCount: 500 }));
  expect(fromText(body, "Items")).toStrictEqual(fromJson(body, "Items"));
});

test("an item that is not as it should be comes as it stands, and all others are read", () => {
  const body = Buffer.from(
    '{"Items":[{"a":{"S":"x"}},{"a":{"N":"9007199254740993"}},{"a":{"S":"y"}}]}',
  );
  expect(readOutputText(body, "Items", () => readItem)).toEqual({
    Items: [{ a: "x" }, new UnreadItem({ a: { N: "9007199254740993" } }), { a: "y" }],
  });
});

test("what a reader throws leaves the item to be read another way", () => {
  const body = Buffer.from('{"Item":{"a":{"S":"x"}}}');
  const read = readOutputText(body, "Item", () => () => {
    throw new TypeError("a codec failed");
  });
  expect(read).toEqual({ Item: new UnreadItem({ a: { S: "x" } }) });
});
