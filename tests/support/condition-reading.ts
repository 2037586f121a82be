/**
 * What conditions mean: AWS, "Condition and filter expressions, operators, and functions". Kept apart from the library, so
 * that a fault there can't hide here.
 */
import type { AttributeType, Item, NativeAttributeValue as Value } from "@fieldwise/core";
import type { ConditionTree, OperandTree, Path } from "./condition-tree.ts";

/** Whether the condition holds for an item. */
export function evaluate(condition: ConditionTree, item: Item): boolean {
  const read = (operand: OperandTree): Value | undefined => readOperand(operand, item);
  switch (condition.is) {
    case "eq":
      return equal(read(condition.left), read(condition.right));
    case "ne":
      // What is absent differs from everything, even from what is absent too.
      return !equal(read(condition.left), read(condition.right));
    case "lt":
    case "lte":
    case "gt":
    case "gte": {
      const order = compare(read(condition.left), read(condition.right));
      if (order === undefined) return false;
      if (order === 0) return condition.is === "lte" || condition.is === "gte";
      return order < 0 === condition.is.startsWith("lt");
    }
    case "between": {
      const middle = read(condition.left);
      const fromLow = compare(read(condition.low), middle);
      const toHigh = compare(middle, read(condition.high));
      return fromLow !== undefined && toHigh !== undefined && fromLow <= 0 && toHigh <= 0;
    }
    case "in":
      return condition.candidates.some((candidate) => equal(read(condition.left), read(candidate)));
    case "exists":
      return readPath(condition.path, item) !== undefined;
    case "notExists":
      return readPath(condition.path, item) === undefined;
    case "type": {
      const found = readPath(condition.path, item);
      return found !== undefined && typeOf(found) === condition.type;
    }
    case "beginsWith":
      return beginsWith(readPath(condition.path, item), read(condition.other));
    case "contains":
      return contains(readPath(condition.path, item), read(condition.other));
    case "and":
      return condition.parts.every((part) => evaluate(part, item));
    case "or":
      return condition.parts.some((part) => evaluate(part, item));
    case "not":
      return !evaluate(condition.part, item);
  }
}

function readOperand(operand: OperandTree, item: Item): Value | undefined {
  if (operand.is === "value") return operand.value;
  const found = readPath(operand.path, item);
  return operand.is === "path" ? found : sizeOf(found);
}

export function readPath(steps: Path, item: Item): Value | undefined {
  let found: unknown = item;
  for (const step of steps) {
    if (Array.isArray(found)) found = typeof step === "number" ? found[step] : undefined;
    else if (isMap(found) && typeof step === "string" && Object.hasOwn(found, step))
      found = found[step];
    else return undefined;
  }
  return found as Value | undefined;
}

function sizeOf(found: Value | undefined): number | undefined {
  if (typeof found === "string" || found instanceof Uint8Array || Array.isArray(found))
    return found.length;
  if (found instanceof Set) return found.size;
  return isMap(found) ? Object.keys(found).length : undefined;
}

function isMap(found: unknown): found is Record<string, unknown> {
  return (
    typeof found === "object" && found !== null && Object.getPrototypeOf(found) === Object.prototype
  );
}

export function typeOf(found: Value): AttributeType {
  if (typeof found === "string") return "S";
  if (typeof found === "number" || typeof found === "bigint") return "N";
  if (typeof found === "boolean") return "BOOL";
  if (found === null) return "NULL";
  if (found instanceof Uint8Array) return "B";
  if (Array.isArray(found)) return "L";
  if (!(found instanceof Set)) return "M";
  const [member] = found as ReadonlySet<Value>;
  return `${typeOf(member ?? null) as "S" | "N" | "B"}S`;
}

/** Less than, equal or greater than 0; `undefined` where the two have no order: other types than S, N and B, or two types. */
export function compare(one: Value | undefined, other: Value | undefined): number | undefined {
  if (one === undefined || other === undefined || typeOf(one) !== typeOf(other)) return undefined;
  if (typeof one === "string" || one instanceof Uint8Array)
    return Buffer.compare(Buffer.from(one as string), Buffer.from(other as string));
  if (typeOf(one) !== "N") return undefined;
  // JavaScript compares a bigint with a number exactly.
  return one === other || !(one! < other! || one! > other!) ? 0 : one! < other! ? -1 : 1;
}

function equal(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined || typeOf(one) !== typeOf(other)) return false;
  if (compare(one, other) !== undefined) return compare(one, other) === 0;
  if (one instanceof Set && other instanceof Set) {
    const members = [...(other as ReadonlySet<Value>)];
    return (
      one.size === other.size &&
      [...(one as ReadonlySet<Value>)].every((member) =>
        members.some((each) => equal(member, each)),
      )
    );
  }
  if (Array.isArray(one) && Array.isArray(other))
    return (
      one.length === other.length && one.every((member: Value, at) => equal(member, other[at]))
    );
  if (isMap(one) && isMap(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => equal(one[key] as Value, other[key] as Value))
    );
  }
  return one === other;
}

function beginsWith(found: Value | undefined, prefix: Value | undefined): boolean {
  if (typeof found === "string" && typeof prefix === "string") return found.startsWith(prefix);
  return (
    found instanceof Uint8Array &&
    prefix instanceof Uint8Array &&
    equal(found.subarray(0, prefix.length), prefix)
  );
}

function contains(found: Value | undefined, member: Value | undefined): boolean {
  if (member === undefined) return false;
  if (typeof found === "string") return typeof member === "string" && found.includes(member);
  if (found instanceof Uint8Array)
    return member instanceof Uint8Array && Buffer.from(found).includes(Buffer.from(member));
  if (Array.isArray(found) || found instanceof Set)
    return [...(found as Iterable<Value>)].some((each) => equal(each, member));
  return false;
}
