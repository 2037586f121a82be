import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The oldest Java that DynamoDB Local runs on. */
const oldestJava = 17;

const { JAVA_HOME } = process.env;

/** The program `java`. */
export const java = JAVA_HOME ? join(JAVA_HOME, "bin", "java") : "java";

/** What keeps DynamoDB Local from running on this machine; `undefined` where nothing does. */
export function missingJava(): string | undefined {
  const { error, stderr } = spawnSync(java, ["-version"], { encoding: "utf8" });
  if (error !== undefined) return `Java ${oldestJava} or newer, and there is none`;
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  return version >= oldestJava
    ? undefined
    : `Java ${oldestJava} or newer, and here is ${version || "one that does not tell its version"}`;
}

/** What keeps DynamoDB Local from being fetched on this machine; `undefined` where nothing does. */
export function missingMaven(): string | undefined {
  const { error, status } = runMaven(["--version"]);
  return error === undefined && status === 0 ? undefined : "Maven to be fetched, and there is none";
}

/** Runs Maven to its end. */
export function runMaven(args: readonly string[]): {
  readonly error?: Error;
  readonly status: number | null;
  readonly stdout: string;
} {
  // On Windows `mvn` is a script, which only a shell runs.
  return spawnSync("mvn", args, { encoding: "utf8", shell: process.platform === "win32" });
}
