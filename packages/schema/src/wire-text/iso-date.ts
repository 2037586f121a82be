import type { TextCursor } from "@fieldwise/core";
import { closeBrace, quote } from "./json-bytes.ts";

const zero = 0x30;
/** Of `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export const isoLength = 24;

// Dates that are read together are often of one month. The bytes of its text as a float, which equals no other text's.
let month = NaN;
let daysBeforeMonth = 0;
let daysOfMonth = 0;

/**
 * Reads a date as `isoDate` writes it, whose digits begin at a place behind the opening quote, and what closes its attribute
 * value; `undefined` for any other string.
 */
export function readIsoDate({ bytes, view }: TextCursor, at: number): Date | undefined {
  if (
    bytes[at + isoLength] !== quote ||
    bytes[at + isoLength + 1] !== closeBrace ||
    bytes[at + 10] !== 0x54 ||
    bytes[at + 13] !== 0x3a ||
    bytes[at + 16] !== 0x3a ||
    bytes[at + 19] !== 0x2e ||
    bytes[at + 23] !== 0x5a
  )
    return undefined;
  const text = view.getFloat64(at, true);
  if (text !== month && !readMonth(bytes, at)) return undefined;
  month = text;
  const day = twoDigits(bytes, at + 8);
  const hours = twoDigits(bytes, at + 11);
  const minutes = twoDigits(bytes, at + 14);
  const seconds = twoDigits(bytes, at + 17);
  const hundredths = twoDigits(bytes, at + 20);
  const lastDigits = twoDigits(bytes, at + 21);
  // What is no digit makes a number too large for its place.
  if (day < 1 || day > daysOfMonth || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  if (hundredths > 99 || lastDigits > 99) return undefined;
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10 + (lastDigits % 10);
  return new Date((daysBeforeMonth + day) * 86_400_000 + time);
}

/** Reads `YYYY-MM-`, and notes the days of that month and before it. */
function readMonth(bytes: Uint8Array, at: number): boolean {
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const number = twoDigits(bytes, at + 5);
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return false;
  if (year > 9999 || number < 1 || number > 12) return false;
  daysBeforeMonth = daysBefore(year, number);
  daysOfMonth = daysBefore(year, number + 1) - daysBeforeMonth;
  return true;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1_000_000;
}

/**
 * The days from the first of January 1970 to the last of the month before, in the Gregorian calendar: `Date.UTC` costs more
 * than all the digits. Years are counted from March, so that the leap day is their last;
 * a month 13 is the next January.
 */
function daysBefore(year: number, number: number): number {
  const marchYear = number > 2 ? year : year - 1;
  const months = number > 2 ? number - 3 : number + 9;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * months + 2) / 5) - 719_469;
}
