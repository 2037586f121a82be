import type { HealthMonitor, RequestHandler } from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HttpRequest } from "@smithy/types";
import { setTimeout as delay } from "node:timers/promises";

/** Operations that were begun in one part of a test, and what became of them. */
export interface LoadCounts {
  begun: number;
  succeeded: number;
  failed: number;
}

/**
 * A steady load: so many operations a second from so many workers, each of which does one after the other, and lets a turn
 * go by where its operation takes longer. It goes on until it is stopped.
 */
export class SteadyLoad {
  #counts: LoadCounts = newCounts();
  readonly #run: (worker: number, turn: number) => Promise<unknown>;
  readonly #workers: readonly Promise<void>[];
  #stopped = false;

  constructor(
    { workers, perSecond }: { readonly workers: number; readonly perSecond: number },
    run: (worker: number, turn: number) => Promise<unknown>,
  ) {
    this.#run = run;
    const pause = (1000 * workers) / perSecond;
    this.#workers = Array.from({ length: workers }, async (_, worker) => {
      await delay((pause * worker) / workers);
      for (let turn = 0; !this.#stopped; turn++) {
        await Promise.all([this.#operate(worker, turn), delay(pause)]);
      }
    });
  }

  /** Begins a part of the test: returns its counts, which go on while its operations do. */
  count(): LoadCounts {
    this.#counts = newCounts();
    return this.#counts;
  }

  /** Resolves when the last operation has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #operate(worker: number, turn: number): Promise<void> {
    const counts = this.#counts;
    counts.begun++;
    try {
      await this.#run(worker, turn);
      counts.succeeded++;
    } catch {
      counts.failed++;
    }
  }
}

function newCounts(): LoadCounts {
  return { begun: 0, succeeded: 0, failed: 0 };
}

/** Counts the requests that are sent. */
export class CountingHandler implements RequestHandler {
  sent = 0;
  readonly #inner = new NodeHttpHandler({ socketTimeout: 0 });

  handle(
    request: HttpRequest,
    { abortSignal }: { abortSignal?: AbortSignal } = {},
  ): ReturnType<RequestHandler["handle"]> {
    this.sent++;
    return this.#inner.handle(request as never, abortSignal === undefined ? {} : { abortSignal });
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

/** A turn of a health monitor, with the attempts that had failed and succeeded since the turn before, this one included. */
export interface Turn {
  readonly healthy: boolean;
  readonly failures: number;
  readonly successes: number;
}

/** Keeps the turns of the monitor that it stands before. */
export class TurnRecorder implements HealthMonitor {
  readonly turns: Turn[] = [];
  readonly #monitor: HealthMonitor;
  #failures = 0;
  #successes = 0;

  constructor(monitor: HealthMonitor) {
    this.#monitor = monitor;
  }

  get healthy(): boolean {
    return this.#monitor.healthy;
  }

  /** Begins a part of the test: attempts are counted anew, and the turns until now are forgotten. */
  restart(): void {
    this.turns.length = 0;
    this.#failures = 0;
    this.#successes = 0;
  }

  onSuccess(): void {
    this.#successes++;
    this.#watch(() => this.#monitor.onSuccess());
  }

  onError(error: unknown): void {
    this.#failures++;
    this.#watch(() => this.#monitor.onError(error));
  }

  #watch(report: () => void): void {
    const before = this.#monitor.healthy;
    report();
    const { healthy } = this.#monitor;
    if (healthy === before) return;
    this.turns.push({ healthy, failures: this.#failures, successes: this.#successes });
  }
}
