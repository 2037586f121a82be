import { ConditionalCheckFailed } from "./conditional-check-failed.ts";
import { DynamoDBError, type ErrorResponse } from "./dynamodb-error.ts";
import type { RequestContext } from "./request-error.ts";
import * as service from "./service-errors.ts";
import { TransactionCanceled } from "./transaction-canceled.ts";

/**
 * What a retry needs first. `throttling` and `transient`: a wait. `credentials`: fresh credentials. `clock`: the
 * server's time, if it is off by minutes.
 */
export type RetryReason = "throttling" | "transient" | "credentials" | "clock";

type ErrorClass = (new (response: ErrorResponse, context: RequestContext) => DynamoDBError) & {
  readonly prototype: DynamoDBError;
};

/** Every error that DynamoDB documents whose name on the wire is its class's and `Exception`. */
const exceptions: readonly ErrorClass[] = [
  ConditionalCheckFailed,
  TransactionCanceled,
  service.TransactionConflict,
  service.TransactionInProgress,
  service.IdempotentParameterMismatch,
  service.DuplicateItem,
  service.ItemCollectionSizeLimitExceeded,
  service.ReplicatedWriteConflict,
  service.ResourceNotFound,
  service.ResourceInUse,
  service.TableNotFound,
  service.TableInUse,
  service.TableAlreadyExists,
  service.IndexNotFound,
  service.LimitExceeded,
  service.ProvisionedThroughputExceeded,
  service.ServiceUnavailable,
  service.ExpiredToken,
  service.UnrecognizedClient,
  service.InvalidSignature,
  service.IncompleteSignature,
  service.MissingAuthenticationToken,
  service.AccessDenied,
  service.UnknownOperation,
  service.InvalidEndpoint,
  service.PolicyNotFound,
  service.BackupInUse,
  service.BackupNotFound,
  service.ContinuousBackupsUnavailable,
  service.PointInTimeRecoveryUnavailable,
  service.InvalidRestoreTime,
  service.GlobalTableAlreadyExists,
  service.GlobalTableNotFound,
  service.ReplicaAlreadyExists,
  service.ReplicaNotFound,
  service.ExportConflict,
  service.InvalidExportTime,
  service.ExportNotFound,
  service.ImportConflict,
  service.ImportNotFound,
];

/** By the name on the wire: those, the others that DynamoDB documents, and DynamoDB Local's `DuplicateItem`. */
const errorClasses: ReadonlyMap<string, ErrorClass> = new Map([
  ...exceptions.map((errorClass) => [`${errorClass.prototype.name}Exception`, errorClass] as const),
  ["ValidationException", service.ValidationError],
  ["SerializationException", service.SerializationError],
  ["RequestLimitExceeded", service.RequestLimitExceeded],
  ["ThrottlingException", service.ThrottlingError],
  ["InternalServerError", service.InternalServerError],
  ["DuplicateItem", service.DuplicateItem],
  ["AccessDenied", service.AccessDenied],
  ["Throttling", service.ThrottlingError],
  ["ServiceUnavailable", service.ServiceUnavailable],
  ["InternalFailure", service.InternalServerError],
  ["ExpiredToken", service.ExpiredToken],
  ["RequestExpired", service.InvalidSignature],
  ["MissingAuthenticationToken", service.MissingAuthenticationToken],
]);

const retryReasons: ReadonlyMap<ErrorClass, RetryReason> = new Map<ErrorClass, RetryReason>([
  [service.TransactionConflict, "transient"],
  [service.TransactionInProgress, "transient"],
  [service.ReplicatedWriteConflict, "transient"],
  [service.ProvisionedThroughputExceeded, "throttling"],
  [service.RequestLimitExceeded, "throttling"],
  [service.ThrottlingError, "throttling"],
  // AWS, "Error handling with DynamoDB": too many table operations run at once, for as long as they take.
  [service.LimitExceeded, "throttling"],
  [service.InternalServerError, "transient"],
  [service.ServiceUnavailable, "transient"],
  [service.ExpiredToken, "credentials"],
  [service.InvalidSignature, "clock"],
]);

/** What the wire says of an error, before it is one. */
export interface ErrorAnswer {
  readonly statusCode: number;
  readonly wireName: string;
  readonly message: string;
  readonly body: unknown;
}

/** Why the request may be sent again, or `undefined` where it must not. */
export function retryReason({
  wireName,
  statusCode,
  body,
}: Pick<ErrorAnswer, "wireName" | "statusCode" | "body">): RetryReason | undefined {
  if (wireName === "TransactionCanceledException") return cancellationRetryReason(body);
  const errorClass = errorClasses.get(wireName);
  if (errorClass !== undefined) return retryReasons.get(errorClass);
  if (statusCode === 429) return "throttling";
  // 408: the request came too slowly, or not at all on a connection that lay idle, and was not carried out.
  return statusCode >= 500 || statusCode === 408 ? "transient" : undefined;
}

/** The codes of "TransactionCanceledException" in the API Reference that may be gone on the next try. */
const passingReasons: ReadonlyMap<unknown, RetryReason> = new Map<unknown, RetryReason>([
  ["ProvisionedThroughputExceeded", "throttling"],
  ["RequestLimitExceeded", "throttling"],
  ["ThrottlingError", "throttling"],
  ["TransactionConflict", "transient"],
]);

/** A cancelled transaction may be sent again where every action that failed did so for a reason that passes. */
function cancellationRetryReason(body: unknown): RetryReason | undefined {
  const reasons = (body as { readonly CancellationReasons?: unknown } | null)?.CancellationReasons;
  if (!Array.isArray(reasons)) return undefined;
  let result: RetryReason | undefined;
  for (const reason of reasons as readonly ({ readonly Code?: unknown } | null)[]) {
    const code = reason?.Code ?? "None";
    if (code === "None") continue;
    const retry = passingReasons.get(code);
    if (retry === undefined) return undefined;
    if (result !== "throttling") result = retry;
  }
  return result;
}

/** Makes the error of an answer, which may be sent again where there is a reason to. */
export function toDynamoDBError(
  answer: ErrorAnswer,
  decodeItem: ErrorResponse["decodeItem"],
  context: RequestContext,
  retry: RetryReason | undefined,
): DynamoDBError {
  const errorClass = errorClasses.get(answer.wireName) ?? DynamoDBError;
  return new errorClass({ ...answer, retryable: retry !== undefined, decodeItem }, context);
}
