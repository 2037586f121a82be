import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findClosedPort, startLocalServer } from "../../test-support/local-server.ts";
import { ConfigurationError, CredentialsError } from "../errors/input-errors.ts";
import { awsSource } from "./aws-source.ts";
import { Credentials } from "./credentials.ts";

const keys = { accessKeyId: "AKID", secretAccessKey: "hunter2" };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fieldwise-credentials-"));
  for (const name of Object.keys(process.env))
    if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", folder);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const configure = (text: string): void => writeFileSync(join(folder, "config"), text);

async function failureOf(provider: () => Promise<unknown>): Promise<CredentialsError> {
  const error = await provider().then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(CredentialsError);
  return error as CredentialsError;
}

describe("environment", () => {
  test("has the keys, the token and the expiration", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
    expect(await Credentials.environment()()).toEqual(keys);
    vi.stubEnv("AWS_SESSION_TOKEN", "token");
    vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2030-01-01T00:00:00Z");
    expect(await Credentials.environment()()).toEqual({
      ...keys,
      sessionToken: "token",
      expiration: new Date("2030-01-01T00:00:00Z"),
    });
  });

  test("is read anew each time", async () => {
    const provider = Credentials.environment();
    await failureOf(provider);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
    expect(await provider()).toEqual(keys);
  });

  test("without one of the keys has none, and says what is missing", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "");
    const error = await failureOf(Credentials.environment());
    expect(error.message).toContain("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set");
  });
});

describe("static", () => {
  test("gives what it was given", async () => expect(await Credentials.static(keys)()).toBe(keys));

  test("refuses bad credentials at once", () => {
    expect(() => Credentials.static({ ...keys, secretAccessKey: "" })).toThrow(CredentialsError);
  });
});

describe("shared config", () => {
  test("has the default profile's keys, or another's", async () => {
    writeFileSync(
      join(folder, "credentials"),
      "[default]\naws_access_key_id = AKID\naws_secret_access_key = hunter2\n\n[dev]\naws_access_key_id = AKDEV\naws_secret_access_key = hunter2\naws_session_token = token\n",
    );
    expect(await Credentials.sharedConfig()()).toMatchObject(keys);
    expect(await Credentials.sharedConfig({ profile: "dev" })()).toMatchObject({
      accessKeyId: "AKDEV",
      sessionToken: "token",
    });
    const options = { profile: "dev" };
    const provider = Credentials.sharedConfig(options);
    options.profile = "default";
    expect(await provider()).toMatchObject({ accessKeyId: "AKDEV" });
    vi.stubEnv("AWS_PROFILE", "dev");
    expect(await Credentials.sharedConfig()()).toMatchObject({ accessKeyId: "AKDEV" });
  });

  test("without the profile has none", async () => {
    const error = await failureOf(Credentials.sharedConfig({ profile: "absent" }));
    expect(error.message).toContain("shared config files: ");
    expect(error.message).toContain("absent");
  });
});

describe.each([
  ["shared config", Credentials.sharedConfig],
  ["auto", Credentials.auto],
])("the files of %s are read anew", (_, source: () => AwsCredentialIdentityProvider) => {
  const configureKeys = (accessKeyId: string): void =>
    configure(`[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = hunter2\n`);

  test("where there were none", async () => {
    const provider = source();
    await failureOf(provider);
    configureKeys("AKID");
    expect(await provider()).toMatchObject(keys);
  });

  test("where the keys in them were replaced", async () => {
    const provider = source();
    configureKeys("AKOLD");
    expect(await provider()).toMatchObject({ accessKeyId: "AKOLD" });
    configureKeys("AKID");
    expect(await provider({ forceRefresh: true })).toMatchObject(keys);
  });
});

describe("process", () => {
  test("has what the profile's process prints", async () => {
    const output = JSON.stringify({
      Version: 1,
      AccessKeyId: "AKID",
      SecretAccessKey: "hunter2",
      SessionToken: "token",
      Expiration: "2100-01-01T00:00:00Z",
    });
    writeFileSync(join(folder, "output.json"), output);
    configure(`[profile dev]\ncredential_process = cat ${join(folder, "output.json")}\n`);
    const expected = {
      ...keys,
      sessionToken: "token",
      expiration: new Date("2100-01-01T00:00:00Z"),
    };
    expect(await Credentials.process({ profile: "dev" })()).toMatchObject(expected);
    expect(await Credentials.sharedConfig({ profile: "dev" })()).toMatchObject(expected);
  });

  test("that fails shows neither its command nor what it printed", async () => {
    configure(
      `[profile dev]\ncredential_process = sh -c "echo hunter2 >&2; exit 1" --password hunter2\n`,
    );
    const error = await failureOf(Credentials.process({ profile: "dev" }));
    expect(error.message).toContain("the profile's credential_process failed");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("hunter2");
  });
});

