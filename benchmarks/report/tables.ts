import { programs } from "../cold-start/cold-start.ts";
import { contenders, pieceMakers } from "../measuring/entries.ts";
import type { Figures } from "../measuring/measure.ts";
import { type Memory, memoryContenders } from "../memory/memory.ts";
import type { Task } from "../measuring/tasks.ts";
import type { Goal } from "./goals.ts";
import type { NodeRun, Results } from "./results.ts";
import { median, medianOf, ratio } from "./statistics.ts";

/** A table, its first row the head. */
export type Table = readonly (readonly string[])[];

/** Every contender of one task. */
export function taskTable(results: NodeRun["tasks"], task: Task): Table {
  const rounds = results[task.name] ?? {};
  const entries = task.kind === "requests" ? contenders : pieceMakers;
  const present = entries.filter(({ name }) => rounds[name] !== undefined);
  const base = present[0]?.name ?? "";
  const sequential = task.order.seats === 1 && task.kind === "requests";
  return [
    [
      "",
      "time for a call",
      ...(sequential ? ["half within", "99 of 100 within"] : ["calls a second"]),
      "CPU for a call",
      `time, of ${present[0]?.title ?? ""}'s`,
      "CPU, of its",
    ],
    ...present.map(({ name, title }) => {
      const figures = rounds[name] ?? [];
      const time = medianOf(figures, "time");
      return [
        title,
        duration(time),
        ...(sequential
          ? [duration(medianOf(figures, "median")), slowest(figures)]
          : [count(1e6 / time)]),
        duration(medianOf(figures, "cpu")),
        times(ratio(rounds, name, base, "time")),
        times(ratio(rounds, name, base, "cpu")),
      ];
    }),
  ];
}

export function coldStartTable({ coldStarts }: NodeRun): Table {
  return [
    [
      "",
      ...["bundled", "bundled, ES modules", "bundled, one file", "installed"].flatMap((form) => [
        form,
        "CPU",
      ]),
      "files loaded",
      "code loaded",
    ],
    ...programs.map((name) => {
      const { bundled, modules, whole, installed, loaded } = coldStarts[name];
      const files = Object.values(loaded).reduce((sum, [number]) => sum + number, 0);
      const size = Object.values(loaded).reduce((sum, [, part]) => sum + part, 0);
      return [
        titleOf(name),
        ...[bundled, modules, whole, installed].flatMap((starts) => [
          milliseconds(median(starts.map(({ time }) => time))),
          milliseconds(median(starts.map(({ cpu }) => cpu))),
        ]),
        String(files),
        `${size.toFixed(0)} kB`,
      ];
    }),
  ];
}

export function loadedTable({ coldStarts }: NodeRun): Table {
  return [
    ["", "packages that are loaded for the first answer (files)"],
    ...programs.map((name) => [
      titleOf(name),
      Object.entries(coldStarts[name].loaded)
        .toSorted(([, [a]], [, [b]]) => b - a)
        .map(([library, [files]]) => `${library} (${files})`)
        .join(", "),
    ]),
  ];
}

export function sizeTable({ bundles }: Pick<Results, "bundles">): Table {
  const row = (title: string, { minified, gzipped }: { minified: number; gzipped: number }) => [
    title,
    kilobytes(minified),
    kilobytes(gzipped),
  ];
  return [
    ["", "minified", "gzipped"],
    row("core, our own code", bundles.own.core),
    row("core and schema, our own code", bundles.own.schema),
    ...programs.flatMap((name) => {
      const size = bundles.programs[name];
      if (size === undefined) throw new Error(`${name} was not bundled`);
      return [
        row(`a program that reads one item by ${titleOf(name)}: what it loads`, size.loaded),
        row(`${titleOf(name)}: with what it loads on demand`, size.whole),
      ];
    }),
  ];
}

export function partsTable(parts: NonNullable<Results["bundles"]["parts"]>): Table {
  const all = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  return [
    ["", "minified", "share"],
    ...Object.entries(parts).map(([part, bytes]) => [
      part,
      kilobytes(bytes),
      `${((100 * bytes) / all).toFixed(0)}%`,
    ]),
  ];
}

export function goalTable(goals: readonly Goal[]): Table {
  return [
    ["goal", "limit", "reached", ""],
    ...goals.map(({ goal, limit, reached, holds }) => [
      goal,
      limit,
      reached,
      holds === undefined ? "" : holds ? "holds" : "**missed**",
    ]),
  ];
}

export function memoryTable(memory: Memory): Table {
  const megabytes = (bytes = Number.NaN): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    [
      "",
      "held, one page after another",
      "held, slow consumer",
      "held, four segments",
      "with garbage, at most",
      "process, at most",
      "for each item kept",
      "for each attribute kept",
    ],
    ...memoryContenders.map((name) => {
      const { scan, slow, segments, keepItem, keepAttribute } = memory[name];
      return [
        titleOf(name),
        megabytes(scan.collected),
        megabytes(slow.collected),
        megabytes(segments.collected),
        megabytes(scan.peak),
        megabytes(scan.resident),
        `${count(keepItem.each ?? Number.NaN)} B`,
        `${count(keepAttribute.each ?? Number.NaN)} B`,
      ];
    }),
  ];
}

export function typesTable({ types }: Pick<Results, "types">): Table {
  return [
    ["", "instantiations", "check time"],
    ...[["3 tables", types.three] as const, ["12 tables", types.twelve] as const].map(
      ([title, { instantiations, seconds }]) => [
        title,
        count(instantiations),
        `${seconds.toFixed(2)} s`,
      ],
    ),
  ];
}

/** Of each run its own, as one may be left from an earlier benchmark. */
export function versionsTable({ runs }: Pick<Results, "runs">): Table {
  const names = new Set(runs.flatMap(({ versions }) => Object.keys(versions)));
  return [
    ["version of", ...runs.map(({ node }) => `on Node ${node}`)],
    ...[...names].map((name) => [name, ...runs.map(({ versions }) => versions[name] ?? "")]),
  ];
}

export function asMarkdown(table: Table): string {
  const [head = [], ...rows] = table;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** With columns that stand below each other, for a terminal. */
export function asText(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function titleOf(name: string): string {
  if (name === "fieldwise-schema") return "@fieldwise/schema";
  return contenders.find((entry) => entry.name === name)?.title ?? name;
}

/** Fewer calls than a hundred don't tell what 99 of them take. */
function slowest(figures: readonly Figures[]): string {
  return medianOf(figures, "calls") < 100 ? "" : duration(medianOf(figures, "slowest"));
}

/** From microseconds. */
function duration(time: number): string {
  if (time >= 1000) return `${(time / 1000).toFixed(time < 10_000 ? 2 : 1)} ms`;
  return `${time.toFixed(time < 10 ? 2 : time < 100 ? 1 : 0)} µs`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(0)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function times(value: number): string {
  return `${value.toFixed(2)}×`;
}
