import {
  type Arithmetic,
  AttributePath,
  type Condition,
  ExpressionError,
  F as untypedF,
  ifNotExists,
  isExpressionPart,
  type NativeAttributeValue,
  type PathStep,
  type SetOperand,
  type UpdateAction,
} from "@fieldwise/core";
import type { FieldCodec } from "../compile/field-codec.ts";
import type { ItemCodec } from "../compile/item-codec.ts";

/** What a typed path knows of its table. */
interface TableContext {
  readonly tableName: string;
  readonly keyAttributes: readonly string[];
}

/**
 * The path of an attribute of one table's schema. Operands are encoded by the schema at the path: those of conditions by
 * codec alone, those of updates with all refinements.
 */
class TypedPath extends AttributePath {
  readonly #field: FieldCodec;
  readonly #context: TableContext;

  constructor(path: AttributePath, field: FieldCodec, context: TableContext) {
    super(path.node);
    this.#field = field;
    this.#context = context;
  }

  override eq(value: unknown): Condition {
    return super.eq(this.#operand(value));
  }

  override ne(value: unknown): Condition {
    return super.ne(this.#operand(value));
  }

  override lt(value: unknown): Condition {
    return super.lt(this.#operand(value));
  }

  override lte(value: unknown): Condition {
    return super.lte(this.#operand(value));
  }

  override gt(value: unknown): Condition {
    return super.gt(this.#operand(value));
  }

  override gte(value: unknown): Condition {
    return super.gte(this.#operand(value));
  }

  override between(low: unknown, high: unknown): Condition {
    return super.between(this.#operand(low), this.#operand(high));
  }

  override in(values: readonly unknown[]): Condition {
    // What is no list is core's to refuse.
    return super.in(
      Array.isArray(values) ? values.map((value) => this.#operand(value)) : (values as never),
    );
  }

  // A prefix or a part of a text is a text, but need not be a whole value of the schema.
  override contains(member: unknown): Condition {
    const element = this.#field.element();
    if (element === undefined || isExpressionPart(member))
      return super.contains(member as NativeAttributeValue);
    return super.contains(element.encodeOperand(member));
  }

  override set(value: unknown): UpdateAction {
    this.#refuseKey("set()");
    if (isExpressionPart(value)) return super.set(value as never);
    const encoded = this.#field.encodeValue(value);
    return encoded === undefined ? super.remove() : super.set(encoded);
  }

  override setIfNotExists(value: unknown): UpdateAction {
    this.#refuseKey("setIfNotExists()");
    return super.setIfNotExists(this.#value(value));
  }

  /** The attribute's value, or another where it is absent. */
  ifNotExists(value: unknown): SetOperand {
    return ifNotExists(this, this.#value(value));
  }

  override append(values: unknown): UpdateAction {
    this.#refuseKey("append()");
    return super.append(this.#members(values) as never);
  }

  override prepend(values: unknown): UpdateAction {
    this.#refuseKey("prepend()");
    return super.prepend(this.#members(values) as never);
  }

  override plus(value: unknown): Arithmetic {
    this.#requireNumber("plus() or increment()", value);
    return super.plus(value as never);
  }

  override minus(value: unknown): Arithmetic {
    this.#requireNumber("minus() or decrement()", value);
    return super.minus(value as never);
  }

  override add(value: unknown): UpdateAction {
    this.#refuseKey("add()");
    if (!(value instanceof Set)) this.#requireNumber("add() of a number", value);
    return super.add((this.#field.element() === undefined ? value : this.#set(value)) as never);
  }

  override delete(members: unknown): UpdateAction {
    this.#refuseKey("delete()");
    return super.delete(this.#set(members) as never);
  }

  override remove(): UpdateAction {
    this.#refuseKey("remove()");
    return super.remove();
  }

  #operand(value: unknown): NativeAttributeValue {
    return isExpressionPart(value) ? (value as never) : this.#field.encodeOperand(value);
  }

  #value(value: unknown): NativeAttributeValue {
    if (isExpressionPart(value)) return value as never;
    const encoded = this.#field.encodeValue(value);
    if (encoded !== undefined) return encoded;
    throw new ExpressionError(`${this.debug()}: an empty set can't be stored`, this.debug());
  }

  #members(values: unknown): unknown {
    const element = this.#field.element();
    if (!Array.isArray(values) || element === undefined) return values;
    return values.map((value) => element.encodeValue(value));
  }

  #set(members: unknown): unknown {
    const element = this.#field.element();
    if (!(members instanceof Set) || element === undefined) return members;
    return new Set([...members].map((member) => element.encodeValue(member)));
  }

  // A codec may make a number of what is stored as a string.
  #requireNumber(what: string, difference: unknown): void {
    const { storedTypes } = this.#field;
    if (storedTypes.has("N")) {
      if (!isExpressionPart(difference)) this.#field.checkDifference(difference);
      return;
    }
    throw new ExpressionError(
      `${this.debug()}: ${what} changes what is stored as a number (N), and this is stored as ${[...storedTypes].join(" or ")}`,
      this.debug(),
    );
  }

  // AWS, "UpdateItem": key attributes can't be changed.
  #refuseKey(method: string): void {
    const { steps } = this.node;
    const { keyAttributes, tableName } = this.#context;
    if (steps.length > 1 || !keyAttributes.includes(String(steps[0]))) return;
    throw new ExpressionError(
      `${this.debug()}: ${method} can't change a key attribute of table ${tableName}. Put a new item and delete the old one`,
      this.debug(),
    );
  }
}

/** Makes the function `F` of a table. */
export function makePathFunction(
  tableName: string,
  codec: ItemCodec,
  keyAttributes: readonly string[],
): (...steps: readonly [string, ...PathStep[]]) => TypedPath {
  const context = { tableName, keyAttributes };
  return (...steps) => {
    const path = untypedF(...steps);
    const field = codec.at(steps);
    if (field !== undefined) return new TypedPath(path, field, context);
    throw new ExpressionError(
      `${path.debug()}: the schema of table ${tableName} has no such attribute`,
      path.debug(),
    );
  };
}
