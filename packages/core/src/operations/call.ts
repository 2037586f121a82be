import type { AttributeMap } from "../attribute-value/types.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Placeholders } from "../expressions/placeholders.ts";
import { shown } from "../expressions/shown.ts";
import type { ItemsMember } from "../wire-text/read-output.ts";
import type { ItemReader } from "./item-reader.ts";
import type { Sparse } from "./members.ts";
import type { OperationName, WireInput, WireOutput } from "../wire/operations.ts";
import { type OutputShape, outputShapes } from "../wire/output-shapes.ts";

/**
 * One DynamoDB operation with its input encoded, and the way to read its output. It is data: it never sees the transport.
 */
export interface Call<Output, Result> {
  readonly operation: string;
  /** The wire input as JSON text. */
  readonly body: string;
  readonly tableName: string | undefined;
  readonly key: AttributeMap | undefined;
  /** Of a transaction: the table of each action. */
  readonly actionTables?: readonly string[] | undefined;
  /** What `decode` counts on. */
  readonly shape?: OutputShape | undefined;
  /** The member of the output that holds items. */
  readonly items?: ItemsMember | undefined;
  /** @throws UnexpectedAnswer where the output has the right shape and can't be right. */
  readonly decode: (output: Output, reader: ItemReader) => Result;
}

/** A call whose key, which only errors ask for, is read from its body when it is asked for. */
class EncodedCall<Output, Result> implements Call<Output, Result> {
  readonly operation: string;
  readonly body: string;
  readonly tableName: string | undefined;
  readonly shape: OutputShape | undefined;
  readonly items: ItemsMember | undefined;
  readonly decode: Call<Output, Result>["decode"];
  readonly actionTables: readonly string[] | undefined;

  constructor(
    operation: OperationName,
    tableName: string | undefined,
    body: string,
    decode: Call<Output, Result>["decode"],
    items?: ItemsMember,
    actionTables?: readonly string[],
  ) {
    this.operation = operation;
    this.body = body;
    this.tableName = tableName;
    this.shape = outputShapes[operation];
    this.items = items;
    this.decode = decode;
    this.actionTables = actionTables;
  }

  get key(): AttributeMap | undefined {
    // No others have one, and an item to be put is long.
    if (!keyed.has(this.operation)) return undefined;
    return (JSON.parse(this.body) as { readonly Key: AttributeMap }).Key;
  }
}

const keyed: ReadonlySet<string> = new Set<OperationName>(["GetItem", "DeleteItem", "UpdateItem"]);

/**
 * Encodes an operation on one table. What goes wrong while encoding is thrown with the operation and the table.
 *
 * @param encode - Gives the input, or its text.
 */
export function tableCall<Name extends OperationName, Result>(
  operation: Name,
  tableName: string,
  encode: () => Sparse<WireInput<Name>> | string,
  decode: Call<WireOutput<Name>, Result>["decode"],
  items?: ItemsMember,
): Call<WireOutput<Name>, Result> {
  checkTableName(tableName);
  const body = withRequest(operation, tableName, () => bodyOf(encode()));
  return new EncodedCall(operation, tableName, body, decode, items);
}

/** Encodes an operation that names no table, or several. */
export function plainCall<Name extends OperationName, Result>(
  operation: Name,
  input: Sparse<WireInput<Name>> | string,
  decode: Call<WireOutput<Name>, Result>["decode"],
  items?: ItemsMember,
  actionTables?: readonly string[],
): Call<WireOutput<Name>, Result> {
  return new EncodedCall(operation, undefined, bodyOf(input), decode, items, actionTables);
}

function bodyOf(input: object | string): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}

/** Writes members behind others that are text already, what the placeholders stand for as well, and closes the object. */
export function membersBehind<Input>(
  members: Sparse<Partial<Input>>,
  placeholders?: Placeholders,
): string {
  const attributes = placeholders === undefined ? "" : placeholders.attributesText();
  for (const name in members) {
    if (members[name] === undefined) continue;
    const text = JSON.stringify(members);
    return text === "{}" ? `${attributes}}` : `,${text.slice(1, -1)}${attributes}}`;
  }
  return `${attributes}}`;
}

// AWS, "Data types and naming rules in Amazon DynamoDB"; an ARN stands where a name does.
const tableNamePattern = /^(?:[\w.-]{3,255}|arn:[^\s]{1,1020})$/;

export function checkTableName(name: string): void {
  if (typeof name === "string" && tableNamePattern.test(name)) return;
  throw new InvalidInput(
    `${shown(name)} is no table name: a name has 3 to 255 letters, digits, "_", "-" and ".", or is an ARN`,
  );
}
