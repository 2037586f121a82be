import { ExpressionError } from "../errors/input-errors.ts";
import type { PathNode, SetValueNode, UpdateNode, ValueNode } from "./nodes.ts";
import { errorAbout, requireType } from "./operand.ts";
import { refuseOverlap } from "./overlap.ts";
import { checkedExpression, type Notation, readable } from "./placeholders.ts";
import { renderSetValue, type SetInput, toSetValue } from "./set-value.ts";
import { shown } from "./shown.ts";
import { ExpressionPart, isExpressionPart, type PartOf } from "./expression-part.ts";

/**
 * One action of an update. Immutable data, made by the methods of `F(…)`; an update takes one or a list of them.
 *
 * @example
 * await table.update(key, [F("status").set("shipped"), F("note").remove()]); // SET #n0 = :v0 REMOVE #n1
 */
export class UpdateAction extends ExpressionPart<UpdateNode> {
  /** @internal */
  static set(path: PathNode, value: SetInput | PartOf<SetValueNode>): UpdateAction {
    return new UpdateAction({ kind: "set", path, value: toSetValue(value, path) });
  }

  /** @internal */
  static remove(path: PathNode): UpdateAction {
    return new UpdateAction({ kind: "remove", path });
  }

  /** @internal */
  static add(path: PathNode, value: ValueNode): UpdateAction {
    requireTopLevel("add()", path);
    requireType(value, ["N", "SS", "NS", "BS"], "add()", path);
    return new UpdateAction({ kind: "add", path, value });
  }

  /** @internal */
  static delete(path: PathNode, value: ValueNode): UpdateAction {
    requireTopLevel("delete()", path);
    requireType(value, ["SS", "NS", "BS"], "delete()", path);
    return new UpdateAction({ kind: "delete", path, value });
  }

  /** The action as a person would write it: `SET status = "shipped"`. */
  debug(): string {
    return renderUpdate([this.node], readable);
  }

  override toString(): string {
    return `UpdateAction(${this.debug()})`;
  }
}

/** One action, or a list of at least one. */
export type UpdateActions = UpdateAction | readonly UpdateAction[];

/** Writes a whole update as a person would: `SET status = "shipped" REMOVE note`. */
export function debugUpdate(actions: UpdateActions): string {
  return renderUpdate(checkedActions(actions), readable);
}

/** Writes the actions as the request's update expression. */
export function updateExpression(actions: UpdateActions, notation: Notation): string {
  return checkedExpression("update", renderUpdate(checkedActions(actions), notation));
}

// AWS, "Update expressions": ADD and DELETE only support top-level attributes.
function requireTopLevel(method: string, path: PathNode): void {
  if (path.steps.length === 1) return;
  throw errorAbout(
    path,
    `${method} works on top-level attributes only. Set the nested value with set()`,
  );
}

const clauses = { set: "SET", remove: "REMOVE", add: "ADD", delete: "DELETE" } as const;

function checkedActions(actions: UpdateActions): readonly UpdateNode[] {
  const list = (Array.isArray(actions) ? actions : [actions]) as readonly unknown[];
  if (list.length === 0)
    throw new ExpressionError('An update needs at least one action, such as F("name").set(value)');
  const nodes = list.map((action) => {
    if (isExpressionPart(action) && Object.hasOwn(clauses, action.node.kind))
      return action.node as UpdateNode;
    throw new ExpressionError(
      `An update takes actions, such as F("name").set(value), not ${shown(action)}`,
    );
  });
  refuseOverlap(
    nodes.map((action) => action.path.steps),
    "is changed twice in one update; DynamoDB takes one action for each path",
    "can't be changed in one update",
  );
  return nodes;
}

function renderUpdate(actions: readonly UpdateNode[], notation: Notation): string {
  let text = "";
  let kind: keyof typeof clauses;
  for (kind in clauses) {
    let before = `${text === "" ? "" : " "}${clauses[kind]} `;
    for (const action of actions) {
      if (action.kind !== kind) continue;
      text += before + renderAction(action, notation);
      before = ", ";
    }
  }
  return text;
}

function renderAction(action: UpdateNode, notation: Notation): string {
  const path = notation.path(action.path.steps);
  switch (action.kind) {
    case "set":
      return `${path} = ${renderSetValue(action.value, notation)}`;
    case "remove":
      return path;
    case "add":
    case "delete":
      return `${path} ${notation.value(action.value.value)}`;
  }
}
