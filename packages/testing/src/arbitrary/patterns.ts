import * as fc from "fast-check";
import type { AskedSize } from "./asked.ts";

/**
 * Texts that match a pattern, or nearly: what looks ahead or behind, word boundaries and most flags are left to be filtered.
 * `undefined` where the pattern says nothing that can be drawn from.
 */
export function matching(pattern: RegExp, size?: AskedSize): fc.Arbitrary<string> | undefined {
  const flags = pattern.flags.replaceAll(/[^msu]/g, "");
  try {
    const source = drawableSource(sized(pattern.source, size), flags);
    return source === undefined ? undefined : fc.stringMatching(new RegExp(source, flags));
  } catch {
    return undefined;
  }
}

const oneClass = /^\^(\[(?:\\.|[^\]\\])+\]|\\[wdSD]|\.)(?:[*+]|\{(\d+)(,(\d*))?\})\$$/;

// A pattern of one repeated class is as long as the schema asks, which chance would seldom make it.
function sized(source: string, size: AskedSize | undefined): string {
  const match = oneClass.exec(source);
  if (match === null || size === undefined) return source;
  const [, unit = "", from, range, to] = match;
  const least = from === undefined ? Number(source.endsWith("+$")) : Number(from);
  const most = from === undefined || to === "" ? Infinity : Number(range === undefined ? from : to);
  const minimum = Math.max(least, size.minimum);
  const maximum = Math.min(most, size.maximum, minimum + 12);
  return minimum <= maximum ? `^${unit}{${minimum},${maximum}}$` : source;
}

// What fast-check can't draw from is left out, and what it would search for ever is said in another way.
function drawableSource(source: string, flags: string): string | undefined {
  let result = "";
  for (let at = 0; at < source.length;) {
    const end = endOfPart(source, at);
    const part = source.slice(at, end);
    at = end;
    if (part === "\\b" || part === "\\B") continue;
    if (/^\(\?<?[=!]/.test(part)) {
      at = endOfQuantifier(source, at);
      continue;
    }
    if (part.startsWith("[^") && !hasPrintable(part, flags)) {
      const others = otherCharacters.split("").filter((each) => matches(part, flags, each));
      if (others.length === 0) return undefined;
      result += `[${others.join("")}]`;
    } else if (part.length > 1 && part.startsWith("(")) {
      const inside = drawableSource(part.slice(1, -1), flags);
      if (inside === undefined) return undefined;
      result += `(${inside})`;
    } else result += part;
  }
  return result;
}

// The end of an escape, a class, a group or a single character.
function endOfPart(source: string, at: number): number {
  if (source[at] === "\\") return at + 2;
  if (source[at] === "[") {
    let end = at + 1;
    while (end < source.length && source[end] !== "]") end += source[end] === "\\" ? 2 : 1;
    return end + 1;
  }
  if (source[at] !== "(") return at + 1;
  let end = at + 1;
  while (end < source.length && source[end] !== ")") end = endOfPart(source, end);
  return end + 1;
}

function endOfQuantifier(source: string, at: number): number {
  const match = /^(?:[*+?]|\{\d+,?\d*\})\??/.exec(source.slice(at));
  return at + (match?.[0].length ?? 0);
}

const printable = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index));
const otherCharacters = "éßñÅłλЖшאشक中あ한€£–…\t\n\r\u0000\u007F\u0080\u00A0\u2028\uFFFD";

function hasPrintable(part: string, flags: string): boolean {
  return printable.some((each) => matches(part, flags, each));
}

function matches(part: string, flags: string, character: string): boolean {
  return new RegExp(`^${part}$`, flags).test(character);
}
