import * as fc from "fast-check";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type Deadline, Deadlines } from "./deadlines.ts";
import { monotonicTime } from "../monotonic-time.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] }));
afterEach(() => vi.useRealTimers());

test("each deadline is over at its time, unless it was taken back, and no timer is left", () => {
  const action = fc.oneof(
    fc.record({ add: fc.constantFrom(1, 20, 20, 20, 50, 1_000) }),
    fc.record({ remove: fc.nat() }),
    fc.record({ wait: fc.integer({ min: 1, max: 60 }) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const deadlines = new Deadlines();
      const over: [number, number][] = [];
      const waiting = new Map<number, { deadline: Deadline; due: number }>();
      const expected: [number, number][] = [];
      const pass = (milliseconds: number): void => {
        const end = monotonicTime() + milliseconds;
        for (const [name, { due }] of waiting) {
          if (due > end) continue;
          expected.push([name, due]);
          waiting.delete(name);
        }
        vi.advanceTimersByTime(milliseconds);
      };
      for (const [index, step] of actions.entries()) {
        if ("add" in step) {
          const due = monotonicTime() + step.add;
          const deadline = deadlines.add(step.add, () => over.push([index, monotonicTime()]));
          waiting.set(index, { deadline, due });
        } else if ("wait" in step) pass(step.wait);
        else {
          const [name, one] = [...waiting][step.remove % Math.max(1, waiting.size)] ?? [];
          if (one === undefined) continue;
          deadlines.remove(one.deadline);
          deadlines.remove(one.deadline);
          waiting.delete(name!);
        }
      }
      pass(2_000);
      const byName = ([one]: [number, number], [other]: [number, number]): number => one - other;
      expect(over.map(([name]) => name).toSorted((a, b) => a - b)).toEqual(
        expected.map(([name]) => name).toSorted((a, b) => a - b),
      );
      for (const [place, [, time]] of over.toSorted(byName).entries()) {
        const [, due] = expected.toSorted(byName)[place]!;
        expect(Math.abs(time - due)).toBeLessThanOrEqual(1);
      }
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("one timer serves all deadlines of a length", () => {
  const deadlines = new Deadlines();
  const all = Array.from({ length: 100 }, () => deadlines.add(1_000, () => {}));
  expect(vi.getTimerCount()).toBe(1);
  for (const deadline of all) deadlines.remove(deadline);
  expect(vi.getTimerCount()).toBe(0);
});

test("what a deadline begins or ends when it is over is heeded", () => {
  const deadlines = new Deadlines();
  const over: string[] = [];
  let second: Deadline;
  deadlines.add(10, () => {
    over.push("first");
    deadlines.remove(second);
    deadlines.add(10, () => over.push("third"));
  });
  second = deadlines.add(10, () => over.push("second"));
  vi.advanceTimersByTime(19);
  expect(over).toEqual(["first"]);
  vi.advanceTimersByTime(2);
  expect(over).toEqual(["first", "third"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a deadline whose timer was held up gets back what it was late by, once", () => {
  const { hrtime } = process;
  let heldUp = 0;
  const held = (): [number, number] => {
    const [seconds, nanoseconds] = hrtime();
    return [seconds, nanoseconds + heldUp * 1e6];
  };
  vi.spyOn(process, "hrtime").mockImplementation(Object.assign(held, { bigint: hrtime.bigint }));
  onTestFinished(() => void vi.restoreAllMocks());
  const deadlines = new Deadlines();
  const over: string[] = [];
  deadlines.add(100, () => over.push("first"));
  const answered = deadlines.add(100, () => over.push("answered"));
  for (const late of [40, 1_000]) {
    heldUp += late;
    vi.advanceTimersByTime(100);
    expect(over).toEqual([]);
    deadlines.remove(answered);
    vi.advanceTimersByTime(Math.min(late, 100) - 1);
    expect(over).toEqual([]);
    heldUp += 10;
    vi.advanceTimersByTime(1);
    expect(over.splice(0)).toEqual(["first"]);
    deadlines.add(100, () => over.push("first"));
  }
  heldUp += 40;
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(1);
});
