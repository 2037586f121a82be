/**
 * What applications export of the client alone: see exported.ts. The manifest in this folder names no dependencies, or the
 * compiler could name whatever the tests have installed.
 */
import { Client, Credentials, RetryConfig, type WireInput } from "@fieldwise/core";

export const credentials = Credentials.auto();
export const chain = Credentials.chain(Credentials.environment(), Credentials.container());
export const retry = RetryConfig.exponential({ timeLimit: 5_000 });
export const client = new Client({ credentials, retry });
export const table = client.table("orders");
export const scan = table.scan();
export const describe = () => table.describe();
export const readCapacity = async () => (await table.scan().page()).consumedCapacity;
export const TableName = "orders";

export const batchExecuteStatement = () =>
  client.send("BatchExecuteStatement", { Statements: [{ Statement: "SELECT * FROM orders" }] });
export const batchGetItem = () => client.send("BatchGetItem", { RequestItems: {} });
export const batchWriteItem = () => client.send("BatchWriteItem", { RequestItems: {} });
export const createTable = (input: WireInput<"CreateTable">) => client.send("CreateTable", input);
export const describeTable = async () => (await client.send("DescribeTable", { TableName })).Table;
export const describeTimeToLive = async () =>
  (await client.send("DescribeTimeToLive", { TableName })).TimeToLiveDescription;
export const executeStatement = () =>
  client.send("ExecuteStatement", { Statement: "SELECT * FROM orders" });
export const executeTransaction = () =>
  client.send("ExecuteTransaction", { TransactStatements: [] });
export const getItem = (id: string) =>
  client.send("GetItem", { TableName, Key: { id: { S: id } } });
export const listTagsOfResource = async (ResourceArn: string) =>
  (await client.send("ListTagsOfResource", { ResourceArn })).Tags;
export const putItem = () => client.send("PutItem", { TableName, Item: {} });
export const scanItems = () => client.send("Scan", { TableName });
export const transactGetItems = () => client.send("TransactGetItems", { TransactItems: [] });
export const transactWriteItems = () => client.send("TransactWriteItems", { TransactItems: [] });
export const updateTimeToLive = async (input: WireInput<"UpdateTimeToLive">) =>
  client.send("UpdateTimeToLive", input);
