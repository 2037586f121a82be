/** `pnpm test:dynamodb-local`: runs the integration suite against Amazon's DynamoDB Local, where Java and Maven are. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchDynamoDBLocal, fetchedBefore } from "./fetch.ts";
import { missingJava, missingMaven } from "./requirements.ts";
import { startDynamoDBLocal } from "./server.ts";

process.exitCode = await main();

async function main(): Promise<number> {
  const before = fetchedBefore();
  const missing = missingJava() ?? (before === undefined ? missingMaven() : undefined);
  if (missing !== undefined) {
    console.log(`DynamoDB Local is skipped: it needs ${missing}.`);
    return 0;
  }
  try {
    if (before === undefined) console.log("Fetching DynamoDB Local ...");
    const server = await startDynamoDBLocal(before ?? fetchDynamoDBLocal());
    console.log(`DynamoDB Local answers at ${server.endpoint}.`);
    try {
      return await runSuite(server.endpoint);
    } finally {
      await server.stop();
    }
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

async function runSuite(endpoint: string): Promise<number> {
  const manifest = createRequire(import.meta.url).resolve("vitest/package.json");
  const vitest = join(dirname(manifest), "vitest.mjs");
  const child = spawn(
    process.execPath,
    [vitest, "run", "--project", "integration", ...process.argv.slice(2)],
    {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      stdio: "inherit",
      env: {
        ...process.env,
        DYNAMODB_LOCAL_ENDPOINT: endpoint,
        FIELDWISE_SERVERS: "dynamodb-local",
      },
    },
  );
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
