import { type LocalDynamoDB, startDynamoDB } from "@fieldwise/testing";
import type { TestProject } from "vitest/node";
import { pickServers, type Server, type ServerName } from "./servers.ts";

/** Runs once before all files: makes the list of servers, and starts those that are started here. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const { DYNAMODB_ENDPOINT: external, DYNAMODB_LOCAL_ENDPOINT: dynamodbLocal } = process.env;
  const present: ServerName[] = ["dynoxide"];
  if (external) present.push("endpoint");
  if (dynamodbLocal) present.push("dynamodb-local");

  const started: LocalDynamoDB[] = [];
  const start = async (): Promise<string> => {
    const dynamodb = await startDynamoDB();
    started.push(dynamodb);
    return dynamodb.endpoint;
  };

  const servers: Server[] = [];
  for (const name of pickServers(process.env["FIELDWISE_SERVERS"], present)) {
    if (name === "dynoxide") {
      // With the variable set, startDynamoDB would hand out the other server.
      delete process.env["DYNAMODB_ENDPOINT"];
      const endpoint = await start();
      if (external !== undefined) process.env["DYNAMODB_ENDPOINT"] = external;
      servers.push({ name, endpoint, ...localIdentity });
    } else if (name === "endpoint") {
      servers.push({ name, endpoint: await start(), ...environmentIdentity() });
    } else {
      servers.push({ name, endpoint: dynamodbLocal ?? "", ...localIdentity });
    }
  }
  project.provide("servers", servers);
  return async () => {
    await Promise.all(started.map((dynamodb) => dynamodb.stop()));
  };
}

const localIdentity = {
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local-secret-that-nobody-may-see" },
};

function environmentIdentity(): Pick<Server, "region" | "credentials"> {
  const {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: defaultRegion,
    AWS_ACCESS_KEY_ID: accessKeyId = "local",
    AWS_SECRET_ACCESS_KEY: secretAccessKey = "local",
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  return {
    region: region ?? defaultRegion ?? localIdentity.region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
  };
}
