import type { CounterKind, CounterTally } from "./workload-counters.ts";
import type { KindTally } from "./workload-ends.ts";

/** What the program of the mixed workload is told, as JSON in its first argument. */
export interface MixedTask {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly operations: number;
  readonly seed: number;
}

/** What it prints, as JSON in one line, as the last thing it does. */
export interface MixedReport {
  /** What was seen that can't be, had every promise been kept. */
  readonly violations: readonly string[];
  /** Unhandled rejections and warnings of the process. */
  readonly incidents: readonly string[];
  readonly kinds: Readonly<Record<string, KindTally>>;
  readonly requests: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly items: number;
  readonly counters: Readonly<Record<CounterKind, CounterTally & { readonly count: number }>>;
  /** Bytes on the heap, after garbage collection, with a quarter, a half … of the operations done. */
  readonly heap: readonly number[];
  /** What keeps the process alive after the clients are destroyed, beside its output. */
  readonly resources: readonly string[];
  readonly milliseconds: number;
}
