import type { AwsCredentialIdentity } from "@smithy/types";

/** Reads the credentials out of the environment's variables, where both keys are set. */
export function readEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
): AwsCredentialIdentity | undefined {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"];
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const expiration = environment["AWS_CREDENTIAL_EXPIRATION"];
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration: new Date(expiration) } : {}),
  };
}
