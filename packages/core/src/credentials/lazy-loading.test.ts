import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const run = promisify(execFile);

const packageName = /^.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;
const sendOneRequest = `
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => response.end("{}")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  const transport = new Transport({
    region: "eu-west-1",
    endpoint: "http://127.0.0.1:" + server.address().port,
    decodeItem: (item) => item,
  });
  await transport.send({ operation: "ListTables", body: "{}" }).catch((error) => console.error(error.name));
  transport.destroy();
  server.close();
`;

/** Runs a program in a process of its own, and tells the packages that it has loaded (all of them are CommonJS to Node). */
async function packagesLoadedBy(
  program: string,
  environment: Record<string, string> = {},
): Promise<string[]> {
  const script = `
    const { Transport } = await import(${JSON.stringify(new URL("../transport.ts", import.meta.url).href)});
    ${program}
    const { createRequire } = await import("node:module");
    console.log(JSON.stringify(Object.keys(createRequire(${JSON.stringify(import.meta.url)}).cache)));
  `;
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    {
      cwd: pathOf("../.."),
      env: {
        PATH: process.env["PATH"],
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_CONFIG_FILE: pathOf("nothing-here"),
        AWS_SHARED_CREDENTIALS_FILE: pathOf("nothing-here"),
        ...environment,
      },
    },
  );
  const paths = JSON.parse(stdout.trim().split("\n").at(-1)!) as string[];
  return [...new Set(paths.flatMap((path) => packageName.exec(path)?.[1] ?? []))];
}

describe("a process", { timeout: 30_000 }, () => {
  test("that has only imported the transport has loaded none of AWS's packages", async () => {
    const loaded = await packagesLoadedBy("");
    expect(loaded.filter((name) => /^@(aws-sdk|smithy)\//.test(name))).toEqual([]);
  });

  test("with keys in its environment never loads AWS's chain of providers", async () => {
    const loaded = await packagesLoadedBy(sendOneRequest, {
      AWS_ACCESS_KEY_ID: "AKID",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    expect(loaded.filter((name) => name.startsWith("@smithy/node-http"))).toEqual([]);
    expect(loaded.filter((name) => name.startsWith("@aws-sdk/"))).toEqual([]);
    expect(loaded.filter((name) => name.includes("credential"))).toEqual([]);
  });

  test("without keys in its environment loads it", async () => {
    expect(await packagesLoadedBy(sendOneRequest)).toContain("@aws-sdk/credential-provider-node");
  });
});
