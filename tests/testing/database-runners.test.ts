import { type LocalDynamoDB, startDynamoDB } from "@fieldwise/testing";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// What test runners make of `testWithDatabase`, seen from outside: each runs a file in a process of its own, against a
// server of ours, on which nothing may be left.

let dynamodb: LocalDynamoDB;
beforeAll(async () => {
  vi.stubEnv("DYNAMODB_ENDPOINT", "");
  dynamodb = await startDynamoDB();
});
afterAll(() => dynamodb.stop());

interface Run {
  readonly code: number;
  readonly output: string;
  /** The lines of TAP that say how a test went. */
  readonly results: readonly string[];
}

/** Runs Node until it ends by itself. */
function node(args: readonly string[], endpoint = dynamodb.endpoint): Promise<Run> {
  // Vitest's variables, and Node's of a running test, would have the child believe that it is a part of this run.
  const { NODE_TEST_CONTEXT: _, VITEST: __, NODE_OPTIONS: ___, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      {
        cwd: fileURLToPath(new URL(".", import.meta.url)),
        env: { ...env, DYNAMODB_ENDPOINT: endpoint, NO_COLOR: "1" },
        timeout: 60_000,
      },
      (error, stdout, stderr) => {
        const output = stdout + stderr;
        const lines = output.match(/^ *(not )?ok \d+ - .*/gm) ?? [];
        const results = lines.map((line) => line.trim().replace(/ # time=.*/, ""));
        resolve({ code: error === null ? 0 : Number(error.code ?? NaN), output, results });
      },
    );
  });
}

const file = (name: string): string =>
  fileURLToPath(new URL(`database-runners/${name}`, import.meta.url));

async function tablesLeft(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of dynamodb.client().listTables()) names.push(name);
  return names;
}

describe("node:test", () => {
  it("runs each test with its database and leaves nothing", { timeout: 90_000 }, async () => {
    const { code, output, results } = await node([
      "--import=tsx",
      "--conditions=@fieldwise/source",
      "--test",
      "--test-reporter=tap",
      file("node-test.ts"),
    ]);
    expect(results).toEqual([
      "ok 1 - which a subtest may use",
      "ok 1 - has a database",
      "ok 2 - has a database of its own",
      "not ok 3 - fails on purpose",
      "not ok 4 - takes too long on purpose",
      "ok 5 - is skipped # SKIP",
      "ok 6 - is to be written # TODO",
      "ok 7 - writes",
      "ok 8 - sees what another test has written",
      "ok 1 - has one of its own",
      "ok 9 - a suite",
      "ok 10 - makes none # SKIP",
    ]);
    expect(output).toContain("on purpose");
    expect(code).toBe(1);
    expect(await tablesLeft()).toEqual([]);
  });
});

describe("Vitest", () => {
  it("runs each test with its database and leaves nothing", { timeout: 90_000 }, async () => {
    const vitest = join(
      dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
      "vitest.mjs",
    );
    const { code, results } = await node([
      vitest,
      "run",
      `--config=${file("vitest.config.ts")}`,
      "--reporter=tap-flat",
    ]);
    expect(results).toEqual([
      "ok 1 - vitest.ts > has a database",
      "not ok 2 - vitest.ts > fails on purpose",
      "not ok 3 - vitest.ts > takes too long on purpose",
      "ok 4 - vitest.ts > writes",
      "ok 5 - vitest.ts > sees what another test has written",
    ]);
    expect(code).toBe(1);
    expect(await tablesLeft()).toEqual([]);
  });
});

describe("a program", () => {
  it("exits by itself, though it stops nothing", { timeout: 90_000 }, async () => {
    const { code, output } = await node(
      ["--import=tsx", "--conditions=@fieldwise/source", file("program.ts")],
      "",
    );
    expect(code).toBe(0);
    const endpoints = output.trim().split("\n");
    expect(endpoints).toHaveLength(2);
    // The servers go when the process does; how soon depends on the machine.
    for (const endpoint of endpoints) {
      await vi.waitFor(() => expect(fetch(endpoint)).rejects.toThrow("fetch failed"), 10_000);
    }
  });
});
