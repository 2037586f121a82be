import type * as fc from "fast-check";
import type { Place } from "./fixture-error.ts";
import type { Style } from "./style.ts";
import type { Schema } from "./zod-schema.ts";

/** Where a schema stands, and what is known of its value. */
export interface Spot {
  readonly place: Place;
  /** What was given for the value; only an own member counts. */
  readonly override?: unknown;
  /** Whether what is drawn is stored as it is, or first made something else by a codec around it. */
  readonly stored: boolean;
  /** Whether an empty set comes back as it was. */
  readonly emptySet: boolean;
  /** The schemas that the spot lies in. */
  readonly around: readonly Schema[];
  /** Whether what can end here shall end. */
  readonly ending: boolean;
}

/** What a container needs to draw what it holds. */
export interface Walk {
  readonly style: Style;
  /** The longest key, in bytes, of attributes that are keys. */
  readonly keys: ReadonlyMap<string, number>;
  /** The values of a schema at a spot; `undefined` where there is none. */
  draw(schema: Schema, spot: Spot): fc.Arbitrary<unknown> | undefined;
}

/** The spot of a member or an element. */
export function inside(
  spot: Spot,
  step: string | number,
  more: { readonly override?: unknown; readonly emptySet?: boolean } = {},
): Spot {
  const { override: _, ...rest } = spot;
  const place = { ...spot.place, path: [...spot.place.path, step] };
  return { ...rest, emptySet: false, place, ...more };
}
