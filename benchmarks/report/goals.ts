import { type Form, forms, programs } from "../cold-start/cold-start.ts";
import type { Rounds } from "../measuring/run.ts";
import { tasks } from "../measuring/tasks.ts";
import type { NodeRun, Results } from "./results.ts";
import { median, type Measure, ratio } from "./statistics.ts";

/** One goal, and what was reached. */
export interface Goal {
  readonly goal: string;
  readonly limit: string;
  readonly reached: string;
  /** `undefined`: a figure that is told and not held. */
  readonly holds: boolean | undefined;
  /** What there is to say where it does not. */
  readonly exceptions?: readonly string[];
}

const core = "fieldwise-core";
const undici = "fieldwise-core-undici";
const schema = "fieldwise-schema";
const unvalidated = "fieldwise-schema-unvalidated";

/** The goals of one run, in the order of their importance. */
export function goalsOf(run: NodeRun): Goal[] {
  return [
    ...(["get-32", "put-32"] as const).flatMap((task) => throughputGoals(run, task)),
    ...(["get-1", "put-1"] as const).map((task) =>
      atMost(
        `${titleOf(task)}: time for a call of core, of the floor's`,
        times(run, task, core, "floor"),
        1.2,
      ),
    ),
    ...(["get-1-apart", "put-1-apart"] as const).map((task) =>
      told(
        `${titleOf(task)}: time for a call of core, of the floor's`,
        times(run, task, core, "floor"),
      ),
    ),
    ...(["get-32", "put-32", "get-1", "put-1"] as const).map((task) => leastFloor(run, task)),
    ...pageGoals(run),
    ...startGoals(run),
    aheadEverywhere(run),
  ];
}

function throughputGoals(run: NodeRun, task: string): Goal[] {
  const title = titleOf(task);
  const faster = (of: string, than: string): number => times(run, task, than, of);
  return [
    atLeast(`${title}: core, throughput of DocumentClient's`, faster(core, "document-client"), 7),
    atLeast(`${title}: core, throughput of aws-lite's`, faster(core, "aws-lite"), 2),
    atLeast(`${title}: schema, throughput of ElectroDB's`, faster(schema, "electrodb"), 9),
    atLeast(
      `${title}: schema, throughput of DynamoDB-Toolbox's`,
      faster(schema, "dynamodb-toolbox"),
      9,
    ),
    atMost(`${title}: CPU of core, of the floor's`, times(run, task, core, "floor", "cpu"), 1.5),
    atLeast(
      `${title}: core on undici, throughput of DocumentClient's`,
      faster(undici, "document-client"),
      11,
    ),
    atMost(
      `${title}: CPU of core on undici, of the floor's`,
      times(run, task, undici, "floor", "cpu"),
      1,
    ),
  ];
}

function leastFloor(run: NodeRun, task: "get-32" | "put-32" | "get-1" | "put-1"): Goal {
  const figure = task.endsWith("-32") ? "cpu" : "time";
  return told(
    `${titleOf(task)}: ${figure === "cpu" ? "CPU" : "time for a call"} of core, of the least floor's`,
    times(run, task, core, "floor-least", figure),
  );
}

function pageGoals(run: NodeRun): Goal[] {
  const title = titleOf("query");
  const instant = titleOf("query-instant");
  const ofTheirs = times(run, "query", "document-client-logger", schema);
  return [
    atLeast(
      `${title}: schema, times as fast as DocumentClient`,
      times(run, "query", "document-client", schema),
      3.5,
    ),
    told(`${title}: schema, times as fast as DocumentClient with \`logger: {}\``, ofTheirs),
    atMost(`${title}: time of schema, of the floor's`, times(run, "query", schema, "floor"), 0.75),
    // `validate: false` makes no dates: what validation costs is told by items that are the same with it and without. Over
    // the network a process collects its garbage in one of two ways, by chance, and one takes half as long again.
    atMost(
      `${instant}: time of schema validated, of unvalidated, dates as text in both`,
      times(run, "query-instant", "fieldwise-schema-as-stored", unvalidated),
      1.05,
    ),
    told(
      `${instant}: time of schema validated, with a Date made for each item, of unvalidated`,
      times(run, "query-instant", schema, unvalidated),
    ),
    told(
      `${title}: time of schema validated, of unvalidated, dates as text in both`,
      times(run, "query", "fieldwise-schema-as-stored", unvalidated),
    ),
  ];
}

