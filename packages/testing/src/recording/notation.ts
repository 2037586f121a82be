import { inspect } from "node:util";
import { isObject } from "./sent-request.ts";

const plainName = /^[A-Za-z_][\w-]*$/;

/** Writes the name of an attribute or of a map's member; in quotes where it has characters of other kinds: `"a.b"`. */
export function readableName(name: string): string {
  return plainName.test(name) ? name : JSON.stringify(name);
}

/** Writes a value as a person would: `"shipped"`, `12`, `{ sku: "A-1", tags: set("new") }`. Core's `debug()` writes it the same. */
export function readableValue(value: unknown): string {
  const members = isObject(value) ? Object.entries(value) : [];
  const [type, content] = members[0] ?? [];
  if (type === undefined || members.length > 1) return malformed(value);
  switch (type) {
    case "N":
      return typeof content === "string" ? content : malformed(value);
    case "S":
      return typeof content === "string" ? JSON.stringify(content) : malformed(value);
    case "B":
      return `binary ${JSON.stringify(content)}`;
    case "BOOL":
      return String(content);
    case "NULL":
      return "null";
    case "L":
      return Array.isArray(content)
        ? `[${content.map(readableValue).join(", ")}]`
        : malformed(value);
    case "M":
      return isObject(content) ? readableMap(content) : malformed(value);
    case "SS":
    case "NS":
    case "BS":
      return Array.isArray(content) ? readableSet(type, content) : malformed(value);
    default:
      return malformed(value);
  }
}

/** Writes an item or a map: `{ id: "a", total: 12 }`. */
export function readableMap(map: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(map).map(
    ([name, member]) => `${readableName(name)}: ${readableValue(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Writes a key: `customerId = "c1", orderId = "o1"`. */
export function readableKey(key: Readonly<Record<string, unknown>>): string {
  return Object.entries(key)
    .map(([name, value]) => `${readableName(name)} = ${readableValue(value)}`)
    .join(", ");
}

/** What an expression's placeholders stand for. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: unknown;
  readonly ExpressionAttributeValues?: unknown;
}

/** Writes an expression with what its placeholders stand for. One that stands for nothing is left as it is. */
export function readableExpression(
  expression: string,
  { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Placeholders,
): string {
  // In one pass: what a placeholder stands for may look like another.
  return expression.replace(/[#:]\w+/g, (placeholder) => {
    const [known, write] = placeholder.startsWith("#")
      ? [names, (name: unknown) => readableName(String(name))]
      : [values, readableValue];
    return isObject(known) && Object.hasOwn(known, placeholder)
      ? write(known[placeholder])
      : placeholder;
  });
}

function readableSet(type: "SS" | "NS" | "BS", members: readonly unknown[]): string {
  const element = type.slice(0, 1);
  return `set(${members.map((member) => readableValue({ [element]: member })).join(", ")})`;
}

/** What is no value of DynamoDB's, which a test may send on purpose. */
function malformed(value: unknown): string {
  return inspect(value, { depth: Infinity, breakLength: Infinity });
}
