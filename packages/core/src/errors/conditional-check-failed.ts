import type { AttributeMap, Item } from "../attribute-value/types.ts";
import { DynamoDBError, type ErrorResponse } from "./dynamodb-error.ts";
import type { RequestContext } from "./request-error.ts";

/**
 * `ConditionalCheckFailedException`: the condition of a write did not hold, and the attempt that this answers wrote nothing.
 * Where `attempts` is above 1, one before it may have been carried out and its answer lost: then the write itself is what the
 * condition met. The item as it stands tells.
 */
export class ConditionalCheckFailed extends DynamoDBError {
  static {
    this.prototype.name = "ConditionalCheckFailed";
  }

  /** The item as it stands in the table, where the write asked for it by `returnValuesOnConditionCheckFailure: "ALL_OLD"`. */
  readonly item: Item | undefined;

  constructor(response: ErrorResponse, context: RequestContext) {
    super(response, context);
    const item = (response.body as { readonly Item?: AttributeMap | null } | null)?.Item;
    this.item = item == null ? undefined : response.decodeItem(item);
  }
}
