import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";

// What happens to the server when the program that started it comes to its end, in every way a program can.

const source = new URL("start-dynamodb.ts", import.meta.url);

interface Program {
  readonly child: ChildProcess;
  readonly endpoint: string;
}

/** Runs a program that starts a server, prints its endpoint, and then does what it is told. */
async function run(afterwards: string, beforehand = ""): Promise<Program> {
  const code = `
    import { startDynamoDB } from ${JSON.stringify(source.href)};
    const dynamodb = await startDynamoDB();
    ${beforehand}
    console.log(dynamodb.endpoint);
    ${afterwards}`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=@fieldwise/source", "--input-type=module", "--eval", code],
    {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: fileURLToPath(new URL(".", source)),
      // Its own group, as a terminal gives to every program that it runs.
      detached: true,
    },
  );
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const endpoint = line.toString().trim();
  return { child, endpoint };
}

const isUp = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

async function isGoneWithin(endpoint: string, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    if (!(await isUp(endpoint))) return true;
    await delay(10);
  }
  return false;
}

const forever = "setInterval(() => {}, 1000);";

describe.each([
  ["forgets to stop it", ""],
  ["calls process.exit", "process.exit(0);"],
  ["fails", `process.once("uncaughtException", () => process.exit(0)); throw new Error("x");`],
  ["aborts", `process.kill(process.pid, "SIGABRT"); ${forever}`],
])("a program that %s", (_, afterwards) => {
  it("exits by itself and takes the server along", { timeout: 20_000 }, async () => {
    const { child, endpoint } = await run(afterwards);
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    expect(await isGoneWithin(endpoint, 3000)).toBe(true);
  });
});

describe
  .skipIf(process.platform === "win32")
  .each(["SIGKILL", "SIGINT", "SIGTERM", "SIGHUP"] as const)("a program ended by %s", (signal) => {
  it("dies of just that and takes the server along", { timeout: 20_000 }, async () => {
    const { child, endpoint } = await run(forever);
    expect(await isUp(endpoint)).toBe(true);
    child.kill(signal);
    const [code, endedBy] = (await once(child, "exit")) as [number | null, string | null];
    expect({ code, endedBy }).toEqual({ code: null, endedBy: signal });
    expect(await isGoneWithin(endpoint, 3000)).toBe(true);
  });
});

describe.skipIf(process.platform === "win32")("Ctrl-C in a terminal", () => {
  it("leaves the server to a program that still cleans up", { timeout: 20_000 }, async () => {
    // The terminal signals the whole group of the program, so the server must not be in it.
    const cleanUp = `process.once("SIGINT", async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { ok } = await fetch(dynamodb.endpoint);
      process.exit(ok ? 42 : 1);
    });`;
    const { child, endpoint } = await run(forever, cleanUp);
    process.kill(-Number(child.pid), "SIGINT");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(42);
    expect(await isGoneWithin(endpoint, 3000)).toBe(true);
  });
});
