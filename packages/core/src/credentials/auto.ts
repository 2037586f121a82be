import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { AwsProvider } from "./aws-source.ts";
import { defaultChain } from "./default-chain.ts";
import { readEnvironment } from "./environment.ts";

/** Finds credentials where AWS's SDK for JavaScript finds them. */
export function autoProvider(): AwsCredentialIdentityProvider {
  let chain: AwsProvider | undefined;
  return async (properties) => {
    // As in AWS's SDK for JavaScript, a profile named in the environment goes before keys in the environment.
    const identity = process.env["AWS_PROFILE"] ? undefined : readEnvironment();
    if (identity !== undefined) return identity;
    chain ??= await defaultChain();
    return chain(properties);
  };
}
