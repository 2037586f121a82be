/**
 * Packs every package as it would be published, and checks what is in it: nothing that only this repository understands
 * (the source condition, the workspace protocol), everything that its manifest names, a page for the registry, no tests,
 * and no declarations of sources that are gone.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

const problems = readdirSync(packages).flatMap((name) =>
  problemsOf(join(packages, name)).map((problem) => `packages/${name}: ${problem}`),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log("What would be published is in order.");

function problemsOf(folder: string): string[] {
  const destination = mkdtempSync(join(tmpdir(), "fieldwise-pack-"));
  try {
    runPnpm(["pack", "--pack-destination", destination], folder);
    const [tarball] = readdirSync(destination);
    if (tarball === undefined) return ["pnpm packed nothing"];
    const path = join(destination, tarball);
    const files = run("tar", ["-tzf", path]).trim().split("\n");
    return inspect(run("tar", ["-xzOf", path, "package/package.json"]), files);
  } finally {
    rmSync(destination, { recursive: true });
  }
}

function inspect(manifest: string, files: readonly string[]): string[] {
  const foreign = ["@fieldwise/source", "workspace:"].filter((text) => manifest.includes(text));
  const { exports } = JSON.parse(manifest) as { readonly exports: unknown };
  const missing = targetsOf(exports).filter(
    (path) => !files.includes(path.replace(/^\./, "package")),
  );
  const unpacked = ["README.md", "LICENSE"].filter((name) => !files.includes(`package/${name}`));
  const tests = files.filter((file) => /\.test(-d)?\./.test(file));
  const stale = files.filter(
    (file) =>
      file.endsWith(".d.ts") &&
      !files.includes(file.replace("/dist/", "/src/").replace(/\.d\.ts$/, ".ts")),
  );
  return [
    ...foreign.map((text) => `package.json holds ${text}`),
    ...missing.map((path) => `exports names ${path}, which is not packed`),
    ...unpacked.map((name) => `has no ${name}`),
    ...tests.map((file) => `packs the test ${file}`),
    ...stale.map((file) => `packs ${file}, whose source is gone`),
  ];
}

function targetsOf(exports: unknown): string[] {
  if (typeof exports === "string") return [exports];
  return Object.values(exports as Record<string, unknown>).flatMap(targetsOf);
}

function runPnpm(args: readonly string[], cwd: string): void {
  // The pnpm that runs this script, which may be nowhere on the path.
  const pnpm = process.env["npm_execpath"];
  if (pnpm === undefined) run("pnpm", args, cwd);
  else if (/\.[cm]?js$/.test(pnpm)) run(process.execPath, [pnpm, ...args], cwd);
  else run(pnpm, args, cwd);
}

function run(file: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
