import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { plot } from "./plot.ts";
import type { Results } from "./results.ts";
import { resultsPage } from "./results-page.ts";

const data = fileOf("results.json");
const page = fileOf("RESULTS.md");
const picture = fileOf("results.svg");

/** What an earlier benchmark wrote. */
export function readResults(): Results | undefined {
  return existsSync(data) ? (JSON.parse(readFileSync(data, "utf8")) as Results) : undefined;
}

/** Writes the figures, and what is made of them. */
export function writeResults(results: Results): void {
  const texts = textsOf(results);
  writeFileSync(data, texts.data);
  writeFileSync(page, texts.page);
  if (texts.picture !== undefined) writeFileSync(picture, texts.picture);
  execFileSync("oxfmt", [data, page], { stdio: "inherit", shell: process.platform === "win32" });
  console.log("Written: benchmarks/RESULTS.md, results.json, results.svg");
}

/** What is written. The plot is that of the first run. */
export function textsOf(results: Results): {
  readonly data: string;
  readonly page: string;
  readonly picture: string | undefined;
} {
  // With the digits that mean something; what was counted stays as it is.
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
  const text = `${JSON.stringify(results, rounded, 2)}\n`;
  // The page is made of what is kept, and so is the same when it is made again.
  const kept = JSON.parse(text) as Results;
  const [first] = kept.runs;
  return { data: text, page: resultsPage(kept), picture: first && plot(first) };
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
