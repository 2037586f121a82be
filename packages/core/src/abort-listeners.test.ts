import { getEventListeners } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { offAbort, onAbort } from "./abort-listeners.ts";

test("a signal that many wait for has one listener, and none afterwards", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, "addEventListener");
  const called: number[] = [];
  const callbacks = Array.from({ length: 5 }, (_, index) => () => void called.push(index));
  for (const callback of callbacks) onAbort(signal, callback);
  expect(add).toHaveBeenCalledOnce();
  offAbort(signal, callbacks[1]!);
  controller.abort();
  expect(called).toEqual([0, 2, 3, 4]);
  for (const callback of callbacks) offAbort(signal, callback);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal that nobody waits for any more is let go of, and can be waited for again", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const callback = vi.fn<() => void>();
  for (let count = 0; count < 3; count++) {
    onAbort(signal, callback);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    offAbort(signal, callback);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  }
  onAbort(signal, callback);
  controller.abort();
  expect(callback).toHaveBeenCalledOnce();
});

test("who is taken back by another's callback is not called", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const second = vi.fn<() => void>();
  onAbort(signal, () => offAbort(signal, second));
  onAbort(signal, second);
  controller.abort();
  expect(second).not.toHaveBeenCalled();
});

test("one that throws keeps no other from being called", () => {
  const thrown: (() => void)[] = [];
  const queue = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((task) => {
    thrown.push(task);
  });
  onTestFinished(() => queue.mockRestore());
  const controller = new AbortController();
  const second = vi.fn<() => void>();
  onAbort(controller.signal, () => {
    throw new Error("oops");
  });
  onAbort(controller.signal, second);
  controller.abort();
  expect(second).toHaveBeenCalledOnce();
  expect(thrown).toHaveLength(1);
  expect(thrown[0]).toThrow("oops");
});
