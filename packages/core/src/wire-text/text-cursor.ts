/** Thrown where the text is not what a reader understands: whoever asked for it reads it another way. */
export const notUnderstood: Error = Object.assign(new Error("The text is not understood"), {
  stack: undefined,
});

/**
 * How many bytes of an answer become one string. The strings of an item are slices of it and keep it in memory, so an
 * application that keeps one item of a page keeps this much, and not the whole page. Larger pieces are no faster; smaller
 * ones are slower.
 */
const defaultPieceSize = 4_096;

/** A place in the bytes of a JSON text. `at` is where reading goes on. */
export class TextCursor {
  readonly bytes: Buffer;
  /** The same bytes, to be compared several at a time. */
  readonly view: DataView;
  at: number = 0;
  /** How many lists and maps stand around `at`, for readers that mind. */
  depth: number = 0;
  readonly #pieceSize: number;
  /** Some bytes as a string of as many characters, and where it begins: slicing it is far cheaper than decoding bytes. */
  #piece = "";
  #start = 0;

  constructor(buffer: Buffer, pieceSize: number = defaultPieceSize) {
    this.bytes = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    this.#pieceSize = pieceSize;
  }

  /** What stands between two places, a character for each byte: its text where that is ASCII. */
  slice(from: number, to: number): string {
    const start = from - this.#start;
    const end = to - this.#start;
    return start >= 0 && end <= this.#piece.length
      ? this.#piece.slice(start, end)
      : this.#sliceOfNext(from, to);
  }

  #sliceOfNext(from: number, to: number): string {
    // What is long stands for itself.
    if (to - from > this.#pieceSize >> 1) return this.bytes.toString("latin1", from, to);
    this.#start = from;
    this.#piece = this.bytes.toString("latin1", from, from + this.#pieceSize);
    return this.#piece.slice(0, to - from);
  }

  /** What stands between two places, as text. */
  decode(from: number, to: number): string {
    return this.bytes.toString("utf8", from, to);
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
    return all < 0x80 ? this.slice(start, end) : this.decode(start, end);
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

  /** Steps over one JSON value that nobody asks for, and must be well formed all the same. */
  drop(): void {
    const end = endOfPlainValue(this.bytes, this.at, 0);
    if (end === undefined) this.json();
    else this.at = end;
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

const isTrue = bytesOf("true");
const isFalse = bytesOf("false");
const mostLevels = 100;

/** Where a value ends as attribute values are written: well formed, without spaces, escapes and bare numbers; else `undefined`. */
function endOfPlainValue(bytes: Uint8Array, from: number, level: number): number | undefined {
  const first = bytes[from];
  if (first === quote) return endOfPlainString(bytes, from + 1);
  const isObject = first === openBrace;
  if (!isObject && first !== openBracket) {
    if (standsAt(bytes, from, isTrue)) return from + isTrue.length;
    return standsAt(bytes, from, isFalse) ? from + isFalse.length : undefined;
  }
  const end = isObject ? closeBrace : closeBracket;
  let at: number | undefined = from + 1;
  if (bytes[at] === end) return at + 1;
  if (level > mostLevels) return undefined;
  for (;;) {
    if (isObject) {
      at = bytes[at] === quote ? endOfPlainString(bytes, at + 1) : undefined;
      if (at === undefined || bytes[at++] !== colon) return undefined;
    }
    at = endOfPlainValue(bytes, at, level + 1);
    if (at === undefined) return undefined;
    const byte = bytes[at++];
    if (byte === end) return at;
    if (byte !== comma) return undefined;
  }
}

/** Where the closing quote ends. */
function endOfPlainString(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  for (;;) {
    const byte = bytes[at++];
    if (byte === quote) return at;
    if (byte === undefined || byte === backslash || byte < 0x20) return undefined;
  }
}

function standsAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  return text.every((byte, index) => bytes[at + index] === byte);
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
