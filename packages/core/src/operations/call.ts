import type { AttributeMap } from "../attribute-value/types.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import { shown } from "../expressions/shown.ts";
import type { ItemsMember } from "../wire-text/read-output.ts";
import type { ItemReader } from "./item-reader.ts";
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
  readonly actionTables?: readonly string[];
  /** What `decode` counts on. */
  readonly shape?: OutputShape | undefined;
  /** @throws UnexpectedAnswer where the output has the right shape and can't be right. */
  /** The member of the output that holds items of the table. */
  readonly items?: ItemsMember | undefined;
  readonly decode: (output: Output, reader: ItemReader) => Result;
}

/** Encodes an operation on one table. What goes wrong while encoding is thrown with the operation and the table. */
export function tableCall<Name extends OperationName, Result>(
  operation: Name,
  tableName: string,
  encode: () => WireInput<Name> & { readonly Key?: AttributeMap },
  decode: Call<WireOutput<Name>, Result>["decode"],
  items?: ItemsMember,
): Call<WireOutput<Name>, Result> {
  checkTableName(tableName);
  return withRequest(operation, tableName, () => {
    const input = encode();
    return {
      operation,
      body: JSON.stringify(input),
      tableName,
      key: input.Key,
      shape: outputShapes[operation],
      items,
      decode,
    };
  });
}

/** Encodes an operation that names no table, or several. */
export function plainCall<Name extends OperationName, Result>(
  operation: Name,
  input: WireInput<Name>,
  decode: Call<WireOutput<Name>, Result>["decode"],
): Call<WireOutput<Name>, Result> {
  return {
    operation,
    body: JSON.stringify(input),
    tableName: undefined,
    key: undefined,
    shape: outputShapes[operation],
    decode,
  };
}

// AWS, "Data types and naming rules in Amazon DynamoDB"; an ARN stands where a name does.
const tableNamePattern = /^(?:[\w.-]{3,255}|arn:[^\s]{1,1020})$/;

export function checkTableName(name: string): void {
  if (typeof name === "string" && tableNamePattern.test(name)) return;
  throw new InvalidInput(
    `${shown(name)} is no table name: a name has 3 to 255 letters, digits, "_", "-" and ".", or is an ARN`,
  );
}
