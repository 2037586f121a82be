export { LocalDynamoDBError } from "./dynamodb/local-dynamodb-error.ts";
export {
  type LocalDynamoDB,
  type StartDynamoDBOptions,
  startDynamoDB,
} from "./dynamodb/start-dynamodb.ts";
