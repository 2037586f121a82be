import * as fc from "fast-check";
import type { AskedText } from "./asked.ts";
import { anyCharacter } from "./characters.ts";
import { formatted } from "./formats.ts";
import { matching } from "./patterns.ts";

/** Texts such as are asked for, or nearly: what does not fit is left to be filtered. */
export function texts(asked: AskedText, edges: boolean): fc.Arbitrary<string> {
  const base = formatted(asked) ?? fromPatterns(asked) ?? free(asked, edges);
  return base.map((text) => cased(asked, completed(asked, text)));
}

function fromPatterns(asked: AskedText): fc.Arbitrary<string> | undefined {
  const sources = asked.patterns.flatMap((pattern) => matching(pattern, asked) ?? []);
  return sources.length === 0 ? undefined : fc.oneof(...sources);
}

// Beyond this a text is filled up rather than drawn one by one.
const longEnough = 500;

const oddTexts = [
  " ",
  "\u0000",
  "__proto__",
  "constructor",
  "a.b[0]",
  "#n0 = :v0",
  '"\\',
  "line\nbreak",
  "größe",
  "👩‍👩‍👧‍👦",
  "e\u0301",
  "שלום",
  "\uFFFF",
];

function free(
  { minimum, maximum, patterns, ...asked }: AskedText,
  edges: boolean,
): fc.Arbitrary<string> {
  const fixed = asked.startsWith + asked.endsWith + asked.includes.join("");
  const minLength = Math.max(0, minimum - fixed.length);
  const maxLength = Math.max(minLength, Math.min(maximum - fixed.length, minLength + 1000));
  const some = { minLength, maxLength: Math.min(maxLength, minLength + 12) };
  if (minLength > longEnough) {
    const start = fc.string({ unit: "grapheme-ascii", maxLength: some.maxLength - minLength });
    return start.map((text) => text + "x".repeat(minLength));
  }
  const plain = fc.string({ unit: "grapheme-ascii", ...some });
  if (!edges || patterns.length > 0) return plain;
  const odd = oddTexts.filter((text) => text.length >= minLength && text.length <= maxLength);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 12, arbitrary: plain },
    { weight: 6, arbitrary: fc.string({ unit: anyCharacter, ...some }) },
    { weight: 2, arbitrary: odd.length > 0 ? fc.constantFrom(...odd) : plain },
    { weight: 1, arbitrary: fc.constantFrom("x".repeat(minLength), "é".repeat(maxLength)) },
  );
}

// A text may have by chance what it is asked for.
function completed({ startsWith, endsWith, includes }: AskedText, text: string): string {
  const missing = includes.filter((part) => !text.includes(part)).join("");
  const start = text.startsWith(startsWith) ? "" : startsWith;
  const end = text.endsWith(endsWith) ? "" : endsWith;
  return `${start}${missing}${text}${end}`;
}

function cased({ letters }: AskedText, text: string): string {
  if (letters === undefined) return text;
  return letters === "lower" ? text.toLowerCase() : text.toUpperCase();
}
