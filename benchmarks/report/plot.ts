import { contenders } from "../measuring/entries.ts";
import type { NodeRun } from "./results.ts";
import { medianOf } from "./statistics.ts";

interface Bar {
  readonly title: string;
  readonly value: number;
  readonly label: string;
  readonly kind: "ours" | "floor" | "other";
}

const width = 830;
const barHeight = 22;
const rowHeight = 30;
const labelWidth = 310;
const valueWidth = 100;
const margin = 24;

/** Two charts in one SVG, on a ground of its own so that it can be read in light and in dark mode. */
export function plot(run: NodeRun): string {
  const throughput = barsOf(run, "get-32", (time) => ({
    value: 1e6 / time,
    label: Math.round(1e6 / time).toLocaleString("en-US"),
  }));
  const page = barsOf(run, "query", (time) => ({
    value: time,
    label: `${(time / 1000).toFixed(1)} ms`,
  }));
  const first = chart("GetItem, 32 at once: answers a second (more is better)", throughput, margin);
  const second = chart("Query page of about 1 MB: time (less is better)", page, first.end + margin);
  const height = second.end + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Fieldwise beside other clients and mappers">
<style>
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f; }
.title { font-weight: 600; font-size: 14px; }
.note { font-size: 11px; fill: #57606a; }
.ground { fill: #ffffff; stroke: #d0d7de; }
.ours { fill: #0969da; } .floor { fill: #8c959f; } .other { fill: #c9d1d9; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .note { fill: #8b949e; }
.ground { fill: #0d1117; stroke: #30363d; }
.ours { fill: #58a6ff; } .floor { fill: #6e7681; } .other { fill: #3d444d; }
}
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${first.svg}
${second.svg}
<text class="note" x="${margin}" y="${height - 14}">${escape(`One process, Node ${run.node}, ${run.machine.cpu}, ${run.date}. Written by pnpm bench.`)}</text>
</svg>
`;
}

function barsOf(
  run: NodeRun,
  task: string,
  show: (time: number) => Pick<Bar, "value" | "label">,
): Bar[] {
  const rounds = run.tasks[task] ?? {};
  return contenders
    .filter(({ name }) => rounds[name] !== undefined)
    .map(({ name, title }) => ({ name, title, time: medianOf(rounds[name] ?? [], "time") }))
    .toSorted((a, b) => a.time - b.time)
    .map(({ name, title, time }) => ({
      title: name === "floor" ? "floor: node:http + JSON.parse" : title.replaceAll("`", ""),
      kind: name.startsWith("fieldwise") ? "ours" : name.startsWith("floor") ? "floor" : "other",
      ...show(time),
    }));
}

function chart(
  title: string,
  bars: readonly Bar[],
  top: number,
): { readonly svg: string; readonly end: number } {
  const space = width - 2 * margin - labelWidth - valueWidth;
  const longest = Math.max(...bars.map(({ value }) => value));
  const first = top + 28;
  const rows = bars.map(({ title: name, value, label, kind }, index) => {
    const y = first + index * rowHeight;
    const length = Math.max(2, (space * value) / longest);
    const x = margin + labelWidth;
    const text = y + barHeight / 2 + 4.5;
    return [
      `<text x="${x - 10}" y="${text}" text-anchor="end">${escape(name)}</text>`,
      `<rect class="${kind}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3"/>`,
      `<text x="${(x + length + 8).toFixed(1)}" y="${text}">${escape(label)}</text>`,
    ].join("\n");
  });
  return {
    svg: `<text class="title" x="${margin}" y="${top + 12}">${escape(title)}</text>\n${rows.join("\n")}`,
    end: first + bars.length * rowHeight,
  };
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
