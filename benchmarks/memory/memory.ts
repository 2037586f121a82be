import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Built } from "../measuring/build.ts";
import type { StubServer } from "../measuring/processes.ts";

export const memoryContenders = ["fieldwise-core", "fieldwise-schema", "document-client"] as const;
export type MemoryContender = (typeof memoryContenders)[number];

/** What one process does: it scans, or keeps something of each of so many pages. */
export interface MemoryOrder {
  readonly contender: MemoryContender;
  readonly endpoint: string;
  readonly segments: number;
  /** Whether the consumer takes longer for a page than the page takes to come. */
  readonly slow: boolean;
  readonly items: number;
  readonly keep?: "item" | "attribute" | undefined;
  readonly pages: number;
}

/** What a scan held, in bytes more than before it; of what is kept, the bytes for each. */
export interface Held {
  readonly items?: number;
  readonly pages?: number;
  /** At most, when everything that nobody holds was collected. */
  readonly collected?: number;
  /** At most, at any time. */
  readonly peak?: number;
  /** Of the whole process, at most. */
  readonly resident?: number;
  readonly each?: number;
}

const scenarios = {
  scan: { segments: 1, slow: false },
  slow: { segments: 1, slow: true },
  segments: { segments: 4, slow: false },
  keepItem: { segments: 1, slow: false, keep: "item" },
  keepAttribute: { segments: 1, slow: false, keep: "attribute" },
} as const;

/** What each contender held, in each scenario. */
export type Memory = Readonly<
  Record<MemoryContender, Readonly<Record<keyof typeof scenarios, Held>>>
>;

/** Measures each in a process of its own. */
export async function measureMemory(
  built: Built,
  { endpoint }: StubServer,
  { node, items }: { readonly node: string; readonly items: number },
): Promise<Memory> {
  const size = { items, pages: items / 1000 };
  const results: Record<string, Record<string, Held>> = {};
  for (const contender of memoryContenders) {
    const held: Record<string, Held> = {};
    for (const [name, scenario] of Object.entries(scenarios)) {
      process.stderr.write(`Memory of ${contender}, ${name} …\n`);
      const order: MemoryOrder = { contender, endpoint, ...size, ...scenario };
      held[name] = await carryOut(join(built.folder, "memory/program.js"), node, order);
    }
    results[contender] = held;
  }
  return results as unknown as Memory;
}

async function carryOut(program: string, node: string, order: MemoryOrder): Promise<Held> {
  const child = fork(program, {
    execPath: node,
    execArgv: ["--expose-gc"],
    env: { ...process.env, NODE_NO_WARNINGS: "1", NODE_OPTIONS: "" },
  });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`The process of ${order.contender} ended with ${String(code)}`);
  });
  child.send(order);
  const [held] = (await Promise.race([once(child, "message"), gone])) as [Held];
  gone.catch(() => undefined);
  return held;
}
