import { tasks } from "../measuring/tasks.ts";
import type { Memory } from "../memory/memory.ts";
import { goalsOf, sizeGoals } from "./goals.ts";
import type { NodeRun, Results } from "./results.ts";
import {
  asMarkdown,
  coldStartTable,
  goalTable,
  loadedTable,
  memoryTable,
  partsTable,
  sizeTable,
  taskTable,
  typesTable,
  versionsTable,
} from "./tables.ts";

const introduction = `# What it costs, side by side

Written by \`pnpm bench\`; the figures are also in [results.json](results.json). Each contender runs in a process of its own
against a server that answers from memory; they take turns in short rounds, those of the Query page in five processes, one
after another, those one at a time in three. Each process is told to keep its machine code and 16 MB for new objects while it waits for its turn
(\`--no-flush-bytecode --min-semi-space-size=16\`). Times and CPU are medians over the rounds, ratios the median of the ratios of
the rounds. CPU is that of the whole process, garbage collection and kernel included. "32 at once" is 32 requests under way all
the time. One at a time, client and server take turns on one processor: between two, most of what a call takes is that a sleeping
one is woken, on this machine in 80 to 400 µs, never twice the same; that is told beside it. What 99 of 100 calls took is told
where a round has a hundred. The page of about 1 MB and all items are ASCII text.

- **floor** is what a client over \`node:http\` does at any rate: a constant body that is already signed, and \`JSON.parse\` of the
  answer. No item is decoded, no checksum looked at, nothing timed or retried. \`node:http\` is used as its documentation shows;
  the **least floor** takes the shortcuts around it that core takes, too: headers that are written as they are, Latin-1, an
  agent that does less for each request.
- **@fieldwise/core** and **@fieldwise/schema** run with all that they do by default: retries, timeouts, checksums; the schema
  decodes and validates every item that it reads, and makes a \`Date\` of its date.
- **DocumentClient** prepares every answer for a log that is not written; with \`logger: {}\` it doesn't, and is the fairer baseline
  for pages.
- **@aws-lite/dynamodb** keeps its connections alive here, which it does by itself only within AWS.
- **ElectroDB** and **DynamoDB-Toolbox** run over DocumentClient with the same attributes declared, and dates left as text.

![Throughput and time side by side](results.svg)
`;

export function resultsPage(results: Results): string {
  const parts = [introduction];
  for (const run of results.runs) {
    const goals = goalsOf(run);
    parts.push(`## Goals on Node ${run.node}`, asMarkdown(goalTable(goals)));
    const exceptions = goals.flatMap((goal) => goal.exceptions ?? []);
    if (exceptions.length > 0) {
      parts.push(`Not ahead in:\n\n${exceptions.map((task) => `- ${task}`).join("\n")}`);
    }
  }
  parts.push(
    `## Size\n\nBundled by esbuild. Our own code is counted without the libraries that it loads, as \`pnpm bench:size\` does. What is imported on
demand, AWS's sources of credentials among it, is in files of its own.\n\n${asMarkdown(goalTable(sizeGoals(results)))}\n\n${asMarkdown(sizeTable(results))}`,
    // Those of an earlier benchmark have none.
    ...(results.bundles.parts === undefined ? [] : [partsSection(results.bundles.parts)]),
    `## Type-checking\n\nA program that defines tables of about ten attributes and calls each kind of operation (\`pnpm bench:types\`).\n\n${asMarkdown(typesTable(results))}`,
    `## A database for a test\n\n\`\`\`\n${results.testDatabase.trim()}\n\`\`\``,
    ...(results.memory === undefined ? [] : [memorySection(results.memory)]),
    ...results.runs.map(runSection),
    `## Versions\n\n${asMarkdown(versionsTable(results))}`,
  );
  return `${parts.join("\n\n")}\n`;
}

function partsSection(parts: Parameters<typeof partsTable>[0]): string {
  return `What our own code consists of, by package and folder of the sources:\n\n${asMarkdown(partsTable(parts))}`;
}

function memorySection(memory: Memory): string {
  const { scan, keepItem } = memory["fieldwise-core"];
  return `## Memory

A scan of ${scan.items?.toLocaleString("en-US")} items of about 400 bytes, in pages of about 1 MB, item by item: what is held beyond what was before it, when
everything that nobody holds has been collected, and at most at any time. The slow consumer takes longer for a page than the next
one takes to come; four segments are read at once. And what stays in memory for each item, or each attribute of 20 characters, that
is kept of one of ${keepItem.pages?.toLocaleString("en-US")} pages.

${asMarkdown(memoryTable(memory))}`;
}

function runSection(run: NodeRun): string {
  const { machine } = run;
  const busy =
    machine.load > 0.5
      ? ` Other work was going on: a load of ${machine.load} before the start, so that times are longer than they need be.`
      : "";
  const parts = [
    `## Node ${run.node}`,
    `${run.date}, ${machine.cpu}, ${machine.cores} cores, ${machine.memory} GB, ${machine.system}.${busy}`,
  ];
  for (const task of tasks) {
    if (run.tasks[task.name] === undefined) continue;
    parts.push(`### ${task.title}`, asMarkdown(taskTable(run.tasks, task)));
  }
  parts.push(
    "### Cold start: import to first answer",
    'In a fresh process, with keys and Region in the environment. Bundled: with code splitting, so that what is imported on demand is in files of its own; of ES modules: with esbuild\'s `mainFields: ["module", "main"]`, by which much of AWS\'s own code is left out.',
    asMarkdown(coldStartTable(run)),
    asMarkdown(loadedTable(run)),
  );
  return parts.join("\n\n");
}
