import { inspect } from "node:util";

/** Where a secret showed. */
export interface Finding {
  readonly secret: string;
  readonly where: string;
  /** What showed it, the secret left out. */
  readonly text: string;
}

interface Identity {
  readonly secretAccessKey?: unknown;
  readonly sessionToken?: unknown;
}

/** A shorter one is a word, and stands in many a text. */
const shortestSecret = 12;
/** So many signatures are remembered; an error is made soon after its request. */
const mostSignatures = 2_000;
/** So many errors of a test are looked at from all sides, and of the others one in 500: stacks take their time to be made. */
const mostInspected = 100;
const mostObjects = 500;

/**
 * Looks for the secrets that requests are signed with, and for what they were signed by, in all that the library makes:
 * errors with their causes and hidden members, objects that people inspect, debug strings, and what is printed.
 */
export class SecretWatch {
  readonly counts = { errors: 0, objects: 0, texts: 0, secrets: 0 };
  #findings: Finding[] = [];
  #errorsOfTest = 0;
  readonly #secrets = new Set<string>();
  readonly #signatures = new Set<string>();
  readonly #objects = new Set<object>();
  #lastIdentity: Identity | undefined;
  #looking = false;

  /** A request is about to be signed with an identity. */
  signs(identity: Identity): void {
    if (identity === this.#lastIdentity) return;
    this.#lastIdentity = identity;
    for (const secret of [identity.secretAccessKey, identity.sessionToken]) {
      if (typeof secret === "string" && secret.length >= shortestSecret) this.#secrets.add(secret);
    }
    this.counts.secrets = this.#secrets.size;
  }

  /** A request was signed. */
  sends(headers: Readonly<Record<string, string>>): void {
    const { authorization } = headers;
    if (authorization === undefined) return;
    this.#signatures.add(authorization.slice(authorization.lastIndexOf("=") + 1));
    if (this.#signatures.size <= mostSignatures) return;
    for (const oldest of this.#signatures) {
      this.#signatures.delete(oldest);
      return;
    }
  }

  /** An error is being made: what its classes add to it is there a moment later. */
  error(made: Error): void {
    void Promise.resolve().then(() => this.#lookAtError(made));
  }

  /** An object was made that a person may inspect. What it holds may come later. */
  object(object: object): void {
    if (this.#objects.size < mostObjects) this.#objects.add(object);
  }

  /** A text was made for a person to read. */
  text(text: string, where: string): void {
    this.counts.texts++;
    this.#look(text, where);
  }

  /** What was found since the last time, with the objects made since looked at. */
  takeFindings(): readonly Finding[] {
    for (const object of this.#objects) {
      this.counts.objects++;
      this.#look(show(object), object.constructor.name);
    }
    this.#objects.clear();
    this.#errorsOfTest = 0;
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  #lookAtError(error: Error): void {
    // An error's own members may make errors.
    if (this.#looking) return;
    this.#looking = true;
    try {
      this.counts.errors++;
      this.#look(`${error.message}\n${error.stack}`, error.name);
      if (++this.#errorsOfTest > mostInspected && this.#errorsOfTest % 10 !== 0) return;
      this.#look(
        `${String(error)}\n${show(error)}\n${asJson(error)}`,
        `an inspected ${error.name}`,
      );
    } finally {
      this.#looking = false;
    }
  }

  #look(text: string, where: string): void {
    for (const secret of this.#secrets) {
      if (text.includes(secret)) this.#found(secret, where, text);
    }
    if (text.includes("/aws4_request")) this.#found("/aws4_request", where, text);
    for (const [digest] of text.matchAll(/\b[0-9a-f]{64}\b/g)) {
      if (this.#signatures.has(digest)) this.#found(digest, where, text);
    }
  }

  #found(secret: string, where: string, text: string): void {
    const at = Math.max(0, text.indexOf(secret) - 200);
    const around = text.slice(at, at + 600).replaceAll(secret, "<the secret>");
    this.#findings.push({ secret, where, text: around });
  }
}

function show(value: unknown): string {
  return inspect(value, {
    depth: 8,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
    breakLength: Infinity,
  });
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // A bigint, or a ring, has no JSON.
    return "";
  }
}
