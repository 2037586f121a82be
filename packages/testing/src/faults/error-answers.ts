import type { OperationName } from "@fieldwise/core";
import type { SentRequest } from "../recording/sent-request.ts";
import { answerOf, type WholeAnswer } from "../recording/answers.ts";
import type { ThrottlingFault } from "./plan.ts";

interface ErrorText {
  readonly type: string;
  readonly message: string;
  readonly statusCode?: number;
}

const dynamodb = "com.amazonaws.dynamodb.v20120810";
const service = "com.amazon.coral.service";
const availability = "com.amazon.coral.availability";

const throttlingTexts: Readonly<Record<NonNullable<ThrottlingFault["errorName"]>, ErrorText>> = {
  ThrottlingException: {
    type: `${availability}#ThrottlingException`,
    message: "Rate of requests exceeds the allowed throughput.",
  },
  ProvisionedThroughputExceededException: {
    type: `${dynamodb}#ProvisionedThroughputExceededException`,
    message:
      "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  },
  RequestLimitExceeded: {
    type: `${dynamodb}#RequestLimitExceeded`,
    message:
      "Throughput exceeds the current throughput limit for your account. Please contact AWS Support to request a limit increase.",
  },
};

/** The errors that say nothing of the request. */
export type PlainError = "internalServerError" | "serviceUnavailable" | "expiredToken";

const otherTexts: Readonly<Record<PlainError, ErrorText>> = {
  internalServerError: {
    type: `${dynamodb}#InternalServerError`,
    message: "The request processing has failed because of an unknown error, exception or failure.",
    statusCode: 500,
  },
  serviceUnavailable: {
    type: `${service}#ServiceUnavailableException`,
    message: "The service is currently unavailable or busy.",
    statusCode: 503,
  },
  expiredToken: {
    type: `${service}#ExpiredTokenException`,
    message: "The security token included in the request is expired",
  },
};

/** DynamoDB's answer with one of its errors. */
export function errorAnswer(name: PlainError, date: Date): WholeAnswer {
  return refuse(otherTexts[name], date);
}

/** DynamoDB's answer to a request that it throttles. */
export function throttlingAnswer({ errorName }: ThrottlingFault, date: Date): WholeAnswer {
  return refuse(throttlingTexts[errorName ?? "ThrottlingException"], date);
}

/** DynamoDB's answer to a request whose signature it does not take. */
export function signatureAnswer(message: string, date: Date): WholeAnswer {
  return refuse({ type: `${service}#InvalidSignatureException`, message }, date);
}

/** The operations that can meet another transaction, and how many actions one of its requests has; `undefined` for one write. */
const conflicting: ReadonlyMap<string, string | undefined> = new Map([
  ["PutItem", undefined],
  ["UpdateItem", undefined],
  ["DeleteItem", undefined],
  ["TransactWriteItems", "TransactItems"],
  ["TransactGetItems", "TransactItems"],
  ["ExecuteTransaction", "TransactStatements"],
] satisfies [OperationName, string | undefined][]);

/** The operations that can meet another transaction. */
export const conflictOperations: ReadonlySet<string> = new Set(conflicting.keys());

/** DynamoDB's answer to a request for an item that a transaction is under way on; of a transaction, that is its first. */
export function conflictAnswer({ operation, input }: SentRequest, date: Date): WholeAnswer {
  const member = conflicting.get(operation);
  const message = "Transaction is ongoing for the item";
  if (member === undefined)
    return refuse({ type: `${dynamodb}#TransactionConflictException`, message }, date);
  const actions = input[member];
  const reasons = Array.from({ length: Array.isArray(actions) ? actions.length : 1 }, (_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: message } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return answerOf(
    {
      __type: `${dynamodb}#TransactionCanceledException`,
      // This one error has its message in upper case.
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      CancellationReasons: reasons,
    },
    400,
    date,
  );
}

function refuse({ type, message, statusCode = 400 }: ErrorText, date: Date): WholeAnswer {
  return answerOf({ __type: type, message }, statusCode, date);
}
