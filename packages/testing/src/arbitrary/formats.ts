import * as fc from "fast-check";
import type { AskedText } from "./asked.ts";

/** Texts of the formats that no pattern tells whole; `undefined` of any other. */
export function formatted(asked: AskedText): fc.Arbitrary<string> | undefined {
  if (asked.format === undefined) return undefined;
  return formats[asked.format]?.(asked);
}

const hexadecimal = [..."0123456789abcdef"];

const uuids = fc.uuid();
const urls = fc.webUrl({ withQueryParameters: true, withFragments: true });

const formats: Readonly<Record<string, (asked: AskedText) => fc.Arbitrary<string>>> = {
  url: () => urls,
  ipv6: () => addresses6,
  cidrv6: () =>
    fc.tuple(addresses6, fc.integer({ min: 0, max: 128 })).map((parts) => parts.join("/")),
  base64: () =>
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("base64")),
  base64url: () => base64url,
  emoji: () => fc.constantFrom("😀", "👍🏽", "🇩🇪", "👩‍🚀", "❤️", "🎉🎉"),
  jwt: () => jwts,
  guid: () => uuids,
  duration: () => durations,
};

const addresses6 = fc
  .array(fc.string({ unit: fc.constantFrom(...hexadecimal), minLength: 1, maxLength: 4 }), {
    minLength: 8,
    maxLength: 8,
  })
  .map((parts) => parts.join(":"));

const base64url = fc
  .uint8Array({ maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"));

const jwts = fc.tuple(fc.nat(), base64url).map(([subject, signature]) => {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded({ sub: String(subject) })}.${signature}`;
});

const durations = fc
  .tuple(fc.nat(99), fc.nat(11), fc.nat(30), fc.nat(23), fc.nat(59))
  .map(
    ([years, months, days, hours, minutes]) => `P${years}Y${months}M${days}DT${hours}H${minutes}M`,
  );
