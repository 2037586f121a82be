import { CredentialsError } from "../errors/input-errors.ts";

/** Failures that only say that a source is not there to be used, so that a chain may go on to the next. */
const skippable: WeakSet<object> = new WeakSet();

/** Makes the error of a source that is not set up. */
export function notConfigured(source: string, reason: string): CredentialsError {
  const error = new CredentialsError(`no credentials: ${source}: ${reason}`, [
    `${source}: ${reason}`,
  ]);
  skippable.add(error);
  return error;
}

/** Makes the error of a source from what one of AWS's providers threw. */
export function sourceFailed(source: string, failure: unknown, isSetUp: boolean): CredentialsError {
  const reason = describeFailure(failure);
  const error = new CredentialsError(
    `no credentials: ${source}: ${reason}`,
    [`${source}: ${reason}`],
    {
      cause: withoutDetails(failure),
    },
  );
  // AWS's providers mark so what is no reason to stop.
  if (!isSetUp && (failure as { readonly tryNextLink?: unknown } | null)?.tryNextLink === true)
    skippable.add(error);
  return error;
}

/** Makes the error of several sources of which none gave credentials. */
export function noneFound(tried: readonly string[], skippableItself: boolean): CredentialsError {
  const list = tried.map((line) => `  - ${line}`).join("\n");
  const error = new CredentialsError(`no credentials found. Tried\n${list}`, tried);
  if (skippableItself) skippable.add(error);
  return error;
}

/** Tells whether a chain may go on to the next source after this. */
export function mayTryNext(failure: unknown): boolean {
  if (typeof failure !== "object" || failure === null) return false;
  return (
    skippable.has(failure) || (failure as { readonly tryNextLink?: unknown }).tryNextLink === true
  );
}

/** Says in one line why a provider gave nothing, and nothing that could be a secret. */
export function describeFailure(failure: unknown): string {
  const text = failure instanceof Error ? failure.message || failure.name : String(failure);
  return describeReason(text);
}

/** The same, of the text that a provider wrote. */
export function describeReason(text: string): string {
  // The message of a failed process holds its command line and what it printed.
  if (text.startsWith("Command failed")) return "the profile's credential_process failed";
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** The cause of an error, without the requests and responses that AWS's errors carry: those hold tokens. */
function withoutDetails(failure: unknown): unknown {
  if (!(failure instanceof Error)) return undefined;
  const cause = new Error(describeFailure(failure));
  cause.name = failure.name;
  // Its stack begins with the message.
  const frames = failure.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  cause.stack = [`${cause.name}: ${cause.message}`, ...frames].join("\n");
  return cause;
}
