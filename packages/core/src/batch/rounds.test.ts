import { describe, expect, test } from "vitest";
import { RetryConfig } from "../retry.ts";
import { sleep } from "../sleep.ts";
import { recognized, sendInRounds } from "./rounds.ts";

const atOnce = RetryConfig.static({ delay: 0 });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const singly = (entries: readonly number[]) => entries.map((entry) => [entry]);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("concurrency", () => {
  test.each([
    [undefined, 4],
    [1, 1],
    [7, 7],
    [100, 20],
  ])("%s: %i requests at once, and no more", async (concurrency, most) => {
    let running = 0;
    let peak = 0;
    await sendInRounds(numbers(20), { concurrency }, singly, async () => {
      peak = Math.max(peak, ++running);
      await turn();
      running--;
      return [];
    });
    expect(peak).toBe(most);
    expect(running).toBe(0);
  });

  test("the next request begins as soon as one ends", async () => {
    const waiting: (() => void)[] = [];
    let sent = 0;
    const ending = sendInRounds(numbers(3), { concurrency: 2 }, singly, async () => {
      sent++;
      await new Promise<void>((resolve) => waiting.push(resolve));
      return [];
    });
    await turn();
    expect(sent).toBe(2);
    waiting[1]?.();
    await turn();
    expect(sent).toBe(3);
    for (const release of waiting) release();
    expect(await ending).toEqual({ left: [], failure: undefined });
  });
});

describe("rounds", () => {
  test("what is left is sent again, cut anew, until nothing is", async () => {
    const rounds: number[][] = [];
    const ending = await sendInRounds(
      numbers(9),
      { unprocessedRetry: atOnce },
      (entries) => {
        rounds.push([...entries]);
        return [entries];
      },
      async (entries) => entries.slice(0, -4),
    );
    expect(rounds.map((round) => round.length)).toEqual([9, 5, 1]);
    expect(ending).toEqual({ left: [], failure: undefined });
  });

  test("have the time limit for what is left, however long the first one took", async () => {
    const rounds: number[] = [];
    const ending = await sendInRounds(
      numbers(3),
      { unprocessedRetry: RetryConfig.static({ delay: 0, timeLimit: 30 }) },
      (entries) => [entries],
      async (entries) => {
        rounds.push(entries.length);
        if (rounds.length === 1) await sleep(40);
        return rounds.length === 1 ? entries.slice(1) : [];
      },
    );
    expect(rounds).toEqual([3, 2]);
    expect(ending).toEqual({ left: [], failure: undefined });
  });

  test("end with what is left when the delays do", async () => {
    let sent = 0;
    const ending = await sendInRounds(
      numbers(3),
      { unprocessedRetry: RetryConfig.static({ delay: 0, maxAttempts: 3 }) },
      (entries) => [entries],
      async (entries) => {
        sent++;
        return entries;
      },
    );
    expect(sent).toBe(3);
    expect(ending).toEqual({ left: numbers(3), failure: undefined });
  });

  test("nothing to send is nothing sent", async () => {
    const ending = await sendInRounds([], {}, singly, () => expect.unreachable());
    expect(ending).toEqual({ left: [], failure: undefined });
  });
});

describe("failure", () => {
  const refused = new Error("refused");

  test("where nothing was done it is thrown", async () => {
    const attempt = sendInRounds(numbers(3), {}, singly, () => Promise.reject(refused));
    await expect(attempt).rejects.toBe(refused);
  });

  test("of the first of very many entries is thrown, or comes with all that are left", async () => {
    const entries = numbers(300_000);
    const attempt = sendInRounds(entries, {}, singly, () => Promise.reject(refused));
    await expect(attempt).rejects.toBe(refused);
    const ending = await sendInRounds(entries, { concurrency: 1 }, singly, async ([entry]) => {
      if (entry === 1) throw refused;
      return [];
    });
    expect(ending.failure).toBe(refused);
    expect(ending.left).toHaveLength(299_999);
  });

  test("begins no further request, and waits for those under way", async () => {
    const sent: number[] = [];
    const ending = await sendInRounds(numbers(9), { concurrency: 3 }, singly, async ([entry]) => {
      sent.push(entry as number);
      if (entry === 1) throw refused;
      await turn();
      return [];
    });
    expect(sent).toEqual([0, 1, 2]);
    expect(ending.failure).toBe(refused);
    expect(new Set(ending.left)).toEqual(new Set([1, 3, 4, 5, 6, 7, 8]));
    expect(ending.left).toHaveLength(7);
  });

  test("in a later round it comes with what is left of that round", async () => {
    let round = 0;
    const ending = await sendInRounds(
      numbers(4),
      { unprocessedRetry: atOnce },
      (entries) => [entries],
      async () => {
        if (++round === 2) throw refused;
        return [2, 3];
      },
    );
    expect(ending).toEqual({ left: [2, 3], failure: refused });
  });

  test("two failures give the first, and lose no entry", async () => {
    const second = new Error("second");
    const ending = await sendInRounds(numbers(3), { concurrency: 3 }, singly, async ([entry]) => {
      if (entry === 0) return [];
      if (entry === 1) throw refused;
      await turn();
      throw second;
    });
    expect(ending.failure).toBe(refused);
    expect(new Set(ending.left)).toEqual(new Set([1, 2]));
    expect(ending.left).toHaveLength(2);
  });
});

describe("abort", () => {
  const reason = new Error("enough");

  test("between rounds it ends the wait", async () => {
    const controller = new AbortController();
    const attempt = sendInRounds(
      numbers(2),
      { signal: controller.signal, unprocessedRetry: RetryConfig.static({ delay: 50_000 }) },
      singly,
      async (entries) => entries,
    );
    setImmediate(() => controller.abort(reason));
    await expect(attempt).rejects.toBe(reason);
  });

  test("during a request its reason is thrown, even after others were answered", async () => {
    const controller = new AbortController();
    const attempt = sendInRounds(
      numbers(5),
      { signal: controller.signal, concurrency: 1 },
      singly,
      async ([entry]) => {
        if (entry !== 2) return [];
        controller.abort(reason);
        throw new Error("the request was torn down");
      },
    );
    await expect(attempt).rejects.toBe(reason);
  });
});

test("an answer that names an entry which was not sent has all of the request sent again", () => {
  expect(recognized(["b", undefined], ["a", "b"])).toEqual(["a", "b"]);
  expect(recognized(["b"], ["a", "b"])).toEqual(["b"]);
  expect(recognized([], ["a", "b"])).toEqual([]);
});
