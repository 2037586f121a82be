import type { Entry, EntryKey } from "./mixed-entry.ts";
import type { Changes, Guard, TogetherWrite } from "./mixed-store.ts";
import type { ModelWrite } from "./model.ts";

// What the writes of the workload make of an item, for the model.

export function keyText({ owner, slot }: EntryKey): string {
  return `${owner}/${slot}`;
}

export function labelText(label: number): string {
  return `label ${label}`;
}

export const always = (): boolean => true;

export function putOf(entry: Entry, guard: Guard | undefined): ModelWrite<Entry> {
  return { key: keyText(entry), apply: () => entry, holds: guardHolds(guard) };
}

export function deleteOf(key: EntryKey, guard: Guard | undefined): ModelWrite<Entry> {
  return { key: keyText(key), apply: () => undefined, holds: guardHolds(guard) };
}

export function patchOf(key: EntryKey, { version, text, label }: Changes): ModelWrite<Entry> {
  return {
    key: keyText(key),
    apply: (state) =>
      state && { ...state, version, text, labels: new Set([...state.labels, label]) },
    holds: (state) => state !== undefined,
  };
}

export function modelWriteOf(write: TogetherWrite): ModelWrite<Entry> {
  if ("put" in write) return putOf(write.put, write.guard);
  if ("delete" in write) return deleteOf(write.delete, write.guard);
  return patchOf(write.patch, write.changes);
}

function guardHolds(guard: Guard | undefined): (state: Entry | undefined) => boolean {
  if (guard === undefined) return always;
  return guard === "absent"
    ? (state) => state === undefined
    : (state) => state?.version === guard.version;
}
