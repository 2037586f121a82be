import {
  and,
  type AttributeType,
  type Condition,
  F,
  type NativeAttributeValue,
  not,
  type Operand,
  or,
} from "@fieldwise/core";

/** An attribute path, step by step. */
export type Path = readonly [string, ...(string | number)[]];
/** A side of a comparison. */
export type OperandTree =
  | { readonly is: "path" | "size"; readonly path: Path }
  | { readonly is: "value"; readonly value: NativeAttributeValue };

/** The side that a comparison is written on. */
export type SubjectTree = Exclude<OperandTree, { is: "value" }>;

/** A condition as a tree. */
export type ConditionTree =
  | {
      readonly is: "eq" | "ne" | "lt" | "lte" | "gt" | "gte";
      readonly left: SubjectTree;
      readonly right: OperandTree;
    }
  | {
      readonly is: "between";
      readonly left: SubjectTree;
      readonly low: OperandTree;
      readonly high: OperandTree;
    }
  | {
      readonly is: "in";
      readonly left: SubjectTree;
      readonly candidates: readonly OperandTree[];
    }
  | { readonly is: "exists" | "notExists"; readonly path: Path }
  | { readonly is: "type"; readonly path: Path; readonly type: AttributeType }
  | { readonly is: "beginsWith" | "contains"; readonly path: Path; readonly other: OperandTree }
  | { readonly is: "and" | "or"; readonly parts: readonly ConditionTree[] }
  | { readonly is: "not"; readonly part: ConditionTree };

/** The condition as a user would write it. */
export function buildCondition(condition: ConditionTree): Condition {
  switch (condition.is) {
    case "eq":
    case "ne":
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return buildSubject(condition.left)[condition.is](buildOperand(condition.right));
    case "between":
      return buildSubject(condition.left).between(
        buildOperand(condition.low),
        buildOperand(condition.high),
      );
    case "in":
      return buildSubject(condition.left).in(condition.candidates.map(buildOperand));
    case "exists":
    case "notExists":
      return F(...condition.path)[condition.is]();
    case "type":
      return F(...condition.path).type(condition.type);
    case "beginsWith":
    case "contains":
      return F(...condition.path)[condition.is](buildOperand(condition.other));
    case "and":
      return and(...condition.parts.map(buildCondition));
    case "or":
      return or(...condition.parts.map(buildCondition));
    case "not":
      return not(buildCondition(condition.part));
  }
}

function buildSubject({ is, path: steps }: SubjectTree) {
  return is === "size" ? F(...steps).size() : F(...steps);
}

function buildOperand(operand: OperandTree): Operand {
  return operand.is === "value" ? operand.value : buildSubject(operand);
}
