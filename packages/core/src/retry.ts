import { ConfigurationError } from "./errors/input-errors.ts";
import { monotonicTime } from "./monotonic-time.ts";

/**
 * How a failed request is sent again. Make one with a factory of the same name, or give an object of this shape.
 *
 * @example
 * new Client({ retry: RetryConfig.exponential({ base: 25, cap: 5_000, timeLimit: 30_000 }) });
 */
export interface RetryConfig {
  /**
   * Milliseconds, from the first sending, after which no retry begins. A wait that would end later is not begun: the request
   * fails at once, with the last error. An attempt under way is not cut off by it; the request timeout limits that. Nor does
   * it end a wait in line, where as many requests as `maxSockets` allows are on their way.
   */
  readonly timeLimit: number;
  /**
   * The waits, in milliseconds, before the second, the third … sending. Called once for each request that fails. Where they
   * end, no retry follows.
   */
  delays(): Iterable<number>;
}

/** What every factory takes. */
export interface RetryLimits {
  /** Milliseconds, from the first sending, after which no retry begins. One minute by default. */
  readonly timeLimit?: number | undefined;
  /** How often a request is sent at most, the first time included. No limit by default. */
  readonly maxAttempts?: number | undefined;
}

export interface StaticRetryOptions extends RetryLimits {
  /** Milliseconds between attempts. */
  readonly delay: number;
}

export interface BackoffOptions extends RetryLimits {
  /** Milliseconds: the first wait is at most this (exponential), or about this (decorrelated jitter). 50 by default. */
  readonly base?: number | undefined;
  /** Milliseconds: no wait is longer. 20 seconds by default. */
  readonly cap?: number | undefined;
}

interface RetryConfigFactories {
  /** The same wait before every retry. */
  static(options: StaticRetryOptions): RetryConfig;
  /**
   * Exponential backoff with full jitter: before retry n a random time between 0 and `base · 2ⁿ⁻¹`, at most `cap`. The default,
   * with a base of 50 ms and a time limit of one minute ("Error retries and exponential backoff" in the DynamoDB Developer
   * Guide; "Exponential Backoff And Jitter" in the AWS Architecture Blog).
   */
  exponential(options?: BackoffOptions): RetryConfig;
  /** A random time between `base` and three times the wait before, at most `cap` ("Exponential Backoff And Jitter"). */
  decorrelatedJitter(options?: BackoffOptions): RetryConfig;
  /** Every request is sent once. */
  readonly none: RetryConfig;
}

const defaultTimeLimit = 60_000;
const defaultBase = 50;
const defaultCap = 20_000;

/** Makes the configurations of retry. */
export const RetryConfig: RetryConfigFactories = {
  static({ delay, ...limits }) {
    checkMilliseconds("delay", delay);
    return configure(limits, function* () {
      for (;;) yield delay;
    });
  },
  exponential({ base = defaultBase, cap = defaultCap, ...limits } = {}) {
    checkBackoff(base, cap);
    return configure(limits, function* () {
      for (let ceiling = base; ; ceiling = Math.min(ceiling * 2, cap))
        yield Math.random() * ceiling;
    });
  },
  decorrelatedJitter({ base = defaultBase, cap = defaultCap, ...limits } = {}) {
    checkBackoff(base, cap);
    return configure(limits, function* () {
      for (let delay = base; ;) {
        delay = Math.min(cap, base + Math.random() * (delay * 3 - base));
        yield delay;
      }
    });
  },
  none: { timeLimit: 0, delays: () => [] },
};

/** Refuses a configuration that can't be followed. */
export function checkRetryConfig(config: RetryConfig, source: string): RetryConfig {
  if (typeof config !== "object" || config === null || typeof config.delays !== "function") {
    throw new ConfigurationError(
      `${source} must be made by RetryConfig, or have timeLimit and delays()`,
    );
  }
  checkMilliseconds(`${source}.timeLimit`, config.timeLimit, Infinity);
  return config;
}

/** Refuses what is no wait: compared with a time limit, what is no number would never reach it. */
export function checkDelay(delay: number, cause?: unknown): number {
  if (delay >= 0) return delay;
  throw new ConfigurationError(
    `delays() of the retry configuration gave ${String(delay)}`,
    cause === undefined ? undefined : { cause },
  );
}

/**
 * Begins to wait as a configuration says.
 *
 * @returns what gives the next wait, in milliseconds; `undefined` where no other is to follow within the time limit. It
 * throws a ConfigurationError where the configuration gives what is no wait.
 */
export function startWaits(config: RetryConfig): () => number | undefined {
  const began = monotonicTime();
  const delays = config.delays()[Symbol.iterator]();
  return () => {
    const next = delays.next();
    if (next.done === true) return undefined;
    const delay = checkDelay(next.value);
    return monotonicTime() - began + delay > config.timeLimit ? undefined : delay;
  };
}

function configure(
  { timeLimit = defaultTimeLimit, maxAttempts = Infinity }: RetryLimits,
  delays: () => Iterable<number>,
): RetryConfig {
  checkMilliseconds("timeLimit", timeLimit, Infinity);
  if (!(maxAttempts >= 1) || !(Number.isInteger(maxAttempts) || maxAttempts === Infinity)) {
    throw new ConfigurationError(
      `maxAttempts must be a whole number from 1, not ${String(maxAttempts)}`,
    );
  }
  if (maxAttempts === Infinity) return { timeLimit, delays };
  return {
    timeLimit,
    *delays() {
      let attempts = 1;
      for (const delay of delays()) {
        if (attempts++ >= maxAttempts) return;
        yield delay;
      }
    },
  };
}

function checkBackoff(base: number, cap: number): void {
  checkMilliseconds("base", base);
  checkMilliseconds("cap", cap);
  if (cap < base)
    throw new ConfigurationError(`cap (${cap} ms) must not be less than base (${base} ms)`);
}

function checkMilliseconds(
  name: string,
  value: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (typeof value === "number" && value >= 0 && value <= most) return;
  throw new ConfigurationError(`${name} must be milliseconds from 0, not ${String(value)}`);
}
