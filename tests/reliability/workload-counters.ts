import { type Client, F } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { randomUUID } from "node:crypto";
import { countersTable } from "./mixed-entry.ts";
import { endOf, type Tally } from "./workload-ends.ts";

/** How an increment is made safe against being sent again. */
export type CounterKind = "unconditional" | "token" | "version";
export const counterKinds: readonly CounterKind[] = ["unconditional", "token", "version"];

/** Begun increments of one kind, and how they ended. */
export interface CounterTally {
  done: number;
  failed: number;
}

/** Counters that every worker increments; what they stand at in the end tells how often each increment was carried out. */
export class SharedCounters {
  readonly tallies: Readonly<Record<CounterKind, CounterTally>> = {
    unconditional: { done: 0, failed: 0 },
    token: { done: 0, failed: 0 },
    version: { done: 0, failed: 0 },
  };
  readonly #tableName: string;
  readonly #tally: Tally;
  readonly #turns: Map<string, number> = new Map();

  constructor(tableName: string, tally: Tally) {
    this.#tableName = tableName;
    this.#tally = tally;
  }

  /** Makes the counters, each at 0. */
  async create(client: Client): Promise<void> {
    const { counters } = connect(client, { counters: countersTable(this.#tableName) });
    for (const id of counterKinds) await counters.put({ id, count: 0, version: 0, seen: {} });
  }

  /** Reads where the counters stand. */
  async read(client: Client): Promise<Record<CounterKind, number>> {
    const { counters } = connect(client, { counters: countersTable(this.#tableName) });
    const counts = await Promise.all(
      counterKinds.map(async (id) => [
        id,
        (await counters.getOrThrow({ id }, { consistentRead: true })).count,
      ]),
    );
    return Object.fromEntries(counts) as Record<CounterKind, number>;
  }

  async increment(kind: CounterKind, client: Client, worker: string): Promise<void> {
    try {
      if (kind === "unconditional") await this.#unconditionally(client);
      else if (kind === "token") await this.#byToken(client);
      else await this.#byVersion(client, worker);
      this.tallies[kind].done++;
      this.#tally.count(`increment: ${kind}`, "done");
    } catch (error) {
      this.tallies[kind].failed++;
      this.#tally.failed(`increment: ${kind}`, error);
    }
  }

  async #unconditionally(client: Client): Promise<void> {
    await client.update(this.#tableName, { id: "unconditional" }, F("count").increment(1));
  }

  /** As one transaction, with its token sent again until it is answered. */
  async #byToken(client: Client): Promise<void> {
    const db = connect(client, { counters: countersTable(this.#tableName) });
    const { F: path } = countersTable(this.#tableName);
    const clientRequestToken = randomUUID();
    await untilAnswered(() =>
      db.transactWrite(
        ({ counters }) => [counters.update({ id: "token" }, path("count").increment(1))],
        { clientRequestToken },
      ),
    );
  }

  /** On the condition that nobody was quicker, with a note of whose turn it was. */
  async #byVersion(client: Client, worker: string): Promise<void> {
    const Counters = countersTable(this.#tableName);
    const { counters } = connect(client, { counters: Counters });
    const { F: path } = Counters;
    const key = { id: "version" };
    const turn = (this.#turns.get(worker) ?? 0) + 1;
    this.#turns.set(worker, turn);
    for (;;) {
      const { version, seen } = await untilAnswered(() =>
        counters.getOrThrow(key, { consistentRead: true }),
      );
      if (seen[worker] === turn) return;
      try {
        await counters.update(
          key,
          [
            path("count").increment(1),
            path("version").set(version + 1),
            path("seen", worker).set(turn),
          ],
          { condition: path("version").eq(version) },
        );
        return;
      } catch (error) {
        // Refused or unanswered: only the item tells whether it was carried out.
        if (endOf(error) === undefined) throw error;
      }
    }
  }
}

/** Begins an operation anew until it is answered. Whoever calls this knows that it can be repeated. */
async function untilAnswered<Result>(run: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const end = endOf(error)?.end;
      if (end === undefined || end === "refused") throw error;
    }
  }
}
