import type { AttributeMap, Item } from "../attribute-value/types.ts";
import { DynamoDBError, type ErrorResponse } from "./dynamodb-error.ts";
import type { RequestContext } from "./request-error.ts";

/** Why one action of a transaction made it fail; `code` is `"None"` for the actions that did not. */
export interface CancellationReason {
  /** DynamoDB's code: `None`, `ConditionalCheckFailed`, `TransactionConflict`, `ValidationError`, `ThrottlingError` … */
  readonly code: string;
  readonly message: string | undefined;
  /** The item as it stands in the table, where the action asked for it. */
  readonly item: Item | undefined;
}

/** `TransactionCanceledException`: the transaction was not carried out, no part of it. */
export class TransactionCanceled extends DynamoDBError {
  static {
    this.prototype.name = "TransactionCanceled";
  }

  /** One reason for each action, in the order of the actions. */
  readonly reasons: readonly CancellationReason[];

  constructor(response: ErrorResponse, context: RequestContext) {
    super(response, context);
    const reasons = (response.body as { readonly CancellationReasons?: unknown } | null)
      ?.CancellationReasons;
    this.reasons = (Array.isArray(reasons) ? reasons : []).map(
      (reason: unknown, action: number) => {
        const { Code: code, Message: message, Item: item } = members(reason);
        return {
          code: typeof code === "string" ? code : "None",
          message: typeof message === "string" ? message : undefined,
          item: item == null ? undefined : response.decodeItem(item as AttributeMap, action),
        };
      },
    );
  }
}

// What came over the wire may be anything.
function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
