import { type Condition, conditionExpression } from "../expressions/condition.ts";
import type { Placeholders } from "../expressions/placeholders.ts";
import { type Projection, projectionExpression } from "../expressions/projection.ts";

/**
 * Request members that may be there without a value, for which JSON has no member. They are listed in one literal each: to put
 * several objects together takes longer than all else of a short request.
 */
export type Sparse<Members> = { readonly [Name in keyof Members]: Members[Name] | undefined };

export function conditionText(
  condition: Condition | undefined,
  placeholders: Placeholders,
  kind?: string,
): string | undefined {
  return condition === undefined ? undefined : conditionExpression(condition, placeholders, kind);
}

export function projectionText(
  projection: Projection | undefined,
  placeholders: Placeholders,
): string | undefined {
  return projection === undefined ? undefined : projectionExpression(projection, placeholders);
}
