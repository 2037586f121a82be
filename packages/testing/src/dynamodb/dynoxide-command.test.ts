import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDynoxide } from "./dynoxide-command.ts";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";

let project: string;
let other: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "fieldwise-"));
  other = mkdtempSync(join(tmpdir(), "fieldwise-"));
});
afterEach(() => {
  for (const folder of [project, other]) rmSync(folder, { recursive: true });
});

function write(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

function installPlatformPackage(root: string, name = "plan9-x64", program = "dynoxide"): string {
  const folder = join(root, "node_modules/@dynoxide", name);
  write(join(folder, "package.json"), "{}");
  return write(join(folder, program), "binary");
}

function installWrapper(root: string, bin: unknown = { dynoxide: "bin/dynoxide" }): string {
  const folder = join(root, "node_modules/dynoxide");
  write(join(folder, "package.json"), JSON.stringify({ name: "dynoxide", bin }));
  return write(join(folder, "bin/dynoxide"), "#!/usr/bin/env node\n");
}

// A platform that nothing is published for, so that what is installed around here is not found.
const find = (env: NodeJS.ProcessEnv = {}, platform = "plan9", arch = "x64") =>
  findDynoxide({ env, folders: [project, other], platform, arch });

describe("findDynoxide", () => {
  it("takes what DYNOXIDE_BIN names before everything else", () => {
    installPlatformPackage(project);
    installWrapper(project);
    expect(find({ DYNOXIDE_BIN: "/opt/dynoxide" })).toEqual({ file: "/opt/dynoxide", args: [] });
  });

  it("takes the package dynoxide before the platform's package, wherever either is", () => {
    installPlatformPackage(project);
    const script = installWrapper(other);
    expect(find()).toEqual({ file: process.execPath, args: [script] });
  });

  it("goes past the package dynoxide's script to the program that it would start", () => {
    installWrapper(project);
    const program = installPlatformPackage(join(project, "node_modules/dynoxide"));
    installPlatformPackage(project);
    expect(find()).toEqual({ file: program, args: [] });
  });

  it("understands a bin that is a string, and one that is no script", () => {
    installWrapper(project, "./dynoxide");
    const program = write(join(project, "node_modules/dynoxide/dynoxide"), "\x7fELF");
    expect(find()).toEqual({ file: program, args: [] });
  });

  it("takes the platform's package from the first folder that has it", () => {
    const second = installPlatformPackage(other);
    expect(find()).toEqual({ file: second, args: [] });
    const first = installPlatformPackage(project);
    expect(find()).toEqual({ file: first, args: [] });
  });

  it("finds dynoxide.exe on Windows", () => {
    const program = installPlatformPackage(project, "win32-mips", "dynoxide.exe");
    expect(find({}, "win32", "mips")).toEqual({ file: program, args: [] });
  });

  it("passes over packages whose program is missing", () => {
    write(join(project, "node_modules/dynoxide/package.json"), `{"bin":"gone"}`);
    write(join(project, "node_modules/@dynoxide/plan9-x64/package.json"), "{}");
    const program = installPlatformPackage(other);
    expect(find()).toEqual({ file: program, args: [] });
  });

  it("says what to do where there is none", () => {
    installPlatformPackage(project);
    const search = () => find({}, "plan9", "arm64");
    expect(search).toThrow(LocalDynamoDBError);
    expect(search).toThrow(
      /for plan9-arm64.*`npm install --save-dev dynoxide`.*DYNOXIDE_BIN.*DYNAMODB_ENDPOINT/s,
    );
  });

  it.runIf(process.platform === "linux" && process.arch === "x64")(
    "finds the program that this package brings along, from a folder that has none",
    () => {
      const { file } = findDynoxide({ env: {} });
      expect(file).toMatch(/linux-x64[/\\]dynoxide$/);
    },
  );
});
