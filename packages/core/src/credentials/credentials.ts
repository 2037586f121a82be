import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { autoProvider } from "./auto.ts";
import type * as providers from "./aws-providers.ts";
import { awsSource } from "./aws-source.ts";
import { chainProviders } from "./chain.ts";
import { readEnvironment } from "./environment.ts";
import { checkIdentity } from "./identity.ts";
import { notConfigured } from "./provider-failure.ts";

export interface ProfileOptions {
  /** The profile's name. `AWS_PROFILE`, else `default`, by default. */
  readonly profile?: string | undefined;
}

export interface WebIdentityOptions {
  /** The file that holds the OpenID Connect token. `AWS_WEB_IDENTITY_TOKEN_FILE` by default. */
  readonly tokenFile?: string | undefined;
  /** The ARN of the role to assume. `AWS_ROLE_ARN` by default. */
  readonly roleArn?: string | undefined;
  /** A name for the session. `AWS_ROLE_SESSION_NAME` by default. */
  readonly roleSessionName?: string | undefined;
}

export interface MetadataOptions {
  /** Milliseconds to wait for the service. 1,000 by default. */
  readonly timeout?: number | undefined;
  /** How often to try again. */
  readonly maxRetries?: number | undefined;
}

const awsProviders = (): Promise<typeof providers> => import("./aws-providers.ts");

const containerVariables = [
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
] as const;

interface CredentialsFactories {
  /**
   * Finds credentials where the AWS SDK for JavaScript finds them, in its order: environment variables (unless `AWS_PROFILE`
   * names a profile), the shared config and credentials files with SSO, assume-role and process profiles, a web identity token,
   * the container's or the instance's metadata service. The default of a client. Loads `@aws-sdk/credential-provider-node`,
   * unless the keys stand in the environment.
   *
   * @throws CredentialsError, which lists what was tried.
   */
  auto(): AwsCredentialIdentityProvider;
  /** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_CREDENTIAL_EXPIRATION`. */
  environment(): AwsCredentialIdentityProvider;
  /**
   * These credentials.
   *
   * @throws CredentialsError at once where a key is missing.
   */
  static(identity: AwsCredentialIdentity): AwsCredentialIdentityProvider;
  /**
   * A profile of the shared config and credentials files, `~/.aws/config` and `~/.aws/credentials`, of whatever kind: keys,
   * SSO, assumed role, process or web identity.
   */
  sharedConfig(options?: ProfileOptions): AwsCredentialIdentityProvider;
  /** A profile of IAM Identity Center, for which `aws sso login` was run. */
  sso(options?: ProfileOptions): AwsCredentialIdentityProvider;
  /** What the `credential_process` of a profile prints. */
  process(options?: ProfileOptions): AwsCredentialIdentityProvider;
  /** A role assumed with an OpenID Connect token from a file, as in Amazon EKS with IAM roles for service accounts. */
  webIdentity(options?: WebIdentityOptions): AwsCredentialIdentityProvider;
  /**
   * The container's credentials service, in Amazon ECS and in Amazon EKS with Pod Identity:
   * `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
   */
  container(options?: MetadataOptions): AwsCredentialIdentityProvider;
  /**
   * The EC2 instance's metadata service, version 2; version 1 only where there is no other. Switched off by
   * `AWS_EC2_METADATA_DISABLED`, version 1 alone by `AWS_EC2_METADATA_V1_DISABLED`.
   */
  instanceMetadata(options?: MetadataOptions): AwsCredentialIdentityProvider;
  /**
   * The first of several providers that is set up. One that is set up and fails ends the chain with its error: other
   * credentials than the intended ones would be a surprise.
   *
   * @throws CredentialsError, which lists what was tried.
   */
  chain(...providers: readonly AwsCredentialIdentityProvider[]): AwsCredentialIdentityProvider;
}

/**
 * Where credentials come from: one factory for each source. What a factory makes is a provider as every AWS library takes it,
 * and a client takes any provider: those of `@aws-sdk/credential-providers`, or a function of your own.
 *
 * A client keeps what a provider gives, asks again in the background before it expires, and at once when DynamoDB calls it
 * expired.
 *
 * @example
 * new Client({ credentials: Credentials.chain(Credentials.environment(), Credentials.sharedConfig({ profile: "dev" })) });
 */
export const Credentials: CredentialsFactories = {
  auto: autoProvider,

  environment: () => async () => {
    const identity = readEnvironment();
    if (identity !== undefined) return identity;
    throw notConfigured(
      "environment variables",
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set",
    );
  },

  static(identity) {
    checkIdentity(identity);
    return async () => identity;
  },

  // Options are copied: they are read when credentials are first asked for.
  sharedConfig: ({ ...options } = {}) =>
    awsSource(
      "shared config files",
      async () => (await awsProviders()).sharedConfig(options),
      async () => (await awsProviders()).isProfileSetUp(options),
    ),

  sso: ({ ...options } = {}) =>
    awsSource("SSO profile", async () => (await awsProviders()).sso(options)),

  process: ({ ...options } = {}) =>
    awsSource(
      "credential_process",
      async () => (await awsProviders()).credentialProcess(options),
      async () => (await awsProviders()).isProfileSetUp(options, ["credential_process"]),
    ),

  webIdentity: ({ ...options } = {}) =>
    awsSource("web identity token", async () => (await awsProviders()).webIdentity(options)),

  container: ({ ...options } = {}) =>
    awsSource(
      "container credentials",
      async () => (await awsProviders()).container(options),
      () => containerVariables.some((name) => process.env[name]),
    ),

  instanceMetadata({ ...options } = {}) {
    const source = awsSource("instance metadata", async () =>
      (await awsProviders()).instanceMetadata(options),
    );
    return async (properties) => {
      const disabled = process.env["AWS_EC2_METADATA_DISABLED"];
      if (!disabled || disabled === "false") return source(properties);
      throw notConfigured("instance metadata", "switched off by AWS_EC2_METADATA_DISABLED");
    };
  },

  chain: (...providers) => chainProviders(providers),
};
