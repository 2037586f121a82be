import { describe, expect, test, vi } from "vitest";
import { lightCancellation, standardCancellation } from "./cancellation.ts";

describe.each([
  ["the standard one", standardCancellation],
  ["the light one", lightCancellation],
])("a cancellation: %s", (_, create) => {
  test("tells its listeners, once", () => {
    const { signal, abort } = bind(create());
    const listener = vi.fn<() => void>();
    const removed = vi.fn<() => void>();
    signal.addEventListener("abort", listener, { once: true });
    signal.addEventListener("abort", removed);
    signal.removeEventListener("abort", removed);
    expect(signal.aborted).toBe(false);
    const reason = new Error("enough");
    abort(reason);
    abort(new Error("more"));
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
    expect(() => signal.throwIfAborted()).toThrow(reason);
    expect(listener).toHaveBeenCalledOnce();
    expect(removed).not.toHaveBeenCalled();
  });

  test("tells who sets onabort", () => {
    const { signal, abort } = bind(create());
    const listener = vi.fn<() => void>();
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- smithy's older handlers set it
    signal.onabort = listener;
    signal.throwIfAborted();
    abort(new Error("enough"));
    expect(listener).toHaveBeenCalledOnce();
  });
});

function bind(cancellation: ReturnType<typeof standardCancellation>) {
  return { signal: cancellation.signal, abort: (reason: unknown) => cancellation.abort(reason) };
}
