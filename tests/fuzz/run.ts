/**
 * `pnpm test:fuzz [seed] [documents] [targets]`: has random documents read from text and as JSON, or written as text and as
 * a tree. Prints how many of each kind were understood and how many were left to JSON.parse; ends with 1 at the first
 * difference, with the smallest document that shows it. `documents` is for each target, 50,000 by default; `targets` is a
 * part of their names.
 */
import { Difference, fuzz } from "./fuzz.ts";
import { readerTargets } from "./readers.ts";
import { writerTargets } from "./writers.ts";

const [givenSeed, givenDocuments, part = ""] = process.argv.slice(2);
const seed = Number(givenSeed ?? Date.now() % 2 ** 31);
const documents = Number(givenDocuments ?? 50_000);
const begun = performance.now();
let all = 0;
let understood = 0;

console.log(`seed ${seed}, ${documents} documents for each`);
try {
  for (const target of [...readerTargets(), ...writerTargets]) {
    if (!target.name.includes(part)) continue;
    const counts = fuzz(target, seed, documents);
    all += documents;
    understood += counts.understood;
    console.log(
      `${target.name}: ${counts.understood} understood, ${counts["handed over"]} handed over, ${counts.different} differences`,
    );
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${all} documents in ${seconds} s, ${understood} understood, no difference`);
} catch (error) {
  if (!(error instanceof Difference)) throw error;
  console.error(`seed ${seed}: ${error.message}`);
  process.exitCode = 1;
}
