import { ExpressionError } from "../errors/input-errors.ts";
import type { ConditionNode } from "./nodes.ts";
import { renderOperand } from "./operand.ts";
import { checkedExpression, type Notation, readable } from "./placeholders.ts";
import { shown } from "./shown.ts";
import { ExpressionPart, isExpressionPart } from "./expression-part.ts";

/**
 * A condition of a write, or a filter of a query or scan. It is immutable data: write it once and use it in any number of
 * requests. Made by the methods of `F(…)`, and by `and`, `or` and `not`.
 *
 * @example
 * const open = F("status").eq("placed").and(F("total").gt(10)); // #n0 = :v0 AND #n1 > :v1
 */
export class Condition extends ExpressionPart<ConditionNode> {
  /** This condition and all the others. @example F("a").eq(1).and(F("b").exists()) // a = 1 AND attribute_exists(b) */
  and(...others: readonly Condition[]): Condition {
    return and(this, ...others);
  }

  /** This condition or any of the others. @example F("a").eq(1).or(F("a").notExists()) // a = 1 OR attribute_not_exists(a) */
  or(...others: readonly Condition[]): Condition {
    return or(this, ...others);
  }

  /** The condition as a person would write it: `status = "placed" AND total > 10`. */
  debug(): string {
    return renderCondition(this.node, readable);
  }

  override toString(): string {
    return `Condition(${this.debug()})`;
  }
}

/**
 * All of the conditions hold. @example and(F("a").eq(1), F("b").gt(2)) // a = 1 AND b > 2
 * @throws ExpressionError without a condition.
 */
export function and(...conditions: readonly Condition[]): Condition {
  return combine("and", conditions);
}

/**
 * At least one of the conditions holds. @example or(F("a").eq(1), F("b").gt(2)) // a = 1 OR b > 2
 * @throws ExpressionError without a condition.
 */
export function or(...conditions: readonly Condition[]): Condition {
  return combine("or", conditions);
}

/** The condition does not hold. @example not(F("a").contains("x")) // NOT contains(a, "x") */
export function not(condition: Condition): Condition {
  return new Condition({
    kind: "not",
    condition: requireCondition(condition, "not() takes conditions"),
  });
}

function combine(kind: "and" | "or", conditions: readonly Condition[]): Condition {
  const parts = conditions.map((condition) =>
    requireCondition(condition, `${kind}() takes conditions`),
  );
  const [first, ...others] = parts;
  if (first === undefined) throw new ExpressionError(`${kind}() needs at least one condition`);
  if (others.length === 0) return new Condition(first);
  return new Condition({
    kind,
    conditions: parts.flatMap((part) => (part.kind === kind ? part.conditions : [part])),
  });
}

const conditionKinds: ReadonlySet<string> = new Set<ConditionNode["kind"]>([
  "compare",
  "between",
  "in",
  "exists",
  "notExists",
  "type",
  "beginsWith",
  "contains",
  "and",
  "or",
  "not",
]);

// Untyped callers pass what they like: a comparison's result, an array, a path.
function requireCondition(condition: unknown, rule: string): ConditionNode {
  if (isExpressionPart(condition) && conditionKinds.has(condition.node.kind))
    return condition.node as ConditionNode;
  throw new ExpressionError(`${rule}, such as F("name").eq(value), not ${shown(condition)}`);
}

/** Writes a condition or filter as an expression of the request. */
export function conditionExpression(
  condition: Condition,
  notation: Notation,
  kind = "condition",
): string {
  const data = requireCondition(condition, `The ${kind} must be a condition`);
  return checkedExpression(kind, renderCondition(data, notation));
}

function renderCondition(condition: ConditionNode, notation: Notation): string {
  switch (condition.kind) {
    case "compare":
      return `${renderOperand(condition.left, notation)} ${condition.comparator} ${renderOperand(condition.right, notation)}`;
    case "between": {
      const [operand, low, high] = [condition.operand, condition.low, condition.high].map((part) =>
        renderOperand(part, notation),
      );
      return `${operand} BETWEEN ${low} AND ${high}`;
    }
    case "in": {
      const [operand, ...candidates] = [condition.operand, ...condition.candidates].map((part) =>
        renderOperand(part, notation),
      );
      return `${operand} IN (${candidates.join(", ")})`;
    }
    case "exists":
      return `attribute_exists(${notation.path(condition.path.steps)})`;
    case "notExists":
      return `attribute_not_exists(${notation.path(condition.path.steps)})`;
    case "type":
      return `attribute_type(${notation.path(condition.path.steps)}, ${notation.value({ S: condition.type })})`;
    case "beginsWith":
      return `begins_with(${notation.path(condition.path.steps)}, ${renderOperand(condition.prefix, notation)})`;
    case "contains":
      return `contains(${notation.path(condition.path.steps)}, ${renderOperand(condition.member, notation)})`;
    case "not":
      return `NOT ${enclosed(condition.condition, notation)}`;
    case "and":
    case "or":
      return condition.conditions
        .map((part) => enclosed(part, notation))
        .join(` ${condition.kind.toUpperCase()} `);
  }
}

function enclosed(condition: ConditionNode, notation: Notation): string {
  const text = renderCondition(condition, notation);
  return condition.kind === "and" || condition.kind === "or" ? `(${text})` : text;
}
