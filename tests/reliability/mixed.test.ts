import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { recordFigure } from "./figures.ts";
import type { MixedReport, MixedTask } from "./mixed-report.ts";
import { profile } from "./profile.ts";

const megabyte = 1024 * 1024;
/** What the heap may grow by from a quarter of the operations to all of them: 56 bytes an operation in the long form. */
const heapGrowth = 4 * megabyte;
/** How long the process may take to end once it has printed its report. */
const exitWithin = 5_000;

interface Run {
  readonly report: MixedReport;
  readonly code: number | null;
  /** Whether it ended by itself. */
  readonly exited: boolean;
  readonly errorOutput: string;
}

async function runProgram(task: MixedTask): Promise<Run> {
  const program = fileURLToPath(new URL("mixed-program.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [
      "--expose-gc",
      "--import",
      "tsx",
      "--conditions=@fieldwise/source",
      program,
      JSON.stringify(task),
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  let errorOutput = "";
  let exited = true;
  let killer: NodeJS.Timeout | undefined;
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString();
    if (!output.endsWith("\n")) return;
    killer ??= setTimeout(() => {
      exited = false;
      child.kill("SIGKILL");
    }, exitWithin);
  });
  child.stderr.on("data", (bytes: Buffer) => (errorOutput += bytes.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(killer);
  if (output === "") throw new Error(`The program ended with ${code}: ${errorOutput}`);
  return { report: JSON.parse(output) as MixedReport, code, exited, errorOutput };
}

describeOnEachServer("mixed operations under faults", (suite) => {
  const { server, client, createTable, deviates } = suite;
  it("leave what they said they would", { timeout: profile.pick(120_000, 900_000) }, async () => {
    const { endpoint, region, credentials } = server;
    const { operations, seed } = profile;
    const run = await runProgram({ endpoint, region, credentials, operations, seed });
    const { report } = run;

    expect(report.violations).toEqual([]);
    expect(report.incidents).toEqual([]);
    expect({ code: run.code, exited: run.exited, errorOutput: run.errorOutput }).toEqual({
      code: 0,
      exited: true,
      errorOutput: "",
    });
    expect(report.resources).toEqual([]);

    const ended = Object.values(report.kinds).flatMap(({ done, refused, failed }) => [
      done,
      refused,
      failed,
    ]);
    expect(sum(ended)).toBe(operations);
    const injected = sum(Object.values(report.faults));
    expect(injected / report.requests).toBeGreaterThan(0.15);
    for (const { done } of Object.values(report.kinds)) expect(done).toBeGreaterThan(0);

    // With a token or a condition every increment that was answered is counted once.
    const { token, version, unconditional } = report.counters;
    expect(token).toMatchObject({ failed: 0, count: token.done });
    expect(version).toMatchObject({ failed: 0, count: version.done });
    // Without, none is lost, and one that is sent again may be counted again.
    expect(unconditional.count).toBeGreaterThanOrEqual(unconditional.done);

    const [atQuarter = 0] = report.heap;
    expect(report.heap).toHaveLength(4);
    expect((report.heap.at(-1) ?? 0) - atQuarter).toBeLessThan(heapGrowth);
    record(report, injected);
  });

  const ended = "ends a segment where the last item of its page was deleted";
  deviates({ dynoxide: ended }, "are scanned in segments while items are deleted", async () => {
    const table = await createTable();
    const items = Array.from({ length: 20 }, (_, index) => ({ id: `item-${index}` }));
    await client.batchWrite({ [table]: { put: items } });
    // As every item is in a segment, one of them has at least half of them.
    const counts = await Promise.all(
      [0, 1].map((segment) => client.scanCount(table, { segment, totalSegments: 2 })),
    );
    const segment = counts[0]! >= 10 ? 0 : 1;
    const pages = client.scan(table, { segment, totalSegments: 2, pageSize: 5 });
    const first = await pages.page();
    await client.delete(table, first.lastEvaluatedKey as { id: string });
    const rest: unknown[] = [];
    for (let key = first.lastEvaluatedKey; key !== undefined;) {
      const { items: more, lastEvaluatedKey } = await pages.page(key);
      rest.push(...more);
      key = lastEvaluatedKey;
    }
    expect(rest).toHaveLength(counts[segment]! - 5);
  });
});

function record(report: MixedReport, injected: number): void {
  const { kinds, requests, items, counters, heap, milliseconds } = report;
  const total = (how: "done" | "refused" | "failed"): number =>
    sum(Object.values(kinds).map((kind) => kind[how]));
  const { unconditional } = counters;
  const figures: Readonly<Record<string, number | string>> = {
    "operations done": total("done"),
    "refused by their condition": total("refused"),
    "failed after all retries": total("failed"),
    requests,
    "faults injected": injected,
    "items at the end": items,
    "items lost or written from nowhere": report.violations.length,
    "increments by token, by version (each counted once)": `${counters.token.done}, ${counters.version.done}`,
    "increments without a condition": unconditional.done,
    "of those, counted again": unconditional.count - unconditional.done,
    "heap at 25/50/75/100 %": `${heap.map((bytes) => (bytes / megabyte).toFixed(1)).join(" / ")} MB`,
    seconds: (milliseconds / 1000).toFixed(1),
  };
  for (const [name, value] of Object.entries(figures))
    recordFigure("mixed operations", name, value);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
