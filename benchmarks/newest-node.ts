import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Installs the newest Node into a folder of the benchmark's own, from npm, and gives the path of its binary. */
export function installNewestNode(): string {
  const folder = fileURLToPath(new URL("dist/newest-node", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  execFileSync(
    "npm",
    ["install", "--prefix", folder, "--no-save", "--no-package-lock", `${name}@latest`],
    { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  const file = process.platform === "win32" ? "node.exe" : "node";
  const binary = join(folder, "node_modules", name, "bin", file);
  if (!existsSync(binary)) throw new Error(`${name} holds no ${binary}`);
  return binary;
}
