import { DynamoDBError } from "./dynamodb-error.ts";

// One class for each error that carries nothing but its name; those that carry more have a file of their own.

/** `TransactionConflictException`: another request or transaction is working on the same item. */
export class TransactionConflict extends DynamoDBError {
  static {
    this.prototype.name = "TransactionConflict";
  }
}

/** `TransactionInProgressException`: a transaction with the same client request token is still running. */
export class TransactionInProgress extends DynamoDBError {
  static {
    this.prototype.name = "TransactionInProgress";
  }
}

/** `IdempotentParameterMismatchException`: a client request token was used again, with another transaction, within ten minutes. */
export class IdempotentParameterMismatch extends DynamoDBError {
  static {
    this.prototype.name = "IdempotentParameterMismatch";
  }
}

/** `DuplicateItemException`: A PartiQL INSERT found an item with the same primary key. */
export class DuplicateItem extends DynamoDBError {
  static {
    this.prototype.name = "DuplicateItem";
  }
}

/** `ItemCollectionSizeLimitExceededException`: an item collection of a table with a local secondary index would grow over 10 GB. */
export class ItemCollectionSizeLimitExceeded extends DynamoDBError {
  static {
    this.prototype.name = "ItemCollectionSizeLimitExceeded";
  }
}

/** `ReplicatedWriteConflictException`: another Region is writing the same item of a global table with strong consistency. */
export class ReplicatedWriteConflict extends DynamoDBError {
  static {
    this.prototype.name = "ReplicatedWriteConflict";
  }
}

/** `ValidationException`: DynamoDB refuses the request as it is written: a wrong key, expression, type or size. */
export class ValidationError extends DynamoDBError {
  static {
    this.prototype.name = "ValidationError";
  }
}

/** `SerializationException`: DynamoDB can't read the request's JSON: a member has the wrong type. */
export class SerializationError extends DynamoDBError {
  static {
    this.prototype.name = "SerializationError";
  }
}

/** `ResourceNotFoundException`: the table or index does not exist, or the table is not active yet. */
export class ResourceNotFound extends DynamoDBError {
  static {
    this.prototype.name = "ResourceNotFound";
  }
}

/** `ResourceInUseException`: the table exists already, or is being created, updated or deleted. */
export class ResourceInUse extends DynamoDBError {
  static {
    this.prototype.name = "ResourceInUse";
  }
}

/** `TableNotFoundException`: the source table of a backup or restore does not exist. */
export class TableNotFound extends DynamoDBError {
  static {
    this.prototype.name = "TableNotFound";
  }
}

/** `TableInUseException`: the target table of a restore is being created or deleted. */
export class TableInUse extends DynamoDBError {
  static {
    this.prototype.name = "TableInUse";
  }
}

/** `TableAlreadyExistsException`: the target table of a restore exists already. */
export class TableAlreadyExists extends DynamoDBError {
  static {
    this.prototype.name = "TableAlreadyExists";
  }
}

/** `IndexNotFoundException`: the index does not exist. */
export class IndexNotFound extends DynamoDBError {
  static {
    this.prototype.name = "IndexNotFound";
  }
}

/** `LimitExceededException`: too many table operations run at once, or an account quota is reached. */
export class LimitExceeded extends DynamoDBError {
  static {
    this.prototype.name = "LimitExceeded";
  }
}

/** `ProvisionedThroughputExceededException`: the table's or index's provisioned capacity is used up for now. */
export class ProvisionedThroughputExceeded extends DynamoDBError {
  static {
    this.prototype.name = "ProvisionedThroughputExceeded";
  }
}

/** `RequestLimitExceeded`: the account's throughput quota is used up for now. */
export class RequestLimitExceeded extends DynamoDBError {
  static {
    this.prototype.name = "RequestLimitExceeded";
  }
}

/** `ThrottlingException`: DynamoDB throttles the request. */
export class ThrottlingError extends DynamoDBError {
  static {
    this.prototype.name = "ThrottlingError";
  }
}

/** `InternalServerError`: DynamoDB failed inside. A write may have happened all the same. */
export class InternalServerError extends DynamoDBError {
  static {
    this.prototype.name = "InternalServerError";
  }
}

/** `ServiceUnavailableException`: DynamoDB is unavailable for now. */
export class ServiceUnavailable extends DynamoDBError {
  static {
    this.prototype.name = "ServiceUnavailable";
  }
}

/** `ExpiredTokenException`: the session token of the credentials has expired. */
export class ExpiredToken extends DynamoDBError {
  static {
    this.prototype.name = "ExpiredToken";
  }
}

