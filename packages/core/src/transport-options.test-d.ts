import { fromContainerMetadata } from "@smithy/credential-provider-imds";
import { fromIni } from "@aws-sdk/credential-provider-ini";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { SignatureV4 } from "@aws-sdk/signature-v4";
import type { FetchHttpHandler } from "@smithy/fetch-http-handler";
import type { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import type { UndiciHttpHandler } from "@smithy/undici-http-handler";
import type { Agent, Dispatcher, ProxyAgent } from "undici";
import { describe, expectTypeOf, test } from "vitest";
import { Credentials } from "./credentials/credentials.ts";
import type { CountingHealthMonitor, NoOpHealthMonitor } from "./health.ts";
import { RetryConfig } from "./retry.ts";
import type { ConnectOptions } from "./transport-options.ts";

type Option<Name extends keyof ConnectOptions> = NonNullable<ConnectOptions[Name]>;

describe("what a client can be given", () => {
  test("any smithy request handler, or one's own", () => {
    expectTypeOf<NodeHttpHandler>().toExtend<Option<"requestHandler">>();
    expectTypeOf<NodeHttp2Handler>().toExtend<Option<"requestHandler">>();
    expectTypeOf<FetchHttpHandler>().toExtend<Option<"requestHandler">>();
    expectTypeOf<UndiciHttpHandler>().toExtend<Option<"requestHandler">>();
    const own: Option<"requestHandler"> = {
      handle: async (request) => ({
        response: { statusCode: 200, headers: {}, body: request.body },
      }),
    };
    expectTypeOf(own).toExtend<ConnectOptions["requestHandler"]>();
    // @ts-expect-error a function is no handler
    expectTypeOf(async () => ({})).toExtend<Option<"requestHandler">>();
    // @ts-expect-error a response has a status
    expectTypeOf({ handle: async () => ({ response: {} }) }).toExtend<Option<"requestHandler">>();
  });

  test("a dispatcher of undici's", () => {
    expectTypeOf<Agent>().toExtend<Option<"requestHandler">>();
    expectTypeOf<ProxyAgent>().toExtend<Option<"requestHandler">>();
    expectTypeOf<Dispatcher.ComposedDispatcher>().toExtend<Option<"requestHandler">>();
    // @ts-expect-error it has to say whether it is busy
    expectTypeOf({ dispatch: () => undefined }).toExtend<Option<"requestHandler">>();
  });

  test("credentials, or any provider of them", () => {
    expectTypeOf({ accessKeyId: "", secretAccessKey: "" }).toExtend<Option<"credentials">>();
    expectTypeOf(fromIni()).toExtend<Option<"credentials">>();
    expectTypeOf(defaultProvider()).toExtend<Option<"credentials">>();
    expectTypeOf(fromContainerMetadata()).toExtend<Option<"credentials">>();
    expectTypeOf(Credentials.auto()).toExtend<Option<"credentials">>();
    // @ts-expect-error the secret access key is missing
    expectTypeOf({ accessKeyId: "" }).toExtend<Option<"credentials">>();
  });

  test("smithy's signer", () => {
    expectTypeOf<SignatureV4>().toExtend<Option<"signer">>();
  });

  test("health monitors and retries", () => {
    expectTypeOf<CountingHealthMonitor>().toExtend<Option<"healthMonitor">>();
    expectTypeOf<NoOpHealthMonitor>().toExtend<Option<"healthMonitor">>();
    expectTypeOf(RetryConfig.none).toExtend<Option<"retry">>();
    expectTypeOf(RetryConfig.exponential()).toExtend<RetryConfig>();
    expectTypeOf({ timeLimit: 5, delays: () => [1, 2, 3] }).toExtend<RetryConfig>();
    expectTypeOf<false>().toExtend<Option<"retryBudget">>();
    // @ts-expect-error a factory is no configuration
    expectTypeOf(RetryConfig.exponential).toExtend<RetryConfig>();
  });
});
