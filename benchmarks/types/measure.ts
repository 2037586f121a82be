import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programOf } from "./source.ts";

/** What the compiler says of a program. */
export interface Cost {
  readonly instantiations: number;
  readonly seconds: number;
}

/** Checks a program with so many tables against the built declarations. */
export function measureTypes(tables: number): Cost {
  return check(programOf(tables), `${tables}-tables`);
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
