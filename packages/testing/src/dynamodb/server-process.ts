import { type ChildProcess, spawn } from "node:child_process";
import { untilItAnswers } from "./answers.ts";
import { type Ending, followChild, releaseFromEventLoop } from "./child-life.ts";
import type { ServerCommand } from "./dynoxide-command.ts";
import { findFreePort } from "./free-port.ts";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";
import { startWatchdog } from "./watchdog.ts";

/** A server that answers. */
export interface ServerProcess {
  readonly endpoint: URL;
  /** Resolves when its process is gone, whoever ended it. */
  readonly over: Promise<unknown>;
  /** Ends the server; resolves when its process is gone. */
  stop(): Promise<void>;
}

/** How to start a server. */
export interface ServerProcessOptions {
  readonly command: ServerCommand;
  /** The port to listen on; a free one by default. */
  readonly port?: number | undefined;
  /** How long to wait for the server to answer, in milliseconds. */
  readonly timeout: number;
  /** Finds a port to try; for tests. */
  readonly findPort?: (host: string) => Promise<number>;
}

const host = "127.0.0.1";
const portAttempts = 10;
const portTaken = /already in use|address in use|failed to bind/i;

/**
 * Starts the server and waits until it answers. The server ends when this process does, and does not keep it from exiting.
 *
 * @throws LocalDynamoDBError when the server can't be run, ends at once, or does not answer in time
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { command, timeout, findPort = findFreePort } = options;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findPort(host));
    const started = await tryToStart(command, port, timeout);
    if ("endpoint" in started) return started;
    // Between finding a port and using it, another process may have taken it.
    const another = options.port === undefined && portTaken.test(started.output);
    if (!another || attempt === portAttempts) throw startError(command, started);
  }
}

interface FailedStart extends Ending {
  readonly output: string;
}

function startError(
  command: ServerCommand,
  { what, output, cause }: FailedStart,
): LocalDynamoDBError {
  const program = [command.file, ...command.args].join(" ");
  const wrote = output.trim() === "" ? "" : ` It wrote:\n${output.trim()}`;
  return new LocalDynamoDBError(`The local DynamoDB server (${program}) ${what}.${wrote}`, {
    cause,
  });
}

async function tryToStart(
  command: ServerCommand,
  port: number,
  timeout: number,
): Promise<ServerProcess | FailedStart> {
  const deadline = Date.now() + timeout;
  const watchdog = startWatchdog();
  let child: ChildProcess;
  try {
    child = spawn(
      command.file,
      [...command.args, "serve", "--host", host, "--port", String(port)],
      // A group of its own: Ctrl-C in a terminal is for this program, which may still need its database to clean up.
      { stdio: ["ignore", "ignore", "pipe"], detached: true, windowsHide: true },
    );
  } catch (error) {
    watchdog.dismiss();
    const cause = error as Error;
    return { what: `could not be run: ${cause.message}`, cause, output: "" };
  }
  if (child.pid !== undefined) watchdog.guard(child.pid);
  releaseFromEventLoop(child);

  const life = followChild(child);
  void life.over.then(() => watchdog.dismiss());
  const failed = async (ending: Ending): Promise<FailedStart> => {
    await life.end();
    return { ...ending, output: life.output() };
  };

  // The server's own word that it listens: without it, the one who answers at the port may be another server.
  const ending = await within(timeout, Promise.race([life.wrote("listening on"), life.over]));
  if (ending === "late") return failed({ what: `did not start within ${timeout} ms` });
  if (ending !== undefined) return failed(ending);

  const endpoint = new URL(`http://${host}:${port}`);
  const cause = await untilItAnswers(endpoint, Math.max(1, deadline - Date.now()), life.isOver);
  if (cause === undefined) return { endpoint, over: life.over, stop: life.end };
  return failed(
    life.isOver()
      ? await life.over
      : { what: `did not answer within ${timeout} ms (${cause.message})`, cause },
  );
}

async function within<T>(timeout: number, promise: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, timeout, "late");
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
