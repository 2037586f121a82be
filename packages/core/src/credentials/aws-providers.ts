import type { AwsProvider } from "./aws-source.ts";
import type { MetadataOptions, ProfileOptions, WebIdentityOptions } from "./credentials.ts";
import { namesOf } from "./names-of.ts";

// AWS's providers, each with the package that it is in.

export async function sharedConfig({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromIni } = namesOf(await import("@aws-sdk/credential-provider-ini"));
  return fromIni(given({ profile }));
}

export async function sso({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromSSO } = namesOf(await import("@aws-sdk/credential-provider-sso"));
  return fromSSO(given({ profile }));
}

export async function credentialProcess({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromProcess } = namesOf(await import("@aws-sdk/credential-provider-process"));
  return fromProcess(given({ profile }));
}

export async function webIdentity({
  tokenFile,
  roleArn,
  roleSessionName,
}: WebIdentityOptions): Promise<AwsProvider> {
  const { fromTokenFile } = namesOf(await import("@aws-sdk/credential-provider-web-identity"));
  return fromTokenFile(given({ webIdentityTokenFile: tokenFile, roleArn, roleSessionName }));
}

export async function container({ timeout, maxRetries }: MetadataOptions): Promise<AwsProvider> {
  const { fromHttp } = namesOf(await import("@aws-sdk/credential-provider-http"));
  return fromHttp(given({ timeout, maxRetries }));
}

export async function instanceMetadata({
  timeout,
  maxRetries,
}: MetadataOptions): Promise<AwsProvider> {
  const { fromInstanceMetadata } = namesOf(await import("@smithy/credential-provider-imds"));
  return fromInstanceMetadata(given({ timeout, maxRetries }));
}

/** Leaves out what was not given: AWS's providers take a member that is there for one that is meant. */
function given<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: NonNullable<Options[Name]>;
  };
}
