import { type AttributeValue, marshallValue } from "@fieldwise/core";
import { type Encoded, encodeUnchecked } from "./encode.ts";
import { customIssue } from "./run-zod.ts";
import type { Place } from "./step.ts";
import type { Schema } from "./zod-types.ts";

type Encode = (schema: Schema, value: unknown, path: readonly PropertyKey[]) => Encoded;

/**
 * Encodes a value for an attribute that several options of a union have: by the one that keeps all of it, where others
 * would drop some.
 *
 * @param certain - Whether a value that the options store in different ways is refused; else the first option's counts.
 */
export function encodeByOption(
  { schema, alternatives }: Pick<Place, "schema" | "alternatives">,
  value: unknown,
  path: readonly PropertyKey[],
  encode: Encode,
  certain: boolean,
): Encoded {
  const first = encode(schema, value, path);
  if (!first.ok || first.value === undefined || alternatives === undefined) return first;
  const able = alternatives.filter((option) => encode(option, value, path).ok);
  if (able.length < 2) return first;
  // Not what `.trim()` and its like make of it: that is stored in the same way.
  const stored = able.map((option) => storedForm(encodeUnchecked(option, value, path)));
  const best = stored.findIndex((whole) => stored.every((part) => isWithin(part, whole)));
  if (best !== -1) return encode(able[best] as Schema, value, path);
  return certain ? { ok: false, issues: [customIssue(path, storedDifferently)] } : first;
}

const storedDifferently =
  "The options of the union store this value in different ways, and the path does not tell which of them it is. Set the object that has the attribute, or put the item";

function storedForm(encoded: Encoded): AttributeValue | undefined {
  return encoded.ok && encoded.value !== undefined ? marshallValue(encoded.value) : undefined;
}

/** Whether one stored value is the other, but for members that it lacks. */
function isWithin(part: AttributeValue | undefined, whole: AttributeValue | undefined): boolean {
  if (part === undefined || whole === undefined) return part === whole;
  if ("M" in part && "M" in whole) {
    const { M } = whole;
    return Object.entries(part.M).every(
      ([name, member]) => Object.hasOwn(M, name) && isWithin(member, M[name]),
    );
  }
  if ("L" in part && "L" in whole) {
    const { L } = whole;
    return (
      part.L.length === L.length && part.L.every((element, index) => isWithin(element, L[index]))
    );
  }
  return JSON.stringify(part) === JSON.stringify(whole);
}
