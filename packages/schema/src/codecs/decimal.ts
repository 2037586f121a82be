import { NumberValue } from "@fieldwise/core";
import * as z from "zod";
import { storedAs } from "../compile/stored-as.ts";

/**
 * An exact decimal number of up to 38 digits: its text in the application (`"0.1"`, for the decimal library of one's
 * choice), a number in the table. What is read is written plainly, without an exponent and needless zeros: `"1.50"` comes
 * back as `"1.5"`, which is the same number to DynamoDB.
 */
export function decimal(): z.ZodCodec<z.ZodCustom<NumberValue, NumberValue>, z.ZodString> {
  return z.codec(numberValue(), z.string(), {
    decode: (value) => plainText(value.text),
    encode(text, context) {
      try {
        return new NumberValue(text);
      } catch {
        context.issues.push({
          code: "custom",
          input: text,
          message: "Invalid input: expected a decimal number of up to 38 digits",
        });
        return z.NEVER;
      }
    },
  });
}

function numberValue(): z.ZodCustom<NumberValue, NumberValue> {
  const schema = z.custom<NumberValue>(isNumberValue, "Invalid input: expected number");
  return storedAs(schema, "N", "decimal");
}

function isNumberValue(value: unknown): boolean {
  return value instanceof NumberValue;
}

/** The same number without an exponent and without zeros that say nothing. */
function plainText(text: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + Number(exponent);
  const digits = `${whole}${fraction}`;
  const padded = point < 0 ? `${"0".repeat(-point)}${digits}` : digits.padEnd(point, "0");
  const at = Math.max(point, 0);
  const before = padded.slice(0, at).replace(/^0+/, "") || "0";
  const after = trimEnd(padded.slice(at));
  const plain = after === "" ? before : `${before}.${after}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

// A regular expression for this would take quadratic time on long runs of inner zeros.
function trimEnd(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}
