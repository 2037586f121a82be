import { describe, expect, test } from "vitest";
import { RequestSlots } from "./request-slots.ts";

/** Takes a slot and notes when it was had. */
function takeAndNote(
  slots: RequestSlots,
  name: string,
  order: string[],
  signal?: AbortSignal,
): Promise<void> {
  return Promise.resolve(slots.take(signal)).then(() => void order.push(name));
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("request slots", () => {
  test("are had at once while there are any", () => {
    const slots = new RequestSlots(2);
    expect(slots.take(undefined)).toBeUndefined();
    expect(slots.take(undefined)).toBeUndefined();
    expect(slots.take(undefined)).toBeInstanceOf(Promise);
  });

  test("are given on in the order of waiting", async () => {
    const slots = new RequestSlots(1);
    const order: string[] = [];
    for (const name of ["a", "b", "c"]) void takeAndNote(slots, name, order);
    await settle();
    expect(order).toEqual(["a"]);
    slots.giveBack();
    await settle();
    expect(order).toEqual(["a", "b"]);
    slots.giveBack();
    slots.giveBack();
    await settle();
    expect(order).toEqual(["a", "b", "c"]);
    expect(slots.take(undefined)).toBeUndefined();
  });

  test("are not waited for any longer once the signal fires, and none is lost by it", async () => {
    const slots = new RequestSlots(1);
    const order: string[] = [];
    const controller = new AbortController();
    void takeAndNote(slots, "a", order);
    const gaveUp = takeAndNote(slots, "b", order, controller.signal);
    void takeAndNote(slots, "c", order);
    controller.abort("enough");
    await expect(gaveUp).rejects.toBe("enough");
    await expect(slots.take(controller.signal)).rejects.toBe("enough");
    slots.giveBack();
    await settle();
    expect(order).toEqual(["a", "c"]);
    slots.giveBack();
    expect(slots.take(undefined)).toBeUndefined();
    expect(slots.take(undefined)).toBeInstanceOf(Promise);
  });

  test("are given on in a long line as fast as in a short one", () => {
    const slots = new RequestSlots(1);
    void slots.take(undefined);
    const waiting = 200_000;
    for (let count = 0; count < waiting; count++) void slots.take(undefined);
    const began = performance.now();
    for (let count = 0; count < waiting; count++) slots.giveBack();
    // It would be a hundred times as long if each had to look past all who have left.
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("are given on to those who come after the line was empty", async () => {
    const slots = new RequestSlots(1);
    const order: string[] = [];
    for (const name of ["a", "b"]) void takeAndNote(slots, name, order);
    slots.giveBack();
    for (const name of ["c", "d"]) void takeAndNote(slots, name, order);
    slots.giveBack();
    slots.giveBack();
    slots.giveBack();
    for (const name of ["e", "f"]) void takeAndNote(slots, name, order);
    slots.giveBack();
    await settle();
    expect(order).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  test("once had are not touched by the signal", async () => {
    const slots = new RequestSlots(1);
    const controller = new AbortController();
    void slots.take(undefined);
    const taken = slots.take(controller.signal);
    slots.giveBack();
    await taken;
    controller.abort();
    slots.giveBack();
    expect(slots.take(undefined)).toBeUndefined();
    expect(slots.take(undefined)).toBeInstanceOf(Promise);
  });
});
