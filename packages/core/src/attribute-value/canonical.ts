import { AttributeValueError } from "../errors/input-errors.ts";
import { canonicalNumber } from "./decimal.ts";
import type { AttributeMap, AttributeValue } from "./types.ts";

// DynamoDB nests 32 deep; what is far deeper didn't come from it, and must not exhaust the stack.
const maximumDepth = 64;

/**
 * One text for all writings of the same item or key: whatever the order of its members, and however numbers are written.
 *
 * @throws AttributeValueError where it is none.
 */
export function canonicalText(map: AttributeMap): string {
  return orError(() => mapText(map, 0));
}

/**
 * One text for all writings of a key with these attributes, in this order, whatever else stands beside them. That of a
 * string or of bytes is its JSON.
 *
 * @throws AttributeValueError where one of them is no attribute value.
 */
export function canonicalKey(map: AttributeMap, names: readonly string[]): string {
  return orError(() =>
    names.map((name) => (map[name] === undefined ? "" : valueText(map[name], 0))).join(),
  );
}

function orError(write: () => string): string {
  try {
    return write();
  } catch {
    // What an answer holds may be anything, and an engine's message about it repeats it.
    throw new AttributeValueError("The answer holds something that is no attribute value", "");
  }
}

function mapText(map: AttributeMap, depth: number): string {
  if (depth > maximumDepth) throw new RangeError("Lists and maps nest too deep");
  const members = Object.keys(map)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${valueText(map[name] as AttributeValue, depth)}`);
  return `{${members.join()}}`;
}

function valueText(value: AttributeValue, depth: number): string {
  if (depth > maximumDepth) throw new RangeError("Lists and maps nest too deep");
  if ("N" in value) return `N${canonicalNumber(value.N)}`;
  if ("NS" in value) return `NS${value.NS.map(canonicalNumber).toSorted().join()}`;
  if ("SS" in value) return `SS${JSON.stringify(value.SS.toSorted())}`;
  if ("BS" in value) return `BS${value.BS.toSorted().join()}`;
  if ("L" in value) return `L[${value.L.map((member) => valueText(member, depth + 1)).join()}]`;
  if ("M" in value) return `M${mapText(value.M, depth + 1)}`;
  return JSON.stringify(value);
}
