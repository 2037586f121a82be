import { formatPath, type PathStep } from "../attribute-value/path.ts";
import type { AttributeType, NativeAttributeValue } from "../attribute-value/types.ts";
import { ExpressionError } from "../errors/input-errors.ts";
import { util } from "../node-modules.ts";
import { Comparable, Size } from "./comparable.ts";
import { Condition } from "./condition.ts";
import type { PathNode } from "./nodes.ts";
import { errorAbout, type Operand, requireType, toOperand, toValue, typeNames } from "./operand.ts";
import {
  type Arithmetic,
  arithmetic,
  ifNotExists,
  listAppend,
  type NumberInput,
  type NumberOperand,
  type SetOperand,
} from "./set-value.ts";
import { shown } from "./shown.ts";
import { UpdateAction } from "./update.ts";

/**
 * The path of an attribute, step by step: names, and indexes of lists. Each step is taken as it is: `F("a.b")` is the
 * attribute named `a.b`, and `F("a", "b")` the member `b` of `a`. Names need no escaping, reserved words neither.
 *
 * @throws ExpressionError where a step is no name or index.
 * @example
 * F("lines", 0, "quantity").gt(1) // #n0[0].#n1 > :v0
 */
export function F(name: string, ...steps: readonly PathStep[]): AttributePath {
  return new AttributePath(checkedPath([name, ...steps]));
}

/** A set, as an application holds it. */
export type SetMembers = ReadonlySet<string> | ReadonlySet<NumberInput> | ReadonlySet<Uint8Array>;

/** The path of an attribute, and what can be said of it in conditions, filters, updates and projections. */
export class AttributePath extends Comparable<PathNode> {
  /** The attribute is there. @example F("note").exists() // attribute_exists(note) */
  exists(): Condition {
    return new Condition({ kind: "exists", path: this.node });
  }

  /** The attribute is not there. @example F("note").notExists() // attribute_not_exists(note) */
  notExists(): Condition {
    return new Condition({ kind: "notExists", path: this.node });
  }

  /** The attribute is of a type: `"S"`, `"N"`, `"SS"` … @example F("note").type("S") // attribute_type(note, "S") */
  type(type: AttributeType): Condition {
    if (!Object.hasOwn(typeNames, type)) {
      throw errorAbout(
        this.node,
        `type() takes one of ${Object.keys(typeNames).join(", ")}, not ${shown(type)}`,
      );
    }
    return new Condition({ kind: "type", path: this.node, type });
  }

  /** A string or binary attribute begins with it. @example F("sku").beginsWith("A-") // begins_with(sku, "A-") */
  beginsWith(prefix: Operand): Condition {
    const operand = toOperand(prefix, this.node);
    requireType(operand, ["S", "B"], "beginsWith()", this.node);
    return new Condition({ kind: "beginsWith", path: this.node, prefix: operand });
  }

  /**
   * A string contains the text, or a set or list the member.
   *
   * @throws ExpressionError for the attribute itself: DynamoDB refuses `contains(a, a)`.
   * @example
   * F("tags").contains("new") // contains(tags, "new")
   */
  contains(member: Operand): Condition {
    const operand = toOperand(member, this.node);
    if (util.isDeepStrictEqual(operand, this.node))
      throw errorAbout(this.node, "contains() can't look for the attribute in itself");
    return new Condition({ kind: "contains", path: this.node, member: operand });
  }

  /** The attribute's size, to be compared. @example F("lines").size().gt(3) // size(lines) > 3 */
  size(): Size {
    return new Size({ kind: "size", path: this.node });
  }

  /**
   * Sets the attribute to a value, a path's value, or the result of one `+`, `-`, `ifNotExists` or `listAppend`.
   *
   * @example F("total").set(F("price").plus(5)) // SET total = price + 5
   */
  set(value: NativeAttributeValue | AttributePath | SetOperand | Arithmetic): UpdateAction {
    return UpdateAction.set(this.node, value);
  }

