import { expect, test } from "vitest";
import { allowListeners } from "./abort-listeners.ts";

/** What Node warns of when a signal takes so many listeners. */
async function warningsOf(signal: AbortSignal, listeners: number): Promise<readonly string[]> {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", note);
  for (let count = 0; count < listeners; count++) signal.addEventListener("abort", () => undefined);
  // A warning comes on the next tick.
  await new Promise(setImmediate);
  process.off("warning", note);
  return warnings;
}

test("a signal then takes any number of listeners without a warning", async () => {
  const { signal } = new AbortController();
  allowListeners(signal);
  expect(await warningsOf(signal, 2_000)).toEqual([]);
});

test("no signal, and a stand-in for one, are let be", () => {
  expect(() => allowListeners(undefined)).not.toThrow();
  expect(() => allowListeners({ aborted: false } as AbortSignal)).not.toThrow();
});
