import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { startWatchdog } from "./watchdog.ts";

const guarded: ChildProcess[] = [];
afterEach(() => {
  for (const child of guarded.splice(0)) child.kill("SIGKILL");
});

/** A process that would live for ever; a stubborn one does not heed SIGTERM. */
async function startGuarded(stubborn: boolean): Promise<ChildProcess & { readonly pid: number }> {
  const code = `${stubborn ? `process.on("SIGTERM", () => {});` : ""} console.log("up"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", code], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  guarded.push(child);
  await once(child.stdout, "data");
  return Object.assign(child, { pid: child.pid ?? 0 });
}

/** A program that has a watchdog guard the process, and then goes on for ever. */
async function startGuardian(pid: number, useShell: boolean): Promise<ChildProcess> {
  const code = `
    import { startWatchdog } from ${JSON.stringify(new URL("watchdog.ts", import.meta.url).href)};
    startWatchdog(${useShell}).guard(${pid});
    setInterval(() => {}, 1000);
    setTimeout(() => console.log("up"), 100);`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", code],
    { stdio: ["ignore", "pipe", "inherit"], cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  await once(child.stdout, "data");
  return child;
}

// There, a process that another one ends has an exit code only.
const onWindows = process.platform === "win32";

const kinds = [
  ["a shell", true],
  ["Node", false],
] as const;

describe.each(kinds.filter(([, useShell]) => !useShell || existsSync("/bin/sh")))(
  "a watchdog that is %s",
  (_, useShell) => {
    it("ends the process when its program is killed", { timeout: 20_000 }, async () => {
      const child = await startGuarded(false);
      const guardian = await startGuardian(child.pid, useShell);
      expect(child.exitCode ?? child.signalCode).toBeNull();
      guardian.kill("SIGKILL");
      await once(child, "exit");
      expect(child.signalCode).toBe(onWindows ? null : "SIGTERM");
    });

    it("insists after a second", { timeout: 20_000 }, async () => {
      const child = await startGuarded(true);
      const guardian = await startGuardian(child.pid, useShell);
      guardian.kill("SIGKILL");
      await once(child, "exit");
      expect(child.signalCode).toBe(onWindows ? null : "SIGKILL");
    });

    it("leaves the process alone once it is dismissed", async () => {
      const child = await startGuarded(false);
      const watchdog = startWatchdog(useShell);
      watchdog.guard(child.pid);
      await delay(100);
      watchdog.dismiss();
      await delay(200);
      expect(child.exitCode ?? child.signalCode).toBeNull();
    });
  },
);
