import { describe, expect, test } from "vitest";
import { ConditionalCheckFailed } from "./conditional-check-failed.ts";
import { DynamoDBError } from "./dynamodb-error.ts";
import * as service from "./service-errors.ts";
import { TransactionCanceled } from "./transaction-canceled.ts";
import { type RetryReason, retryReason, toDynamoDBError } from "./wire-names.ts";

const context = { operation: "PutItem", attempts: 1 };
const answer = (wireName: string, statusCode = 400, body: unknown = {}) => ({
  wireName,
  statusCode,
  body,
  message: "m",
});
const make = (wireName: string, statusCode?: number, body?: unknown) =>
  toDynamoDBError(answer(wireName, statusCode, body), () => ({}), context, undefined);

type Row = [name: string, errorClass: typeof DynamoDBError, retry?: RetryReason];
const rows: Row[] = [
  ["ConditionalCheckFailedException", ConditionalCheckFailed],
  ["TransactionCanceledException", TransactionCanceled],
  ["TransactionConflictException", service.TransactionConflict, "transient"],
  ["TransactionInProgressException", service.TransactionInProgress, "transient"],
  ["IdempotentParameterMismatchException", service.IdempotentParameterMismatch],
  ["DuplicateItemException", service.DuplicateItem],
  ["DuplicateItem", service.DuplicateItem],
  ["ItemCollectionSizeLimitExceededException", service.ItemCollectionSizeLimitExceeded],
  ["ReplicatedWriteConflictException", service.ReplicatedWriteConflict, "transient"],
  ["ValidationException", service.ValidationError],
  ["SerializationException", service.SerializationError],
  ["ResourceNotFoundException", service.ResourceNotFound],
  ["ResourceInUseException", service.ResourceInUse],
  ["TableNotFoundException", service.TableNotFound],
  ["TableInUseException", service.TableInUse],
  ["TableAlreadyExistsException", service.TableAlreadyExists],
  ["IndexNotFoundException", service.IndexNotFound],
  ["LimitExceededException", service.LimitExceeded, "throttling"],
  ["ProvisionedThroughputExceededException", service.ProvisionedThroughputExceeded, "throttling"],
  ["RequestLimitExceeded", service.RequestLimitExceeded, "throttling"],
  ["ThrottlingException", service.ThrottlingError, "throttling"],
  ["Throttling", service.ThrottlingError, "throttling"],
  ["InternalServerError", service.InternalServerError, "transient"],
  ["InternalFailure", service.InternalServerError, "transient"],
  ["ServiceUnavailableException", service.ServiceUnavailable, "transient"],
  ["ServiceUnavailable", service.ServiceUnavailable, "transient"],
  ["ExpiredTokenException", service.ExpiredToken, "credentials"],
  ["ExpiredToken", service.ExpiredToken, "credentials"],
  ["UnrecognizedClientException", service.UnrecognizedClient],
  ["InvalidSignatureException", service.InvalidSignature, "clock"],
  ["RequestExpired", service.InvalidSignature, "clock"],
  ["IncompleteSignatureException", service.IncompleteSignature],
  ["MissingAuthenticationTokenException", service.MissingAuthenticationToken],
  ["MissingAuthenticationToken", service.MissingAuthenticationToken],
  ["AccessDeniedException", service.AccessDenied],
  ["AccessDenied", service.AccessDenied],
  ["UnknownOperationException", service.UnknownOperation],
  ["InvalidEndpointException", service.InvalidEndpoint],
  ["PolicyNotFoundException", service.PolicyNotFound],
  ["BackupInUseException", service.BackupInUse],
  ["BackupNotFoundException", service.BackupNotFound],
  ["ContinuousBackupsUnavailableException", service.ContinuousBackupsUnavailable],
  ["PointInTimeRecoveryUnavailableException", service.PointInTimeRecoveryUnavailable],
  ["InvalidRestoreTimeException", service.InvalidRestoreTime],
  ["GlobalTableAlreadyExistsException", service.GlobalTableAlreadyExists],
  ["GlobalTableNotFoundException", service.GlobalTableNotFound],
  ["ReplicaAlreadyExistsException", service.ReplicaAlreadyExists],
  ["ReplicaNotFoundException", service.ReplicaNotFound],
  ["ExportConflictException", service.ExportConflict],
  ["InvalidExportTimeException", service.InvalidExportTime],
  ["ExportNotFoundException", service.ExportNotFound],
  ["ImportConflictException", service.ImportConflict],
  ["ImportNotFoundException", service.ImportNotFound],
];

describe("the table of wire names", () => {
  test.each(rows)("%s", (wireName, errorClass, retry) => {
    const error = make(wireName);
    expect(error.constructor).toBe(errorClass);
    expect(error).toMatchObject({ wireName, name: errorClass.name, statusCode: 400 });
    expect(retryReason(answer(wireName))).toBe(retry);
  });

  test("every class of error is reached by a name", () => {
    expect(new Set(rows.map(([, errorClass]) => errorClass))).toEqual(
      new Set([...Object.values(service), ConditionalCheckFailed, TransactionCanceled]),
    );
  });

  test.each([
    ["BrandNewException", 400, undefined],
    ["BrandNewException", 503, "transient"],
    ["BrandNewException", 429, "throttling"],
    ["HTTP 502", 502, "transient"],
    ["constructor", 400, undefined],
    ["__proto__", 400, undefined],
  ] as const)(
    "an unknown error, %s with %i, keeps its name, status and body",
    (wireName, statusCode, retry) => {
      const body = { anything: [1] };
      const error = make(wireName, statusCode, body);
      expect(error.constructor).toBe(DynamoDBError);
      expect(error).toMatchObject({ name: "DynamoDBError", wireName, statusCode, body });
      expect(retryReason(answer(wireName, statusCode))).toBe(retry);
    },
  );

  test("an error is retryable where there is a reason for it", () => {
    const throttled = answer("ThrottlingException");
    expect(toDynamoDBError(throttled, () => ({}), context, "throttling").retryable).toBe(true);
    expect(toDynamoDBError(throttled, () => ({}), context, undefined).retryable).toBe(false);
  });

  test("without a message the name says it", () => {
    const error = toDynamoDBError(
      { ...answer("ThrottlingException"), message: "" },
      () => ({}),
      context,
      undefined,
    );
    expect(error.message).toBe("ThrottlingException (PutItem)");
  });
});

describe("a cancelled transaction is sent again only where all its failures pass", () => {
  const canceled = (...codes: unknown[]) =>
    retryReason(
      answer("TransactionCanceledException", 400, {
        CancellationReasons: codes.map((Code) => (Code === null ? null : { Code })),
      }),
    );
  test.each<[unknown[], RetryReason | undefined]>([
    [["None", "TransactionConflict"], "transient"],
    [["TransactionConflict", "ThrottlingError", "TransactionConflict"], "throttling"],
    [["ProvisionedThroughputExceeded"], "throttling"],
    [["RequestLimitExceeded", null, undefined], "throttling"],
    [["ConditionalCheckFailed", "TransactionConflict"], undefined],
    [["ThrottlingError", "ValidationError"], undefined],
    [["None", "None"], undefined],
    [[], undefined],
    [[5], undefined],
  ])("%j", (codes, expected) => {
    expect(canceled(...codes)).toBe(expected);
  });

  test.each([[null], ["text"], [{ CancellationReasons: 5 }], [{}]])("body %j", (body) => {
    expect(retryReason(answer("TransactionCanceledException", 400, body))).toBeUndefined();
  });
});
