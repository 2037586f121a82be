/** Thrown where the text is not what a reader understands: whoever asked for it reads it another way. */
export const notUnderstood: Error = Object.assign(new Error("The text is not understood"), {
  stack: undefined,
});

/** A place in the bytes of a JSON text. `at` is where reading goes on. */
export class TextCursor {
  bytes: Uint8Array;
  /** The bytes as a string of as many characters: slicing it is far cheaper than decoding bytes. */
  text: string;
  at: number;
  /** How many lists and maps stand around `at`, for readers that mind. */
  depth: number = 0;
  readonly #buffer: Buffer;
  /** Where in the buffer the bytes begin and end. */
  #start: number;
  #end: number;

  constructor(buffer: Buffer, size: number = buffer.length) {
    this.#buffer = buffer;
    this.#start = 0;
    this.#end = Math.min(size, buffer.length);
    this.bytes = buffer.subarray(0, this.#end);
    this.text = buffer.toString("latin1", 0, this.#end);
    this.at = 0;
  }

  /** Whether the bytes reach to the end of the buffer. */
  get reachesEnd(): boolean {
    return this.#end === this.#buffer.length;
  }

  /** How many bytes the cursor holds. */
  get size(): number {
    return this.#end - this.#start;
  }

  /** Moves on: what now begins at `from` comes first, with so many bytes after it. */
  moveTo(from: number, size: number): void {
    this.#start += from;
    this.#end = Math.min(this.#start + size, this.#buffer.length);
    this.bytes = this.#buffer.subarray(this.#start, this.#end);
    this.text = this.#buffer.toString("latin1", this.#start, this.#end);
    this.at = 0;
  }

  /** What stands between two places, as text. */
  decode(from: number, to: number): string {
    return this.#buffer.toString("utf8", this.#start + from, this.#start + to);
  }

  /** Takes one byte that must be this one. */
  expect(byte: number): void {
    if (this.bytes[this.at++] !== byte) throw notUnderstood;
  }

  /** Takes these bytes, if they come next. */
  take(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    const { length } = expected;
    for (let index = 0; index < length; index++) {
      if (bytes[at + index] !== expected[index]) return false;
    }
    this.at = at + length;
    return true;
  }

  /** Reads a string up to its closing quote; `at` stands behind the opening one. */
  literal(): string {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    let all = 0;
    for (;;) {
      const byte = bytes[end];
      if (byte === quote) break;
      if (byte === backslash) return this.#escaped(start, end);
      // A control character, or the end of the bytes.
      if (byte === undefined || byte < 0x20) throw notUnderstood;
      all |= byte;
      end++;
    }
    this.at = end + 1;
    return all < 0x80 ? this.text.slice(start, end) : this.decode(start, end);
  }

  #escaped(start: number, firstBackslash: number): string {
    const end = endOfString(this.bytes, firstBackslash);
    this.at = end + 1;
    return parseJson(this.decode(start - 1, end + 1)) as string;
  }

  /** Steps over one JSON value, whatever it is, and gives it. */
  json(): unknown {
    const start = this.at;
    this.skip();
    return parseJson(this.decode(start, this.at));
  }

  /** Steps over one JSON value. That it is well formed is not looked at. */
  skip(): void {
    const { bytes } = this;
    let depth = 0;
    let at = this.at;
    for (;;) {
      switch (bytes[at]) {
        case quote:
          at = endOfString(bytes, at + 1) + 1;
          break;
        case openBrace:
        case openBracket:
          depth++;
          at++;
          break;
        case closeBrace:
        case closeBracket:
          if (depth === 0) throw notUnderstood;
          depth--;
          at++;
          break;
        case undefined:
          throw notUnderstood;
        default:
          at = depth === 0 ? endOfScalar(bytes, at) : at + 1;
      }
      if (depth === 0) break;
    }
    this.at = at;
  }
}

export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const backslash = 0x5c;

/** The bytes of a text, to be taken by a cursor. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "utf8"));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notUnderstood;
  }
}

/** Where the closing quote stands. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte === quote) return at;
    if (byte === undefined) throw notUnderstood;
    at += byte === backslash ? 2 : 1;
  }
}

/** Where `true`, `null` or a number ends; at least one byte further. */
function endOfScalar(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (
      byte === undefined ||
      byte === comma ||
      byte === colon ||
      byte === closeBrace ||
      byte === closeBracket
    ) {
      if (at === from) throw notUnderstood;
      return at;
    }
    at++;
  }
}
