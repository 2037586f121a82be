/**
 * `pnpm test:reliability`: runs the long form of the reliability suite, and prints what it has measured as a table.
 * FIELDWISE_SEED=7 repeats a run. Arguments go to Vitest: `pnpm test:reliability hostile` runs the files of that name.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";

const folder = mkdtempSync(join(tmpdir(), "fieldwise-figures-"));
const file = join(folder, "figures.jsonl");
const seed = process.env["FIELDWISE_SEED"] || String(Date.now() % 2 ** 31);
const begun = performance.now();

writeFileSync(file, "");
console.log(`FIELDWISE_SEED=${seed}`);
try {
  process.exitCode = await runSuite(process.argv.slice(2));
  printFigures(readFileSync(file, "utf8"));
  console.log(
    `FIELDWISE_SEED=${seed} repeats this run, which took ${Math.round((performance.now() - begun) / 1000)} s.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function runSuite(names: readonly string[]): Promise<number> {
  const manifest = createRequire(import.meta.url).resolve("vitest/package.json");
  const filters = names.length === 0 ? [""] : names;
  const child = spawn(
    process.execPath,
    [
      join(dirname(manifest), "vitest.mjs"),
      "run",
      "--project",
      "integration",
      // The figures are measured with the machine at rest.
      "--no-file-parallelism",
      ...filters.map((name) => (name.startsWith("-") ? name : `reliability/${name}`)),
    ],
    {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      stdio: "inherit",
      env: {
        ...process.env,
        FIELDWISE_RELIABILITY: "long",
        FIELDWISE_SEED: seed,
        FIELDWISE_FIGURES: file,
      },
    },
  );
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

function printFigures(lines: string): void {
  const figures = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Figure);
  // A number that is told several times, by each server or each file, adds up.
  const sums = new Map<string, Figure>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.test, figure.name]);
    const before = sums.get(key)?.value;
    const { value } = figure;
    const adds = typeof before === "number" && typeof value === "number";
    sums.set(key, { ...figure, value: adds ? before + value : value });
  }
  console.table(
    [...sums.values()]
      .toSorted((a, b) => (a.test < b.test ? -1 : a.test > b.test ? 1 : 0))
      .map(({ test, name, value }) => ({ test, figure: name, value })),
  );
}
