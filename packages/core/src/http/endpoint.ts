import { ConfigurationError } from "../errors/input-errors.ts";
import { domainOfRegion } from "./partition.ts";

/** Where requests go, in the parts of which smithy's HTTP request is made. */
export interface Endpoint {
  readonly protocol: "http:" | "https:";
  /** An IPv6 address stands in brackets. */
  readonly hostname: string;
  readonly port: number | undefined;
  /** `/`, unless DynamoDB stands behind a gateway with a path of its own. */
  readonly path: string;
  readonly query: Record<string, string | string[]>;
  /** The `host` header: the port is in it unless it is the protocol's own. */
  readonly host: string;
}

const endpointVariables = ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"] as const;

/**
 * Finds the endpoint: the option, `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL` (unless
 * `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true), else the one of the region's partition. The variables are those of
 * "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
 */
export function resolveEndpoint(
  option: string | URL | undefined,
  region: string,
  environment: NodeJS.ProcessEnv = process.env,
): Endpoint {
  if (option !== undefined) return parseEndpoint(option, "the endpoint option");
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() !== "true") {
    for (const variable of endpointVariables) {
      const value = environment[variable]?.trim();
      if (value) return parseEndpoint(value, variable);
    }
  }
  return parseEndpoint(
    `https://dynamodb.${region}.${domainOfRegion(region)}`,
    "the region's endpoint",
  );
}

/** Reads an endpoint's URL. A bad one is never repeated in the message: it may hold a password. */
export function parseEndpoint(value: string | URL, source: string): Endpoint {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new ConfigurationError(`${source} is not a URL such as http://localhost:8000`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ConfigurationError(`${source} must begin with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError(
      `${source} must not hold a user name or password: requests are signed with the credentials option`,
    );
  }
  if (url.hash !== "") throw new ConfigurationError(`${source} must not have a fragment (#…)`);
  return {
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === "" ? undefined : Number(url.port),
    path: url.pathname,
    query: url.search === "" ? noQuery : readQuery(url.searchParams),
    host: url.host,
  };
}

const noQuery: Endpoint["query"] = Object.freeze(Object.create(null) as Endpoint["query"]);

function readQuery(parameters: URLSearchParams): Endpoint["query"] {
  const query: Endpoint["query"] = Object.create(null) as Endpoint["query"];
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return query;
}
