import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SigningClock } from "./clock.ts";

const now = Date.UTC(2026, 5, 1);
const minutes = 60_000;
const dateHeader = (time: number): string => new Date(time).toUTCString();

describe("the signing clock", () => {
  beforeEach(() => vi.useFakeTimers({ now, toFake: ["Date"] }));
  afterEach(() => vi.useRealTimers());

  test.each([-60, -5, 5, 60])("is set by a server that is %i minutes off", (off) => {
    const clock = new SigningClock();
    expect(clock.correct(dateHeader(now + off * minutes), now)).toBe(true);
    expect(clock.now()).toBe(now + off * minutes);
  });

  test("stays as it is for a difference that no server minds", () => {
    const clock = new SigningClock();
    expect(clock.correct(dateHeader(now + 3 * minutes), now)).toBe(false);
    expect(clock.now()).toBe(now);
  });

  test("does not take a request for wrongly dated that was dated right", () => {
    const clock = new SigningClock();
    expect(clock.correct(dateHeader(now + 60 * minutes), now)).toBe(true);
    expect(clock.correct(dateHeader(now + 60 * minutes), clock.now())).toBe(false);
  });

  test("lets a request that was signed before another one's correction be sent again", () => {
    const clock = new SigningClock();
    expect(clock.correct(dateHeader(now + 60 * minutes), now)).toBe(true);
    expect(clock.correct(dateHeader(now + 60 * minutes), now)).toBe(true);
    expect(clock.now()).toBe(now + 60 * minutes);
  });

  test.each([
    undefined,
    "",
    "yesterday",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "+275760-09-13T00:00:00Z",
  ])("ignores the date %j", (date) => {
    const clock = new SigningClock();
    expect(clock.correct(date, now)).toBe(false);
    expect(clock.now()).toBe(now);
  });
});
