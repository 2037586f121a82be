import { afterEach, expect, test, vi } from "vitest";
import { untilAborted } from "./until-aborted.ts";

const onUnhandled = vi.fn<() => void>();
process.on("unhandledRejection", onUnhandled);
afterEach(() => process.off("unhandledRejection", onUnhandled));

test("what fails after the signal has fired fails unnoticed", async () => {
  let fail!: (reason: unknown) => void;
  const promise = new Promise((_, reject) => (fail = reject));
  await expect(untilAborted(promise, AbortSignal.abort("enough"))).rejects.toBe("enough");
  fail(new Error("late"));
  await new Promise(setImmediate);
  expect(onUnhandled).not.toHaveBeenCalled();
});
