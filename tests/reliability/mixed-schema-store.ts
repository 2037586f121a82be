import type { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { type Entry, entriesTable } from "./mixed-entry.ts";
import type { Changes, Guard, Store } from "./mixed-store.ts";

const consistentRead = true;
const pageSize = 200;

/** The operations through the schema package. */
export function schemaStore(client: Client, tableName: string): Store {
  const Entries = entriesTable(tableName);
  const { F } = Entries;
  const db = connect(client, { entries: Entries });
  const { entries } = db;
  const condition = (guard: Guard | undefined) => {
    if (guard === undefined) return {};
    const absent = F("owner").notExists();
    return { condition: guard === "absent" ? absent : F("version").eq(guard.version) };
  };
  const input = (entry: Entry) => ({ ...entry, labels: new Set(entry.labels) });
  const patchActions = ({ version, text, label }: Changes) => [
    F("version").set(version),
    F("text").set(text),
    F("labels").add(new Set([label])),
  ];
  return {
    put: (entry, guard) => entries.put(input(entry), condition(guard)),
    create: (entry) => entries.create(input(entry)),
    upsert: (entry) => entries.upsert(input(entry)),
    patch: (key, changes) =>
      entries.update(key, patchActions(changes), { condition: F("owner").exists() }),
    delete: (key, guard) => entries.delete(key, condition(guard)),
    get: (key) => entries.get(key, { consistentRead }),
    query: (owner) => entries.query({ owner }, { consistentRead }).toArray(),
    scan: () => entries.scan({ consistentRead, pageSize }).toArray(),
    batchGet: (keys) => entries.batchGet(keys, { consistentRead }),
    async batchWrite(writes) {
      const put = writes.put.map(input);
      const left = await entries.batchWrite({ put, delete: writes.delete });
      return {
        put: left.put.map((item) => writes.put[put.indexOf(item as never)] as Entry),
        delete: left.delete,
      };
    },
    transactWrite: (writes, clientRequestToken) =>
      db.transactWrite(
        ({ entries: tx }) =>
          writes.map((write) => {
            if ("put" in write) return tx.put(input(write.put), condition(write.guard));
            if ("delete" in write) return tx.delete(write.delete, condition(write.guard));
            return tx.update(write.patch, patchActions(write.changes), {
              condition: F("owner").exists(),
            });
          }),
        { clientRequestToken },
      ),
    transactGet: (keys) => db.transactGet(({ entries: tx }) => keys.map((key) => tx.get(key))),
  };
}
