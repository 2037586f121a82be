import { util } from "../node-modules.ts";

/** A value that was given by mistake, short enough for a message. */
export function shown(value: unknown): string {
  return util.inspect(value, {
    depth: 1,
    breakLength: Infinity,
    maxArrayLength: 3,
    maxStringLength: 80,
  });
}
