import type { PathStep } from "../attribute-value/path.ts";
import type { AttributeType, AttributeValue } from "../attribute-value/types.ts";

/** An attribute path, as steps: `["lines", 0, "quantity"]`. */
export interface PathNode {
  readonly kind: "path";
  readonly steps: readonly PathStep[];
}

/** A value of the application's, as DynamoDB's JSON. */
export interface ValueNode {
  readonly kind: "value";
  readonly value: AttributeValue;
}

/** `size(path)` */
export interface SizeNode {
  readonly kind: "size";
  readonly path: PathNode;
}

/** What a condition compares. */
export type OperandNode = PathNode | ValueNode | SizeNode;

/** `if_not_exists(path, otherwise)` */
export interface IfNotExistsNode {
  readonly kind: "ifNotExists";
  readonly path: PathNode;
  readonly otherwise: SetOperandNode;
}

/** `list_append(first, second)` */
export interface ListAppendNode {
  readonly kind: "listAppend";
  readonly first: SetOperandNode;
  readonly second: SetOperandNode;
}

/** What stands on one side of a `+` or `-`, or alone, in a SET. */
export type SetOperandNode = PathNode | ValueNode | IfNotExistsNode | ListAppendNode;

/** `left + right`, `left - right`: DynamoDB allows one of them in a SET, not nested ones. */
export interface ArithmeticNode {
  readonly kind: "arithmetic";
  readonly operator: "+" | "-";
  readonly left: SetOperandNode;
  readonly right: SetOperandNode;
}

/** What an attribute is set to. */
export type SetValueNode = SetOperandNode | ArithmeticNode;

/** DynamoDB's comparison operators. */
export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** A condition or a filter, as data. */
export type ConditionNode =
  | {
      readonly kind: "compare";
      readonly comparator: Comparator;
      readonly left: OperandNode;
      readonly right: OperandNode;
    }
  | {
      readonly kind: "between";
      readonly operand: OperandNode;
      readonly low: OperandNode;
      readonly high: OperandNode;
    }
  | {
      readonly kind: "in";
      readonly operand: OperandNode;
      readonly candidates: readonly OperandNode[];
    }
  | { readonly kind: "exists"; readonly path: PathNode }
  | { readonly kind: "notExists"; readonly path: PathNode }
  | { readonly kind: "type"; readonly path: PathNode; readonly type: AttributeType }
  | { readonly kind: "beginsWith"; readonly path: PathNode; readonly prefix: OperandNode }
  | { readonly kind: "contains"; readonly path: PathNode; readonly member: OperandNode }
  | { readonly kind: "and" | "or"; readonly conditions: readonly ConditionNode[] }
  | { readonly kind: "not"; readonly condition: ConditionNode };

/** One action of an update, as data. */
export type UpdateNode =
  | { readonly kind: "set"; readonly path: PathNode; readonly value: SetValueNode }
  | { readonly kind: "remove"; readonly path: PathNode }
  | { readonly kind: "add" | "delete"; readonly path: PathNode; readonly value: ValueNode };