/** `UnrecognizedClientException`: the access key id or the session token is not valid. */
export class UnrecognizedClient extends DynamoDBError {
  static {
    this.prototype.name = "UnrecognizedClient";
  }
}

/** `InvalidSignatureException`: the signature does not match: a wrong secret access key, or a clock that is off. */
export class InvalidSignature extends DynamoDBError {
  static {
    this.prototype.name = "InvalidSignature";
  }
}

/** `IncompleteSignatureException`: the authorization header is not complete. */
export class IncompleteSignature extends DynamoDBError {
  static {
    this.prototype.name = "IncompleteSignature";
  }
}

/** `MissingAuthenticationTokenException`: the request carries no signature. */
export class MissingAuthenticationToken extends DynamoDBError {
  static {
    this.prototype.name = "MissingAuthenticationToken";
  }
}

/** `AccessDeniedException`: the credentials do not allow the operation. */
export class AccessDenied extends DynamoDBError {
  static {
    this.prototype.name = "AccessDenied";
  }
}

/** `UnknownOperationException`: the endpoint does not know the operation. */
export class UnknownOperation extends DynamoDBError {
  static {
    this.prototype.name = "UnknownOperation";
  }
}

/** `InvalidEndpointException`: the endpoint is not the one to use. */
export class InvalidEndpoint extends DynamoDBError {
  static {
    this.prototype.name = "InvalidEndpoint";
  }
}

/** `PolicyNotFoundException`: the resource has no resource-based policy. */
export class PolicyNotFound extends DynamoDBError {
  static {
    this.prototype.name = "PolicyNotFound";
  }
}

/** `BackupInUseException`: the backup is being created, deleted or restored. */
export class BackupInUse extends DynamoDBError {
  static {
    this.prototype.name = "BackupInUse";
  }
}

/** `BackupNotFoundException`: the backup does not exist. */
export class BackupNotFound extends DynamoDBError {
  static {
    this.prototype.name = "BackupNotFound";
  }
}

/** `ContinuousBackupsUnavailableException`: backups are not enabled for the table yet. */
export class ContinuousBackupsUnavailable extends DynamoDBError {
  static {
    this.prototype.name = "ContinuousBackupsUnavailable";
  }
}

/** `PointInTimeRecoveryUnavailableException`: point-in-time recovery is not enabled for the table. */
export class PointInTimeRecoveryUnavailable extends DynamoDBError {
  static {
    this.prototype.name = "PointInTimeRecoveryUnavailable";
  }
}

/** `InvalidRestoreTimeException`: the restore time lies outside the window of recovery. */
export class InvalidRestoreTime extends DynamoDBError {
  static {
    this.prototype.name = "InvalidRestoreTime";
  }
}

/** `GlobalTableAlreadyExistsException`: the global table exists already. */
export class GlobalTableAlreadyExists extends DynamoDBError {
  static {
    this.prototype.name = "GlobalTableAlreadyExists";
  }
}

/** `GlobalTableNotFoundException`: the global table does not exist. */
export class GlobalTableNotFound extends DynamoDBError {
  static {
    this.prototype.name = "GlobalTableNotFound";
  }
}

/** `ReplicaAlreadyExistsException`: the replica exists already. */
export class ReplicaAlreadyExists extends DynamoDBError {
  static {
    this.prototype.name = "ReplicaAlreadyExists";
  }
}

/** `ReplicaNotFoundException`: the replica does not exist. */
export class ReplicaNotFound extends DynamoDBError {
  static {
    this.prototype.name = "ReplicaNotFound";
  }
}

/** `ExportConflictException`: the export is in conflict with something else that writes to its S3 bucket. */
export class ExportConflict extends DynamoDBError {
  static {
    this.prototype.name = "ExportConflict";
  }
}

/** `InvalidExportTimeException`: the export time lies outside the window of recovery. */
export class InvalidExportTime extends DynamoDBError {
  static {
    this.prototype.name = "InvalidExportTime";
  }
}

/** `ImportConflictException`: the import is in conflict with an earlier one, such as one with the same client token. */
export class ImportConflict extends DynamoDBError {
  static {
    this.prototype.name = "ImportConflict";
  }
}

/** `ExportNotFoundException`: the export does not exist. */
export class ExportNotFound extends DynamoDBError {
  static {
    this.prototype.name = "ExportNotFound";
  }
}

/** `ImportNotFoundException`: the import does not exist. */
export class ImportNotFound extends DynamoDBError {
  static {
    this.prototype.name = "ImportNotFound";
  }
}
