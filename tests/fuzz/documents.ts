import type { Choices } from "../reliability/workload-random.ts";

const characters = [
  "a",
  "c1",
  "é",
  "☃",
  "😀",
  "\u2028",
  "\u007f",
  "\u0000",
  "\n",
  '"',
  "\\",
  "/",
  "{",
  "]",
  ",",
  ":",
  "\ud800",
  "\udc00",
  "__proto__",
  "constructor",
  "0",
  "1e5",
  "2026-01-31T12:00:00.000Z",
  "long enough to be no copy ",
] as const;
const numbers = [
  "0",
  "-0",
  "1",
  "7",
  "12.50",
  "-1.5e-3",
  "9007199254740992",
  "9007199254740993",
  "0.1",
  "1e400",
  "1E+2",
  "1700000000",
  "007",
  " 1",
  "",
  "0x1",
  "NaN",
  "1.",
  ".5",
] as const;
const names: readonly string[] = [
  "id",
  "n",
  "at",
  "tags",
  "lines",
  "sku",
  "by",
  "note",
  "flag",
  "nothing",
  "photo",
  "é",
  "__proto__",
  "constructor",
  "a b",
  "0",
];

export function textOf(random: Choices): string {
  let text = "";
  for (let length = random.below(5); length > 0; length--) text += random.one(characters);
  return random.below(40) === 0 ? text.repeat(200) : text;
}

/** A text as JSON, now and then with escapes that need not be. */
export function jsonText(text: string, random: Choices): string {
  const json = JSON.stringify(text);
  if (json === '""' || random.below(12) !== 0) return json;
  const place = random.below(text.length);
  const escaped = `\\u${text.charCodeAt(place).toString(16).padStart(4, "0")}`;
  const [before, after] = [text.slice(0, place), text.slice(place + 1)];
  return `${JSON.stringify(before).slice(0, -1)}${escaped}${JSON.stringify(after).slice(1)}`;
}

function numberText(random: Choices): string {
  if (random.below(3) === 0) return random.one(numbers);
  const digits = String(Math.floor(random.next() * 10 ** random.below(20)));
  const part = random.below(2) === 0 ? "" : `.${random.below(100_000)}`;
  return `${random.below(4) === 0 ? "-" : ""}${digits}${part}`;
}

function list(random: Choices, most: number, member: () => string): string {
  return Array.from({ length: random.below(most + 1) }, member).join();
}

function base64(random: Choices): string {
  const bytes = Array.from({ length: random.below(6) }, () => random.below(256));
  return Buffer.from(bytes).toString("base64");
}

/** An attribute value as text, which most of the time is one. */
export function valueText(random: Choices, depth = 0): string {
  const kind = random.below(depth > 3 ? 8 : 13);
  const nest = (): string => valueText(random, depth + 1);
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return `{"S":${jsonText(textOf(random), random)}}`;
    case 3:
    case 4:
      return `{"N":"${numberText(random)}"}`;
    case 5:
      return random.one(['{"BOOL":true}', '{"BOOL":false}', '{"NULL":true}', '{"NULL":false}']);
    case 6:
      return random.one([
        `{"B":"${base64(random)}"}`,
        `{"SS":[${list(random, 3, () => jsonText(textOf(random), random))}]}`,
        `{"NS":[${list(random, 3, () => `"${numberText(random)}"`)}]}`,
        `{"BS":[${list(random, 3, () => `"${base64(random)}"`)}]}`,
      ]);
    case 7:
      return random.one([
        "{}",
        "null",
        "1",
        '"S"',
        "[]",
        '{"S":1}',
        '{"X":"a"}',
        '{ "S": "a" }',
        '{"M":[]}',
      ]);
    case 8:
    case 9:
      return `{"L":[${list(random, 3, nest)}]}`;
    case 10:
      // Deeper than DynamoDB nests, now and then.
      if (random.below(30) === 0) {
        const levels = random.below(80);
        return `${'{"L":['.repeat(levels)}${nest()}${"]}".repeat(levels)}`;
      }
      return `{"M":${itemText(random, depth + 1)}}`;
    default:
      return `{"M":${itemText(random, depth + 1)}}`;
  }
}

export function itemText(random: Choices, depth = 0): string {
  const member = (): string =>
    `${jsonText(random.below(6) === 0 ? textOf(random) : random.one(names), random)}:${valueText(random, depth)}`;
  return `{${list(random, 5, member)}}`;
}

function nameText(name: string, random: Choices): string {
  return random.below(30) === 0 ? jsonText(name, random) : JSON.stringify(name);
}

/** Members of an object as text, each there most of the time, now and then twice, in any order. */
export function members(random: Choices, parts: Readonly<Record<string, () => string>>): string {
  const texts: string[] = [];
  const all = Object.keys(parts);
  const start = random.below(3) === 0 ? random.below(all.length) : 0;
  for (let index = 0; index < all.length; index++) {
    const name = all[(start + index) % all.length] as string;
    const chance = random.below(80);
    if (chance === 0) continue;
    for (let times = chance === 1 ? 2 : 1; times > 0; times--)
      texts.push(`${nameText(name, random)}:${(parts[name] as () => string)()}`);
    if (random.below(100) === 0)
      texts.push(`${jsonText(textOf(random), random)}:${valueText(random)}`);
  }
  return `{${texts.join()}}`;
}

const inserted = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  " ",
  "\\u00e9",
  "\\ud83d",
  '"__proto__":',
  "e1",
];

/** Bytes taken out, put in or doubled anywhere, also within a character; or the end cut off. */
export function damaged(whole: Buffer, random: Choices): Buffer {
  let body = whole;
  for (let times = 1 + random.below(2); times > 0; times--) {
    const at = random.below(body.length + 1);
    const [before, after] = [body.subarray(0, at), body.subarray(at)];
    switch (random.below(5)) {
      case 0:
        body = Buffer.from(before);
        break;
      case 1:
        body = Buffer.concat([before, Buffer.from([random.below(256)]), after]);
        break;
      case 2:
        body = Buffer.concat([before, Buffer.from(random.one(inserted)), after]);
        break;
      case 3:
        body = Buffer.concat([before, after.subarray(1 + random.below(3))]);
        break;
      default:
        body = Buffer.concat([before, after.subarray(0, random.below(20)), after]);
    }
  }
  return body;
}