describe("sso", () => {
  test("without a token says that a login is needed", async () => {
    configure(
      "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
    );
    const error = await failureOf(Credentials.sso({ profile: "dev" }));
    expect(error.message).toContain("SSO profile: ");
    expect(error.message).toContain("aws sso login");
  });
});

describe("web identity", () => {
  test("without a token file has none", async () => {
    const error = await failureOf(Credentials.webIdentity());
    expect(error.message).toContain("web identity token: ");
  });

  test("with a token file that is not there fails by its name", async () => {
    const tokenFile = join(folder, "token");
    const error = await failureOf(
      Credentials.webIdentity({ tokenFile, roleArn: "arn:aws:iam::1:role/x" }),
    );
    expect(error.message).toContain(tokenFile);
  });
});

const metadata = {
  Code: "Success",
  AccessKeyId: "AKID",
  SecretAccessKey: "hunter2",
  Token: "token",
  Expiration: "2100-01-01T00:00:00Z",
};

describe("container", () => {
  test("asks the container's service, with its token", async () => {
    const server = await startLocalServer((_, response) => response.end(JSON.stringify(metadata)));
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `${server.url}/creds`);
    mkdirSync(join(folder, "eks"));
    writeFileSync(join(folder, "eks", "token"), "let me in");
    vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", join(folder, "eks", "token"));
    expect(await Credentials.container()()).toMatchObject({ ...keys, sessionToken: "token" });
    expect(server.requests[0]).toMatchObject({
      url: "/creds",
      headers: { authorization: "let me in" },
    });
  });

  test("without a service has none", async () => {
    const error = await failureOf(Credentials.container());
    expect(error.message).toContain("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  });
});

describe("instance metadata", () => {
  /** The service of an instance with a role; version 2 asks for a token first. */
  async function startService(versions: readonly (1 | 2)[]) {
    const server = await startLocalServer(({ method, url, headers }, response) => {
      if (method === "PUT" && url === "/latest/api/token" && versions.includes(2))
        return response.end("imds-token");
      const authorized =
        headers["x-aws-ec2-metadata-token"] === "imds-token" || versions.includes(1);
      response.statusCode = method === "GET" && authorized ? 200 : method === "PUT" ? 404 : 401;
      if (url?.endsWith("/security-credentials/")) return response.end("my-role");
      return response.end(JSON.stringify(metadata));
    });
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "");
    vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url);
    return server;
  }

  test("is asked in version 2", async () => {
    const server = await startService([2]);
    expect(await Credentials.instanceMetadata()()).toMatchObject({
      ...keys,
      sessionToken: "token",
    });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PUT /latest/api/token",
      "GET /latest/meta-data/iam/security-credentials/",
      "GET /latest/meta-data/iam/security-credentials/my-role",
    ]);
  });

  test("is asked in version 1 where there is no other, unless that is switched off", async () => {
    await startService([1]);
    expect(await Credentials.instanceMetadata()()).toMatchObject(keys);
    vi.stubEnv("AWS_EC2_METADATA_V1_DISABLED", "true");
    const error = await failureOf(Credentials.instanceMetadata());
    expect(error.message).toContain("v1 fallback has been blocked");
  });

  test("is not asked where it is switched off", async () => {
    const server = await startService([2]);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    const error = await failureOf(Credentials.instanceMetadata());
    expect(error.message).toContain("AWS_EC2_METADATA_DISABLED");
    expect(server.requests).toHaveLength(0);
  });

  test("that nobody answers has none", async () => {
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "");
    vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", `http://127.0.0.1:${await findClosedPort()}`);
    const error = await failureOf(Credentials.instanceMetadata({ timeout: 500, maxRetries: 0 }));
    expect(error.message).toContain("instance metadata: ");
  });
});

