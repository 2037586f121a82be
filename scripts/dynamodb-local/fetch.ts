import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMaven } from "./requirements.ts";

const pom = fileURLToPath(new URL("pom.xml", import.meta.url));
const cache = fileURLToPath(new URL("../../node_modules/.cache/dynamodb-local", import.meta.url));
// What was fetched by another pom is fetched again.
const folder = join(
  cache,
  createHash("sha256").update(readFileSync(pom)).digest("hex").slice(0, 16),
);
const attempts = 3;

/** The folder of DynamoDB Local and its libraries, if they were fetched before. */
export function fetchedBefore(): string | undefined {
  return existsSync(folder) ? folder : undefined;
}

/**
 * Fetches DynamoDB Local with its libraries into a folder, and names it.
 *
 * @throws Error with Maven's own words when it can't be fetched
 */
export function fetchDynamoDBLocal(): string {
  const incomplete = `${folder}-${process.pid}`;
  mkdirSync(cache, { recursive: true });
  const args = [
    "--batch-mode",
    "--no-transfer-progress",
    // A miss of an earlier try is not believed.
    "--update-snapshots",
    "--file",
    pom,
    "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies",
    `-DoutputDirectory=${incomplete}`,
    "-DincludeScope=runtime",
  ];
  for (let attempt = 1; ; attempt++) {
    const { error, status, stdout } = runMaven(args);
    if (error === undefined && status === 0) break;
    rmSync(incomplete, { recursive: true, force: true });
    if (attempt === attempts) {
      // The rest is about how to run Maven again.
      const errors = stdout
        .split("\n")
        .filter((line) => line.includes("ERROR"))
        .slice(0, 4);
      throw new Error(
        `Maven could not fetch DynamoDB Local.\n${error?.message ?? errors.join("\n")}`,
      );
    }
  }
  renameSync(incomplete, folder);
  return folder;
}
