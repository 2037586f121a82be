import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";

/** How to run the server program. */
export interface ServerCommand {
  readonly file: string;
  /** Arguments before the server's own. */
  readonly args: readonly string[];
}

/** What the search depends on; the defaults are this process's own. */
export interface SearchScope {
  readonly env?: NodeJS.ProcessEnv;
  /** Folders from whose point of view packages are looked up, in this order. */
  readonly folders?: readonly string[];
  readonly platform?: string;
  readonly arch?: string;
}

/**
 * Finds the program `dynoxide`: the one that `DYNOXIDE_BIN` names, the one of the npm package `dynoxide`, or the one of
 * the package `@dynoxide/<platform>-<arch>`.
 *
 * @throws LocalDynamoDBError when there is none
 */
export function findDynoxide(scope: SearchScope = {}): ServerCommand {
  const {
    env = process.env,
    folders = [process.cwd(), dirname(fileURLToPath(import.meta.url))],
    platform = process.platform,
    arch = process.arch,
  } = scope;
  if (env["DYNOXIDE_BIN"]) return commandFor(env["DYNOXIDE_BIN"]);

  const platformPackage = `@dynoxide/${platform}-${arch}`;
  const program = platform === "win32" ? "dynoxide.exe" : "dynoxide";
  const nativeProgram = (folder: string): string | undefined => {
    const manifest = resolvePackage(platformPackage, folder);
    const path = manifest && join(dirname(manifest), program);
    return path !== undefined && existsSync(path) ? path : undefined;
  };

  for (const folder of folders) {
    const manifest = resolvePackage("dynoxide", folder);
    if (manifest === undefined) continue;
    // The package's own command only starts the program of a package that it depends on: one process less without it.
    const path = nativeProgram(dirname(manifest)) ?? binOf(manifest);
    if (path !== undefined) return commandFor(path);
  }
  for (const folder of folders) {
    const path = nativeProgram(folder);
    if (path !== undefined) return commandFor(path);
  }
  throw new LocalDynamoDBError(
    `No local DynamoDB server was found for ${platform}-${arch}. ` +
      "Install one with `npm install --save-dev dynoxide`, or name a dynoxide program in the variable DYNOXIDE_BIN, " +
      "or set DYNAMODB_ENDPOINT to the URL of a DynamoDB-compatible server that runs already.",
  );
}

function resolvePackage(name: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
}

function binOf(manifestPath: string): string | undefined {
  const { bin } = JSON.parse(readFileSync(manifestPath, "utf8")) as {
    readonly bin?: string | Readonly<Record<string, string>>;
  };
  const relative = typeof bin === "object" ? bin["dynoxide"] : bin;
  const path = relative === undefined ? undefined : join(dirname(manifestPath), relative);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** A script is run by this Node, since not every platform heeds a script's first line. */
function commandFor(path: string): ServerCommand {
  return isNodeScript(path) ? { file: process.execPath, args: [path] } : { file: path, args: [] };
}

function isNodeScript(path: string): boolean {
  if (/\.[cm]?js$/.test(path)) return true;
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    // A program has megabytes, all of which would be read otherwise.
    const start = Buffer.alloc(64);
    const length = readSync(file, start);
    const firstLine = start.subarray(0, length).toString("latin1").split("\n", 1)[0];
    return /^#!.*\bnode\b/.test(firstLine ?? "");
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
