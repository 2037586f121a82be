import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sleep } from "./sleep.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a sleep", () => {
  test("lasts as long as it should", async () => {
    let over = false;
    const slept = sleep(50).then(() => (over = true));
    await vi.advanceTimersByTimeAsync(49);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await slept;
    expect(over).toBe(true);
  });

  test("is ended by the signal at once, with its reason, and leaves no timer", async () => {
    const controller = new AbortController();
    const slept = sleep(50, controller.signal);
    controller.abort("enough");
    await expect(slept).rejects.toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not begin after the signal", async () => {
    await expect(sleep(50, AbortSignal.abort("enough"))).rejects.toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("holds no listener afterwards", async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, "removeEventListener");
    const slept = sleep(50, signal);
    await vi.advanceTimersByTimeAsync(50);
    await slept;
    expect(remove).toHaveBeenCalledOnce();
  });

  test("of months is not over at once", async () => {
    const over = vi.fn<() => void>();
    void sleep(Number.MAX_SAFE_INTEGER).then(over);
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(over).not.toHaveBeenCalled();
  });
});
