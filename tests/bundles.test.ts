import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, type BuildOptions } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = `
  import { Client, Credentials } from "@fieldwise/core";
  const [, , endpoint, source] = process.argv;
  const credentials = source === "auto" ? undefined : Credentials[source]();
  const client = new Client({ endpoint, credentials });
  const { scope } = await client.get("orders", { id: "1" });
  await client.tableExists("orders");
  console.log(scope);
  client.destroy();
`;
const run = promisify(execFile);
/** For the CommonJS modules in a bundle. */
const definesRequire = {
  js: 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);',
};
let folder: string;
let server: Server;

/** Gives credentials as a container's service does, and answers GetItem with what the request was signed as. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fieldwise-bundles-"));
  writeFileSync(join(folder, "config"), "[default]\nregion = eu-north-1\n");
  server = createServer((request, response) => {
    const scope = /Credential=([^,]+)/.exec(request.headers.authorization ?? "")?.[1];
    const answer =
      request.method === "GET"
        ? {
            AccessKeyId: "AKIDCONTAINER",
            SecretAccessKey: "secret",
            Token: "token",
            Expiration: "2099-01-01T00:00:00Z",
          }
        : { Item: { scope: { S: scope } }, Table: { TableStatus: "ACTIVE" } };
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ["that splits code", { splitting: true, banner: definesRequire }],
  ["that splits code, of ES modules", { splitting: true, mainFields: ["module", "main"] }],
  ["into one file", { banner: definesRequire }],
])("a bundle %s", (name, options: BuildOptions) => {
  const outdir = (): string => join(folder, name);

  beforeAll(async () => {
    await build({
      stdin: { contents: program, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      outdir: outdir(),
      bundle: true,
      ...options,
      minify: true,
      format: "esm",
      outExtension: { ".js": ".mjs" },
      platform: "node",
      target: "node20.19",
      conditions: ["@fieldwise/source", "module"],
    });
  });

  test.each(["container", "auto"])(
    "finds its region in the profile and its credentials by %s",
    async (source) => {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { stdout } = await run(
        process.execPath,
        [join(outdir(), "stdin.mjs"), origin, source],
        {
          env: {
            AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/credentials`,
            AWS_CONFIG_FILE: join(folder, "config"),
            AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
            NODE_NO_WARNINGS: "1",
          },
        },
      );
      expect(stdout.trim()).toMatch(/^AKIDCONTAINER\/\d{8}\/eu-north-1\/dynamodb\/aws4_request$/);
    },
  );
});
