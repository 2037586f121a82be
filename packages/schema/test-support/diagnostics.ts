import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** An error of the compiler: its first line, which says what is wrong. */
export interface Diagnostic {
  /** Counted from 0. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

/** What the compiler says of a program that uses this package. */
export function diagnosticsOf(program: string): readonly Diagnostic[] {
  // In the package, from where its dependencies are found; and in what is neither committed nor published.
  const cache = fileURLToPath(new URL("../node_modules/.cache", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "diagnostics-"));
  try {
    writeFileSync(join(folder, "program.ts"), program);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
    const { stdout } = spawnSync(
      process.execPath,
      [compiler(), "-p", folder, "--pretty", "false"],
      {
        encoding: "utf8",
      },
    );
    return [...stdout.matchAll(/^\S*program\.ts\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)].map(
      ([, line, column, code = "", message = ""]) => ({
        line: Number(line) - 1,
        column: Number(column) - 1,
        code,
        message,
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const configuration = {
  extends: fileURLToPath(new URL("../../../tsconfig.base.json", import.meta.url)),
  compilerOptions: { noEmit: true, composite: false, isolatedDeclarations: false },
  files: ["program.ts"],
};

function compiler(): string {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  return join(dirname(manifest), "bin/tsc");
}
