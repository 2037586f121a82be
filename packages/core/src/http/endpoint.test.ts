import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../errors/input-errors.ts";
import { parseEndpoint, resolveEndpoint } from "./endpoint.ts";

const hostOf = (...given: Parameters<typeof resolveEndpoint>): string =>
  resolveEndpoint(...given).host;

describe("the region's endpoint", () => {
  test.each([
    ["us-east-1", "dynamodb.us-east-1.amazonaws.com"],
    ["eu-west-1", "dynamodb.eu-west-1.amazonaws.com"],
    ["ap-southeast-7", "dynamodb.ap-southeast-7.amazonaws.com"],
    ["us-gov-west-1", "dynamodb.us-gov-west-1.amazonaws.com"],
    ["cn-north-1", "dynamodb.cn-north-1.amazonaws.com.cn"],
    ["us-iso-east-1", "dynamodb.us-iso-east-1.c2s.ic.gov"],
    ["us-isob-east-1", "dynamodb.us-isob-east-1.sc2s.sgov.gov"],
    ["eu-isoe-west-1", "dynamodb.eu-isoe-west-1.cloud.adc-e.uk"],
    ["us-isof-south-1", "dynamodb.us-isof-south-1.csp.hci.ic.gov"],
    ["eusc-de-east-1", "dynamodb.eusc-de-east-1.amazonaws.eu"],
    ["not-known-yet-1", "dynamodb.not-known-yet-1.amazonaws.com"],
  ])("of %s is %s", (region, host) => {
    expect(resolveEndpoint(undefined, region, {})).toEqual({
      protocol: "https:",
      hostname: host,
      port: undefined,
      path: "/",
      query: {},
      host,
    });
  });
});

describe("another endpoint", () => {
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: "http://service:1",
    AWS_ENDPOINT_URL: "http://all:2",
  };

  test("is the option before the variables", () => {
    expect(hostOf("http://option:3", "eu-west-1", environment)).toBe("option:3");
    expect(hostOf(new URL("http://option:3"), "eu-west-1", environment)).toBe("option:3");
  });

  test("is the service's variable before the general one", () => {
    expect(hostOf(undefined, "eu-west-1", environment)).toBe("service:1");
    expect(hostOf(undefined, "eu-west-1", { AWS_ENDPOINT_URL: "http://all:2" })).toBe("all:2");
    expect(hostOf(undefined, "eu-west-1", { ...environment, AWS_ENDPOINT_URL_DYNAMODB: "" })).toBe(
      "all:2",
    );
  });

  test("is none of the variables where they are to be ignored", () => {
    const ignoring = { ...environment, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };
    expect(hostOf(undefined, "eu-west-1", ignoring)).toBe("dynamodb.eu-west-1.amazonaws.com");
    expect(hostOf("http://option:3", "eu-west-1", ignoring)).toBe("option:3");
  });

  test.each([
    [
      "http://localhost:8000",
      { protocol: "http:", hostname: "localhost", port: 8000, path: "/", host: "localhost:8000" },
    ],
    [
      "https://localhost:443/",
      { protocol: "https:", hostname: "localhost", port: undefined, host: "localhost" },
    ],
    ["http://[::1]:8000", { hostname: "[::1]", port: 8000, host: "[::1]:8000" }],
    [
      "https://example.com/a/b?stage=1&x=1&x=2",
      { path: "/a/b", query: { stage: "1", x: ["1", "2"] } },
    ],
  ])("%s is read in its parts", (url, parts) => {
    expect(parseEndpoint(url, "the endpoint option")).toMatchObject(parts);
  });
});

describe("a bad endpoint", () => {
  test.each([
    ["", "is not a URL"],
    ["http://", "is not a URL"],
    ["//host", "is not a URL"],
    ["http://user:hunter2@[bad", "is not a URL"],
    ["localhost:8000", "must begin with http:// or https://"],
    ["ftp://localhost", "must begin with http:// or https://"],
    ["http://user:hunter2@localhost", "must not hold a user name or password"],
    ["http://hunter2@localhost", "must not hold a user name or password"],
    ["http://localhost/#hunter2", "must not have a fragment"],
  ])("%j is refused, by where it stood and without repeating it", (url, reason) => {
    let error: unknown;
    try {
      resolveEndpoint(undefined, "eu-west-1", { AWS_ENDPOINT_URL: url || " x" });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toContain(`AWS_ENDPOINT_URL ${reason}`);
    expect(inspect(error)).not.toContain("hunter2");
    expect(() => parseEndpoint(url, "the endpoint option")).toThrow(
      `the endpoint option ${reason}`,
    );
  });
});
