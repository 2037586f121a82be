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

interface ServiceError {
  readonly errorClass: new (response: ErrorResponse, context: RequestContext) => DynamoDBError;
  readonly retry?: RetryReason;
}

/** Every error that DynamoDB documents, by its name on the wire. */
const serviceErrors: ReadonlyMap<string, ServiceError> = new Map<string, ServiceError>([
  ["ConditionalCheckFailedException", { errorClass: ConditionalCheckFailed }],
  ["TransactionCanceledException", { errorClass: TransactionCanceled }],
  ["TransactionConflictException", { errorClass: service.TransactionConflict, retry: "transient" }],
  [
    "TransactionInProgressException",
    { errorClass: service.TransactionInProgress, retry: "transient" },
  ],
  ["IdempotentParameterMismatchException", { errorClass: service.IdempotentParameterMismatch }],
  ["DuplicateItemException", { errorClass: service.DuplicateItem }],
  [
    "ItemCollectionSizeLimitExceededException",
    { errorClass: service.ItemCollectionSizeLimitExceeded },
  ],
  [
    "ReplicatedWriteConflictException",
    { errorClass: service.ReplicatedWriteConflict, retry: "transient" },
  ],
  ["ValidationException", { errorClass: service.ValidationError }],
  ["SerializationException", { errorClass: service.SerializationError }],
  ["ResourceNotFoundException", { errorClass: service.ResourceNotFound }],
  ["ResourceInUseException", { errorClass: service.ResourceInUse }],
  ["TableNotFoundException", { errorClass: service.TableNotFound }],
  ["TableInUseException", { errorClass: service.TableInUse }],
  ["TableAlreadyExistsException", { errorClass: service.TableAlreadyExists }],
  ["IndexNotFoundException", { errorClass: service.IndexNotFound }],
  ["LimitExceededException", { errorClass: service.LimitExceeded }],
  [
    "ProvisionedThroughputExceededException",
    { errorClass: service.ProvisionedThroughputExceeded, retry: "throttling" },
  ],
  ["RequestLimitExceeded", { errorClass: service.RequestLimitExceeded, retry: "throttling" }],
  ["ThrottlingException", { errorClass: service.ThrottlingError, retry: "throttling" }],
  ["InternalServerError", { errorClass: service.InternalServerError, retry: "transient" }],
  ["ServiceUnavailableException", { errorClass: service.ServiceUnavailable, retry: "transient" }],
  ["ExpiredTokenException", { errorClass: service.ExpiredToken, retry: "credentials" }],
  ["UnrecognizedClientException", { errorClass: service.UnrecognizedClient }],
  ["InvalidSignatureException", { errorClass: service.InvalidSignature, retry: "clock" }],
  ["IncompleteSignatureException", { errorClass: service.IncompleteSignature }],
  ["MissingAuthenticationTokenException", { errorClass: service.MissingAuthenticationToken }],
  ["AccessDeniedException", { errorClass: service.AccessDenied }],
  ["UnknownOperationException", { errorClass: service.UnknownOperation }],
  ["InvalidEndpointException", { errorClass: service.InvalidEndpoint }],
  ["PolicyNotFoundException", { errorClass: service.PolicyNotFound }],
  ["BackupInUseException", { errorClass: service.BackupInUse }],
  ["BackupNotFoundException", { errorClass: service.BackupNotFound }],
  ["ContinuousBackupsUnavailableException", { errorClass: service.ContinuousBackupsUnavailable }],
  [
    "PointInTimeRecoveryUnavailableException",
    { errorClass: service.PointInTimeRecoveryUnavailable },
  ],
  ["InvalidRestoreTimeException", { errorClass: service.InvalidRestoreTime }],
  ["GlobalTableAlreadyExistsException", { errorClass: service.GlobalTableAlreadyExists }],
  ["GlobalTableNotFoundException", { errorClass: service.GlobalTableNotFound }],
  ["ReplicaAlreadyExistsException", { errorClass: service.ReplicaAlreadyExists }],
  ["ReplicaNotFoundException", { errorClass: service.ReplicaNotFound }],
  ["ExportNotFoundException", { errorClass: service.ExportNotFound }],
  ["ImportNotFoundException", { errorClass: service.ImportNotFound }],
  // DynamoDB Local's name of it.
  ["DuplicateItem", { errorClass: service.DuplicateItem }],
  ["AccessDenied", { errorClass: service.AccessDenied }],
  ["Throttling", { errorClass: service.ThrottlingError, retry: "throttling" }],
  ["ServiceUnavailable", { errorClass: service.ServiceUnavailable, retry: "transient" }],
  ["InternalFailure", { errorClass: service.InternalServerError, retry: "transient" }],
  ["ExpiredToken", { errorClass: service.ExpiredToken, retry: "credentials" }],
  ["RequestExpired", { errorClass: service.InvalidSignature, retry: "clock" }],
  ["MissingAuthenticationToken", { errorClass: service.MissingAuthenticationToken }],
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
  const known = serviceErrors.get(wireName);
  if (known !== undefined) return known.retry;
  if (statusCode === 429) return "throttling";
  return statusCode >= 500 ? "transient" : undefined;
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
  const errorClass = serviceErrors.get(answer.wireName)?.errorClass ?? DynamoDBError;
  return new errorClass({ ...answer, retryable: retry !== undefined, decodeItem }, context);
}
