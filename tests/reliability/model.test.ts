import { expect, test } from "vitest";
import { Model, type ModelWrite } from "./model.ts";

// A model that found nothing to object to would make every run look good.

const put = (
  version: number,
  holds?: (state: number | undefined) => boolean,
): ModelWrite<number> => ({
  key: "a",
  apply: () => version,
  holds,
});
const newModel = (): Model<number> => new Model<number>(String);

test("an answered write leaves one state", () => {
  const model = newModel();
  expect(model.possible("a")).toEqual([undefined]);
  model.wrote(put(1), "done", false);
  expect(model.possible("a")).toEqual([1]);
  expect(model.keys).toEqual(["a"]);
});

test("an unanswered one leaves two, and a read tells which", () => {
  const model = newModel();
  model.wrote(put(1), "done", false);
  model.wrote(put(2), "unknown", false);
  expect(model.possible("a")).toEqual([1, 2]);
  model.wrote(put(3), "unknown", true);
  expect(model.possible("a")).toEqual([1, 2, 3]);
  model.read("a", 2, "get");
  expect(model.possible("a")).toEqual([2]);
  model.wrote(put(4), "nothing", false);
  expect(model.possible("a")).toEqual([2]);
  expect(model.violations).toEqual([]);
});

test("a lost write and a write from nowhere are violations", () => {
  const model = newModel();
  model.wrote(put(1), "done", false);
  model.read("a", undefined, "get");
  expect(model.violations).toEqual(["get found undefined for a, which can only be 1"]);
  model.read("a", 7, "scan");
  expect(model.violations[1]).toBe("scan found 7 for a, which can only be undefined");
  // What was seen is what is, and no violation is told twice.
  model.read("a", 7, "scan");
  expect(model.violations).toHaveLength(2);
});

test("a condition that held is not refused at the first attempt, but may be at the second", () => {
  const isFirst = (state: number | undefined): boolean => state === 1;
  const model = newModel();
  model.wrote(put(1), "done", false);
  model.wrote(put(2, isFirst), "refused", true);
  expect(model.violations).toEqual([]);
  expect(model.possible("a")).toEqual([2]);
  model.wrote(put(1), "done", false);
  model.wrote(put(2, isFirst), "refused", false);
  expect(model.violations).toEqual(["a write was refused on a, which can only be 1"]);
});

test("a condition that does not hold is not met", () => {
  const model = newModel();
  model.wrote(
    put(2, (state) => state === 1),
    "done",
    true,
  );
  expect(model.violations).toEqual(["a write was done on a, which can only be undefined"]);
});

test("a transaction is refused for one of its conditions, and leaves all as it was", () => {
  const model = newModel();
  const never = { ...put(2, () => false), key: "b" };
  model.wroteTogether([put(1), never], "refused", true);
  expect(model.violations).toEqual([]);
  expect(model.possible("a")).toEqual([undefined]);
  model.wroteTogether([put(1, () => true), { ...put(2), key: "b" }], "refused", true);
  expect(model.violations).toEqual(["a transaction was refused whose conditions all held: a, b"]);
  model.wroteTogether([put(1), { ...put(2), key: "b" }], "done", true);
  expect([model.possible("a"), model.possible("b")]).toEqual([[1], [2]]);
});
