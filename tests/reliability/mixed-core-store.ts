import {
  type Client,
  type Condition,
  F,
  type Item,
  partitionKey,
  type TransactWriteAction,
} from "@fieldwise/core";
import type { Entry, EntryKey } from "./mixed-entry.ts";
import type { Changes, Guard, Store } from "./mixed-store.ts";

const consistentRead = true;

/** The operations through the core client. */
export function coreStore(client: Client, tableName: string): Store {
  const table = client.table(tableName);
  const read = (item: Item | undefined): Entry | undefined => item && fromItem(item);
  const patchActions = ({ version, text, label }: Changes) => [
    F("version").set(version),
    F("text").set(text),
    F("labels").add(new Set([label])),
  ];
  return {
    put: (entry, guard) => table.put(toItem(entry), { condition: coreCondition(guard) }),
    create: (entry) => table.put(toItem(entry), { condition: coreCondition("absent") }),
    upsert: ({ owner, slot, version, text, writtenAt, labels }) =>
      table.update({ owner, slot }, [
        F("version").set(version),
        F("text").set(text),
        F("writtenAt").set(writtenAt.toISOString()),
        labels.size === 0 ? F("labels").remove() : F("labels").set(labels),
      ]),
    patch: (key, changes) =>
      table.update({ ...key }, patchActions(changes), { condition: F("owner").exists() }),
    delete: (key, guard) => table.delete({ ...key }, { condition: coreCondition(guard) }),
    get: async (key) => read(await table.get({ ...key }, { consistentRead })),
    query: async (owner) => {
      const pages = table.query(partitionKey("owner").eq(owner), { consistentRead });
      return (await pages.toArray()).map(fromItem);
    },
    // Each segment in one page: dynoxide loses the rest of a segment where the last item of a page is deleted meanwhile.
    scan: async () => (await table.scan({ consistentRead, segments: 2 }).toArray()).map(fromItem),
    async batchGet(keys) {
      const asked = { keys: keys.map((key) => ({ ...key })), consistentRead };
      const { items, unprocessedKeys } = await table.batchGet(asked);
      return {
        items: items.map(read),
        unprocessedKeys: (unprocessedKeys ?? []) as unknown as EntryKey[],
      };
    },
    async batchWrite(writes) {
      const keyAttributes = ["owner", "slot"];
      const put = writes.put.map(toItem);
      const left = await table.batchWrite({
        put,
        delete: writes.delete.map((key) => ({ ...key })),
        keyAttributes,
      });
      return {
        put: left.put.map((item) => writes.put[put.indexOf(item as never)] as Entry),
        delete: left.delete as unknown as EntryKey[],
      };
    },
    transactWrite: (writes, clientRequestToken) =>
      client.transactWrite(
        writes.map((write): TransactWriteAction => {
          if ("put" in write) {
            const { put, guard } = write;
            return { put: tableName, item: toItem(put), condition: coreCondition(guard) };
          }
          if ("delete" in write) {
            const { delete: key, guard } = write;
            return { delete: tableName, key: { ...key }, condition: coreCondition(guard) };
          }
          const { patch, changes } = write;
          const condition = F("owner").exists();
          return {
            update: tableName,
            key: { ...patch },
            actions: patchActions(changes),
            condition,
          };
        }),
        { clientRequestToken },
      ),
    transactGet: async (keys) =>
      (await client.transactGet(keys.map((key) => ({ get: tableName, key: { ...key } })))).map(
        read,
      ),
  };
}

function coreCondition(guard: Guard | undefined): Condition | undefined {
  if (guard === undefined) return undefined;
  return guard === "absent" ? F("owner").notExists() : F("version").eq(guard.version);
}

function toItem({ writtenAt, labels, ...rest }: Entry) {
  const item = { ...rest, writtenAt: writtenAt.toISOString() };
  // DynamoDB has no empty sets.
  return labels.size === 0 ? item : { ...item, labels };
}

function fromItem(item: Item): Entry {
  const { labels = new Set(), writtenAt, ...rest } = item;
  return { ...rest, labels, writtenAt: new Date(writtenAt as string) } as Entry;
}
