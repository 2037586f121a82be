import * as fc from "fast-check";
import type { AskedText } from "./asked.ts";
import { matching } from "./patterns.ts";
import { definitionOf } from "./zod-schema.ts";

/**
 * Texts of the formats whose pattern does not tell all, or too much for a person to read; `undefined` of any other, and
 * where the schema has a pattern of its own.
 */
export function formatted(asked: AskedText): fc.Arbitrary<string> | undefined {
  return asked.format === undefined ? undefined : formats.get(asked.format)?.(asked);
}

const hexadecimal = fc.constantFrom(..."0123456789abcdef".split(""));
const bytes = fc.uint8Array({ maxLength: 12 });
const base64url = bytes.map((value) => Buffer.from(value).toString("base64url"));

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const domain = fc
  .tuple(label, fc.constantFrom("com", "org", "test"))
  .map((labels) => labels.join("."));

const emails = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9_+-]{0,6}[a-z0-9]$/), domain)
  .map(([name, host]) => `${name}@${host}`);

const hextets = fc.string({ unit: hexadecimal, minLength: 1, maxLength: 4 });
const addresses6 = fc.oneof(
  { withCrossShrink: true },
  fc.constantFrom("::1", "::"),
  fc.array(hextets, { minLength: 8, maxLength: 8 }).map((parts) => parts.join(":")),
);

const durations = fc
  .tuple(fc.nat(99), fc.nat(11), fc.nat(30), fc.nat(23), fc.nat(59))
  .map(([year, month, day, hour, minute]) => `P${year}Y${month}M${day}DT${hour}H${minute}M`);

const formats = new Map<string, (asked: AskedText) => fc.Arbitrary<string> | undefined>([
  ["email", emailsFor],
  ["url", urlsFor],
  ["ipv6", () => addresses6],
  ["cidrv6", () => fc.tuple(addresses6, fc.nat(128)).map((parts) => parts.join("/"))],
  ["base64", () => bytes.map((value) => Buffer.from(value).toString("base64"))],
  ["base64url", () => base64url],
  ["emoji", () => fc.constantFrom("😀", "👍🏽", "🇩🇪", "👩‍🚀", "❤️", "🎉🎉")],
  ["jwt", jwtsFor],
  ["duration", () => durations],
  ["hostname", () => domain],
  ["credit_card", () => cards],
  ["iban", () => accounts],
]);

// A pattern of the schema's own says more than the format.
function emailsFor({ patterns }: AskedText): fc.Arbitrary<string> {
  const others = patterns.flatMap((pattern) => matching(pattern) ?? []);
  return fc.oneof({ withCrossShrink: true }, emails, ...others);
}

function urlsFor({ schema }: AskedText): fc.Arbitrary<string> {
  const { protocol, hostname } = definitionOf(schema) as {
    readonly protocol?: RegExp;
    readonly hostname?: RegExp;
  };
  const scheme = protocol === undefined ? undefined : matching(protocol);
  const host = hostname === undefined ? undefined : matching(hostname);
  const plain = fc
    .tuple(scheme ?? fc.constantFrom("https", "http"), fc.oneof(domain, host ?? domain), label)
    .map(([before, at, path]) => `${before}://${at}/${path}`);
  const more = fc.constantFrom("", "?a=b&c=%C3%A9", "#top", "/x.y/~z?q#", "/%F0%9F%91%8D");
  const odd = fc.tuple(plain, more).map((parts) => parts.join(""));
  return fc.oneof({ withCrossShrink: true }, plain, odd);
}

function jwtsFor({ schema }: AskedText): fc.Arbitrary<string> {
  const { alg = "HS256" } = definitionOf(schema) as { readonly alg?: string };
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return fc
    .tuple(fc.nat(), base64url)
    .map(([subject, signature]) =>
      [encoded({ alg, typ: "JWT" }), encoded({ sub: String(subject) }), signature].join("."),
    );
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(..."0123456789".split("")),
    minLength: length,
    maxLength: length,
  });

// The last digit of a card's number is the sum over the others (Luhn).
const cards = digits(15).map((number) => {
  let sum = 0;
  for (const [index, digit] of number.split("").entries()) {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return `${number}${(10 - (sum % 10)) % 10}`;
});

// The two digits after the country are the remainder by 97, letters counting from 10.
const accounts = fc
  .tuple(fc.constantFrom("DE", "FR", "GB"), digits(18))
  .map(([country, number]) => {
    const letters = country
      .split("")
      .map((letter) => letter.charCodeAt(0) - 55)
      .join("");
    const check = 98n - (BigInt(`${number}${letters}00`) % 97n);
    return `${country}${String(check).padStart(2, "0")}${number}`;
  });
