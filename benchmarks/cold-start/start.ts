/** Starts a program: `node start.js <module> <endpoint> [--loaded]`. */
import type { Program, Start } from "./program.ts";

const [, , module = "", endpoint = "", listing] = process.argv;
const scripts: { readonly url: string; readonly length?: number | undefined }[] = [];
if (listing !== undefined) {
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => scripts.push(params));
  session.post("Debugger.enable");
}
const cpuBefore = process.cpuUsage();
const before = monotonic();
const { firstAnswer } = (await import(module)) as Program;
const answer = await firstAnswer(endpoint);
const time = monotonic() - before;
const { user, system } = process.cpuUsage(cpuBefore);
if (!JSON.stringify(answer).includes("leave it at the door")) throw new Error("A wrong answer");
const start: Start = {
  time,
  cpu: (user + system) / 1000,
  ...(listing !== undefined && { loaded: packagesOf() }),
};
process.stdout.write(JSON.stringify(start), () => process.exit());

/** Milliseconds, without `performance`, which would load what a program under measurement may load. */
function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}

function packagesOf(): NonNullable<Start["loaded"]> {
  const loaded: Record<string, [number, number]> = {};
  for (const { url, length = 0 } of scripts) {
    const name =
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ??
      /\/packages\/(core|schema)\/dist\//.exec(url)?.[1]?.replace(/^/, "@fieldwise/");
    if (name === undefined) continue;
    const [files, kilobytes] = loaded[name] ?? [0, 0];
    loaded[name] = [files + 1, kilobytes + length / 1000];
  }
  return loaded;
}
