import { execFileSync } from "node:child_process";

/**
 * Has processes take turns on one processor, by Linux's `taskset`, until the function that it gives is called. Between two processors, most of what a
 * call takes is that the sleeping one is woken: on a virtual machine up to ten times as long as the call itself, and never
 * twice the same.
 */
export function shareProcessor(pids: readonly number[]): () => void {
  const before = pids.map((pid) => ({ pid, processors: processorsOf(pid) }));
  const restore = (): void => before.forEach(({ pid, processors }) => confine(pid, processors));
  const last = /\d+$/.exec(processorsOf(process.pid))?.[0] ?? "0";
  for (const pid of pids) confine(pid, last);
  return restore;
}

/** Whether this machine lets processes be confined to a processor. */
export function canShareProcessor(): boolean {
  try {
    confine(process.pid, processorsOf(process.pid));
    return true;
  } catch {
    return false;
  }
}

/** As `taskset` lists them: `0-3,8`. */
export function processorsOf(pid: number): string {
  const told = taskset("--pid", "--cpu-list", String(pid));
  const list = /: ([\d,-]+)\s*$/.exec(told)?.[1];
  if (list === undefined) throw new Error(`taskset says ${told.trim()}`);
  return list;
}

/** All threads of a process; a thread that is made later follows the one that makes it. */
function confine(pid: number, processors: string): void {
  try {
    taskset("--all-tasks", "--pid", "--cpu-list", processors, String(pid));
  } catch (error) {
    // One that is gone needs no processor.
    if (isAlive(pid)) throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function taskset(...options: string[]): string {
  return execFileSync("taskset", options, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
