import { test } from "vitest";
import { and, debugUpdate, F, not, or, partitionKey, type Projection } from "../index.ts";

test("conditions are made of conditions", () => {
  and(F("a").eq(1), or(F("b").exists(), not(F("c").exists())));
  // @ts-expect-error the result of a comparison in JavaScript is no condition
  and(new Date() < new Date());
  // @ts-expect-error a list of conditions is spread
  or([F("a").exists()]);
  // @ts-expect-error a path is no condition
  not(F("a"));
  // @ts-expect-error an action is no condition
  F("a").eq(1).and(F("a").set(1));
  // @ts-expect-error a key condition is no condition
  F("a").eq(1).or(partitionKey("a").eq(1));
});

test("an update takes one action or several", () => {
  debugUpdate(F("a").set(1));
  debugUpdate([F("a").set(1), F("b").remove()]);
  // @ts-expect-error a condition is no action
  debugUpdate(F("a").exists());
  // @ts-expect-error a path is no action
  debugUpdate([F("a")]);
});

test("a projection is a list of paths and names", () => {
  const projection: Projection = ["a", F("b", 0)];
  // @ts-expect-error a projection is a list
  const text: Projection = "a";
  // @ts-expect-error a size can't be projected
  const size: Projection = [F("a").size()];
  void [projection, text, size];
});
