import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

/** The benchmark's own code as JavaScript, so that no loader takes part in what is measured. */
export interface Built {
  readonly folder: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is measured itself stays where it is installed, and is loaded as published: `dist`, not the sources. */
export async function buildBenchmark(): Promise<Built> {
  const folder = join(root, "dist/benchmark");
  rmSync(folder, { recursive: true, force: true });
  const options: BuildOptions = {
    absWorkingDir: root,
    outdir: folder,
    outbase: root,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
  };
  await build({
    ...options,
    packages: "external",
    entryPoints: [
      "measuring/worker.ts",
      "stub-server/server.ts",
      "cold-start/start.ts",
      "memory/program.ts",
      ...sourcesIn("contenders"),
      ...sourcesIn("cold-start/programs"),
    ],
  });
  await build({
    ...options,
    // What users of the packages don't see is in their sources alone.
    conditions: ["@fieldwise/source"],
    external: ["@aws-sdk/*", "@smithy/*", "aws4", "dynamodb-toolbox", "electrodb", "zod"],
    entryPoints: sourcesIn("pieces"),
  });
  return { folder };
}

/** The modules of a folder, as paths from the benchmarks' root. */
function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => join(folder, basename(name)));
}
