import { crc32 as crc32OfZlib } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { crc32, slowCrc32 } from "./crc32.ts";

test("the checksum is zlib's, whoever reckons it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const expected = crc32OfZlib(bytes);
      expect(slowCrc32(bytes)).toBe(expected);
      expect(crc32(bytes)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test("a long answer's is, too", () => {
  const bytes = Buffer.alloc(1_000_000, "DynamoDB");
  expect(crc32(bytes)).toBe(crc32OfZlib(bytes));
});
