import { describe, expect, it } from "vitest";
import type { Figures } from "../measuring/measure.ts";
import { tasks } from "../measuring/tasks.ts";
import { goalsOf } from "./goals.ts";
import { plot } from "./plot.ts";
import type { NodeRun, Results } from "./results.ts";
import { taskTable } from "./tables.ts";
import { readResults, textsOf } from "./write-results.ts";

const { results, run } = kept();

function kept(): { readonly results: Results; readonly run: NodeRun } {
  const found = readResults();
  const first = found?.runs[0];
  if (found === undefined || first === undefined) throw new Error("There are no results");
  return { results: found, run: first };
}

/** The run with other figures of core for a page. */
function withPages(core: readonly Figures[] | undefined): NodeRun {
  const { "fieldwise-core": _, ...others } = run.tasks["query"] ?? {};
  const query = core === undefined ? others : { "fieldwise-core": core, ...others };
  return { ...run, tasks: { ...run.tasks, query } };
}

describe("the goal to be ahead everywhere", () => {
  const pages = run.tasks["query"]?.["fieldwise-core"] ?? [];

  function notAhead(of: NodeRun): readonly string[] {
    return goalsOf(of).flatMap(({ exceptions = [] }) => exceptions);
  }

  it.each([
    ["was not measured", undefined],
    ["has no rounds", []],
    ["has times that are no numbers", pages.map((round) => ({ ...round, time: Number.NaN }))],
  ])("is missed by a contender that %s", (_, core) => {
    expect(notAhead(run)).not.toContainEqual(
      expect.stringMatching(/^Query page.*core and aws-lite/),
    );
    expect(notAhead(withPages(core))).toContainEqual(
      expect.stringMatching(/^Query page.*core and aws-lite/),
    );
  });
});

describe("what is written", () => {
  it("is the same when it is made again of what is kept", () => {
    const exact = JSON.parse(JSON.stringify(results), (_, value: unknown) =>
      typeof value === "number" && !Number.isInteger(value) ? value * 1.000_02 : value,
    ) as Results;
    const written = textsOf(exact);
    expect(textsOf(JSON.parse(written.data) as Results)).toEqual(written);
  });

  it("keeps every digit of what was counted", () => {
    const types = { ...results.types, twelve: { instantiations: 117_196, seconds: 0.181_234_5 } };
    const written = JSON.parse(textsOf({ ...results, types }).data) as Results;
    expect(written.types.twelve).toEqual({ instantiations: 117_196, seconds: 0.181_23 });
  });

  it("tells the versions that each run was measured with", () => {
    const earlier = { ...run, node: "v1.2.3", versions: { ...run.versions, electrodb: "0.0.1" } };
    const { page } = textsOf({ ...results, runs: [run, earlier] });
    expect(page).toMatch(/\| electrodb +\| +[1-9][\d.]+ \| +0\.0\.1 \|/);
  });
});

it.each([
  [99, ""],
  [100, "3.00 ms"],
])("what 99 of 100 calls took, of %i calls a round, is %j", (calls, told) => {
  const task = tasks.find(({ name }) => name === "query");
  if (task === undefined) throw new Error("There is no such task");
  const round = { calls, time: 2000, cpu: 2000, median: 2000, slowest: 3000 };
  const [head, row] = taskTable(withPages([round]).tasks, task);
  expect(row?.[head?.indexOf("99 of 100 within") ?? -1]).toBe(told);
});

it("the plot has room for every label", () => {
  const labels = [...plot(run).matchAll(/<text x="(\d+)"[^>]* text-anchor="end">([^<]*)</g)];
  expect(labels.length).toBeGreaterThan(10);
  // Half an em is what a character takes in a font that runs wide.
  const cut = labels.filter(([, end, label = ""]) => 6.5 * label.length > Number(end));
  expect(cut).toEqual([]);
});
