import type { Client } from "@fieldwise/core";
import { setTimeout as delay } from "node:timers/promises";

/** An attribute of a key: its name, which then is a string, or its name and type. */
type KeyAttribute = string | { readonly name: string; readonly type: "S" | "N" | "B" };

/** The keys of a table or an index. */
interface KeyShape {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

/** The table that a test needs. */
export interface TableShape extends KeyShape {
  /** Global secondary indexes by name; each projects all attributes. */
  readonly globalIndexes?: Readonly<Record<string, KeyShape>>;
  /** Sort keys of local secondary indexes by the index's name; each projects all attributes. */
  readonly localIndexes?: Readonly<Record<string, KeyAttribute>>;
  /** More of CreateTable's input as it stands on the wire; it wins over what is made from the above. */
  readonly input?: Readonly<Record<string, unknown>>;
}

// Written against the wire, so that a fault in what is tested does not break every other test.
interface WireClient {
  send(operation: string, input: Record<string, unknown>): Promise<unknown>;
}

/** Makes a table, on demand, and waits until it is active. Resolves to its name. */
export async function createTable(
  client: Client,
  name: string,
  shape: TableShape,
): Promise<string> {
  const wire = client as unknown as WireClient;
  await wire.send("CreateTable", createTableInput(name, shape));
  for (let pause = 5; ; pause = Math.min(pause * 2, 1000)) {
    const description = await wire.send("DescribeTable", { TableName: name });
    const { Table: table } = description as { Table?: { TableStatus?: string } };
    if (table?.TableStatus === "ACTIVE") return name;
    await delay(pause);
  }
}

/** Deletes a table, if there is one of this name. */
export async function deleteTable(client: Client, name: string): Promise<void> {
  const wire = client as unknown as WireClient;
  try {
    await wire.send("DeleteTable", { TableName: name });
  } catch (error) {
    // A test of deletion, or one that failed before it made its table, leaves nothing to delete.
    if ((error as { wireName?: unknown }).wireName !== "ResourceNotFoundException") throw error;
  }
}

/** CreateTable's input on the wire. */
export function createTableInput(name: string, shape: TableShape): Record<string, unknown> {
  const definitions = new Map<string, string>();
  const keySchema = (keys: KeyShape) =>
    [
      { key: keys.partitionKey, KeyType: "HASH" },
      { key: keys.sortKey, KeyType: "RANGE" },
    ].flatMap(({ key, KeyType }) => {
      if (key === undefined) return [];
      const attribute = typeof key === "string" ? { name: key, type: "S" } : key;
      definitions.set(attribute.name, attribute.type);
      return [{ AttributeName: attribute.name, KeyType }];
    });
  const index = (IndexName: string, keys: KeyShape) => ({
    IndexName,
    KeySchema: keySchema(keys),
    Projection: { ProjectionType: "ALL" },
  });

  const { partitionKey, globalIndexes, localIndexes, input } = shape;
  const globals = Object.entries(globalIndexes ?? {}).map(([each, keys]) => index(each, keys));
  const locals = Object.entries(localIndexes ?? {}).map(([each, sortKey]) =>
    index(each, { partitionKey, sortKey }),
  );
  return {
    TableName: name,
    KeySchema: keySchema(shape),
    AttributeDefinitions: [...definitions].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    BillingMode: "PAY_PER_REQUEST",
    ...(globals.length > 0 && { GlobalSecondaryIndexes: globals }),
    ...(locals.length > 0 && { LocalSecondaryIndexes: locals }),
    ...input,
  };
}
