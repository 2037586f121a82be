// A local DynamoDB
export { LocalDynamoDBError } from "./dynamodb/local-dynamodb-error.ts";
export {
  type LocalDynamoDB,
  type StartDynamoDBOptions,
  startDynamoDB,
} from "./dynamodb/start-dynamodb.ts";

// A database for each test
export {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "./database/test-database.ts";
export { seed, type Seeded, type SeedOptions, type SeedPlan } from "./database/seed.ts";
export { TestDatabaseError } from "./database/test-database-error.ts";

// Faults
export { type FaultyHandler, type InjectedFault, withFaults } from "./faults/with-faults.ts";
export type {
  ClockSkewFault,
  DamageFault,
  DuplicatedFault,
  ExpiredTokenFault,
  Fault,
  FaultName,
  FaultPlan,
  FaultSelection,
  ResetFault,
  ServerErrorFault,
  SlowFault,
  ThrottlingFault,
  TimeoutFault,
  TransactionConflictFault,
  UnprocessedFault,
} from "./faults/plan.ts";

// Fixtures
export { type FixtureOptions, fixtures, type Fixtures } from "./fixtures/fixtures.ts";
export type { FixtureContext, FixtureOverrides } from "./fixtures/overrides.ts";

// Properties
export { arbitrary, arbitraryKey, type ArbitraryOptions } from "./arbitrary/arbitrary.ts";
export { arbitraryCondition, type ConditionOptions } from "./arbitrary/condition.ts";
export { arbitraryUpdate, type UpdateOptions } from "./arbitrary/update.ts";
export { FixtureError } from "./arbitrary/fixture-error.ts";

// What was sent
export {
  type RecordingHandler,
  type RecordingOptions,
  recordRequests,
} from "./recording/record-requests.ts";
export { RecordedRequest } from "./recording/recorded-request.ts";
export { explain, Explained } from "./recording/explain.ts";
export type { SmithyHandler } from "./recording/passing-handler.ts";
