import type { AwsCredentialIdentity } from "@smithy/types";
import { CredentialsError } from "../errors/input-errors.ts";

/** What a header can carry, and no space: a stray line break is the usual mistake. */
const headerText = /^[\x21-\x7e]+$/;

/** Refuses what can't sign a request. The message tells which member is wrong, and never what it holds. */
export function checkIdentity(identity: AwsCredentialIdentity): AwsCredentialIdentity {
  if (typeof identity !== "object" || identity === null) {
    throw new CredentialsError(
      "the credentials are not an object with accessKeyId and secretAccessKey",
    );
  }
  for (const member of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
    const value: unknown = identity[member];
    if (member === "sessionToken" && (value === undefined || value === null || value === ""))
      continue;
    if (typeof value !== "string" || value === "")
      throw new CredentialsError(`the credentials have no ${member}`);
    if (!headerText.test(value)) {
      throw new CredentialsError(
        `the credentials' ${member} holds a space, a line break or a character that is not ASCII`,
      );
    }
  }
  const { expiration } = identity;
  if (
    expiration !== undefined &&
    !(expiration instanceof Date && !Number.isNaN(expiration.getTime()))
  ) {
    throw new CredentialsError("the credentials' expiration is not a valid Date");
  }
  return identity;
}

/** Tells whether two identities hold the same keys. */
export function sameKeys(
  a: AwsCredentialIdentity | undefined,
  b: AwsCredentialIdentity | undefined,
): boolean {
  return (
    a?.accessKeyId === b?.accessKeyId &&
    a?.secretAccessKey === b?.secretAccessKey &&
    a?.sessionToken === b?.sessionToken
  );
}
