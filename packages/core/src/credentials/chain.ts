import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { ConfigurationError, CredentialsError } from "../errors/input-errors.ts";
import { describeFailure, mayTryNext, noneFound } from "./provider-failure.ts";

/** Makes a provider of several: the first that is set up gives the credentials. */
export function chainProviders(
  providers: readonly AwsCredentialIdentityProvider[],
): AwsCredentialIdentityProvider {
  if (providers.length === 0)
    throw new ConfigurationError("a chain needs at least one provider of credentials");
  return async (properties) => {
    const tried: string[] = [];
    for (const provider of providers) {
      try {
        return await provider(properties);
      } catch (failure) {
        if (!mayTryNext(failure)) throw failure;
        tried.push(
          ...(failure instanceof CredentialsError ? failure.tried : [describeFailure(failure)]),
        );
      }
    }
    throw noneFound(tried, true);
  };
}
