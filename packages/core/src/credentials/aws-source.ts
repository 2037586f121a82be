import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { sourceFailed } from "./provider-failure.ts";

/** A provider of AWS's, as its packages make them. */
export type AwsProvider = (properties?: Record<string, unknown>) => Promise<AwsCredentialIdentity>;

/**
 * Makes a provider of one of AWS's, whose package is loaded when credentials are first asked for.
 *
 * @param isSetUp tells of one that failed whether it was meant to be used, where AWS's own errors don't: most of those let a
 * chain go on.
 */
export function awsSource(
  source: string,
  load: () => Promise<AwsProvider>,
  isSetUp?: () => boolean | Promise<boolean>,
): AwsCredentialIdentityProvider {
  // Kept: it remembers what it learned, such as which version of the instance metadata service there is.
  let provider: AwsProvider | undefined;
  return async (properties) => {
    try {
      provider ??= await load();
      return await provider(properties);
    } catch (failure) {
      throw sourceFailed(source, failure, isSetUp !== undefined && (await holds(isSetUp)));
    }
  };
}

async function holds(isSetUp: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await isSetUp();
  } catch {
    // It fails where the source did, as without a home directory; what the source said is what is wrong.
    return false;
  }
}
