import { bytesOf, notUnderstood, type TextReader } from "@fieldwise/core";
import { globalConfig, util } from "zod/v4/core";
import type { Check } from "./checks.ts";

/** Reads an attribute value: by a function, and where that is faster by statements in the function that reads the item. */
export interface AttributeReader {
  readonly read: TextReader;
  readonly source?: Source | undefined;
}

/** The statements that read a value. */
export interface Source {
  /** What the value's text begins with. */
  readonly opening: string;
  /** Reads what follows into a variable: `at` stands behind the opening, and then behind the value. */
  readonly write: (into: string, program: Program) => string;
}

// What is far longer the engine takes long to compile, or never does.
const mostValues = 80;

/** Whether the platform allows it to compile source text. */
export function mayCompile(): boolean {
  return globalConfig.jitless !== true && util.allowsEval.value;
}

/** The source text of one function. In it `at` is the place in `bytes`, which reach to `end`; `view` shows the same bytes. */
export class Program {
  /** How many lists and maps the statements stand in. */
  level: number = 0;
  readonly #given: Map<unknown, string> = new Map();
  #variables = 0;
  #values = 0;

  /** The name that a value has in the source. */
  given(value: unknown): string {
    let name = this.#given.get(value);
    if (name === undefined) this.#given.set(value, (name = `given${this.#given.size}`));
    return name;
  }

  /** A name that no other variable has. */
  variable(): string {
    return `it${this.#variables++}`;
  }

  /** What is true where this text comes next. Eight bytes are compared as one float: no text is a NaN or a zero. */
  next(text: string): string {
    const bytes = bytesOf(text);
    const { length } = bytes;
    const view = new DataView(bytes.buffer);
    const tests = [`at <= end - ${length}`];
    const width = length >= 8 ? 8 : length >= 4 ? 4 : 1;
    for (let from = 0; from < length; from += width) {
      const place = Math.min(from, length - width);
      tests.push(
        width === 8
          ? `view.getFloat64(at + ${place}, true) === ${view.getFloat64(place, true)}`
          : width === 4
            ? `view.getInt32(at + ${place}, true) === ${view.getInt32(place, true)}`
            : `bytes[at + ${place}] === ${bytes[place]}`,
      );
    }
    return tests.join(" && ");
  }

  /** Takes a text that comes next. */
  take(text: string): string {
    return `at += ${bytesOf(text).length};`;
  }

  /** Takes a byte that must come next. */
  expect(byte: number): string {
    return `if (bytes[at++] !== ${byte}) throw notUnderstood;`;
  }

  /** Reads a value behind a text that comes before it; `otherwise` is done where neither comes. */
  value(
    before: string,
    { read, source }: AttributeReader,
    into: string,
    otherwise: string,
  ): string {
    const inline = source !== undefined && this.#values++ < mostValues;
    const opening = before + (inline ? source.opening : "");
    const taken =
      opening === "" ? "" : `if (!(${this.next(opening)})) ${otherwise} ${this.take(opening)}`;
    return taken + (inline ? source.write(into, this) : this.call(read, into));
  }

  /** Reads by a function of the cursor. */
  call(read: TextReader, into: string): string {
    const { level } = this;
    const call = `${into} = ${this.given(read)}(cursor);`;
    const inside =
      level === 0 ? call : `cursor.depth += ${level}; ${call} cursor.depth -= ${level};`;
    return `cursor.at = at; ${inside} at = cursor.at;`;
  }

  check(checks: readonly Check[], into: string): string {
    return checks.map((check) => `${into} = ${this.given(check)}(${into});`).join(" ");
  }

  /** Makes the function. */
  compile(statements: string, result: string): TextReader {
    const source = `return function readText(cursor) {
      const bytes = cursor.bytes, view = cursor.view, end = bytes.length;
      let at = cursor.at, from = 0, byte = 0, all = 0, ${result};
      ${statements}
      cursor.at = at;
      return ${result};
    };`;
    // oxlint-disable-next-line typescript/no-implied-eval
    const make = new Function("notUnderstood", ...this.#given.values(), source) as (
      ...given: unknown[]
    ) => TextReader;
    return make(notUnderstood, ...this.#given.keys());
  }
}
