import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { readEnvironment } from "./environment.ts";

interface CredentialsFactories {
  auto(): AwsCredentialIdentityProvider;
}

export const Credentials: CredentialsFactories = {
  auto() {
    let chain: AwsCredentialIdentityProvider | undefined;
    return async (properties) => {
      // As in AWS's SDK for JavaScript, a profile named in the environment goes before keys in the environment.
      const identity = process.env["AWS_PROFILE"] ? undefined : readEnvironment();
      if (identity !== undefined) return identity;
      if (chain === undefined) {
        const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
        chain = defaultProvider() as AwsCredentialIdentityProvider;
      }
      return chain(properties);
    };
  },
};
