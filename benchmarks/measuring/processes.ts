import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Addresses } from "../stub-server/server.ts";
import type { Built } from "./build.ts";
import type { Introduction, Order, Reply } from "./worker.ts";
import type { Figures } from "./measure.ts";

/** The stub server's process. */
export interface StubServer extends Addresses {
  /** Where its certificate is, for `NODE_EXTRA_CA_CERTS`. */
  readonly certificateFile: string;
  readonly pid: number;
  [Symbol.dispose](): void;
}

export async function startStubServer(built: Built): Promise<StubServer> {
  const child = fork(join(built.folder, "stub-server/server.js"), { execArgv: [] });
  const addresses = (await message(child)) as Addresses;
  const certificateFile = join(built.folder, "certificate.pem");
  writeFileSync(certificateFile, addresses.certificate);
  return {
    ...addresses,
    certificateFile,
    pid: pidOf(child),
    [Symbol.dispose]() {
      child.disconnect();
      rmSync(certificateFile, { force: true });
    },
  };
}

/** The process of one contender, with the code that it has made fast so far. */
export class Worker {
  readonly #child: ChildProcess;

  constructor(built: Built, module: string, node: string, server: StubServer) {
    this.#child = fork(join(built.folder, "measuring/worker.js"), {
      execPath: node,
      // A process that waits for its turn would throw away the code that it has made fast, and give back the memory for
      // new objects, by chance and for many rounds; one at work doesn't. 16 MB is what Node takes at most by itself.
      execArgv: ["--no-flush-bytecode", "--min-semi-space-size=16"],
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: server.certificateFile,
        NODE_NO_WARNINGS: "1",
        NODE_OPTIONS: "",
      },
    });
    // What can't be sent to a process that is gone is told where an answer is awaited.
    this.#child.on("error", () => {});
    const { endpoint, secureEndpoint } = server;
    const introduction: Introduction = {
      module: join(built.folder, module),
      endpoint,
      secureEndpoint,
    };
    this.#child.send(introduction);
  }

  get pid(): number {
    return pidOf(this.#child);
  }

  /** @returns `undefined` where the contender does not have the task. */
  async measure(order: Order): Promise<Figures | undefined> {
    this.#child.send(order);
    const reply = (await message(this.#child)) as Reply;
    if ("error" in reply) throw new Error(`${order.task} (${order.way}): ${reply.error}`);
    return "missing" in reply ? undefined : reply.figures;
  }

  /** Ends the process and waits until it is gone. */
  async end(): Promise<void> {
    if (hasEnded(this.#child)) return;
    const gone = once(this.#child, "exit");
    if (this.#child.connected) this.#child.disconnect();
    await gone;
  }
}

/** @throws Error when the process ends before it says anything. */
async function message(child: ChildProcess): Promise<unknown> {
  let leave = (): void => {};
  try {
    return await new Promise((resolve, reject) => {
      leave = () => reject(new Error(endOf(child)));
      child.once("message", resolve).once("exit", leave);
      if (hasEnded(child)) leave();
    });
  } finally {
    child.off("exit", leave);
  }
}

function endOf({ exitCode, signalCode, pid, spawnfile }: ChildProcess): string {
  if (pid === undefined) return `${spawnfile} can't be started`;
  return `A process ended with ${exitCode ?? signalCode}`;
}

/** @throws Error where the process could not be started. */
function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error(endOf(child));
  return child.pid;
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}
