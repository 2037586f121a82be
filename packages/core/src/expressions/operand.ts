import { formatPath } from "../attribute-value/path.ts";
import { marshallValue } from "../attribute-value/marshall.ts";
import type {
  AttributeType,
  AttributeValue,
  NativeAttributeValue,
} from "../attribute-value/types.ts";
import { AttributeValueError, ExpressionError } from "../errors/input-errors.ts";
import type { OperandNode, PathNode, SetValueNode, ValueNode } from "./nodes.ts";
import type { Notation } from "./placeholders.ts";
import { shown } from "./shown.ts";
import { isExpressionPart, type PartOf } from "./expression-part.ts";

/** Anything that a condition can compare with: a value, a path, the size of an attribute. */
export type Operand = NativeAttributeValue | PartOf<OperandNode>;

/** Reads what a condition compares with; `about` is the path that a message names. */
export function toOperand(value: Operand, about: PathNode): OperandNode {
  if (!isExpressionPart(value)) return toValue(value, about);
  const { kind } = value.node;
  if (kind === "path" || kind === "size") return value.node;
  throw errorAbout(
    about,
    `it compares with values, F(…) and F(…).size(), not with ${shown(value)}`,
  );
}

/** Reads a plain value. */
export function toValue(value: unknown, about: PathNode): ValueNode {
  try {
    return { kind: "value", value: marshallValue(value as NativeAttributeValue) };
  } catch (error) {
    if (!(error instanceof AttributeValueError)) throw error;
    throw new AttributeValueError(`as an operand: ${error.message}`, formatPath(about.steps), {
      cause: error,
    });
  }
}

/** Refuses an operand that DynamoDB would refuse in this place. A path's type isn't known here, so it passes. */
export function requireType(
  operand: OperandNode | SetValueNode,
  allowed: readonly AttributeType[],
  what: string,
  about: PathNode,
): void {
  if (operand.kind !== "value" && operand.kind !== "size") return;
  const type = operand.kind === "size" ? "N" : typeOf(operand.value);
  if (allowed.includes(type)) return;
  throw errorAbout(
    about,
    `${what} takes ${allowed.map((name) => typeNames[name]).join(" or ")}, not ${typeNames[type]}`,
  );
}

export function typeOf(value: AttributeValue): AttributeType {
  return Object.keys(value)[0] as AttributeType;
}

export function renderOperand(operand: OperandNode, notation: Notation): string {
  switch (operand.kind) {
    case "path":
      return notation.path(operand.steps);
    case "size":
      return `size(${notation.path(operand.path.steps)})`;
    case "value":
      return notation.value(operand.value);
  }
}

/** The message begins with the path, where there is one. */
export function errorAbout({ steps }: PathNode, message: string): ExpressionError {
  const path = formatPath(steps);
  return new ExpressionError(path === "" ? message : `${path}: ${message}`, path);
}

/** What an expression is about that names no path. */
export const noPath: PathNode = { kind: "path", steps: [] };

/** The path that an operand stands on, for messages. */
export function pathOf(operand: OperandNode): PathNode {
  if (operand.kind === "size") return operand.path;
  return operand.kind === "path" ? operand : noPath;
}

export const typeNames: Readonly<Record<AttributeType, string>> = {
  S: "a string",
  N: "a number",
  B: "binary",
  BOOL: "a Boolean",
  NULL: "null",
  SS: "a string set",
  NS: "a number set",
  BS: "a binary set",
  L: "a list",
  M: "a map",
};
