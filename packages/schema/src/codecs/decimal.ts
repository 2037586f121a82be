import { type Decimal, NumberValue, parseDecimal } from "@fieldwise/core";
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
  const { negative, digits, exponent } = parseDecimal(text) as Decimal;
  const point = Math.max(digits.length + exponent, 1);
  const padded = digits.padStart(point - exponent, "0").padEnd(point, "0");
  const fraction = padded.length > point ? `.${padded.slice(point)}` : "";
  return `${negative ? "-" : ""}${padded.slice(0, point)}${fraction}`;
}
