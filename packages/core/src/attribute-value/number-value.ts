import { AttributeValueError } from "../errors/input-errors.ts";
import { util } from "../node-modules.ts";
import {
  canonicalNumber,
  decimalProblem,
  decimalToBigInt,
  parseDecimal,
  shownNumber,
} from "./decimal.ts";

/** The same in every installed copy of the library. */
const brand = Symbol.for("@fieldwise/core.number");

/**
 * A number of up to 38 significant digits, exactly as DynamoDB holds it. For decimals that a JavaScript `number` would
 * round: store it like any value, and read with `numbers: NumberValue.from` to get every number as one.
 *
 * @example
 * await table.put({ id: "a", price: new NumberValue("0.1234567890123456789") });
 */
export class NumberValue {
  static {
    Object.defineProperty(this.prototype, util.inspect.custom, {
      value(this: NumberValue): string {
        return `NumberValue(${this.text})`;
      },
    });
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  /** The number as decimal text. */
  readonly text: string;

  /** @throws AttributeValueError where the text is no number that DynamoDB can hold. */
  constructor(text: string) {
    const decimal = typeof text === "string" ? parseDecimal(text) : undefined;
    if (decimal === undefined) {
      throw new AttributeValueError(
        `${typeof text === "string" ? util.inspect(shownNumber(text)) : util.inspect(text)} is not a decimal number as text`,
        "",
      );
    }
    const problem = decimalProblem(decimal);
    if (problem !== undefined)
      throw new AttributeValueError(`The number ${shownNumber(text)} ${problem}`, "");
    this.text = text;
  }

  /** The same as the constructor, to be passed as the client option `numbers`. */
  static from(this: void, text: string): NumberValue {
    return new NumberValue(text);
  }

  /** The nearest JavaScript number: rounded where it must be. */
  toNumber(): number {
    return Number(this.text);
  }

  /** @throws AttributeValueError for a fraction. */
  toBigInt(): bigint {
    const decimal = parseDecimal(this.text);
    const value = decimal === undefined ? undefined : decimalToBigInt(decimal);
    if (value === undefined) throw new AttributeValueError(`${this.text} is not an integer`, "");
    return value;
  }

  /** Whether both are the same number, however they are written: `1.0` equals `1`. */
  equals(other: NumberValue): boolean {
    return canonicalNumber(this.text) === canonicalNumber(other.text);
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** Whether a value is a NumberValue, of whichever installed copy of the library. */
export function isNumberValue(value: object): value is NumberValue {
  return brand in value;
}
