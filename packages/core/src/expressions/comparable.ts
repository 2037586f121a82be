import { util } from "../node-modules.ts";
import { Condition } from "./condition.ts";
import type { Comparator, OperandNode, SizeNode } from "./nodes.ts";
import {
  errorAbout,
  type Operand,
  pathOf,
  renderOperand,
  requireType,
  toOperand,
  typeNames,
  typeOf,
} from "./operand.ts";
import { readable } from "./placeholders.ts";
import { ExpressionPart } from "./expression-part.ts";

const ordered = ["S", "N", "B"] as const;

/** AWS, "Condition and filter expressions, operators, and functions": IN takes up to 100 operands. */
const maximumCandidates = 100;

/** What can be compared: an attribute, or its size. Right-hand sides are values, paths or sizes. */
export abstract class Comparable<
  Node extends OperandNode = OperandNode,
> extends ExpressionPart<Node> {
  /** Equal. @example F("status").eq("placed") // status = "placed" */
  eq(value: Operand): Condition {
    return this.#compare("=", value);
  }

  /** Not equal; also holds where the attribute is absent. @example F("status").ne("placed") // status <> "placed" */
  ne(value: Operand): Condition {
    return this.#compare("<>", value);
  }

  /** Less than, for strings (by UTF-8 bytes), numbers and binary. @example F("total").lt(100) // total < 100 */
  lt(value: Operand): Condition {
    return this.#compare("<", value);
  }

  /** Less than or equal. @example F("total").lte(F("budget")) // total <= budget */
  lte(value: Operand): Condition {
    return this.#compare("<=", value);
  }

  /** Greater than. @example F("total").gt(100) // total > 100 */
  gt(value: Operand): Condition {
    return this.#compare(">", value);
  }

  /** Greater than or equal. @example F("total").gte(100) // total >= 100 */
  gte(value: Operand): Condition {
    return this.#compare(">=", value);
  }

  /** At least `low` and at most `high`. @example F("total").between(10, 20) // total BETWEEN 10 AND 20 */
  between(low: Operand, high: Operand): Condition {
    const operand = this.node;
    const about = pathOf(operand);
    const bounds = { low: toOperand(low, about), high: toOperand(high, about) };
    requireType(bounds.low, ordered, "between()", about);
    requireType(bounds.high, ordered, "between()", about);
    if (bounds.low.kind === "value" && bounds.high.kind === "value") {
      requireType(
        bounds.high,
        [typeOf(bounds.low.value)],
        `between() from ${typeNames[typeOf(bounds.low.value)]}`,
        about,
      );
    }
    return new Condition({ kind: "between", operand, ...bounds });
  }

  /**
   * Equal to one of 1 to 100 values. @example F("status").in(["placed", "shipped"]) // status IN ("placed", "shipped")
   * @throws ExpressionError for none or more than 100.
   */
  in(values: readonly Operand[]): Condition {
    const operand = this.node;
    const about = pathOf(operand);
    if (!Array.isArray(values) || values.length === 0 || values.length > maximumCandidates) {
      const given = Array.isArray(values) ? values.length : util.inspect(values);
      throw errorAbout(
        about,
        `in() takes a list of 1 to ${maximumCandidates} values, not ${given}`,
      );
    }
    return new Condition({
      kind: "in",
      operand,
      candidates: values.map((value: Operand) => toOperand(value, about)),
    });
  }

  /** The operand as a person would write it: `lines[0].quantity`. */
  debug(): string {
    return renderOperand(this.node, readable);
  }

  override toString(): string {
    const text = this.debug();
    return this.node.kind === "path" ? `F(${text})` : text;
  }

  #compare(comparator: Comparator, value: Operand): Condition {
    const left = this.node;
    const right = toOperand(value, pathOf(left));
    if (comparator !== "=" && comparator !== "<>")
      requireType(right, ordered, comparator, pathOf(left));
    return new Condition({ kind: "compare", comparator, left, right });
  }
}

/**
 * The size of an attribute: a string's length as JavaScript counts it (UTF-16 code units), binary's in bytes, the number of
 * members of a set, list or map. Other types have none, and no comparison with it but `ne` holds. Made by `F(…).size()`.
 */
export class Size extends Comparable<SizeNode> {}
