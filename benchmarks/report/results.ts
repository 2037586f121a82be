import { createRequire } from "node:module";
import { cpus, loadavg, totalmem } from "node:os";
import type { BundleSizes } from "../bundle-size/bundle-size.ts";
import type { ColdStarts, ProgramName } from "../cold-start/cold-start.ts";
import type { Memory } from "../memory/memory.ts";
import type { Rounds } from "../measuring/run.ts";
import type { Cost } from "../types/measure.ts";

/** What was measured on one version of Node. */
export interface NodeRun {
  /** `v20.20.2`. */
  readonly node: string;
  readonly date: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  /** By the name of the task, then of the contender. */
  readonly tasks: Readonly<Record<string, Rounds>>;
  readonly coldStarts: Readonly<Record<ProgramName, ColdStarts>>;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  readonly system: string;
  /** How many processes wanted to run before the benchmark began. Above 0.5 something else took part of the machine. */
  readonly load: number;
}

/** Everything that `RESULTS.md` and the plot are made of. */
export interface Results {
  readonly runs: readonly NodeRun[];
  readonly bundles: BundleSizes;
  readonly types: { readonly three: Cost; readonly twelve: Cost };
  /** On the Node that ran the benchmark. */
  readonly memory?: Memory;
  /** As `pnpm bench:test-database` prints it. */
  readonly testDatabase: string;
}

export function describeMachine(): Machine {
  return {
    cpu: (cpus()[0]?.model ?? "unknown").trim(),
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    load: Math.round(100 * (loadavg()[0] ?? 0)) / 100,
  };
}

const measured = [
  "@fieldwise/core",
  "@fieldwise/schema",
  "zod",
  "undici",
  "@aws-sdk/client-dynamodb",
  "@aws-sdk/lib-dynamodb",
  "@aws-sdk/util-dynamodb",
  "@smithy/signature-v4",
  "@aws-lite/client",
  "@aws-lite/dynamodb",
  "aws4",
  "electrodb",
  "dynamodb-toolbox",
  "esbuild",
  "typescript",
];

/** The versions of everything that is measured, and of what measures. */
export function installedVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  return Object.fromEntries(
    measured.map((name) => [name, versionOf(require.resolve.paths(name) ?? [], name, require)]),
  );
}

// Not all of them export their manifest.
function versionOf(folders: readonly string[], name: string, require: NodeJS.Require): string {
  for (const folder of folders) {
    try {
      return (require(`${folder}/${name}/package.json`) as { version: string }).version;
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed`);
}