describe("chain", () => {
  test("takes the first that is set up", async () => {
    const chain = Credentials.chain(Credentials.environment(), Credentials.static(keys), () => {
      throw new Error("not asked");
    });
    expect(await chain()).toBe(keys);
  });

  test("with none set up lists what it tried", async () => {
    const chain = Credentials.chain(
      Credentials.environment(),
      Credentials.chain(
        Credentials.sharedConfig({ profile: "absent" }),
        Credentials.instanceMetadata(),
      ),
    );
    const error = await failureOf(chain);
    expect(error.tried.map((line) => line.split(":")[0])).toEqual([
      "environment variables",
      "shared config files",
      "instance metadata",
    ]);
    for (const line of error.tried) expect(error.message).toContain(line);
  });

  test("stops at one that is set up and fails", async () => {
    const next = vi.fn<() => Promise<typeof keys>>(async () => keys);
    const sealed = new Error("vault is sealed");
    await expect(Credentials.chain(() => Promise.reject(sealed), next)()).rejects.toBe(sealed);
    const missingFile = Credentials.webIdentity({
      tokenFile: join(folder, "token"),
      roleArn: "arn:x",
    });
    await failureOf(Credentials.chain(missingFile, next));
    expect(next).not.toHaveBeenCalled();
  });

  test.each<[string, AwsCredentialIdentityProvider]>([
    ["a process that fails", Credentials.process({ profile: "broken" })],
    ["a profile whose process fails", Credentials.sharedConfig({ profile: "broken" })],
    ["a profile without its source", Credentials.sharedConfig({ profile: "role" })],
    ["half a profile's keys", Credentials.sharedConfig({ profile: "half" })],
    ["a container's service that fails", Credentials.container({ maxRetries: 0 })],
  ])("stops at %s", async (_, provider) => {
    configure(
      "[profile broken]\ncredential_process = exit 1\n\n[profile role]\nrole_arn = arn:x\nsource_profile = absent\n\n[profile half]\naws_access_key_id = AKID\n",
    );
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `http://127.0.0.1:${await findClosedPort()}/`);
    const next = vi.fn<() => Promise<typeof keys>>(async () => keys);
    await failureOf(Credentials.chain(provider, next));
    expect(next).not.toHaveBeenCalled();
  });

  test("tells what a source said that can't tell whether it is set up", async () => {
    const source = awsSource(
      "a source",
      async () => async () => Promise.reject(new Error("no home")),
      () => Promise.reject(new Error("no home either")),
    );
    const error = await failureOf(Credentials.chain(source, Credentials.static(keys)));
    expect(error.message).toBe("no credentials: a source: no home");
  });

  test("goes on after a profile that only has a region, and where there is none", async () => {
    configure("[default]\nregion = eu-west-1\n");
    for (const options of [{}, { profile: "absent" }]) {
      const { process, sharedConfig } = Credentials;
      const chain = Credentials.chain(process(options), sharedConfig(options), async () => keys);
      expect(await chain()).toBe(keys);
    }
  });

  test("goes on after a provider of AWS's that says so", async () => {
    const skip = Object.assign(new Error("not set up"), { tryNextLink: true });
    expect(await Credentials.chain(() => Promise.reject(skip), Credentials.static(keys))()).toBe(
      keys,
    );
  });

  test("of nothing is refused", () => {
    expect(() => Credentials.chain()).toThrow(ConfigurationError);
  });
});

describe("auto", () => {
  test("finds the keys in the environment", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
    expect(await Credentials.auto()()).toEqual(keys);
  });

  test("finds the profile that is named before the keys in the environment", async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKENV");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hunter2");
    vi.stubEnv("AWS_PROFILE", "dev");
    configure("[profile dev]\naws_access_key_id = AKID\naws_secret_access_key = hunter2\n");
    expect(await Credentials.auto()()).toMatchObject(keys);
  });

  test("finds the default profile", async () => {
    configure("[default]\naws_access_key_id = AKID\naws_secret_access_key = hunter2\n");
    expect(await Credentials.auto()()).toMatchObject(keys);
  });

  test("finds the container's", async () => {
    const server = await startLocalServer((_, response) => response.end(JSON.stringify(metadata)));
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `${server.url}/creds`);
    expect(await Credentials.auto()()).toMatchObject({ ...keys, sessionToken: "token" });
  });

  test("without any lists what it tried, in one error", async () => {
    vi.stubEnv("AWS_PROFILE", "absent");
    const error = await failureOf(Credentials.auto());
    expect(error.message.split("\n")[0]).toBe("no credentials found. Tried");
    expect(error.tried).toEqual([
      "environment variables: AWS_PROFILE is set, skipping fromEnv provider.",
      expect.stringMatching(/^shared config files: .*absent/),
      expect.stringMatching(/^credential_process: .*absent/),
      "web identity token: Web identity configuration not specified",
      "container or instance metadata: EC2 Instance Metadata Service access disabled",
    ]);
  });

  test("with a source that is set up and fails says which", async () => {
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(folder, "token"));
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::1:role/x");
    const error = await failureOf(Credentials.auto());
    expect(error.tried.at(-1)).toMatch(/^web identity token: ENOENT/);
  });

  test("with a process that fails shows neither its command nor what it printed", async () => {
    vi.stubEnv("AWS_PROFILE", "dev");
    configure(
      `[profile dev]\ncredential_process = sh -c "echo hunter2 >&2; exit 1" --password hunter2\n`,
    );
    const error = await failureOf(Credentials.auto());
    expect(error.message).toContain("the profile's credential_process failed");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("hunter2");
  });
});
