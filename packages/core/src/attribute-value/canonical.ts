import { canonicalNumber } from "./decimal.ts";
import type { AttributeMap, AttributeValue } from "./types.ts";

/** One text for all writings of the same item or key: whatever the order of its members, and however numbers are written. */
export function canonicalText(map: AttributeMap): string {
  const members = Object.keys(map)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalValue(map[name] as AttributeValue)}`);
  return `{${members.join()}}`;
}

function canonicalValue(value: AttributeValue): string {
  if ("N" in value) return `N${canonicalNumber(value.N)}`;
  if ("NS" in value) return `NS${value.NS.map(canonicalNumber).toSorted().join()}`;
  if ("SS" in value) return `SS${JSON.stringify(value.SS.toSorted())}`;
  if ("BS" in value) return `BS${value.BS.toSorted().join()}`;
  if ("L" in value) return `L[${value.L.map(canonicalValue).join()}]`;
  if ("M" in value) return `M${canonicalText(value.M)}`;
  return JSON.stringify(value);
}
