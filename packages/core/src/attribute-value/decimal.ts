/** A decimal number: `digits` without leading or trailing zeros (empty for zero), times ten to the power of `exponent`. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/** Reads a decimal number exactly; `undefined` where the text is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalText.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const all = `${whole}${fraction}`.replace(/^0+/, "");
  const digits = trimTrailingZeros(all);
  if (digits === "") return { negative: false, digits, exponent: 0 };
  return {
    negative: sign === "-",
    digits,
    exponent: Number(exponent) - fraction.length + (all.length - digits.length),
  };
}

// A regular expression for this would take quadratic time on long runs of inner zeros.
function trimTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

/**
 * Why DynamoDB can't hold the number; `undefined` where it can. Up to 38 significant digits, and a magnitude of
 * 1E-130 to 9.99…E+125 (AWS, "Data types and naming rules in Amazon DynamoDB").
 */
export function decimalProblem({ digits, exponent }: Decimal): string | undefined {
  if (digits === "") return undefined;
  if (digits.length > 38) {
    return `has ${digits.length} significant digits, and DynamoDB holds 38`;
  }
  const magnitude = exponent + digits.length - 1;
  if (magnitude > 125) return "is too large for DynamoDB, whose numbers end before 1E+126";
  if (magnitude < -130) return "is too near zero for DynamoDB, whose smallest number is 1E-130";
  return undefined;
}

/** One text for all writings of the same number, so that texts can be compared: `1.50` and `15e-1` give `15E-1`. */
export function canonicalNumber(text: string): string {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return text;
  const { negative, digits, exponent } = decimal;
  return digits === "" ? "0" : `${negative ? "-" : ""}${digits}E${exponent}`;
}

/** The integer as a bigint; `undefined` where the number is a fraction. */
export function decimalToBigInt({ negative, digits, exponent }: Decimal): bigint | undefined {
  if (exponent < 0) return undefined;
  const value = BigInt(`${digits}${"0".repeat(exponent)}`);
  return negative ? -value : value;
}

/** A number's text as messages show it. What a server sends in a number's place may be of any length, and anything. */
export function shownNumber(text: string): string {
  return text.length <= 50 ? text : `${text.slice(0, 50)}…`;
}
