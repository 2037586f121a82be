import type { Readable } from "node:stream";

/**
 * No answer of DynamoDB comes near this: a batch is 16 MB of item data, and JSON makes the most unfavourable data about
 * fourteen times as long.
 */
export const sizeLimit: number = 256 * 1024 * 1024;

/** Reads a response's body to its end: a Node or web stream, a `Blob`, bytes or text. */
export function readBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Promise.resolve(Buffer.alloc(0));
  if (isNodeStream(body)) return readNodeStream(body);
  if (typeof body === "string") return Promise.resolve(Buffer.from(body, "utf8"));
  if (body instanceof Uint8Array) return Promise.resolve(toBuffer(body));
  if (body instanceof ArrayBuffer) return Promise.resolve(Buffer.from(body));
  if (isWebStream(body)) return readWebStream(body);
  if (isBlob(body)) return body.arrayBuffer().then((bytes) => Buffer.from(bytes));
  return Promise.reject(new Error("it gave a body of an unknown kind"));
}

/** Lets go of a body that nobody will read, so that its connection is not held. */
export function discardBody(body: unknown): void {
  if (isNodeStream(body)) {
    body.on("error", ignore);
    body.destroy();
  } else if (isWebStream(body) && !body.locked) {
    body.cancel().catch(ignore);
  }
}

function readNodeStream(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let size = 0;
    stream.on("data", (data: Buffer | string) => {
      const chunk = typeof data === "string" ? Buffer.from(data, "utf8") : data;
      size += chunk.length;
      if (size > sizeLimit) {
        reject(tooLong());
        stream.destroy();
      } else if (first === undefined) first = chunk;
      else (rest ??= [first]).push(chunk);
    });
    stream.on("end", () =>
      resolve(rest === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(rest, size)),
    );
    stream.on("error", reject);
    // A stream that was destroyed without an error ends in nothing but this.
    stream.on("close", () => {
      if (!stream.readableEnded) reject(cutShort());
    });
  });
}

async function readWebStream(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > sizeLimit) {
      reader.cancel().catch(ignore);
      throw tooLong();
    }
    chunks.push(value);
  }
}

function cutShort(): Error {
  // Node's own code for it, by which it is known as a connection fault.
  return Object.assign(new Error("the response's body was cut short"), {
    code: "ERR_STREAM_PREMATURE_CLOSE",
  });
}

function tooLong(): Error {
  return new Error(`the response's body is longer than ${sizeLimit} bytes`);
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isNodeStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "on" in body && typeof body.on === "function";
}

function isWebStream(body: unknown): body is ReadableStream<Uint8Array> {
  return (
    typeof body === "object" &&
    body !== null &&
    "getReader" in body &&
    typeof body.getReader === "function"
  );
}

function isBlob(body: unknown): body is Blob {
  return (
    typeof body === "object" &&
    body !== null &&
    "arrayBuffer" in body &&
    typeof body.arrayBuffer === "function"
  );
}

function ignore(): void {
  // The body is not wanted any more, and neither is what goes wrong with it.
}
