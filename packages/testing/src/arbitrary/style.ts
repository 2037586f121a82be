import type * as fc from "fast-check";
import type { Asked } from "./asked.ts";
import type { Place } from "./fixture-error.ts";

/** How values look. */
export interface Style {
  /**
   * An arbitrary for a value at a place instead of the plain one; `undefined` leaves it plain. What it draws is held to the
   * schema: what does not fit is drawn again, and after twenty draws the plain arbitrary has its turn.
   */
  leaf?(asked: Asked, place: Place): fc.Arbitrary<unknown> | undefined;
  /** How many members lists, sets, maps and records have, as far as the schema allows it. */
  readonly elements: { readonly minimum: number; readonly maximum: number };
  /** One of so many optional members is missing, one of so many nullable values null; `Infinity` for none. */
  readonly missing: number;
  /** How often a recursive schema goes into itself. */
  readonly recursion: number;
  /** How many schemas deep values go at most; as many as there are by default. */
  readonly levels?: number;
  /** How many times likelier an option of a union is that holds the union itself; 1 by default. */
  readonly deepening?: number;
  /** Whether the edges of what the schema allows are sought: bounds, odd characters, long texts. */
  readonly edges: boolean;
}

/** The style of properties: small values, and those at the edges. */
export const plainStyle: Style = {
  elements: { minimum: 0, maximum: 5 },
  missing: 3,
  recursion: 2,
  edges: true,
};

/** The style of properties that go deep, where a schema holds itself: narrow values of many levels. */
export const deepStyle: Style = {
  ...plainStyle,
  elements: { minimum: 1, maximum: 1 },
  missing: 12,
  recursion: 12,
  deepening: 12,
};
