import * as fc from "fast-check";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "a",
    "__proto__",
    "constructor",
    '"',
    "\\",
    "\\\\",
    "\u2028",
    "\0",
    "é",
    "😀",
    "{",
    "]",
  ),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.bigInt().map(String),
  fc.stringMatching(/^-?[0-9]{1,20}(\.[0-9]{1,20})?(e[0-9]{1,2})?$/),
  fc.constantFrom(
    "-0",
    "",
    "1.",
    ".5",
    "0.1",
    "9007199254740993",
    "1e400",
    " 1",
    "0x10",
    "007",
    "NaN",
  ),
);
const base64 = fc
  .uint8Array({ maxLength: 9 })
  .map((bytes) => Buffer.from(bytes).toString("base64"));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.record({ S: text }),
    fc.record({ N: numbers }),
    fc.record({ B: base64 }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.record({ SS: fc.array(text) }),
    fc.record({ NS: fc.array(numbers) }),
    fc.record({ BS: fc.array(base64) }),
    fc.record({ L: fc.array(tie("value")) }),
    fc.record({ M: fc.dictionary(text, tie("value")) }),
    fc.constantFrom(
      {},
      null,
      1,
      "S",
      [],
      { X: 1 },
      { S: 1 },
      { S: "a", N: "1" },
      { NULL: false },
      { M: [] },
    ),
  ),
}));
/** What stands where an attribute value should, which most of the time is one. */
export const attributeValue: fc.Arbitrary<unknown> = value;
export const anItem: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(text, value);

/** A change of some bytes. */
interface Damage {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

const inserted = [
  '"',
  "\\",
  "\\u00e9",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  " ",
  "\n",
  '"__proto__":',
] as const;
export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 3 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 2 }),
      fc.constantFrom(...inserted).map((each) => Buffer.from(each)),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

export function damaged(whole: Buffer, changes: readonly Damage[]): Buffer {
  let body = whole;
  for (const { at, remove, insert } of changes) {
    const place = Math.floor(at * body.length);
    body = Buffer.concat([body.subarray(0, place), insert, body.subarray(place + remove)]);
  }
  return body;
}
