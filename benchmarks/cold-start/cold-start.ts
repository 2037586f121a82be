import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Built } from "../measuring/build.ts";
import type { StubServer } from "../measuring/processes.ts";
import type { Start } from "./program.ts";

export const programs = [
  "fieldwise-core",
  "fieldwise-schema",
  "aws-lite",
  "document-client",
  "electrodb",
  "dynamodb-toolbox",
] as const;

export type ProgramName = (typeof programs)[number];

/** The starts of one program in each form. */
export interface ColdStarts extends Readonly<Record<Form, readonly Start[]>> {
  readonly loaded: NonNullable<Start["loaded"]>;
}

/**
 * `bundled`: what is imported on demand is in files of its own. `modules`: the same, of ES modules where a package has them
 * beside what it names as its main file. `whole`: everything is in one file. `installed`: as npm installs it.
 */
export type Form = "bundled" | "modules" | "whole" | "installed";

const moduleOf: Readonly<Record<Form, (name: ProgramName) => string>> = {
  bundled: (name) => `bundled/${name}/${name}.js`,
  modules: (name) => `bundled/${name}-modules/${name}.js`,
  whole: (name) => `bundled/${name}-whole.js`,
  installed: (name) => `cold-start/programs/${name}.js`,
};
export const forms = Object.keys(moduleOf) as Form[];

const run = promisify(execFile);

/** Starts every program in fresh processes, in turns. */
export async function measureColdStarts(
  built: Built,
  server: StubServer,
  { node, rounds }: { readonly node: string; readonly rounds: number },
): Promise<Record<ProgramName, ColdStarts>> {
  process.stderr.write("Cold start …\n");
  const results = new Map<ProgramName, Record<Form, Start[]>>();
  const start = async (program: string, ...more: string[]): Promise<Start> => {
    const starter = join(built.folder, "cold-start/start.js");
    const { stdout } = await run(
      node,
      [starter, join(built.folder, program), server.endpoint, ...more],
      { env: environment },
    );
    return JSON.parse(stdout) as Start;
  };
  // The first start of each reads its files from disk and is left out.
  for (let round = -1; round < rounds; round++) {
    for (const name of programs) {
      const starts = results.get(name) ?? { bundled: [], modules: [], whole: [], installed: [] };
      results.set(name, starts);
      for (const form of forms) {
        const measured = await start(moduleOf[form](name));
        if (round > -1) starts[form].push(measured);
      }
    }
  }
  const listed: [ProgramName, ColdStarts][] = [];
  for (const [name, starts] of results) {
    const { loaded = {} } = await start(moduleOf.installed(name), "--loaded");
    listed.push([name, { ...starts, loaded }]);
  }
  return Object.fromEntries(listed) as Record<ProgramName, ColdStarts>;
}

const environment = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_REGION: "eu-west-1",
  HOME: "/nonexistent",
  NODE_NO_WARNINGS: "1",
};
