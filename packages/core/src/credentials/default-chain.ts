import type { CredentialsError } from "../errors/input-errors.ts";
import type { AwsProvider } from "./aws-source.ts";
import { describeFailure, describeReason, noneFound } from "./provider-failure.ts";

/** AWS's chain of providers, which tells what it tried where it finds nothing. */
export async function defaultChain(): Promise<AwsProvider> {
  const { defaultProviders } = await import("./aws-providers.ts");
  const trace = new ChainTrace();
  const chain = await defaultProviders(trace);
  return async (properties) => {
    trace.clear();
    try {
      return await chain(properties);
    } catch (failure) {
      throw trace.toError(failure);
    }
  };
}

/** What AWS's chain calls its links, and what a person calls them. The SSO link is for options that can't be given here. */
const links: ReadonlyMap<string, string | undefined> = new Map([
  ["fromEnv", "environment variables"],
  ["fromSSO", undefined],
  ["fromIni", "shared config files"],
  ["fromProcess", "credential_process"],
  ["fromTokenFile", "web identity token"],
  ["remoteProvider", "container or instance metadata"],
]);

/**
 * Learns from the chain's debug messages what it tried: the error that it ends with names nothing. Should the messages
 * change, the list is shorter, and all else works.
 */
class ChainTrace {
  #link: string | undefined = "environment variables";
  readonly #reasons: Map<string, string> = new Map();

  clear(): void {
    this.#link = "environment variables";
    this.#reasons.clear();
  }

  debug(...message: unknown[]): void {
    const text = message.join(" ");
    const begun = /defaultProvider::(\w+)/.exec(text)?.[1];
    if (begun !== undefined) {
      this.#link = links.get(begun);
      if (this.#link !== undefined) this.#reasons.set(this.#link, "gave none");
      return;
    }
    const reason = /^@smithy\/property-provider -> (.*)$/s.exec(text)?.[1];
    // This one is on the way of every instance without the variable, and no reason for anything.
    if (reason === undefined || reason.startsWith("AWS_EC2_METADATA_V1_DISABLED not set")) return;
    if (this.#link !== undefined) this.#reasons.set(this.#link, describeReason(reason));
  }

  trace(): void {}
  info(): void {}
  warn(...message: unknown[]): void {
    console.warn(...message);
  }
  error(): void {}

  toError(failure: unknown): CredentialsError {
    const atEnd = isEndOfChain(failure);
    // What makes the chain stop on its way is thrown and not logged.
    if (this.#link !== undefined && !atEnd) this.#reasons.set(this.#link, describeFailure(failure));
    const tried = Array.from(this.#reasons, ([link, reason]) => `${link}: ${reason}`);
    return noneFound(tried.length === 0 ? [describeFailure(failure)] : tried, atEnd);
  }
}

function isEndOfChain(failure: unknown): boolean {
  return (
    failure instanceof Error && failure.message === "Could not load credentials from any providers"
  );
}
