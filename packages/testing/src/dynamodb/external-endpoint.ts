import type { ClientOptions } from "@fieldwise/core";
import { untilItAnswers } from "./answers.ts";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";

/** Who asks: what a client of the endpoint signs with. */
export type Identity = Pick<ClientOptions, "region" | "credentials">;

/** A server that someone else started, and will end. */
export interface ExternalEndpoint {
  readonly endpoint: URL;
  readonly identity: Identity;
  /** Does nothing: the server is not ours. */
  stop(): Promise<void>;
}

/**
 * The server that `DYNAMODB_ENDPOINT` names, once it answers.
 *
 * @returns `undefined` where the variable is not set
 * @throws LocalDynamoDBError when the variable holds no http URL, or nobody answers there in time
 */
export async function openExternalEndpoint(
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<ExternalEndpoint | undefined> {
  const text = env["DYNAMODB_ENDPOINT"];
  if (!text) return undefined;
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new LocalDynamoDBError(
      "DYNAMODB_ENDPOINT must be an http or https URL like http://localhost:8000.",
    );
  }
  const endpoint = new URL(text);
  const failure = await untilItAnswers(endpoint, timeout);
  if (failure !== undefined) {
    throw new LocalDynamoDBError(
      `No DynamoDB answered at DYNAMODB_ENDPOINT (${endpoint.origin}) within ${timeout} ms: ${failure.message}`,
      { cause: failure },
    );
  }
  return { endpoint, identity: identityFrom(env), stop: () => Promise.resolve() };
}

function identityFrom(env: NodeJS.ProcessEnv): Identity {
  const region = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"];
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  return {
    ...(region && { region }),
    ...(accessKeyId &&
      secretAccessKey && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
      }),
  };
}
