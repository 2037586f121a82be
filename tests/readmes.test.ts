import { type LocalDynamoDB, startDynamoDB } from "@fieldwise/testing";
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// What a newcomer copies first must run as it stands. The later pages use the table that the first one makes.

const run = promisify(execFile);
const tests = fileURLToPath(new URL(".", import.meta.url));
let folder: string;
let dynamodb: LocalDynamoDB;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fieldwise-readmes-"));
  vi.stubEnv("DYNAMODB_ENDPOINT", "");
  dynamodb = await startDynamoDB();
});

afterAll(async () => {
  await dynamodb.stop();
  rmSync(folder, { recursive: true });
});

describe("the example that opens", () => {
  it.each(["README.md", "packages/schema/README.md", "packages/core/README.md"])(
    "%s runs as it stands",
    async (page) => {
      const text = readFileSync(join(tests, "..", page), "utf8");
      const contents = /```ts\n(.*?)```/s.exec(text)?.[1] as string;
      const program = join(folder, page.replaceAll("/", "-"), "program.mjs");
      await build({
        stdin: { contents, resolveDir: tests, loader: "ts" },
        outfile: program,
        bundle: true,
        format: "esm",
        platform: "node",
        conditions: ["@fieldwise/source", "module"],
        external: ["@aws-sdk/*", "@smithy/*"],
      });
      const env = {
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
      };
      await expect(run(process.execPath, [program], { env })).resolves.toMatchObject({
        stderr: "",
      });
    },
  );
});
