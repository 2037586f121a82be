import type { NumberValue } from "../attribute-value/number-value.ts";
import type { NativeAttributeValue } from "../attribute-value/types.ts";
import { ExpressionError } from "../errors/input-errors.ts";
import type {
  ArithmeticNode,
  IfNotExistsNode,
  ListAppendNode,
  PathNode,
  SetOperandNode,
  SetValueNode,
} from "./nodes.ts";
import { errorAbout, noPath, requireType, toValue } from "./operand.ts";
import { type Notation, readable } from "./placeholders.ts";
import { shown } from "./shown.ts";
import { ExpressionPart, isExpressionPart, type PartOf } from "./expression-part.ts";

/** A number, as an application holds it. */
export type NumberInput = number | bigint | NumberValue;

/** A number, a path, or what `ifNotExists` returns: one side of a `+` or `-`. */
export type NumberOperand = NumberInput | PartOf<SetOperandNode>;

/** A value, a path, or what `ifNotExists` and `listAppend` return. */
export type SetInput = NativeAttributeValue | PartOf<SetOperandNode>;

/** The result of `ifNotExists` or `listAppend`: for a `set`, alone or on one side of a `plus` or `minus`. */
export class SetOperand extends ExpressionPart<IfNotExistsNode | ListAppendNode> {
  /** The sum. @example F("n").set(ifNotExists(F("n"), 0).plus(1)) // SET n = if_not_exists(n, 0) + 1 */
  plus(value: NumberOperand): Arithmetic {
    return arithmetic("+", this, value);
  }

  /** The difference. @example F("n").set(ifNotExists(F("n"), 10).minus(1)) // SET n = if_not_exists(n, 10) - 1 */
  minus(value: NumberOperand): Arithmetic {
    return arithmetic("-", this, value);
  }

  /** The value as a person would write it: `n + 1`. */
  debug(): string {
    return renderSetValue(this.node, readable);
  }
}

/** A sum or a difference, for a `set`. */
export class Arithmetic extends ExpressionPart<ArithmeticNode> {
  /** The value as a person would write it: `n + 1`. */
  debug(): string {
    return renderSetValue(this.node, readable);
  }
}

/**
 * The attribute's value, or another where it is absent: DynamoDB's `if_not_exists`.
 *
 * @throws ExpressionError for what `listAppend` returned as the other value, which DynamoDB refuses.
 * @example F("views").set(ifNotExists(F("views"), 0).plus(1)) // SET views = if_not_exists(views, 0) + 1
 */
export function ifNotExists(path: PartOf<PathNode>, otherwise: SetInput): SetOperand {
  if (!isExpressionPart(path) || path.node.kind !== "path") {
    throw new ExpressionError(
      `ifNotExists() takes a path, such as F("name"), and a value, not ${shown(path)}`,
    );
  }
  return new SetOperand({
    kind: "ifNotExists",
    path: path.node,
    otherwise: toInnerOperand(otherwise, path.node, "ifNotExists()"),
  });
}

/**
 * Two lists as one: DynamoDB's `list_append`.
 *
 * @throws ExpressionError for what `listAppend` returned as one of them: DynamoDB puts two lists together, and not three.
 * @example F("log").set(listAppend(ifNotExists(F("log"), []), ["x"])) // SET log = list_append(if_not_exists(log, []), ["x"])
 */
export function listAppend(first: SetInput, second: SetInput): SetOperand {
  const about = aboutOf(first) ?? aboutOf(second) ?? noPath;
  const operands = {
    first: toInnerOperand(first, about, "listAppend()"),
    second: toInnerOperand(second, about, "listAppend()"),
  };
  requireType(operands.first, ["L"], "list_append", about);
  requireType(operands.second, ["L"], "list_append", about);
  return new SetOperand({ kind: "listAppend", ...operands });
}

export function arithmetic(
  operator: "+" | "-",
  left: PartOf<SetOperandNode>,
  right: NumberOperand,
): Arithmetic {
  const about = aboutOf(left) ?? noPath;
  const operands = { left: left.node, right: toSetOperand(right, about, operator) };
  requireType(operands.right, ["N"], operator, about);
  if (operands.left.kind === "listAppend" || operands.right.kind === "listAppend") {
    throw errorAbout(about, `${operator} takes numbers, not the list that listAppend() makes`);
  }
  return new Arithmetic({ kind: "arithmetic", operator, ...operands });
}

/** Reads what an attribute is set to. */
export function toSetValue(value: SetInput | PartOf<SetValueNode>, about: PathNode): SetValueNode {
  if (isExpressionPart(value) && value.node.kind === "arithmetic") return value.node;
  return toSetOperand(value as SetInput, about, "set()");
}

function toSetOperand(value: SetInput, about: PathNode, where: string): SetOperandNode {
  if (!isExpressionPart(value)) return toValue(value, about);
  const { kind } = value.node as { readonly kind: string };
  if (kind === "path" || kind === "ifNotExists" || kind === "listAppend") return value.node;
  const rule =
    kind === "arithmetic"
      ? "DynamoDB takes one + or - in a SET, not nested ones"
      : "a SET takes values, F(…), ifNotExists() and listAppend()";
  throw errorAbout(about, `${where} can't take ${shown(value)}: ${rule}`);
}

/** Reads an operand of a function. DynamoDB: "The function is not allowed to be used this way in an expression". */
function toInnerOperand(value: SetInput, about: PathNode, where: string): SetOperandNode {
  const operand = toSetOperand(value, about, where);
  if (operand.kind !== "listAppend") return operand;
  throw errorAbout(
    about,
    `${where} can't take ${shown(value)}: DynamoDB takes list_append in no other function`,
  );
}

/** The path that a message names. */
function aboutOf(value: SetInput): PathNode | undefined {
  if (!isExpressionPart(value)) return undefined;
  const data = value.node;
  switch (data.kind) {
    case "path":
      return data;
    case "ifNotExists":
      return data.path;
    case "listAppend":
      return [data.first, data.second].find((operand) => operand.kind === "path");
    default:
      return undefined;
  }
}

export function renderSetValue(value: SetValueNode, notation: Notation): string {
  switch (value.kind) {
    case "path":
      return notation.path(value.steps);
    case "value":
      return notation.value(value.value);
    case "ifNotExists":
      return `if_not_exists(${notation.path(value.path.steps)}, ${renderSetValue(value.otherwise, notation)})`;
    case "listAppend":
      return `list_append(${renderSetValue(value.first, notation)}, ${renderSetValue(value.second, notation)})`;
    case "arithmetic":
      return `${renderSetValue(value.left, notation)} ${value.operator} ${renderSetValue(value.right, notation)}`;
  }
}
