import { PassThrough, Readable } from "node:stream";
import { describe, expect, test, vi } from "vitest";
import { discardBody, readBody as readBodyWith } from "./response-body.ts";

const text = 'a body with ünïcödé and "quotes"';
const bytes = new TextEncoder().encode(text);

const readBody = (body: unknown): Promise<Buffer> =>
  new Promise((resolve, reject) => readBodyWith(body, resolve, reject));

function webStream(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

describe("a body", () => {
  test.each<[string, () => unknown]>([
    ["a Node stream", () => Readable.from([Buffer.from(bytes)])],
    [
      "a Node stream of several chunks, cut within a character",
      () => Readable.from([bytes.slice(0, 16), bytes.slice(16)].map((part) => Buffer.from(part))),
    ],
    ["a Node stream of text", () => Readable.from([text.slice(0, 5), text.slice(5)])],
    ["a web stream", () => webStream(bytes)],
    ["a web stream of several chunks", () => webStream(bytes.slice(0, 16), bytes.slice(16))],
    ["a Blob", () => new Blob([text])],
    [
      "a Uint8Array within a larger buffer",
      () => Buffer.concat([Buffer.from("x"), bytes]).subarray(1),
    ],
    ["an ArrayBuffer", () => bytes.buffer],
    ["a string", () => text],
    ["fetch's", () => new Response(text).body],
  ])("that is %s is read to its end", async (_, body) => {
    expect((await readBody(body())).toString("utf8")).toBe(text);
  });

  test.each([undefined, null, "", new Uint8Array(), Readable.from([]), new Blob([])])(
    "that is empty is empty (%#)",
    async (body) => expect(await readBody(body)).toHaveLength(0),
  );

  test.each([42, true, {}, [], Symbol("x")])("of an unknown kind is refused (%#)", async (body) => {
    await expect(readBody(body)).rejects.toThrow("a body of an unknown kind");
  });

  test("that fails on its way fails", async () => {
    const node = new PassThrough();
    node.write("{");
    setImmediate(() => node.destroy(new Error("reset")));
    await expect(readBody(node)).rejects.toThrow("reset");

    const web = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    await expect(readBody(web)).rejects.toThrow("reset");
  });

  test("that ends without having ended fails", async () => {
    const body = new PassThrough();
    body.write("{");
    setImmediate(() => body.destroy());
    await expect(readBody(body)).rejects.toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" });
  });

  test("that never ends is given up before memory is", async () => {
    const chunk = Buffer.alloc(32 * 1024 * 1024);
    const endless = new Readable({
      read: function () {
        this.push(chunk);
      },
    });
    await expect(readBody(endless)).rejects.toThrow("longer than");
    expect(endless.destroyed).toBe(true);

    let cancelled = false;
    const web = new ReadableStream({
      pull: (controller) => controller.enqueue(chunk),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readBody(web)).rejects.toThrow("longer than");
    expect(cancelled).toBe(true);
  });
});

describe("a body that nobody reads", () => {
  test("is destroyed, and what goes wrong with it then is nobody's concern", async () => {
    const unhandled = vi.fn<() => void>();
    process.on("uncaughtException", unhandled);
    const body = new PassThrough({ destroy: (_, done) => done(new Error("late")) });
    discardBody(body);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("uncaughtException", unhandled);
    expect(body.destroyed).toBe(true);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("is cancelled, where it is a web stream that is not being read", async () => {
    const cancel = vi.fn<() => Promise<void>>(() => Promise.reject(new Error("late")));
    discardBody(new ReadableStream({ cancel }));
    expect(cancel).toHaveBeenCalledOnce();
    const reading = new ReadableStream({ cancel });
    reading.getReader();
    discardBody(reading);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test("is cancelled, where it is a web stream that was to be read to its end", async () => {
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({ cancel });
    const read = readBody(body);
    discardBody(body);
    await read;
    expect(cancel).toHaveBeenCalledOnce();
  });

  test.each([undefined, null, "text", 1, {}])(
    "is left alone, where there is nothing to let go of (%#)",
    (body) => {
      expect(() => discardBody(body)).not.toThrow();
    },
  );
});
