import { InvalidInput } from "./errors/input-errors.ts";
import type { Execute } from "./execute.ts";
import type { RequestOptions } from "./operations/options.ts";
import { checkCount } from "./operations/read-many.ts";
import type { TableDefinition } from "./operations/table-definition.ts";
import type { TableDescription } from "./operations/table-description.ts";
import {
  createTable as createTableCall,
  deleteTable as deleteTableCall,
  describeTable as describeTableCall,
  listTables as listTablesCall,
  type TableChanges,
  updateTable as updateTableCall,
} from "./operations/tables.ts";
import { listTagsOfResource, tagResource, type Tags, untagResource } from "./operations/tags.ts";
import {
  describeTimeToLive as describeTimeToLiveCall,
  type TimeToLiveDescription,
  updateTimeToLive,
} from "./operations/time-to-live.ts";
import {
  describeOptional,
  waitForActive,
  waitForDeleted,
  waitForTimeToLive,
  type WaitOptions,
} from "./waiters.ts";

// What the methods of `TableAdministration` do, which programs that only read and write items never load.

export async function tableExists(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<boolean> {
  return (await describeOptional(execute, tableName, options)) !== undefined;
}

export async function createTable(
  execute: Execute,
  tableName: string,
  definition: TableDefinition,
  options: WaitOptions,
): Promise<TableDescription> {
  const description = await execute(createTableCall(tableName, definition), options);
  return waits(options) ? waitForActive(execute, tableName, options) : description;
}

export async function updateTable(
  execute: Execute,
  tableName: string,
  changes: TableChanges,
  options: WaitOptions,
): Promise<TableDescription> {
  const description = await execute(updateTableCall(tableName, changes), options);
  return waits(options) ? waitForActive(execute, tableName, options) : description;
}

export function describeTable(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<TableDescription> {
  return execute(describeTableCall(tableName), options);
}

export async function deleteTable(
  execute: Execute,
  tableName: string,
  options: WaitOptions,
): Promise<void> {
  await execute(deleteTableCall(tableName), options);
  if (waits(options)) await waitForDeleted(execute, tableName, options);
}

export async function* listTables(
  execute: Execute,
  options: RequestOptions & { readonly pageSize?: number | undefined },
): AsyncGenerator<string, void> {
  checkCount("pageSize", options.pageSize);
  let start: string | undefined;
  do {
    const page = await execute(listTablesCall(start, options.pageSize), options);
    yield* page.names;
    start = page.lastName;
  } while (start !== undefined);
}

export async function enableTimeToLive(
  execute: Execute,
  tableName: string,
  attribute: string,
  options: WaitOptions,
): Promise<void> {
  await execute(updateTimeToLive(tableName, attribute, true), options);
  if (waits(options)) await waitForTimeToLive(execute, tableName, "ENABLED", options);
}

export async function disableTimeToLive(
  execute: Execute,
  tableName: string,
  attribute: string,
  options: WaitOptions,
): Promise<void> {
  await execute(updateTimeToLive(tableName, attribute, false), options);
  if (waits(options)) await waitForTimeToLive(execute, tableName, "DISABLED", options);
}

export function describeTimeToLive(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<TimeToLiveDescription> {
  return execute(describeTimeToLiveCall(tableName), options);
}

export async function tagTable(
  execute: Execute,
  tableName: string,
  tags: Tags,
  options: RequestOptions,
): Promise<void> {
  await execute(tagResource(await arnOf(execute, tableName, options), tags), options);
}

export async function untagTable(
  execute: Execute,
  tableName: string,
  keys: readonly string[],
  options: RequestOptions,
): Promise<void> {
  await execute(untagResource(await arnOf(execute, tableName, options), keys), options);
}

export async function listTags(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<Tags> {
  const arn = await arnOf(execute, tableName, options);
  let tags: Tags = {};
  let nextToken: string | undefined;
  do {
    const page = await execute(listTagsOfResource(arn, nextToken), options);
    tags = { ...tags, ...page.tags };
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return tags;
}

async function arnOf(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<string> {
  if (tableName.startsWith("arn:")) return tableName;
  const { arn } = await describeTable(execute, tableName, options);
  if (arn === undefined)
    throw new InvalidInput(`Table ${tableName} has no ARN at this endpoint, so it can't be tagged`);
  return arn;
}

function waits({ wait }: WaitOptions): boolean {
  return wait !== undefined && wait !== false;
}
