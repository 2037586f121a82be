import type { Readable } from "node:stream";

/**
 * No answer of DynamoDB comes near this: a batch is 16 MB of item data, and JSON makes the most unfavourable data about
 * fourteen times as long.
 */
export const sizeLimit: number = 256 * 1024 * 1024;

/** Reads a response's body to its end: a Node or web stream, a `Blob`, bytes or text. One of the two is called, once. */
export function readBody(
  body: unknown,
  onWhole: (bytes: Buffer) => void,
  onFault: (fault: unknown) => void,
): void {
  if (body === undefined || body === null) onWhole(Buffer.alloc(0));
  else if (isNodeStream(body)) readNodeStream(body, onWhole, onFault);
  else if (typeof body === "string") onWhole(Buffer.from(body, "utf8"));
  else if (body instanceof Uint8Array) onWhole(toBuffer(body));
  else if (body instanceof ArrayBuffer) onWhole(Buffer.from(body));
  else if (isWebStream(body)) readWebStream(body).then(onWhole, onFault);
  else if (isBlob(body)) body.arrayBuffer().then((bytes) => onWhole(Buffer.from(bytes)), onFault);
  else onFault(new Error("it gave a body of an unknown kind"));
}

/** Puts the chunks of a body together. */
export class BodyBuffer {
  #first: Buffer | undefined;
  #all: Buffer[] | undefined;
  #size = 0;

  /** @returns whether the body is no longer than an answer can be. */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > sizeLimit) return false;
    if (this.#first === undefined) this.#first = chunk;
    else (this.#all ??= [this.#first]).push(chunk);
    return true;
  }

  whole(): Buffer {
    if (this.#all !== undefined) return Buffer.concat(this.#all, this.#size);
    return this.#first ?? Buffer.alloc(0);
  }
}

/** Lets go of a body that nobody will read, so that its connection is not held. */
export function discardBody(body: unknown): void {
  if (isNodeStream(body)) {
    body.on("error", ignore);
    body.destroy();
  } else if (isWebStream(body)) {
    // One that is being read can be cancelled by its reader alone.
    const owner = readers.get(body) ?? (body.locked ? undefined : body);
    owner?.cancel().catch(ignore);
  }
}

function readNodeStream(
  stream: Readable,
  onWhole: (bytes: Buffer) => void,
  onFault: (fault: unknown) => void,
): void {
  const body = new BodyBuffer();
  let ended = false;
  const fail = (fault: unknown): void => {
    if (ended) return;
    ended = true;
    onFault(fault);
  };
  stream.on("data", (data: Buffer | string) => {
    if (ended || body.add(typeof data === "string" ? Buffer.from(data, "utf8") : data)) return;
    fail(tooLong());
    stream.destroy();
  });
  stream.on("end", () => {
    if (ended) return;
    ended = true;
    onWhole(body.whole());
  });
  stream.on("error", fail);
  // A stream that was destroyed without an error ends in nothing but this.
  stream.on("close", () => {
    if (!ended) fail(cutShort());
  });
}

const readers: WeakMap<ReadableStream, ReadableStreamDefaultReader> = new WeakMap();

async function readWebStream(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = stream.getReader();
  readers.set(stream, reader);
  const body = new BodyBuffer();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body.whole();
    if (!body.add(toBuffer(value))) {
      reader.cancel().catch(ignore);
      throw tooLong();
    }
  }
}

function cutShort(): Error {
  // Node's own code for it, by which it is known as a connection fault.
  return Object.assign(new Error("the response's body was cut short"), {
    code: "ERR_STREAM_PREMATURE_CLOSE",
  });
}

export function tooLong(): Error {
  return new Error(`the response's body is longer than ${sizeLimit} bytes`);
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isNodeStream(body: unknown): body is Readable {
  return hasMethod(body, "on");
}

function isWebStream(body: unknown): body is ReadableStream<Uint8Array> {
  return hasMethod(body, "getReader");
}

function isBlob(body: unknown): body is Blob {
  return hasMethod(body, "arrayBuffer");
}

function hasMethod(body: unknown, name: string): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    typeof (body as Record<string, unknown>)[name] === "function"
  );
}

function ignore(): void {
  // The body is not wanted any more, and neither is what goes wrong with it.
}
