import { spawn } from "node:child_process";
import { join } from "node:path";
import { untilItAnswers } from "../../packages/testing/src/dynamodb/answers.ts";
import { followChild } from "../../packages/testing/src/dynamodb/child-life.ts";
import { findFreePort } from "../../packages/testing/src/dynamodb/free-port.ts";
import { startWatchdog } from "../../packages/testing/src/dynamodb/watchdog.ts";
import { java } from "./requirements.ts";

/** A DynamoDB Local that answers. */
export interface DynamoDBLocalServer {
  readonly endpoint: string;
  /** Ends it; resolves when its process is gone. */
  stop(): Promise<void>;
}

const mainClass = "software.amazon.dynamodb.services.local.main.ServerRunner";
const startTimeout = 60_000;

/**
 * Starts DynamoDB Local in memory, on a free port. It ends with this process, however that ends.
 *
 * @throws Error with what it wrote when it does not come to answer
 */
export async function startDynamoDBLocal(folder: string): Promise<DynamoDBLocalServer> {
  const port = await findFreePort("127.0.0.1");
  const watchdog = startWatchdog();
  const child = spawn(
    java,
    [
      "-cp",
      join(folder, "*"),
      mainClass,
      "-inMemory",
      // Otherwise each region and access key has tables of its own.
      "-sharedDb",
      "-disableTelemetry",
      "-port",
      String(port),
    ],
    { stdio: ["ignore", "ignore", "pipe"], detached: true, windowsHide: true },
  );
  if (child.pid !== undefined) watchdog.guard(child.pid);
  const life = followChild(child);
  void life.over.then(() => watchdog.dismiss());

  const endpoint = `http://127.0.0.1:${port}`;
  const failure = await untilItAnswers(new URL(endpoint), startTimeout, life.isOver);
  if (failure !== undefined) {
    await life.end();
    throw new Error(`DynamoDB Local did not come to answer: ${failure.message}\n${life.output()}`);
  }
  return { endpoint, stop: life.end };
}
