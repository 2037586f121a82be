import type { Logger } from "@smithy/types";
import type { AwsProvider } from "./aws-source.ts";
import type { MetadataOptions, ProfileOptions, WebIdentityOptions } from "./credentials.ts";

// AWS's packages, each imported when it is asked for, as this module is. It imports nothing else, since bundlers that split code
// would give what it shared with the rest a file of its own, which every program would load.

/** AWS's loader keeps what it once read, or failed to read: credentials that were renewed in their file would not be seen. */
const readFilesAnew = { ignoreCache: true };

/** The chain of providers that AWS's own clients use. */
export async function defaultProviders(logger: Logger): Promise<AwsProvider> {
  const { defaultProvider } = namesOf(await import("@aws-sdk/credential-provider-node"));
  return defaultProvider({ logger, ...readFilesAnew });
}

export async function sharedConfig({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromIni } = namesOf(await import("@aws-sdk/credential-provider-ini"));
  return fromIni({ ...given({ profile }), ...readFilesAnew });
}

export async function sso({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromSSO } = namesOf(await import("@aws-sdk/credential-provider-sso"));
  return fromSSO({ ...given({ profile }), ...readFilesAnew });
}

export async function credentialProcess({ profile }: ProfileOptions): Promise<AwsProvider> {
  const { fromProcess } = namesOf(await import("@aws-sdk/credential-provider-process"));
  return fromProcess({ ...given({ profile }), ...readFilesAnew });
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

/** The profile in use, and its `region` in the shared config files. */
export async function readProfile(): Promise<{ profile: string; region: string | undefined }> {
  const { getProfileName, loadSharedConfigFiles } = namesOf(await import("@smithy/core/config"));
  const profile = getProfileName({});
  const { configFile, credentialsFile } = await loadSharedConfigFiles(readFilesAnew);
  // Where both files have the profile, the credentials file goes first, as in AWS's own clients.
  const region = credentialsFile[profile]?.["region"] ?? configFile[profile]?.["region"];
  return { profile, region: region?.trim() };
}

const kindsOfProfile = [
  "aws_access_key_id",
  "role_arn",
  "credential_process",
  "sso_session",
  "sso_start_url",
  "login_session",
] as const;

/** Tells whether a profile says where its credentials come from: in one of these ways. */
export async function isProfileSetUp(
  { profile }: ProfileOptions,
  ways: readonly (typeof kindsOfProfile)[number][] = kindsOfProfile,
): Promise<boolean> {
  const { getProfileName, parseKnownFiles } = namesOf(await import("@smithy/core/config"));
  const members = (await parseKnownFiles(readFilesAnew))[getProfileName(given({ profile }))];
  return members !== undefined && ways.some((way) => members[way] !== undefined);
}

/** What an imported package exports: bundlers that split code leave it under `default`, for AWS's are CommonJS. */
function namesOf<Module extends object>(module: Module): Module {
  return (module as { readonly default?: Module }).default ?? module;
}
