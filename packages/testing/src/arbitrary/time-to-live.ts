import * as fc from "fast-check";
import type { Asked } from "./asked.ts";
import type { Place } from "./fixture-error.ts";
import type { Style } from "./style.ts";

/**
 * Between which times items of tests expire, in seconds since 1970: not in the middle of a test, as servers do delete what
 * is past, and long before a number of 32 bits ends.
 */
export const expiry: { readonly from: number; readonly to: number } = {
  from: Date.UTC(2090, 0, 1) / 1000,
  to: Date.UTC(2100, 0, 1) / 1000 - 1,
};

/** Whether a place is the attribute by which items of the table expire. */
export function isTimeToLive({ path }: Place, timeToLive: string | undefined): boolean {
  return path.length === 1 && path[0] === timeToLive;
}

/** A style whose items expire in a distant future. */
export function lasting(style: Style, timeToLive: string | undefined): Style {
  if (timeToLive === undefined) return style;
  return {
    ...style,
    leaf: (asked, place) =>
      (isTimeToLive(place, timeToLive) ? expiries(asked) : undefined) ?? style.leaf?.(asked, place),
  };
}

function expiries({ type }: Asked): fc.Arbitrary<unknown> | undefined {
  const seconds = fc.integer({ min: expiry.from, max: expiry.to });
  switch (type) {
    case "date":
      return seconds.map((time) => new Date(time * 1000));
    case "number":
      return seconds;
    case "bigint":
      return seconds.map(BigInt);
    case "text":
      return undefined;
  }
}