function startGoals({ coldStarts }: NodeRun): Goal[] {
  const ratioOf = (of: "fieldwise-core" | "fieldwise-schema", form: Form = "bundled"): number =>
    median(
      coldStarts[of][form].map(
        ({ time }, index) =>
          time / (coldStarts["document-client"][form][index]?.time ?? Number.NaN),
      ),
    );
  const credentials = Object.keys(coldStarts[core].loaded).filter((name) =>
    /credential|token-provider|sso|sts/.test(name),
  );
  return [
    atMost("Cold start, bundled: time of core, of DocumentClient's", ratioOf(core), 0.4),
    told("Cold start, bundled: time of schema with zod, of DocumentClient's", ratioOf(schema)),
    told("Cold start, bundled of ES modules: core, of DocumentClient's", ratioOf(core, "modules")),
    told("Cold start, bundled into one file: core, of DocumentClient's", ratioOf(core, "whole")),
    {
      goal: "Cold start with keys in the environment: packages of credentials that core loads",
      limit: "none",
      reached: credentials.length === 0 ? "none" : credentials.join(", "),
      holds: credentials.length === 0,
    },
  ];
}

/** Whether ours is the fastest that isn't the floor, task by task. */
function aheadEverywhere(run: NodeRun): Goal {
  const behind: string[] = [];
  for (const [task, rounds] of Object.entries(run.tasks)) {
    for (const other of ["aws-lite", "document-client", "document-client-logger", "aws-sdk"]) {
      notAhead(rounds, core, other, () => behind.push(`${titleOf(task)} (core and ${other})`));
    }
    for (const other of ["electrodb", "dynamodb-toolbox"]) {
      notAhead(rounds, schema, other, () => behind.push(`${titleOf(task)} (schema and ${other})`));
    }
  }
  for (const other of programs.filter((name) => !name.startsWith("fieldwise"))) {
    const own = other === "aws-lite" || other === "document-client" ? core : schema;
    for (const form of forms) {
      const time = (name: typeof other): number =>
        median(run.coldStarts[name][form].map((start) => start.time));
      if (!(time(own) <= time(other))) behind.push(`cold start, ${form} (${own} and ${other})`);
    }
  }
  return {
    goal: "Ahead of every other client and mapper in every task",
    limit: "all",
    reached: behind.length === 0 ? "all" : `all but ${behind.length}`,
    holds: behind.length === 0,
    exceptions: behind,
  };
}

function notAhead(rounds: Rounds, own: string, other: string, then: () => void): void {
  if (rounds[other] === undefined) return;
  // What can't be compared is not ahead.
  if (!(ratio(rounds, own, other, "time") <= 1)) then();
}

/** The goals that hold for any Node. */
export function sizeGoals({ bundles }: Pick<Results, "bundles">): Goal[] {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const { core: client, schema: mapper } = bundles.own;
  return [
    {
      goal: "core, our own code, minified and gzipped",
      limit: "≤ 15 kB",
      reached: kilobytes(client.gzipped),
      holds: client.gzipped <= 15_000,
    },
    {
      goal: "core and schema, our own code without zod, minified and gzipped",
      limit: "≤ 30 kB",
      reached: kilobytes(mapper.gzipped),
      holds: mapper.gzipped <= 30_000,
    },
  ];
}

function times(
  run: NodeRun,
  task: string,
  of: string,
  to: string,
  measure: Measure = "time",
): number {
  return ratio(run.tasks[task] ?? {}, of, to, measure);
}

function atLeast(goal: string, value: number, least: number): Goal {
  return { goal, limit: `≥ ${least}×`, reached: shown(value), holds: value >= least };
}

function atMost(goal: string, value: number, most: number): Goal {
  return { goal, limit: `≤ ${most}×`, reached: shown(value), holds: value <= most };
}

function told(goal: string, value: number): Goal {
  return { goal, limit: "", reached: shown(value), holds: undefined };
}

function shown(value: number): string {
  return Number.isNaN(value) ? "not measured" : `${value.toFixed(2)}×`;
}

function titleOf(task: string): string {
  return tasks.find(({ name }) => name === task)?.title ?? task;
}
