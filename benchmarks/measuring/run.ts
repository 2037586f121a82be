import type { Built } from "./build.ts";
import { contenders, type Entry, pieceMakers } from "./entries.ts";
import type { Figures } from "./measure.ts";
import { type StubServer, Worker } from "./processes.ts";
import { canShareProcessor, shareProcessor } from "./processor.ts";
import { type Task, tasks } from "./tasks.ts";

/** The rounds of each contender of a task: the tenth of one ran next to the tenth of every other. */
export type Rounds = Readonly<Record<string, readonly Figures[]>>;

export interface RunOptions {
  /** The Node that runs the contenders. */
  readonly node: string;
  readonly rounds: number;
  /** What each task's time is multiplied by. */
  readonly patience: number;
  /** Milliseconds of CPU time before the first round in which nothing is recorded. */
  readonly warmUp: number;
  /** Only these tasks and contenders; all by default. */
  readonly onlyTasks?: readonly string[] | undefined;
  readonly onlyContenders?: readonly string[] | undefined;
}

/**
 * Measures every task. Each contender has a process, and with it machine code, of its own; they take turns in short rounds, so
 * that a slow moment of the machine meets all of them.
 */
export async function measureTasks(
  built: Built,
  server: StubServer,
  options: RunOptions,
): Promise<Record<string, Rounds>> {
  const results: Record<string, Rounds> = {};
  for (const kind of ["requests", "pieces"] as const) {
    const chosen = tasks.filter(
      (task) => task.kind === kind && includes(options.onlyTasks, task.name) && canBeMeasured(task),
    );
    const together = chosen.filter((task) => !isMeasuredAlone(task));
    Object.assign(results, await measureTogether(kind, together, built, server, options));
    for (const task of chosen) {
      if (!isMeasuredAlone(task)) continue;
      const parts: Rounds[] = [];
      const processes = options.rounds === 0 ? 1 : task.processes;
      const rounds = Math.ceil(options.rounds / processes);
      while (parts.length < processes) {
        const part = await measureTogether(kind, [task], built, server, { ...options, rounds });
        parts.push(part[task.name] ?? unreachable());
      }
      results[task.name] = joined(parts);
    }
  }
  return results;
}

function isMeasuredAlone({ processes, oneProcessor }: Task): boolean {
  return processes > 1 || oneProcessor;
}

function canBeMeasured({ oneProcessor, title }: Task): boolean {
  if (!oneProcessor || canShareProcessor()) return true;
  process.stderr.write(`${title}: left out, as it takes Linux and its taskset\n`);
  return false;
}

/** Measures tasks of one kind, one after another, in the same processes. */
async function measureTogether(
  kind: Task["kind"],
  chosen: readonly Task[],
  built: Built,
  server: StubServer,
  options: RunOptions,
): Promise<Record<string, Rounds>> {
  const results: Record<string, Rounds> = {};
  if (chosen.length === 0) return results;
  const folder = kind === "requests" ? "contenders" : "pieces";
  const entries = (kind === "requests" ? contenders : pieceMakers).filter(({ name }) =>
    includes(options.onlyContenders, name),
  );
  const workers = new Map(
    entries.map((entry) => [
      entry,
      new Worker(built, `${folder}/${entry.name}.js`, options.node, server),
    ]),
  );
  let release: (() => void) | undefined;
  try {
    if (chosen.every(({ oneProcessor }) => oneProcessor))
      release = shareProcessor([server, ...workers.values()].map(({ pid }) => pid));
    // The first task warms up what all others use as well. Code as deep as that of mappers over the AWS SDK takes seconds to
    // become fast, and with less warm-up it would be measured at half its speed.
    let warmUp = (chosen.length > 1 ? 2 : 1) * options.warmUp;
    for (const task of chosen) {
      results[task.name] = await measureTask(task, workers, { ...options, warmUp });
      warmUp = options.warmUp;
    }
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.end()));
    release?.();
  }
  return results;
}

function joined(parts: readonly Rounds[]): Rounds {
  const names = Object.keys(parts[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, parts.flatMap((part) => part[name] ?? [])]));
}

async function measureTask(
  task: Task,
  workers: ReadonlyMap<Entry, Worker>,
  { rounds, patience, warmUp }: RunOptions,
): Promise<Rounds> {
  process.stderr.write(`${task.title} …\n`);
  const figures = new Map<Entry, Figures[]>();
  const slice = 250;
  for (let spent = 0; spent === 0 || spent < warmUp; spent += slice) {
    for (const [entry, worker] of workers) {
      const milliseconds = Math.min(slice, warmUp - spent);
      const first = await worker.measure({ ...task.order, milliseconds });
      if (first !== undefined) figures.set(entry, []);
    }
  }
  const taking = [...figures];
  for (let round = 0; round < rounds * task.rounds; round++) {
    // Another one first each time: nobody always follows the same.
    for (let turn = 0; turn < taking.length; turn++) {
      const [entry, recorded] = taking[(turn + round) % taking.length] ?? unreachable();
      const worker = workers.get(entry) ?? unreachable();
      const measured = await worker.measure({
        ...task.order,
        milliseconds: patience * task.milliseconds,
      });
      recorded.push(measured ?? unreachable());
    }
  }
  return Object.fromEntries(taking.map(([entry, recorded]) => [entry.name, recorded]));
}

function includes(only: readonly string[] | undefined, name: string): boolean {
  return only === undefined || only.includes(name);
}

function unreachable(): never {
  throw new Error("A contender lost a task that it had");
}
