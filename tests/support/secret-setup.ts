import { afterAll, afterEach } from "vitest";
import { recordFigure } from "../reliability/figures.ts";
import { SecretWatch } from "./secret-watch.ts";

const name = Symbol.for("fieldwise.secret-watch");

/** The watch that the probes in the sources tell of what they make. */
export const secretWatch = new SecretWatch();
Object.defineProperty(globalThis, name, { value: secretWatch, configurable: true });

for (const method of ["log", "info", "warn", "error", "debug"] as const) {
  const print = console[method].bind(console);
  console[method] = (...given: unknown[]) => {
    secretWatch.text(given.map(String).join(" "), `console.${method}`);
    print(...given);
  };
}

afterEach(async () => {
  // The last error of the test is looked at now.
  await Promise.resolve();
  const [first, ...others] = secretWatch.takeFindings();
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and ${others.length} times more`;
  throw new Error(`A secret shows in ${first.where}${more}:\n${first.text}`);
});

afterAll(() => {
  for (const [kind, count] of Object.entries(secretWatch.counts)) {
    recordFigure("secrets", kind === "secrets" ? "secrets looked for" : `${kind} looked at`, count);
  }
});
