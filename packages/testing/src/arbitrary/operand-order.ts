import type { AttributeValue } from "@fieldwise/core";

// DynamoDB's smallest number is 1E-130, and it holds 38 digits.
const scale = 170;

const numberText = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** A number of DynamoDB's, exactly, in units so small that every number has a whole number of them. */
export function toUnits(text: string): bigint {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = numberText.exec(text) ?? [];
  const power = scale + Number(exponent) - fraction.length;
  const units = BigInt(`${whole}${fraction}`) * 10n ** BigInt(power);
  return sign === "-" ? -units : units;
}

/** The number as DynamoDB's text; `undefined` where DynamoDB can't hold it. */
export function fromUnits(units: bigint): string | undefined {
  if (units === 0n) return "0";
  const all = String(units < 0n ? -units : units);
  const digits = all.replace(/0+$/, "");
  const magnitude = all.length - 1 - scale;
  if (digits.length > 38 || magnitude > 125 || magnitude < -130) return undefined;
  return `${units < 0n ? "-" : ""}${digits}E${all.length - digits.length - scale}`;
}

/**
 * How DynamoDB orders two values: less than, equal or greater than 0; `undefined` where they have no order, being of two
 * types or none of S, N and B.
 */
export function orderOf(one: AttributeValue, other: AttributeValue): number | undefined {
  if ("S" in one && "S" in other) return Buffer.compare(Buffer.from(one.S), Buffer.from(other.S));
  if ("B" in one && "B" in other) {
    return Buffer.compare(Buffer.from(one.B, "base64"), Buffer.from(other.B, "base64"));
  }
  if (!("N" in one && "N" in other)) return undefined;
  const difference = toUnits(one.N) - toUnits(other.N);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
