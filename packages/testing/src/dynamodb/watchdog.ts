import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { releaseFromEventLoop } from "./child-life.ts";

/** A small process that outlives this one just long enough to end the server. */
export interface Watchdog {
  /** Names the process to end when this one is gone. */
  guard(pid: number): void;
  /** Ends the watchdog itself; the guarded process is left alone. */
  dismiss(): void;
}

// Both read the process id, then wait for the end of their input, which comes when this process is gone, however it died.
// SIGTERM goes first: a wrapper around the server needs it to end the server too. On POSIX the whole group is meant.
const shellScript = `read -r pid || exit 0
while read -r _; do :; done
kill -s TERM -- "-$pid" 2>/dev/null || exit 0
sleep 1
kill -s KILL -- "-$pid" 2>/dev/null`;

const nodeScript = `let pid = "";
process.stdin.on("data", (data) => (pid += data)).on("end", () => {
  const target = process.platform === "win32" ? Number(pid) : -Number(pid);
  const end = (signal) => { try { process.kill(target, signal); } catch { process.exit(0); } };
  if (!target) return;
  end("SIGTERM");
  setTimeout(end, 1000, "SIGKILL");
});`;

/** Starts the watchdog: a shell where there is one (it starts in a millisecond), otherwise Node. */
export function startWatchdog(useShell: boolean = existsSync("/bin/sh")): Watchdog {
  const [file, args] = useShell
    ? ["/bin/sh", ["-c", shellScript]]
    : [process.execPath, ["-e", nodeScript]];
  const child = spawn(file, args, {
    stdio: ["pipe", "ignore", "ignore"],
    // A group of its own: Ctrl-C in a terminal must not end the watchdog before its time.
    detached: true,
    windowsHide: true,
  });
  // A server without a watchdog is still a server, so what goes wrong here is let pass.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  releaseFromEventLoop(child);
  return {
    guard: (pid) => void child.stdin.write(`${pid}\n`),
    dismiss: () => {
      child.kill("SIGKILL");
      child.stdin.destroy();
    },
  };
}
