import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { plainStyle } from "./style.ts";
import { valuesOf } from "./values.ts";

const place = { tableName: "orders", path: ["text"] };

function drawn(schema: z.ZodType): readonly unknown[] {
  return fc.sample(valuesOf(schema, { style: plainStyle, place }), { seed: 11, numRuns: 60 });
}

test.each<[string, z.ZodType]>([
  ["email", z.email()],
  ["email by HTML5", z.email({ pattern: z.regexes.html5Email })],
  ["email by RFC 5322", z.email({ pattern: z.regexes.rfc5322Email })],
  ["email of any letters", z.email({ pattern: z.regexes.unicodeEmail })],
  ["guid", z.guid()],
  ["uuid", z.uuid()],
  ["uuid v4", z.uuidv4()],
  ["uuid v7", z.uuidv7()],
  ["url", z.url()],
  ["url, normalized", z.url({ normalize: true })],
  ["url of a host", z.url({ hostname: /^example\.com$/ })],
  ["url of a protocol", z.url({ protocol: /^s3$/, hostname: /^[a-z]{3,10}$/ })],
  ["httpUrl", z.httpUrl()],
  ["emoji", z.emoji()],
  ["nanoid", z.nanoid()],
  ["cuid", z.cuid()],
  ["cuid2", z.cuid2()],
  ["ulid", z.ulid()],
  ["xid", z.xid()],
  ["ksuid", z.ksuid()],
  ["ipv4", z.ipv4()],
  ["ipv6", z.ipv6()],
  ["mac", z.mac()],
  ["mac with hyphens", z.mac({ delimiter: "-" })],
  ["cidrv4", z.cidrv4()],
  ["cidrv6", z.cidrv6()],
  ["base64", z.base64()],
  ["base64url", z.base64url()],
  ["e164", z.e164()],
  ["credit card", z.creditCard()],
  ["iban", z.iban()],
  ["jwt", z.jwt()],
  ["jwt by ES256", z.jwt({ alg: "ES256" })],
  ["hostname", z.hostname()],
  ["hex", z.hex()],
  ["currency", z.currencyCode()],
  ["hash", z.hash("sha256")],
  ["hash in base64url", z.hash("sha1", { enc: "base64url" })],
  ["format of one's own, a pattern", z.stringFormat("sku", /^[A-Z]{2}-\d{3}$/)],
  ["format of one's own, a function", z.stringFormat("short", (text) => text.length < 4)],
  ["ISO date", z.iso.date()],
  ["ISO time", z.iso.time()],
  ["ISO time to the minute", z.iso.time({ precision: -1 })],
  ["ISO datetime", z.iso.datetime()],
  ["ISO datetime with offset", z.iso.datetime({ offset: true, precision: 3 })],
  ["ISO datetime, local", z.iso.datetime({ local: true })],
  ["ISO duration", z.iso.duration()],
  ["min", z.string().min(40)],
  ["max", z.string().max(2)],
  ["length", z.string().length(7)],
  [
    "length and pattern",
    z
      .string()
      .regex(/^[a-z0-9]*$/)
      .length(30),
  ],
  ["pattern and max", z.string().regex(/^\w+$/).max(3)],
  ["startsWith", z.string().startsWith("user#")],
  ["all three", z.string().startsWith("a").includes("--").endsWith("z").max(12)],
  [
    "startsWith and pattern",
    z
      .string()
      .regex(/^[a-z]+-\d+$/)
      .startsWith("ab"),
  ],
  ["lowercase", z.string().lowercase()],
  ["uppercase", z.string().uppercase().min(3)],
  ["trim", z.string().trim().min(1)],
  ["toLowerCase", z.string().toLowerCase()],
  ["toUpperCase", z.string().toUpperCase().max(5)],
  ["normalize", z.string().normalize("NFC")],
  ["email in lower case", z.email().toLowerCase()],
  [
    "two patterns",
    z
      .string()
      .regex(/^[a-f]+/)
      .regex(/\d$/),
  ],
  ["password", z.string().regex(/^(?=.*\d)(?=.*[a-z])(?!.*x)[a-z\d]{4,10}$/)],
  ["word boundary", z.string().regex(/^\bword\b \w+$/)],
  ["any case", z.string().regex(/^ab?c+$/i)],
  ["letters of Unicode", z.string().regex(/^\p{Lu}\p{Ll}+$/u)],
  ["no ASCII", z.string().regex(/^[^\p{ASCII}]+$/u)],
  ["no ASCII in a group", z.string().regex(/^(?:[^ -~]|ab){2}$/)],
  ["not anchored", z.string().regex(/\d{3}/)],
  ["alternatives", z.string().regex(/^(?:cat|dog|(?<wild>wolf))s?$/)],
])("%s", (_, schema) => {
  const values = drawn(schema);
  for (const value of values) expect(z.encode(schema, value)).toBe(value);
  expect(values.every((value) => (value as string).isWellFormed())).toBe(true);
});

test("texts shrink to small ones", () => {
  const smallest = (schema: z.ZodType): unknown =>
    fc.check(
      fc.property(valuesOf(schema, { style: plainStyle, place }), () => false),
      { seed: 5 },
    ).counterexample?.[0];
  expect(smallest(z.string())).toBe("");
  expect(smallest(z.string().min(3))).toHaveLength(3);
  expect(smallest(z.email())).toMatch(/^[a-z]{2}@[a-z]\.com$/);
  expect(smallest(z.string().startsWith("user#"))).toBe("user#");
  expect(smallest(z.string().trim())).toBe("");
});
