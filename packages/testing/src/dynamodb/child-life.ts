import type { ChildProcess } from "node:child_process";
import { Socket } from "node:net";

/** How a child process came to its end, as the end of a sentence. */
export interface Ending {
  readonly what: string;
  readonly cause?: Error;
}

/** What can be known of a running child process. */
export interface ChildLife {
  /** Resolves when the child writes this to its standard error. */
  wrote(text: string): Promise<void>;
  /** Resolves when the process is gone, or could not be made. */
  readonly over: Promise<Ending>;
  isOver(): boolean;
  /** The last of what it wrote to its standard error. */
  output(): string;
  /** Asks the process to end, then makes it; resolves when it is gone. */
  end(): Promise<void>;
}

const keptOutput = 4000;
const patienceForEnd = 1000;
const patienceForOutput = 200;

/** Follows a child process whose standard error is a pipe. */
export function followChild(child: ChildProcess): ChildLife {
  let output = "";
  const listeners = new Set<() => void>();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-keptOutput);
    for (const listener of listeners) listener();
  });

  let isOver = false;
  const over = untilOver(child);
  void over.then(() => (isOver = true));

  return {
    wrote: (text) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!output.includes(text)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    over,
    isOver: () => isOver,
    output: () => output,
    end: () => endChild(child, over),
  };
}

function untilOver(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (cause) => resolve({ what: `could not be run: ${cause.message}`, cause }));
    child.once("exit", (code, signal) => {
      const ending = { what: `ended at once with ${signal ?? `exit code ${code}`}` };
      // The last of the output comes before "close", which a grandchild that holds the pipe may delay for ever.
      const timer = setTimeout(resolve, patienceForOutput, ending);
      child.once("close", () => {
        clearTimeout(timer);
        resolve(ending);
      });
    });
  });
}

async function endChild(child: ChildProcess, over: Promise<Ending>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    child.ref();
    signalGroup(child, "SIGTERM");
    const timer = setTimeout(signalGroup, patienceForEnd, child, "SIGKILL");
    await over;
    clearTimeout(timer);
  }
  await over;
}

/** Signals a detached child with all that it started; on Windows, where there are no such groups, the child alone. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === "win32") child.kill(signal);
    else if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Lets this process exit although the child and the pipes to it are open. */
export function releaseFromEventLoop(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream instanceof Socket) stream.unref();
  }
}
