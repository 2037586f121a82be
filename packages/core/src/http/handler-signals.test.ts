import { describe, expect, test, vi } from "vitest";
import { HandlerSignals } from "./handler-signals.ts";

describe("a handler's signal", () => {
  test("is a real one, and tells its listeners once", () => {
    const cancellation = new HandlerSignals().take();
    const { signal } = cancellation;
    expect(signal).toBeInstanceOf(AbortSignal);
    const heard: unknown[] = [];
    const removed = vi.fn<() => void>();
    signal.addEventListener("abort", (event) => heard.push(event.target), { once: true });
    signal.addEventListener("abort", { handleEvent: () => heard.push("object") });
    signal.addEventListener("abort", removed);
    signal.removeEventListener("abort", removed);
    signal.onabort = () => heard.push("onabort"); // oxlint-disable-line unicorn/prefer-add-event-listener -- older handlers set it
    const any = AbortSignal.any([signal]);
    const reason = new Error("enough");
    cancellation.abort(reason);
    cancellation.abort(new Error("more"));
    expect(signal.reason).toBe(reason);
    expect(any.reason).toBe(reason);
    expect(heard.filter((one) => one === signal)).toHaveLength(1);
    expect(heard).toHaveLength(3);
    expect(removed).not.toHaveBeenCalled();
    expect(() => signal.throwIfAborted()).toThrow(reason);
  });

  test("is taken as one by fetch", async () => {
    const cancellation = new HandlerSignals().take();
    const { signal } = cancellation;
    const request = new Request("http://localhost", { signal });
    cancellation.abort(new Error("enough"));
    expect(request.signal.aborted).toBe(true);
  });

  test("is used again where every listener was removed", () => {
    const signals = new HandlerSignals();
    const first = signals.take();
    const listener = (): void => {};
    first.signal.addEventListener("abort", listener, { once: true });
    signals.giveBack(first);
    expect(signals.take()).not.toBe(first);
    first.signal.removeEventListener("abort", listener);
    expect(signals.take()).toBe(first);
    expect(signals.take()).not.toBe(first);
  });

  test.each<[string, (signal: AbortSignal) => void]>([
    ["nobody listened to", () => {}],
    ["somebody still listens to", (signal) => signal.addEventListener("abort", () => {})],
    ["an object listens to", (signal) => listenAndLeave(signal, { handleEvent() {} })],
    [
      "has a handler set",
      (signal) => {
        listenAndLeave(signal, () => {});
        signal.onabort = () => {}; // oxlint-disable-line unicorn/prefer-add-event-listener -- older handlers set it
      },
    ],
    [
      "another signal ends listening to",
      (signal) => signal.addEventListener("abort", () => {}, { signal: AbortSignal.abort() }),
    ],
  ])("that %s is not used again", (_, use) => {
    const signals = new HandlerSignals();
    const first = signals.take();
    use(first.signal);
    signals.giveBack(first);
    expect(signals.take()).not.toBe(first);
  });

  test("that was aborted is not used again", () => {
    const signals = new HandlerSignals();
    const first = signals.take();
    listenAndLeave(first.signal, () => {});
    first.abort(new Error("enough"));
    signals.giveBack(first);
    expect(signals.take()).not.toBe(first);
  });

  test("is a plain one for a handler that never lets go", () => {
    const signals = new HandlerSignals();
    const leave = (): unknown => {
      const taken = signals.take();
      taken.signal.addEventListener("abort", () => {});
      signals.giveBack(taken);
      return taken;
    };
    expect(leave()).not.toBeInstanceOf(AbortController);
    for (let n = 0; n < 1_000; n++) leave();
    expect(leave()).toBeInstanceOf(AbortController);
  });
});

function listenAndLeave(
  signal: AbortSignal,
  listener: Parameters<AbortSignal["addEventListener"]>[1],
) {
  signal.addEventListener("abort", listener);
  signal.removeEventListener("abort", listener);
}
