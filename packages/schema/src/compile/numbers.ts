import { NumberValue } from "@fieldwise/core";
import type { NumberKind } from "./stored-as.ts";

/** What a number's text could not be read as. */
export class NumberProblem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

const wholeNumber = /^-?\d{1,40}$/;

/** Picks the function that reads the numbers of a schema; it gives a `NumberProblem` rather than a rounded number. */
export function numberReaderFor(
  kinds: ReadonlySet<NumberKind>,
  open: boolean,
): (text: string) => unknown {
  if (kinds.has("number")) return open ? readAny : readNumber;
  if (kinds.has("bigint")) return readWhole;
  if (kinds.has("decimal")) return readDecimal;
  return readAny;
}

/** A number as it comes: `number`, or where that would round to an integer `bigint` or `NumberValue`. */
export function readAny(text: string): unknown {
  const value = Number(text);
  if (isExact(value)) return value;
  return readBigInt(text) ?? readDecimal(text);
}

function readNumber(text: string): unknown {
  const value = Number(text);
  if (isExact(value) && text !== "") return value;
  if (Number.isNaN(value)) return notANumber();
  return new NumberProblem(
    "The stored number is not exact as a number (beyond 2^53 - 1). Declare it as z.bigint() or decimal()",
  );
}

function readWhole(text: string): unknown {
  return readBigInt(text) ?? readAny(text);
}

function readDecimal(text: string): unknown {
  try {
    return new NumberValue(text);
  } catch {
    return notANumber();
  }
}

function readBigInt(text: string): bigint | undefined {
  if (wholeNumber.test(text)) return BigInt(text);
  try {
    return new NumberValue(text).toBigInt();
  } catch {
    return undefined;
  }
}

function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function notANumber(): NumberProblem {
  return new NumberProblem("The stored number is none that DynamoDB can hold");
}
