import { notUnderstood, quote, type TextCursor } from "./text-cursor.ts";

const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const powersOfTen = Array.from({ length: 16 }, (_, power) => 10 ** power);

/**
 * Reads a number's digits, up to the closing quote and behind it; `at` stands behind the opening one. What can't be read
 * as a `number` without losing digits is not understood.
 */
export function readDigits(cursor: TextCursor): number {
  const { bytes } = cursor;
  const start = cursor.at;
  let at = start;
  let byte = bytes[at] as number;
  const negative = byte === minus;
  if (negative) byte = bytes[++at] as number;
  const first = at;
  let digits = 0;
  while (byte >= zero && byte <= nine) {
    digits = digits * 10 + (byte - zero);
    byte = bytes[++at] as number;
  }
  let count = at - first;
  let decimals = 0;
  if (byte === point && count > 0) {
    const behind = at + 1;
    byte = bytes[++at] as number;
    while (byte >= zero && byte <= nine) {
      digits = digits * 10 + (byte - zero);
      byte = bytes[++at] as number;
    }
    decimals = at - behind;
    count += decimals === 0 ? 16 : decimals;
  }
  // Up to 15 digits are exact, and so is one division by an exact power of ten.
  if (byte === quote && count > 0 && count < 16) {
    cursor.at = at + 1;
    const value = decimals === 0 ? digits : digits / (powersOfTen[decimals] as number);
    return negative ? -value : value;
  }
  return exactNumber(cursor.literal());
}

function exactNumber(text: string): number {
  const value = Number(text);
  if (
    text !== "" &&
    Number.isFinite(value) &&
    Number.isSafeInteger(value) === Number.isInteger(value)
  )
    return value;
  throw notUnderstood;
}
