import { isDeepStrictEqual } from "node:util";
import { type AttributeMap, type Item, marshall, NumberValue, unmarshall } from "@fieldwise/core";
import { itemText as writeItem } from "../../packages/core/src/attribute-value/item-text.ts";
import { keyText, marshallKey } from "../../packages/core/src/operations/key.ts";
import { itemText } from "./documents.ts";
import { attempt, type Target } from "./readers.ts";

class Thing {
  a = 1;
}
const strange: readonly unknown[] = [
  undefined,
  Number.NaN,
  -0,
  5e-324,
  1e21,
  2 ** 53,
  10n ** 40n,
  new Date(0),
  new Thing(),
  new Set(),
  new Set([1, "a"]),
  new Map([["a", 1]]),
  [undefined],
  { deep: { "": 1 } },
  Object.create(null, { a: { value: 1, enumerable: true } }),
  new Uint8Array([1, 2, 3]),
  Buffer.from("é"),
  new Uint16Array([1]),
  Symbol.iterator,
  new NumberValue("1.50E3"),
];
const numbers = ["number", "bigint", "string", NumberValue.from] as const;

/** What comes of it: a text, or all that is to be known of the error. */
function outcome(write: () => string): unknown {
  try {
    return write();
  } catch (error) {
    const { name, message, path } = error as Error & { readonly path?: unknown };
    return { name, message, path };
  }
}

/** Writes what a document holds, and now and then what can't be stored, straight to text and as a tree. */
export const writerTargets: readonly Target[] = [
  writerTarget("items to be written", writeItem, (item) => marshall(item)),
  writerTarget("keys to be written", keyText, (item) => marshallKey(item)),
];

function writerTarget(
  name: string,
  write: (item: Item) => string,
  tree: (item: Item) => AttributeMap,
): Target {
  return {
    name,
    make: (random) => itemText(random),
    read(document, choice) {
      const parsed = attempt(() =>
        unmarshall(
          JSON.parse(document.toString("utf8")) as AttributeMap,
          numbers[choice % numbers.length],
        ),
      );
      if (parsed === undefined) return "handed over";
      const value = strange[(choice >> 4) % strange.length];
      const item = (choice >> 2) % 4 === 0 ? { ...parsed.result, x: value } : parsed.result;
      const written = outcome(() => write(item));
      return isDeepStrictEqual(
        written,
        outcome(() => JSON.stringify(tree(item))),
      )
        ? "understood"
        : "different";
    },
  };
}