  /** Sets the attribute where it is absent. @example F("n").setIfNotExists(0) // SET n = if_not_exists(n, 0) */
  setIfNotExists(value: NativeAttributeValue | AttributePath): UpdateAction {
    return this.set(ifNotExists(this, value));
  }

  /**
   * Adds to a number, 1 by default. The attribute must be there: for one that may be absent, use `add`, or
   * `F("n").set(ifNotExists(F("n"), 0).plus(1))`.
   *
   * @example F("stock").increment(5) // SET stock = stock + 5
   */
  increment(by: NumberOperand = 1): UpdateAction {
    return this.set(this.plus(by));
  }

  /** Subtracts from a number, 1 by default. @example F("stock").decrement(5) // SET stock = stock - 5 */
  decrement(by: NumberOperand = 1): UpdateAction {
    return this.set(this.minus(by));
  }

  /**
   * Adds values at the end of a list. It must be there: for one that may be absent, use
   * `F("log").set(listAppend(ifNotExists(F("log"), []), ["x"]))`.
   *
   * @example F("log").append(["x"]) // SET log = list_append(log, ["x"])
   */
  append(values: readonly NativeAttributeValue[] | AttributePath): UpdateAction {
    return this.set(listAppend(this, values));
  }

  /** The same at the start of the list. @example F("log").prepend(["x"]) // SET log = list_append(["x"], log) */
  prepend(values: readonly NativeAttributeValue[] | AttributePath): UpdateAction {
    return this.set(listAppend(values, this));
  }

  /** Removes the attribute, or a member of a list, those behind it moving up. @example F("note").remove() // REMOVE note */
  remove(): UpdateAction {
    return UpdateAction.remove(this.node);
  }

  /**
   * Adds a number to a number, or members to a set; an absent attribute counts as 0 or as an empty set. On top-level
   * attributes only.
   *
   * @throws ExpressionError on a nested path.
   * @example F("tags").add(new Set(["new"])) // ADD tags set("new")
   */
  add(value: NumberInput | SetMembers): UpdateAction {
    return UpdateAction.add(this.node, toValue(value, this.node));
  }

  /**
   * Takes members out of a set; a set that becomes empty is removed. On top-level attributes only.
   *
   * @throws ExpressionError on a nested path.
   * @example F("tags").delete(new Set(["new"])) // DELETE tags set("new")
   */
  delete(members: SetMembers): UpdateAction {
    return UpdateAction.delete(this.node, toValue(members, this.node));
  }

  /** The sum, to be set. @example F("a").set(F("b").plus(1)) // SET a = b + 1 */
  plus(value: NumberOperand): Arithmetic {
    return arithmetic("+", this, value);
  }

  /** The difference, to be set. @example F("a").set(F("b").minus(1)) // SET a = b - 1 */
  minus(value: NumberOperand): Arithmetic {
    return arithmetic("-", this, value);
  }
}

/** AWS, "Quotas in Amazon DynamoDB", nested attribute depth: 32 levels. */
const maximumSteps = 32;

function checkedPath(steps: readonly PathStep[]): PathNode {
  steps.forEach((step, position) => {
    const valid =
      typeof step === "string"
        ? step !== "" && step.isWellFormed()
        : position > 0 && Number.isSafeInteger(step) && step >= 0;
    if (valid) return;
    const where = position === 0 ? "" : ` after ${formatPath(steps.slice(0, position))}`;
    throw new ExpressionError(
      `${shown(step)}${where} is no step of an attribute path: ` +
        "a step is a name that is not empty, or behind the first one a list index from 0",
      formatPath(steps.slice(0, position)),
    );
  });
  if (steps.length > maximumSteps) {
    throw new ExpressionError(
      `The path has ${steps.length} steps, and DynamoDB nests ${maximumSteps} levels deep`,
      formatPath(steps.slice(0, 8)),
    );
  }
  return { kind: "path", steps };
}
