import { randomUUID } from "node:crypto";
import { type Entry, type EntryKey, entryText } from "./mixed-entry.ts";
import type { Changes, Guard, Store, TogetherWrite } from "./mixed-store.ts";
import { Model, type ModelWrite } from "./model.ts";
import { endOf, type Tally, unexplained } from "./workload-ends.ts";
import type { Choices } from "./workload-random.ts";
import {
  always,
  deleteOf,
  keyText,
  labelText,
  modelWriteOf,
  patchOf,
  putOf,
} from "./workload-writes.ts";

/** How often an operation that must succeed for the work to go on is begun anew. */
const mostTries = 50;

export interface WorkerOptions {
  /** The partition that this worker alone writes. */
  readonly owner: string;
  readonly slots: number;
  readonly store: Store;
  readonly choices: Choices;
  readonly tally: Tally;
}

/** Does one operation after the other on items of its own, and keeps account of what each of them can be. */
export class Worker {
  readonly owner: string;
  readonly model: Model<Entry> = new Model(entryText);
  readonly #slots: number;
  readonly #store: Store;
  readonly #choices: Choices;
  readonly #tally: Tally;
  readonly #kinds: readonly (readonly [weight: number, kind: string, run: Step])[];
  #version = 0;

  constructor({ owner, slots, store, choices, tally }: WorkerOptions) {
    this.owner = owner;
    this.#slots = slots;
    this.#store = store;
    this.#choices = choices;
    this.#tally = tally;
    this.#kinds = [
      [14, "put", () => this.#put(undefined)],
      [7, "conditional put", (key) => this.#put(this.#guard(key))],
      [6, "create", () => this.#create()],
      [9, "update: set all", () => this.#upsert()],
      [13, "update: set and add", (key) => this.#patch(key)],
      [6, "delete", (key) => this.#delete(key, undefined)],
      [3, "conditional delete", (key) => this.#delete(key, this.#guard(key))],
      [16, "get", (key) => this.#get(key)],
      [6, "query", () => this.#readAll("query", this.#store.query(this.owner))],
      [1, "scan", () => this.#readAll("scan", this.#store.scan())],
      [6, "batchGet", () => this.#batchGet()],
      [4, "batchWrite", () => this.#batchWrite()],
      [5, "transactWrite", () => this.#transactWrite()],
      [4, "transactGet", () => this.#transactGet()],
    ];
  }

  /** One operation, by chance. */
  async step(): Promise<void> {
    const total = this.#kinds.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.#choices.below(total);
    for (const [weight, kind, run] of this.#kinds) {
      left -= weight;
      if (left >= 0) continue;
      try {
        await run(this.#key());
        this.#tally.count(kind, "done");
      } catch (error) {
        this.#tally.failed(kind, error);
      }
      return;
    }
  }

  /** Every key that this worker may have written. */
  get entryKeys(): readonly EntryKey[] {
    return Array.from({ length: this.#slots }, (_, slot) => ({ owner: this.owner, slot }));
  }

  #put(guard: Guard | undefined): Promise<void> {
    const entry = this.#newEntry();
    return this.#write(putOf(entry, guard), this.#store.put(entry, guard));
  }

  #create(): Promise<void> {
    const entry = this.#newEntry();
    return this.#write(putOf(entry, "absent"), this.#store.create(entry));
  }

  #upsert(): Promise<void> {
    const entry = this.#newEntry();
    return this.#write(putOf(entry, undefined), this.#store.upsert(entry));
  }

  #patch(key: EntryKey): Promise<void> {
    const changes = this.#newChanges();
    return this.#write(patchOf(key, changes), this.#store.patch(key, changes));
  }

  #delete(key: EntryKey, guard: Guard | undefined): Promise<void> {
    return this.#write(deleteOf(key, guard), this.#store.delete(key, guard));
  }

  async #write(write: ModelWrite<Entry>, sent: Promise<unknown>): Promise<void> {
    try {
      await sent;
    } catch (error) {
      const { end, repeated } = endOf(error) ?? unexplained;
      this.model.wrote(write, end, repeated);
      throw error;
    }
    // What was answered may have been carried out before, and so be done twice: that is why it must be idempotent.
    this.model.wrote(write, "done", false);
  }

  async #get(key: EntryKey): Promise<void> {
    this.model.read(keyText(key), await this.#store.get(key), "get");
  }

  async #readAll(by: string, reading: Promise<readonly Entry[]>): Promise<void> {
    const found = await reading;
    const own = new Map<string, Entry>();
    for (const entry of found) {
      if (entry.owner !== this.owner) continue;
      const text = keyText(entry);
      if (own.has(text)) this.#tally.violations.push(`${by} gave ${text} twice`);
      own.set(text, entry);
    }
    for (const key of this.entryKeys) this.model.read(keyText(key), own.get(keyText(key)), by);
  }

  async #batchGet(): Promise<void> {
    const keys = this.#keys(2 + this.#choices.below(6));
    // One is asked for twice.
    const asked = [...keys, keys[0] as EntryKey];
    const { items, unprocessedKeys } = await this.#store.batchGet(asked);
    const left = new Set(unprocessedKeys.map(keyText));
    asked.forEach((key, place) => {
      if (!left.has(keyText(key))) this.model.read(keyText(key), items[place], "batchGet");
    });
  }

  async #batchWrite(): Promise<void> {
    const keys = this.#keys(2 + this.#choices.below(6));
    const deleted = keys.slice(0, this.#choices.below(3));
    const put = keys.slice(deleted.length).map((key) => this.#newEntry(key));
    const writes = [
      ...put.map((entry) => putOf(entry, undefined)),
      ...deleted.map((key) => deleteOf(key, undefined)),
    ];
    const takeNote = (left: readonly EntryKey[]): void => {
      const open = new Set(left.map(keyText));
      for (const write of writes) {
        this.model.wrote(write, open.has(write.key) ? "unknown" : "done", true);
      }
    };
    try {
      const left = await this.#store.batchWrite({ put, delete: deleted });
      takeNote([...left.put, ...left.delete]);
    } catch (error) {
      // A batch this small is one request: where it failed, nothing of it is known to be done.
      takeNote(keys);
      throw error;
    }
  }

  async #transactGet(): Promise<void> {
    const keys = this.#keys(2 + this.#choices.below(3));
    const found = await this.#store.transactGet(keys);
    keys.forEach((key, place) => this.model.read(keyText(key), found[place], "transactGet"));
  }

  async #transactWrite(): Promise<void> {
    const keys = this.#keys(2 + this.#choices.below(3));
    const together = keys.map((key): TogetherWrite => {
      const chance = this.#choices.next();
      if (chance < 0.5) {
        return { put: this.#newEntry(key), guard: chance < 0.2 ? this.#likely(key) : undefined };
      }
      if (chance < 0.8 && this.model.possible(keyText(key))[0] !== undefined) {
        return { patch: key, changes: this.#newChanges() };
      }
      return { delete: key, guard: chance < 0.9 ? undefined : this.#likely(key) };
    });
    const writes = together.map(modelWriteOf);
    const byToken = this.#choices.next() < 0.5 ? randomUUID() : undefined;
    let unanswered = false;
    for (let tries = 1; ; tries++) {
      try {
        await this.#store.transactWrite(together, byToken);
        return this.model.wroteTogether(writes, "done", false);
      } catch (error) {
        const { end, repeated } = endOf(error) ?? unexplained;
        unanswered ||= end === "unknown";
        // With the same token it may be sent again as it is, whatever became of it.
        if (end !== "refused" && byToken !== undefined && tries < mostTries) continue;
        if (end !== "refused" && unanswered) await this.#settle(keys, writes);
        else this.model.wroteTogether(writes, end, repeated);
        throw error;
      }
    }
  }

  /** Reads whether a transaction was carried out: all of it or nothing. */
  async #settle(keys: readonly EntryKey[], writes: readonly ModelWrite<Entry>[]): Promise<void> {
    const before = writes.map(({ key }) => this.model.possible(key).map(entryText));
    const after = writes.map(({ key, apply, holds }) =>
      this.model
        .possible(key)
        .filter(holds ?? always)
        .map(apply)
        .map(entryText),
    );
    this.model.wroteTogether(writes, "unknown", true);
    for (let tries = 1; tries < mostTries; tries++) {
      let found: readonly (Entry | undefined)[];
      try {
        found = await this.#store.transactGet(keys);
      } catch (error) {
        if (endOf(error) === undefined) throw error;
        continue;
      }
      const texts = found.map(entryText);
      const all = texts.every((text, place) => after[place]?.includes(text));
      const none = texts.every((text, place) => before[place]?.includes(text));
      if (!all && !none) {
        this.#tally.violations.push(`a transaction was carried out in part: ${texts.join(", ")}`);
      }
      keys.forEach((key, place) => this.model.read(keyText(key), found[place], "transactGet"));
      return;
    }
  }

  #key(): EntryKey {
    return { owner: this.owner, slot: this.#choices.below(this.#slots) };
  }

  #keys(amount: number): EntryKey[] {
    const slots = this.#choices.several(amount, this.#slots);
    return slots.map((slot) => ({ owner: this.owner, slot }));
  }

  /** A condition that holds more often than not. */
  #guard(key: EntryKey): Guard {
    return this.#choices.next() < 0.75 ? this.#likely(key) : { version: -1 };
  }

  #likely(key: EntryKey): Guard {
    const [known] = this.model.possible(keyText(key));
    return known === undefined ? "absent" : { version: known.version };
  }

  #newEntry(key: EntryKey = this.#key()): Entry {
    const version = ++this.#version;
    const { owner, slot } = key;
    const labels = new Set(this.#choices.several(this.#choices.below(3), 5).map(labelText));
    const text = `${owner}, ${version}. ${"x".repeat(this.#choices.below(200))}`;
    const writtenAt = new Date(1_790_000_000_000 + version);
    return { owner, slot, version, text, writtenAt, labels };
  }

  #newChanges(): Changes {
    const version = ++this.#version;
    return { version, text: `patched ${version}`, label: labelText(this.#choices.below(5)) };
  }
}

type Step = (key: EntryKey) => Promise<void>;
