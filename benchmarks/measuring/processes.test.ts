import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Worker } from "./processes.ts";

const server = { endpoint: "", secureEndpoint: "", certificate: "", certificateFile: "", pid: 0 };

function workerOf(program: string): Worker {
  const folder = mkdtempSync(join(tmpdir(), "fieldwise-worker-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "measuring"));
  writeFileSync(join(folder, "measuring/worker.js"), program);
  return new Worker({ folder }, "none.js", process.execPath, {
    ...server,
    [Symbol.dispose]() {},
  });
}

const order = { task: "get", way: "plain", seats: 1, milliseconds: 1 } as const;

it.each([
  ["at once", "process.exit(3)"],
  ["when it is asked", 'process.on("message", (it) => "task" in it && process.exit(3))'],
])("a process that ends %s is told of, and can be ended", async (_, program) => {
  const worker = workerOf(program);
  await expect(worker.measure(order)).rejects.toThrow("A process ended with 3");
  await expect(worker.measure(order)).rejects.toThrow("A process ended with 3");
  await worker.end();
});
