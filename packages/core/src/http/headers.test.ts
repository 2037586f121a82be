import { expect, test } from "vitest";
import { readHeader } from "./headers.ts";

test.each([
  { "x-amzn-requestid": "1", date: "today" },
  { "X-Amzn-RequestId": "1", Date: "today" },
  { "x-amzn-requestid": ["1", "2"], date: ["today"] },
  ["x-amzn-requestid", "1", "date", "today"],
  ["Date", "today", "X-Amzn-RequestId", "1", "x-amzn-requestid", "2"],
])("a header is found, whatever its case and in whatever form they came (%#)", (headers) => {
  expect(readHeader(headers, "x-amzn-requestid")).toBe("1");
  expect(readHeader(headers, "date")).toBe("today");
  expect(readHeader(headers, "today")).toBeUndefined();
  expect(readHeader(headers, "content-encoding")).toBeUndefined();
});
