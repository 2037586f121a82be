import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { canShareProcessor, processorsOf, shareProcessor } from "./processor.ts";

async function sleeper() {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  onTestFinished(() => void child.kill());
  await once(child, "spawn");
  return child;
}

it.runIf(canShareProcessor())("processes share one processor for a time", async () => {
  const [one, other] = [await sleeper(), await sleeper()];
  const pids = [one.pid ?? 0, other.pid ?? 0];
  const before = pids.map(processorsOf);
  const release = shareProcessor(pids);
  const [first, second] = pids.map(processorsOf);
  expect(first).toMatch(/^\d+$/);
  expect(second).toBe(first);
  other.kill();
  await once(other, "exit");
  release();
  expect(processorsOf(pids[0] ?? 0)).toBe(before[0]);
});
