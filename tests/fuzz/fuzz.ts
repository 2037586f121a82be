import { choices } from "../reliability/workload-random.ts";
import { damaged } from "./documents.ts";
import type { Outcome, Target } from "./readers.ts";

/** How many documents of a target came to what. */
export type Counts = Record<Outcome, number>;

/** A document that two ways read differently, as small as it was found. */
export class Difference extends Error {
  override readonly name = "Difference";

  constructor(target: Target, document: Buffer, choice: number) {
    super(
      `${target.name} (choice ${choice}): ${JSON.stringify(document.toString("utf8"))}, in bytes ${document.toString("hex")}`,
    );
  }
}

/**
 * Reads so many documents, every third of them damaged.
 *
 * @throws Difference at the first that is read differently.
 */
export function fuzz(target: Target, seed: number, documents: number): Counts {
  const counts: Counts = { understood: 0, "handed over": 0, different: 0 };
  for (let part = 0; part < documents; part++) {
    const random = choices(seed, part);
    const whole = Buffer.from(target.make(random));
    const document = part % 3 === 2 ? damaged(whole, random) : whole;
    const choice = random.below(2 ** 20);
    const outcome = target.read(document, choice);
    if (outcome === "different")
      throw new Difference(target, smallest(target, document, choice), choice);
    counts[outcome]++;
  }
  return counts;
}

/** Takes out bytes, many at once at first, as long as what is left is read differently. */
function smallest(target: Target, found: Buffer, choice: number): Buffer {
  let document = found;
  for (let size = document.length >> 1; size > 0;) {
    let shorter: Buffer | undefined;
    for (let at = 0; at + size <= document.length && shorter === undefined; at++) {
      const rest = Buffer.concat([document.subarray(0, at), document.subarray(at + size)]);
      if (target.read(rest, choice) === "different") shorter = rest;
    }
    if (shorter === undefined) size >>= 1;
    else document = shorter;
  }
  return document;
}
