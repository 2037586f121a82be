import { F, ifNotExists, marshall, type UpdateAction } from "@fieldwise/core";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "./update-outcome.ts";

const before = {
  n: 1,
  m: 2,
  text: "x",
  list: [1, { a: 1 }],
  map: { a: 1, inner: { b: 2 } },
  set: new Set(["a", "b"]),
  numbers: new Set([1, 2]),
};

// The servers are asked the same in tests/testing.
const done: readonly [UpdateAction | UpdateAction[], object][] = [
  [F("n").set(5), { n: 5 }],
  [[F("n").set(F("m")), F("m").set(F("n"))], { n: 2, m: 1 }],
  [F("n").increment(0.5), { n: 1.5 }],
  [F("n").set(F("n").minus(F("m"))), { n: -1 }],
  [F("absent").set(ifNotExists(F("absent"), 3).plus(1)), { absent: 4 }],
  [F("n").setIfNotExists(9), {}],
  [F("list").append([2]), { list: [1, { a: 1 }, 2] }],
  [F("list").prepend([2]), { list: [2, 1, { a: 1 }] }],
  [F("list", 1, "a").set("y"), { list: [1, { a: "y" }] }],
  [F("list", 0).remove(), { list: [{ a: 1 }] }],
  [F("map", "inner", "c").set(1), { map: { a: 1, inner: { b: 2, c: 1 } } }],
  [F("map", "inner").remove(), { map: { a: 1 } }],
  [F("n").remove(), { n: undefined }],
  [F("n").add(2), { n: 3 }],
  [F("absent").add(2), { absent: 2 }],
  [F("set").add(new Set(["b", "c"])), { set: new Set(["a", "b", "c"]) }],
  [F("numbers").delete(new Set([1])), { numbers: new Set([2]) }],
  [F("set").delete(new Set(["a", "b"])), { set: undefined }],
  [F("absent").delete(new Set(["a"])), {}],
];

const refused: readonly UpdateAction[] = [
  F("n").set(F("absent")),
  F("absent").increment(),
  F("text").increment(),
  F("text").append([1]),
  F("text").add(1),
  F("set").add(new Set([1])),
  F("list").delete(new Set([1])),
  F("absent", "inner").set(1),
  F("list", "inner").set(1),
  F("map", 0).set(1),
  F("list", 2).set(1),
  F("n").increment(1e-100),
];

const sorted = (item: object | undefined): object =>
  Object.fromEntries(
    Object.entries(item ?? {}).map(([name, value]: [string, object]) => {
      const { SS, NS } = value as { readonly SS?: string[]; readonly NS?: string[] };
      return [name, SS?.toSorted() ?? NS?.map(Number).toSorted() ?? readable(value)];
    }),
  );

const readable = (value: object): unknown =>
  JSON.parse(JSON.stringify(value), (name, member: unknown) =>
    name === "N" ? Number(member) : member,
  );

describe("outcomeOf", () => {
  const asList = (actions: UpdateAction | UpdateAction[]): readonly UpdateAction[] =>
    [actions].flat();

  it.each(
    done.map(
      ([actions, changed]) => [asList(actions).map(String).join(), actions, changed] as const,
    ),
  )("%s", (_, actions, changed) => {
    const item = marshall(before);
    const after = outcomeOf(item, asList(actions));
    expect(sorted(after)).toEqual(sorted(marshall({ ...before, ...changed })));
    expect(item).toEqual(marshall(before));
  });

  it.each(refused.map((action) => [String(action), action] as const))("refuses %s", (_, action) => {
    expect(outcomeOf(marshall(before), [action])).toBeUndefined();
  });
});
