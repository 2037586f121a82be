import { util } from "../node-modules.ts";

const brand = Symbol.for("@fieldwise/core.expression");

/**
 * A part of an expression: what `F(…)`, its methods, `ifNotExists`, `partitionKey` and the like return. Immutable data, in
 * the member `node`, with methods around it.
 */
export abstract class ExpressionPart<out Node> {
  static {
    // Known by a registered symbol, which no stored value has, in every installed copy of the library.
    Object.defineProperty(this.prototype, brand, { value: true });
    Object.defineProperty(this.prototype, util.inspect.custom, {
      value(this: ExpressionPart<unknown>): string {
        return this.toString();
      },
    });
  }

  /** What the part says, as data. A field that is defined, and then set, would take longer than all else of a part. */
  declare readonly node: Node;

  /** @internal */
  constructor(node: Node) {
    this.node = node;
  }

  /** The part as a person would write it, with placeholders filled in. */
  abstract debug(): string;

  /** Whether both say the same, written the same way. */
  equals(other: { readonly node: unknown }): boolean {
    return util.isDeepStrictEqual(this.node, other.node);
  }

  toString(): string {
    return this.debug();
  }
}

/** A part of an expression, by what it carries. */
export interface PartOf<Node> {
  readonly node: Node;
}

export function isExpressionPart(value: unknown): value is PartOf<{ readonly kind: string }> {
  return typeof value === "object" && value !== null && brand in value;
}
