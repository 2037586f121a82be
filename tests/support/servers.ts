/**
 * The servers that the integration suite can meet:
 *
 * - `dynoxide`: always there; started once for a whole run
 * - `endpoint`: the server that the variable DYNAMODB_ENDPOINT names, AWS or any other
 * - `dynamodb-local`: Amazon's DynamoDB Local, which `pnpm test:dynamodb-local` starts and names in
 *   DYNAMODB_LOCAL_ENDPOINT
 *
 * FIELDWISE_SERVERS picks some of them by name: `FIELDWISE_SERVERS=dynoxide,endpoint`.
 */
export type ServerName = "dynoxide" | "endpoint" | "dynamodb-local";

/** One server, as the test files get to know it. */
export interface Server {
  readonly name: ServerName;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

declare module "vitest" {
  interface ProvidedContext {
    servers: readonly Server[];
  }
}

/**
 * The names that FIELDWISE_SERVERS picks, or else every server that is there.
 *
 * @throws Error when it picks a server that is not there: a suite that runs nowhere would look as if it had passed
 */
export function pickServers(
  picked: string | undefined,
  present: readonly ServerName[],
): readonly ServerName[] {
  if (!picked) return present;
  return picked.split(",").map((text) => {
    const name = present.find((candidate) => candidate === text.trim());
    if (name !== undefined) return name;
    throw new Error(
      `FIELDWISE_SERVERS names ${text.trim()}, which is not there. There are: ${present.join(", ")}.`,
    );
  });
}
