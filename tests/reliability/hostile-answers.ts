import * as fc from "fast-check";
import { crc32, gzipSync } from "node:zlib";

type Headers = Readonly<Record<string, string>>;

/** What a hostile server sends. `render` makes it, for a request of these headers. */
export interface HostileAnswer {
  readonly statusCode: number;
  /** What it is, for a counter-example to be read. */
  readonly what: string;
  render(sent: Headers): { readonly headers: Headers; readonly body: Buffer };
}

// What no JSON writer writes is written in by its mark.
const marks: Readonly<Record<string, (sent: Headers) => string>> = {
  '"@deep list@"': () => `${'{"L":['.repeat(10_000)}${"]}".repeat(10_000)}`,
  '"@deep map@"': () => `${'{"M":{"a":'.repeat(10_000)}{"S":"x"}${"}}".repeat(10_000)}`,
  '"@deep json@"': () => `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  '"@NaN@"': () => "NaN",
  '"@huge@"': () => "1e999",
  '"@digits@"': () => "9".repeat(1_000),
  "@long@": () => "x".repeat(200_000),
  "@authorization@": (sent) => sent["authorization"] ?? "",
  "@token@": (sent) => sent["x-amz-security-token"] ?? "",
  "@bytes@": () => "\uFFFD",
};

const own = (text: string): unknown => JSON.parse(text);

/** JSON that stands where something else should. */
const wrongValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  "",
  "text",
  [],
  {},
  [[]],
  [null],
  [{}],
  [5],
  "@deep list@",
  "@deep map@",
  "@deep json@",
  "@NaN@",
  "@huge@",
  "@digits@",
  "@long@",
  "@bytes@",
  "@authorization@",
  "@token@",
  "toString",
  "constructor",
  "__proto__",
  "\u0000",
  "\uD800",
  own('{"__proto__":{"polluted":true}}'),
  own('{"__proto__":{"S":"x"},"constructor":{"M":{"prototype":{"M":{"polluted":{"S":"x"}}}}}}'),
  { toString: { S: "x" }, valueOf: { N: "1" }, hasOwnProperty: { BOOL: true }, length: { N: "9" } },
  own('{"then":{"S":"x"}}'),
  { S: 5 },
  { S: null },
  { N: 5 },
  { N: "" },
  { N: "NaN" },
  { N: "Infinity" },
  { N: "-0" },
  { N: "9".repeat(1_000) },
  { N: "1e999999" },
  { N: "1E-999999" },
  { N: "@token@" },
  { B: "!?*" },
  { B: 5 },
  { SS: [] },
  { SS: "x" },
  { SS: [5] },
  { NS: ["x"] },
  { NS: [null] },
  { BS: ["!"] },
  { BS: {} },
  { L: {} },
  { L: [null, 5] },
  { M: [] },
  { M: null },
  { NULL: 0 },
  { X: "x" },
  { s: "x" },
  { S: "x", N: "1" },
  { S: "@long@" },
  { S: "@deep json@" },
  { Keys: 5 },
  { Keys: [{ id: { S: "never sent" } }] },
  [{ PutRequest: { Item: { id: { S: "never sent" } } } }],
  [{ DeleteRequest: { Key: { customerId: 5 } } }],
];

const names = ["__proto__", "constructor", "toString", "Item", "LastEvaluatedKey", "M", "@long@"];

/** A change somewhere in the JSON of a right answer. */
interface Mutation {
  readonly place: number;
  readonly kind: "replace" | "remove" | "add" | "repeat";
  readonly value: unknown;
  readonly name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat({ max: 200 }),
  kind: fc.constantFrom("replace", "replace", "replace", "remove", "add", "repeat"),
  value: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...wrongValues) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  ),
  name: fc.constantFrom(...names),
});

function mutate(json: unknown, { place, kind, value, name }: Mutation): unknown {
  const copy: unknown = structuredClone(json);
  const places: (readonly [parent: Record<string, unknown>, name: string])[] = [];
  const visit = (parent: unknown): void => {
    if (typeof parent !== "object" || parent === null) return;
    for (const key of Object.keys(parent)) {
      places.push([parent as Record<string, unknown>, key]);
      visit((parent as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  if (places.length === 0) return kind === "replace" ? value : copy;
  const [parent, key] = places[place % places.length] as (typeof places)[number];
  const put = (to: object, at: string, member: unknown): void =>
    void Object.defineProperty(to, at, {
      value: member,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (kind === "replace") put(parent, key, value);
  else if (kind === "add") put(Array.isArray(parent) ? (copy as object) : parent, name, value);
  else if (kind === "repeat" && Array.isArray(parent)) parent.push(value, parent[0]);
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}

function write(json: unknown): string {
  return JSON.stringify(json) ?? "undefined";
}

function renderText(text: string, sent: Headers): Buffer {
  let result = text;
  for (const [mark, make] of Object.entries(marks))
    result = result.replaceAll(mark, () => make(sent));
  return Buffer.from(result);
}

/** Changes of the bytes. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((bytes: Buffer) => bytes) },
  fc.nat().map((end) => (bytes: Buffer) => bytes.subarray(0, end % (bytes.length + 1))),
  fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, byte]) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  }),
  fc.constant((bytes: Buffer) => Buffer.concat([Buffer.from("\uFEFF"), bytes])),
  fc.constant((bytes: Buffer) => Buffer.concat([bytes, bytes])),
  fc.constant((bytes: Buffer) =>
    Buffer.from(bytes.toString("latin1").replace(/"/, '"\xff\xfe'), "latin1"),
  ),
  fc.uint8Array({ maxLength: 100 }).map((random) => () => Buffer.from(random)),
  fc.constant((bytes: Buffer) => gzipSync(bytes)),
  fc.constant((bytes: Buffer) => gzipSync(bytes).subarray(0, 20)),
);

const oddHeaders: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  fc.constantFrom<Headers>(
    { "x-amz-crc32": "0" },
    { "x-amz-crc32": "99999999999999999999" },
    { "x-amz-crc32": "NaN" },
    { "content-encoding": "gzip" },
    { "content-encoding": "br" },
    { "content-type": "text/html" },
    { "x-amzn-requestid": "R".repeat(4_000) },
    { "x-amzn-errortype": `${"E".repeat(4_000)}:http://x` },
    { "x-amzn-errortype": "__proto__" },
    { "x-amzn-errortype": "constructor" },
    { date: "Thu, 01 Jan 1970 00:00:00 GMT" },
    { date: "nonsense" },
    { __proto__x: "1", constructor: "2" },
  ),
);

