/**
 * What it costs the compiler to check a program that uses the built declarations of `@fieldwise/schema`, zod's own cost
 * included: `pnpm bench:types`. Fails above the limits.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programOf } from "./source.ts";

/** Of the program with three tables. */
const instantiationLimit = 40_000;
/** From three tables to twelve. */
const growthLimit = 4;

interface Cost {
  readonly instantiations: number;
  readonly seconds: number;
}

const small = measure(3);
const large = measure(12);
if (small.instantiations > instantiationLimit) {
  fail(`3 tables need more than ${instantiationLimit} instantiations`);
}
if (large.instantiations > growthLimit * small.instantiations) {
  fail(`12 tables need more than ${growthLimit} times what 3 need`);
}

function measure(tables: number): Cost {
  const cost = check(programOf(tables), `${tables}-tables`);
  console.log(
    `${tables} tables: ${cost.instantiations} instantiations, ${cost.seconds.toFixed(3)} s check time`,
  );
  return cost;
}

function check(source: string, name: string): Cost {
  const folder = fileURLToPath(new URL(`../dist/types/${name}`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "program.ts"), source);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        target: "es2022",
        lib: ["es2023", "esnext.disposable"],
        types: ["node"],
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        noEmit: true,
      },
      files: ["program.ts"],
    }),
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [compiler(), "-p", folder, "--extendedDiagnostics"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The program does not compile:\n${stdout}${stderr}`);
  return {
    instantiations: figure(stdout, /Instantiations:\s+(\d+)/),
    seconds: figure(stdout, /Check time:\s+([\d.]+)s/),
  };
}

function compiler(): string {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  return join(dirname(manifest), "bin/tsc");
}

function figure(diagnostics: string, pattern: RegExp): number {
  const match = pattern.exec(diagnostics);
  if (match === null) throw new Error(`The compiler did not say ${pattern}:\n${diagnostics}`);
  return Number(match[1]);
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}
