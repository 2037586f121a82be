import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { findDynoxide } from "./dynoxide-command.ts";
import { startServerProcess } from "./server-process.ts";

// What happens to the server when the program that started it comes to its end, in every way a program can.

const source = new URL("start-dynamodb.ts", import.meta.url);

interface Program {
  readonly child: ChildProcess;
  readonly endpoint: string;
}

/** Runs a program that starts a server, prints its endpoint, and then does what it is told. */
async function run(
  afterwards: string,
  beforehand = "",
  env: NodeJS.ProcessEnv = {},
): Promise<Program> {
  const program = `
    import { startDynamoDB } from ${JSON.stringify(source.href)};
    const dynamodb = await startDynamoDB();
    ${beforehand}
    console.log(dynamodb.endpoint);
    ${afterwards}`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=@fieldwise/source", "--input-type=module", "--eval", program],
    {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: fileURLToPath(new URL(".", source)),
      env: { ...process.env, ...env },
      // Its own group, as a terminal gives to every program that it runs.
      detached: true,
    },
  );
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the program ended with ${String(code)} before it had a server`);
  });
  const [line] = (await Promise.race([once(child.stdout, "data"), failed])) as [Buffer];
  // Its end is what the tests wait for now.
  failed.catch(() => undefined);
  return { child, endpoint: line.toString().trim() };
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

describe.skipIf(process.platform === "win32")("a server behind a wrapper", () => {
  // The command of the npm package `dynoxide` is such a one: the program is in a group of its own, and only SIGTERM is
  // passed on to it.
  const folder = mkdtempSync(join(tmpdir(), "fieldwise-"));
  const wrapper = join(folder, "wrapper.cjs");
  const { file } = findDynoxide();
  writeFileSync(
    wrapper,
    `const child = require("node:child_process").spawn(
       ${JSON.stringify(file)}, process.argv.slice(2), { stdio: "inherit", detached: true });
     process.on("SIGTERM", () => child.kill("SIGTERM"));
     child.on("close", () => process.exit(0));`,
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it("ends with a program that is killed", { timeout: 20_000 }, async () => {
    const { child, endpoint } = await run(forever, "", { DYNOXIDE_BIN: wrapper });
    child.kill("SIGKILL");
    expect(await isGoneWithin(endpoint, 3000)).toBe(true);
  });

  it("is gone when stop() resolves", { timeout: 20_000 }, async () => {
    const command = { file: process.execPath, args: [wrapper] };
    const server = await startServerProcess({ command, timeout: 10_000 });
    expect(await isUp(server.endpoint.href)).toBe(true);
    await server.stop();
    expect(await isUp(server.endpoint.href)).toBe(false);
  });
});
