import type { NumberValue } from "../attribute-value/number-value.ts";
import { ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { and, Condition, conditionExpression } from "./condition.ts";
import type { ConditionNode } from "./nodes.ts";
import { errorAbout, typeNames, typeOf } from "./operand.ts";
import type { Notation } from "./placeholders.ts";
import { shown } from "./shown.ts";
import { ExpressionPart, isExpressionPart } from "./expression-part.ts";

/** A value of a key attribute: keys are strings, numbers or binary. */
export type KeyValue = string | number | bigint | NumberValue | Uint8Array;

interface KeyPart {
  readonly role: "partition" | "sort";
  readonly name: string;
  readonly equality: boolean;
  readonly condition: ConditionNode;
}

/**
 * Which items a query reads: one partition key value, and where wanted a condition on the sort key. Immutable data, made
 * by `partitionKey(…)` and `sortKey(…)`.
 *
 * @example
 * partitionKey("customerId").eq("c1").and(sortKey("orderId").beginsWith("2026-")) // #n0 = :v0 AND begins_with(#n1, :v1)
 */
export class KeyCondition extends ExpressionPart<readonly KeyPart[]> {
  /**
   * Both. A table has one partition key and one sort key attribute; a global secondary index may have up to four of each,
   * where all but the last sort key condition must be `eq`.
   *
   * @throws ExpressionError where a key attribute comes twice, or the order of the parts can't be a key's.
   */
  and(other: KeyCondition): KeyCondition {
    const parts = [...this.node, ...keyParts(other, "and()")];
    parts.forEach((part, index) => {
      const before = parts[index - 1];
      if (parts.some((one, position) => position < index && one.name === part.name)) {
        throw errorOf(part.name, "a key condition takes each key attribute once");
      }
      if (before?.role === "sort" && part.role === "partition") {
        throw errorOf(part.name, "partition keys come before sort keys in a key condition");
      }
      if (before !== undefined && !before.equality) {
        throw errorOf(
          before.name,
          "only the last sort key of a key condition takes anything but eq()",
        );
      }
    });
    return new KeyCondition(parts);
  }

  /** The key condition as a person would write it: `customerId = "c1" AND begins_with(orderId, "2026-")`. */
  debug(): string {
    return toCondition(this.node).debug();
  }

  override toString(): string {
    return `KeyCondition(${this.debug()})`;
  }
}

/** A partition key attribute, for a key condition: it takes `eq` alone. */
export interface PartitionKey {
  /** Equal. @example partitionKey("customerId").eq("c1") // customerId = "c1" */
  eq(value: KeyValue): KeyCondition;
}

/** The attribute that is the partition key of a table or an index. @example partitionKey("customerId").eq("c1") */
export function partitionKey(name: string): PartitionKey {
  return { eq: (value) => keyCondition("partition", name, true, F(name).eq(value)) };
}

/** A sort key attribute, for a key condition. */
export interface SortKey {
  /** Equal. @example sortKey("orderId").eq("o1") // orderId = "o1" */
  eq(value: KeyValue): KeyCondition;
  /** Less than. @example sortKey("n").lt(5) // n < 5 */
  lt(value: KeyValue): KeyCondition;
  /** Less than or equal. @example sortKey("n").lte(5) // n <= 5 */
  lte(value: KeyValue): KeyCondition;
  /** Greater than. @example sortKey("n").gt(5) // n > 5 */
  gt(value: KeyValue): KeyCondition;
  /** Greater than or equal. @example sortKey("n").gte(5) // n >= 5 */
  gte(value: KeyValue): KeyCondition;
  /** At least `low` and at most `high`. @example sortKey("n").between(1, 5) // n BETWEEN 1 AND 5 */
  between(low: KeyValue, high: KeyValue): KeyCondition;
  /** Begins with, for strings and binary. @example sortKey("orderId").beginsWith("2026-") // begins_with(orderId, "2026-") */
  beginsWith(prefix: string | Uint8Array): KeyCondition;
}

/** The attribute that is the sort key of a table or an index. @example sortKey("orderId").beginsWith("2026-") */
export function sortKey(name: string): SortKey {
  const path = F(name);
  const make = (condition: Condition) => keyCondition("sort", name, false, condition);
  return {
    eq: (value) => keyCondition("sort", name, true, path.eq(value)),
    lt: (value) => make(path.lt(value)),
    lte: (value) => make(path.lte(value)),
    gt: (value) => make(path.gt(value)),
    gte: (value) => make(path.gte(value)),
    between: (low, high) => make(path.between(low, high)),
    beginsWith: (prefix) => make(path.beginsWith(prefix)),
  };
}

function keyCondition(
  role: KeyPart["role"],
  name: string,
  equality: boolean,
  { node: condition }: Condition,
): KeyCondition {
  // An order or a prefix already takes nothing but these types.
  if (condition.kind === "compare" && condition.comparator === "=") {
    const { right } = condition;
    const type = right.kind === "value" ? typeOf(right.value) : undefined;
    if (type !== "S" && type !== "N" && type !== "B") {
      throw errorOf(
        name,
        `a key is a string, a number or binary, not ${type === undefined ? "a path" : typeNames[type]}`,
      );
    }
  }
  return new KeyCondition([{ role, name, equality, condition }]);
}

function errorOf(name: string, message: string): ExpressionError {
  return errorAbout({ kind: "path", steps: [name] }, message);
}

// Untyped callers pass a plain key, or a condition made with F(…).
function keyParts(key: unknown, where: string): readonly KeyPart[] {
  if (isExpressionPart(key) && Array.isArray(key.node)) return key.node as readonly KeyPart[];
  throw new ExpressionError(
    `${where} takes what partitionKey(…) and sortKey(…) make, not ${shown(key)}`,
  );
}

function toCondition(parts: readonly KeyPart[]): Condition {
  return and(...parts.map((part) => new Condition(part.condition)));
}

/** Writes the key condition as the request's expression. */
export function keyConditionExpression(key: KeyCondition, notation: Notation): string {
  const parts = keyParts(key, "A key condition");
  if (parts[0]?.role !== "partition") {
    throw new ExpressionError(
      'A key condition needs the partition key: partitionKey("name").eq(value).and(sortKey(…)…)',
    );
  }
  return conditionExpression(toCondition(parts), notation, "key condition");
}
