import { FieldwiseError } from "@fieldwise/core";

/** The local DynamoDB is not there: no server program was found, it did not start, or the endpoint named does not answer. */
export class LocalDynamoDBError extends FieldwiseError {
  static {
    this.prototype.name = "LocalDynamoDBError";
  }
}
