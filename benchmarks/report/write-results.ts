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

/** Writes the figures, and what is made of them. The plot is that of the first run. */
export function writeResults(results: Results): void {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" ? Number(value.toPrecision(5)) : value;
  writeFileSync(data, `${JSON.stringify(results, rounded, 2)}\n`);
  writeFileSync(page, resultsPage(results));
  const [first] = results.runs;
  if (first !== undefined) writeFileSync(picture, plot(first));
  execFileSync("oxfmt", [data, page], { stdio: "inherit", shell: process.platform === "win32" });
  console.log("Written: benchmarks/RESULTS.md, results.json, results.svg");
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
