import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { afterAll, describe, expect, it } from "vitest";
import { findDynoxide } from "./dynoxide-command.ts";
import { findFreePort } from "./free-port.ts";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";
import { startServerProcess } from "./server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "fieldwise-"));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, source: string) {
  const path = join(folder, name);
  writeFileSync(path, source);
  return { file: process.execPath, args: [path] };
}

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

const dynoxide = findDynoxide();

describe("startServerProcess", () => {
  it("takes another port when somebody was quicker, although that one answers there", async () => {
    const { server, port } = await listenSomewhere();
    const asked: number[] = [];
    const started = await startServerProcess({
      command: dynoxide,
      timeout: 10_000,
      findPort: async (host) => {
        asked.push(asked.length < 2 ? port : await findFreePort(host));
        return asked.at(-1) ?? 0;
      },
    });
    expect(asked.slice(0, 2)).toEqual([port, port]);
    expect(asked).toHaveLength(3);
    expect(started.endpoint.port).toBe(String(asked[2]));
    await started.stop();
    server.close();
  });

  it("does not look for another port than the one it was given", async () => {
    const { server, port } = await listenSomewhere();
    const start = startServerProcess({ command: dynoxide, port, timeout: 10_000 });
    await expect(start).rejects.toThrow(LocalDynamoDBError);
    await expect(start).rejects.toThrow(`port ${port} is already in use`);
    server.close();
  });

  it("gives up after some ports", async () => {
    const { server, port } = await listenSomewhere();
    let tries = 0;
    const findPort = async () => (tries++, port);
    await expect(
      startServerProcess({ command: dynoxide, timeout: 10_000, findPort }),
    ).rejects.toThrow("is already in use");
    expect(tries).toBe(10);
    server.close();
  });

  it("shows what a server that ends at once wrote", async () => {
    const command = script("crash.cjs", "console.error('out of luck'); process.exit(3)");
    const start = startServerProcess({ command, timeout: 10_000 });
    await expect(start).rejects.toThrow(/crash\.cjs.*ended at once with exit code 3.*out of luck/s);
  });

  it("names the program that is not there", async () => {
    const command = { file: join(folder, "nowhere"), args: [] };
    const start = startServerProcess({ command, timeout: 10_000 });
    await expect(start).rejects.toThrow(/nowhere\) could not be run: .*ENOENT/);
    await expect(start).rejects.toHaveProperty("cause.code", "ENOENT");
  });

  it.runIf(process.platform !== "win32")("names the program that may not be run", async () => {
    const file = join(folder, "locked");
    writeFileSync(file, "");
    chmodSync(file, 0o600);
    const start = startServerProcess({ command: { file, args: [] }, timeout: 10_000 });
    await expect(start).rejects.toThrow(/locked\) could not be run: .*EACCES/);
  });

  it("refuses a path that no program can have", async () => {
    const start = startServerProcess({ command: { file: "a\0b", args: [] }, timeout: 10_000 });
    await expect(start).rejects.toThrow(LocalDynamoDBError);
  });

  it("ends a server that never listens, by force where it must", async () => {
    const pidFile = join(folder, "pid");
    const command = script(
      "mute.cjs",
      `process.on("SIGTERM", () => {});
       require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
       setInterval(() => {}, 1000);`,
    );
    await expect(startServerProcess({ command, timeout: 1500 })).rejects.toThrow(
      "did not start within 1500 ms",
    );
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("tells a server that listens and does not answer", async () => {
    const command = script(
      "deaf.cjs",
      `require("net").createServer(() => {}).listen(Number(process.argv.at(-1)), "127.0.0.1", () => console.error("listening on"));`,
    );
    await expect(startServerProcess({ command, timeout: 1500 })).rejects.toThrow(
      "did not answer within 1500 ms (a connection, but no answer)",
    );
  });

  it("stops once for all who ask, and when the process is gone", async () => {
    const started = await startServerProcess({ command: dynoxide, timeout: 10_000 });
    await Promise.all([started.stop(), started.stop()]);
    await expect(fetch(started.endpoint)).rejects.toThrow("fetch failed");
    await started.stop();
  });
});
