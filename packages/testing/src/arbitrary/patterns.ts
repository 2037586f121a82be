import * as fc from "fast-check";
import type { AskedSize } from "./asked.ts";

/** Texts that match a pattern, or nearly; `undefined` where the pattern says nothing that can be drawn from. */
export function matching(pattern: RegExp, _size: AskedSize): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(pattern);
  } catch {
    return undefined;
  }
}