const statuses = [200, 200, 200, 201, 204, 299, 301, 304, 400, 401, 418, 429, 500, 503, 599];

const errorNames = [
  "ConditionalCheckFailedException",
  "TransactionCanceledException",
  "ValidationException",
  "InvalidSignatureException",
  "ExpiredTokenException",
  "ProvisionedThroughputExceededException",
  "ResourceNotFoundException",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "@long@",
  "@authorization@",
  "#",
  ":::",
];

const errorBody = fc
  .record(
    {
      __type: fc.oneof(fc.constantFrom(...errorNames), fc.constantFrom(...wrongValues)),
      message: fc.oneof(
        fc.constantFrom("no", "@long@", "@authorization@", "said @token@ and @authorization@"),
        fc.constantFrom(...wrongValues),
      ),
      Item: fc.constantFrom(...wrongValues),
      CancellationReasons: fc.oneof(
        fc.constantFrom(...wrongValues),
        fc.array(
          fc.record(
            {
              Code: fc.constantFrom("ConditionalCheckFailed", "None", ...wrongValues),
              Message: fc.constantFrom(...wrongValues),
              Item: fc.constantFrom(...wrongValues),
            },
            { requiredKeys: [] },
          ),
          { maxLength: 3 },
        ),
      ),
    },
    { requiredKeys: [] },
  )
  .map((json) => write(json));

/** Answers to a request whose right answer is known: wrong in every way there is. */
export function hostileAnswers(right: object): fc.Arbitrary<HostileAnswer> {
  const mutated = fc
    .array(mutation, { minLength: 1, maxLength: 3 })
    .map((changes) => write(changes.reduce<unknown>(mutate, right)));
  const content = fc.oneof(
    { weight: 8, arbitrary: fc.record({ statusCode: fc.constant(200), text: mutated }) },
    {
      weight: 2,
      arbitrary: fc.record({ statusCode: fc.constantFrom(...statuses), text: mutated }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ statusCode: fc.constantFrom(400, 400, 500, 403), text: errorBody }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        statusCode: fc.constantFrom(...statuses),
        text: fc.oneof(
          fc.constantFrom(...wrongValues).map(write),
          fc.constantFrom("", "<html>@authorization@</html>", "@token@", "{", "undefined"),
        ),
      }),
    },
  );
  return fc
    .tuple(content, damage, oddHeaders, fc.constantFrom(false, false, true))
    .map(([{ statusCode, text }, change, headers, checked]) => ({
      statusCode,
      what: `${statusCode} ${JSON.stringify(headers)} ${text.slice(0, 500)}`,
      render(sent) {
        const body = change(renderText(text, sent));
        const checksum = checked ? { "x-amz-crc32": String(crc32(body)) } : {};
        return { headers: { ...checksum, ...headers }, body };
      },
    }));
}
