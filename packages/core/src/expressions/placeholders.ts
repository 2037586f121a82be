import { stringText } from "../attribute-value/item-text.ts";
import { formatPath, type PathStep } from "../attribute-value/path.ts";
import type { AttributeMap, AttributeValue } from "../attribute-value/types.ts";
import { ExpressionError } from "../errors/input-errors.ts";

/** How an expression's names and values are written. */
export interface Notation {
  path(steps: readonly PathStep[]): string;
  value(value: AttributeValue): string;
}

/** The members of a request that say what its placeholders stand for; left out where there are none. */
export interface ExpressionAttributes {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: AttributeMap;
}

/**
 * Gives out the placeholders of one request: `#n0` for names, `:v0` for values; equal ones are shared. Every name and
 * value of the user's passes through here, so that none is ever part of an expression's text.
 */
export class Placeholders implements Notation {
  // Most requests have none.
  #names: Map<string, string> | undefined;
  /** By their text. */
  #values: Map<string, string> | undefined;

  path(steps: readonly PathStep[]): string {
    let text = "";
    for (const step of steps) {
      if (typeof step === "number") text += `[${step}]`;
      else text += text === "" ? this.#name(step) : `.${this.#name(step)}`;
    }
    return text;
  }

  value(value: AttributeValue): string {
    const key = JSON.stringify(value);
    const values = (this.#values ??= new Map<string, string>());
    let placeholder = values.get(key);
    if (placeholder === undefined) {
      placeholder = `:v${values.size}`;
      values.set(key, placeholder);
    }
    return placeholder;
  }

  /** What the placeholders given out so far stand for. */
  attributes(): ExpressionAttributes {
    return JSON.parse(`{${this.attributesText().slice(1)}}`) as ExpressionAttributes;
  }

  /** The same as the text of members that stand behind others. */
  attributesText(): string {
    let text = "";
    if (this.#names !== undefined) {
      for (const [name, placeholder] of this.#names) {
        text += `${text === "" ? ',"ExpressionAttributeNames":{' : ","}"${placeholder}":${stringText(name)}`;
      }
      text += "}";
    }
    if (this.#values !== undefined) {
      let values = "";
      for (const [json, placeholder] of this.#values) {
        values += `${values === "" ? "" : ","}"${placeholder}":${json}`;
      }
      text += `,"ExpressionAttributeValues":{${values}}`;
    }
    return text;
  }

  #name(name: string): string {
    const names = (this.#names ??= new Map<string, string>());
    let placeholder = names.get(name);
    if (placeholder === undefined) {
      placeholder = `#n${names.size}`;
      names.set(name, placeholder);
    }
    return placeholder;
  }
}

/** Writes names and values out, as a person would: for `.debug()`, never for a request. */
export const readable: Notation = {
  path: formatPath,
  value: formatValue,
};

function formatValue(value: AttributeValue): string {
  if ("S" in value) return JSON.stringify(value.S);
  if ("N" in value) return value.N;
  if ("BOOL" in value) return String(value.BOOL);
  if ("NULL" in value) return "null";
  if ("B" in value) return `binary ${JSON.stringify(value.B)}`;
  if ("L" in value) return `[${value.L.map(formatValue).join(", ")}]`;
  if ("M" in value) {
    const members = Object.entries(value.M).map(
      ([name, member]) => `${formatPath([name])}: ${formatValue(member)}`,
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  if ("SS" in value) return `set(${value.SS.map((text) => JSON.stringify(text)).join(", ")})`;
  if ("NS" in value) return `set(${value.NS.join(", ")})`;
  return `set(${value.BS.map((text) => `binary ${JSON.stringify(text)}`).join(", ")})`;
}

/** AWS, "Quotas in Amazon DynamoDB", expression parameters: 4 KB for any expression. */
const maximumExpressionBytes = 4096;

/** Passes an expression's text on unless it is longer than DynamoDB takes. */
export function checkedExpression(kind: string, text: string): string {
  // Placeholders, operators and function names are ASCII: a character is a byte.
  if (text.length <= maximumExpressionBytes) return text;
  throw new ExpressionError(
    `The ${kind} expression is ${text.length} bytes long, and DynamoDB takes ${maximumExpressionBytes}. Split the request`,
  );
}
