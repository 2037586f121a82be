import { notUnderstood, type TextCursor } from "@fieldwise/core";
import { closeBrace, quote } from "./json-bytes.ts";
import { open } from "./scalars.ts";

const S = 0x53;
const zero = 0x30;
/** `YYYY-MM-DDTHH:MM:SS.mmmZ`: where each digit stands, and what stands between them. */
const length = 24;
const marks = [
  [4, 0x2d],
  [7, 0x2d],
  [10, 0x54],
  [13, 0x3a],
  [16, 0x3a],
  [19, 0x2e],
  [23, 0x5a],
] as const;

/** Reads a date as `isoDate` writes it; any other ISO 8601 string is not understood. */
export function readIsoDate(cursor: TextCursor): Date {
  open(cursor, S);
  const { bytes, at } = cursor;
  for (const [place, mark] of marks) if (bytes[at + place] !== mark) throw notUnderstood;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const hours = twoDigits(bytes, at + 11);
  const minutes = twoDigits(bytes, at + 14);
  const seconds = twoDigits(bytes, at + 17);
  const milliseconds = twoDigits(bytes, at + 20) * 10 + (twoDigits(bytes, at + 21) % 10);
  if (hours > 23 || minutes > 59 || seconds > 59) throw notUnderstood;
  if (bytes[at + length] !== quote || bytes[at + length + 1] !== closeBrace) throw notUnderstood;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) throw notUnderstood;
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  const date = new Date(daysBefore(year, month, day) * 86_400_000 + time);
  cursor.at = at + length + 2;
  return date;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  if (tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9) return tens * 10 + ones;
  throw notUnderstood;
}

function daysOf(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/**
 * The days from the first of January 1970 to a day of the Gregorian calendar: `Date.UTC` costs more than all the digits.
 * Years are counted from March, so that the leap day is their last.
 */
function daysBefore(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * months + 2) / 5) + day - 719_469;
}
