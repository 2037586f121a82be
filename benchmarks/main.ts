/**
 * Everything that is measured, side by side: `pnpm bench`. Prints tables, and writes `RESULTS.md`, `results.json` and
 * `results.svg`.
 *
 *   --quick              only sees that every contender runs; writes nothing
 *   --report             writes RESULTS.md and results.svg again, of results.json
 *   --node <path>        on this Node as well; or FIELDWISE_BENCH_NODE
 *   --newest-node        on the newest Node as well, which npm fetches
 *   --rounds <7>         how often each contender takes its turn
 *   --memory             only memory, written beside what was measured before
 *   --items <1000000>    how many items a scan reads whose memory is measured
 *   --tasks <a,b>        only these tasks of `measuring/tasks.ts`; writes nothing
 *   --contenders <a,b>   only these of `measuring/entries.ts`; writes nothing
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BundleSizes, bundlePrograms } from "./bundle-size/bundle-size.ts";
import { measureColdStarts } from "./cold-start/cold-start.ts";
import { buildBenchmark, type Built } from "./measuring/build.ts";
import { type StubServer, startStubServer } from "./measuring/processes.ts";
import { contenders, pieceMakers } from "./measuring/entries.ts";
import { measureTasks, type RunOptions } from "./measuring/run.ts";
import { tasks } from "./measuring/tasks.ts";
import { measureMemory, type Memory } from "./memory/memory.ts";
import { installNewestNode } from "./newest-node.ts";
import { goalsOf, sizeGoals } from "./report/goals.ts";
import {
  describeMachine,
  installedVersions,
  type NodeRun,
  type Results,
} from "./report/results.ts";
import { readResults, writeResults } from "./report/write-results.ts";
import {
  asText,
  coldStartTable,
  goalTable,
  memoryTable,
  sizeTable,
  taskTable,
  typesTable,
} from "./report/tables.ts";
import { measureTypes } from "./types/measure.ts";

const { values: chosen } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    node: { type: "string" },
    report: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    items: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "7" },
    "newest-node": { type: "boolean", default: false },
    tasks: { type: "string" },
    contenders: { type: "string" },
  },
});
checkNames("--tasks", chosen.tasks, tasks);
checkNames("--contenders", chosen.contenders, [...contenders, ...pieceMakers]);
const items = checkNumber("--items", chosen.items);
const rounds = checkNumber("--rounds", chosen.rounds);
const partial = chosen.tasks !== undefined || chosen.contenders !== undefined;
const machine = describeMachine();
if (chosen.report) {
  const results = readResults();
  if (results === undefined) throw new Error("There is no results.json: run pnpm bench first");
  writeResults(results);
} else {
  await runBenchmark();
}

async function runBenchmark(): Promise<void> {
  const built = await buildBenchmark();
  const bundles = await bundlePrograms(built);
  const server = await startStubServer(built);
  try {
    if (chosen.memory) {
      const memory = await memoryOf(built, server);
      const earlier = readResults();
      if (earlier === undefined) throw new Error("There is no results.json: run pnpm bench first");
      if (!chosen.quick) writeResults({ ...earlier, memory });
      return;
    }
    if (partial) {
      const results = await measureTasks(built, server, optionsFor(nodes()[0] ?? process.execPath));
      if (chosen.quick) return tellQuick();
      for (const task of tasks) {
        if (results[task.name] !== undefined) print(task.title, asText(taskTable(results, task)));
      }
      return;
    }
    // First what may not be there: the local DynamoDB is a program of the platform's.
    const tests = chosen.quick ? "" : measureTestDatabase();
    const runs: NodeRun[] = [];
    for (const node of nodes()) runs.push(await measureNode(built, server, node));
    report(runs, bundles, await memoryOf(built, server), tests);
  } finally {
    server[Symbol.dispose]();
  }
}

/** The Nodes to measure on: this one first, unless one is named for a part. */
function nodes(): string[] {
  const other = chosen.node ?? process.env["FIELDWISE_BENCH_NODE"];
  const more = [
    ...(other === undefined ? [] : [other]),
    ...(chosen["newest-node"] ? [installNewestNode()] : []),
  ];
  return partial && more.length > 0 ? more : [process.execPath, ...more];
}

function checkNames(
  option: string,
  given: string | undefined,
  known: readonly { readonly name: string }[],
): void {
  for (const name of given?.split(",") ?? []) {
    if (known.some((entry) => entry.name === name)) continue;
    const names = known.map((entry) => entry.name).join(", ");
    throw new Error(`${option}: there is no ${name}, only ${names}`);
  }
}

function checkNumber(option: string, given: string): number {
  if (/^[1-9]\d*$/.test(given)) return Number(given);
  throw new Error(`${option}: ${given} is not a whole number from 1`);
}

function optionsFor(node: string): RunOptions {
  const pace = chosen.quick
    ? { rounds: 0, patience: 0, warmUp: 0 }
    : { rounds, patience: 1, warmUp: 2000 };
  return {
    node,
    ...pace,
    onlyTasks: chosen.tasks?.split(","),
    onlyContenders: chosen.contenders?.split(","),
  };
}

async function measureNode(on: Built, against: StubServer, node: string): Promise<NodeRun> {
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  process.stderr.write(`On Node ${version}\n`);
  return {
    node: version,
    date: new Date().toISOString().slice(0, 10),
    machine,
    versions: installedVersions(),
    tasks: await measureTasks(on, against, optionsFor(node)),
    coldStarts: await measureColdStarts(on, against, {
      node,
      rounds: chosen.quick ? 0 : rounds,
    }),
  };
}

async function memoryOf(on: Built, against: StubServer): Promise<Memory> {
  const memory = await measureMemory(on, against, {
    node: process.execPath,
    items: chosen.quick ? 5_000 : items,
  });
  if (!chosen.quick) print("Memory", asText(memoryTable(memory)));
  return memory;
}

function measureTestDatabase(): string {
  process.stderr.write("A database for a test …\n");
  return execFileSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL("test-database/main.ts", import.meta.url))],
    { encoding: "utf8" },
  );
}

function report(
  runs: readonly NodeRun[],
  bundles: BundleSizes,
  memory: Memory,
  testDatabase: string,
): void {
  if (chosen.quick) return tellQuick();
  const types = { three: measureTypes(3), twelve: measureTypes(12) };
  const results: Results = {
    // What an earlier benchmark measured on other Nodes than these stays.
    runs: [
      ...runs,
      ...(readResults()?.runs ?? []).filter((earlier) =>
        runs.every(({ node }) => node !== earlier.node),
      ),
    ],
    bundles,
    types,
    memory,
    testDatabase,
  };
  for (const run of runs) printRun(run);
  print("Size", asText(sizeTable(results)), asText(goalTable(sizeGoals(results))));
  print("Type-checking", asText(typesTable(results)));
  print("A database for a test", testDatabase.trim());
  writeResults(results);
}

function tellQuick(): void {
  print("Every contender runs", "--quick measures nothing and writes nothing.");
}

function printRun(run: NodeRun): void {
  for (const task of tasks)
    print(`${task.title}, Node ${run.node}`, asText(taskTable(run.tasks, task)));
  print(`Cold start, Node ${run.node}`, asText(coldStartTable(run)));
  print(`Goals, Node ${run.node}`, asText(goalTable(goalsOf(run))));
}

function print(title: string, ...texts: readonly string[]): void {
  console.log(`\n${title}\n\n${texts.join("\n\n")}`);
}
