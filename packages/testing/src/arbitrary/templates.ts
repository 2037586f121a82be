import * as fc from "fast-check";
import type * as z from "zod/v4/core";
import { Attempts, type Source } from "./attempts.ts";
import { matching } from "./patterns.ts";
import { settle } from "./round-trip.ts";
import { inside, type Spot, type Walk } from "./walk.ts";
import { definitionOf, internalsOf } from "./zod-schema.ts";

/** Texts of a template: its parts one by one. */
export function templates(
  walk: Walk,
  schema: z.$ZodTemplateLiteral,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const { parts } = definitionOf(schema) as unknown as z.$ZodTemplateLiteralDef;
  const drawn = parts.map((part) => {
    if (typeof part !== "object" || part === null) return fc.constant(String(part));
    const values = walk.draw(part, inside(spot, "*")) ?? fc.constant("");
    return values.map(String);
  });
  const sources: Source[] = [
    { values: fc.tuple(...drawn).map((texts) => texts.join("")), tries: 100 },
  ];
  const whole = matching(internalsOf(schema).pattern);
  if (whole !== undefined) sources.push({ values: whole, tries: 100 });
  return new Attempts(sources, (value) => settle(schema, value), spot.place);
}
