import type { AttributeType, Item, NativeAttributeValue as Value } from "@fieldwise/core";
import * as fc from "fast-check";
import { compare, readPath, typeOf } from "./condition-reading.ts";
import type { ConditionTree, OperandTree, Path, SubjectTree } from "./condition-tree.ts";

// Few names and values, so that they meet. U+FF5E sorts behind U+1F600 in UTF-16, and before it in UTF-8.

const names = fc.constantFrom("a", "b", "c.d", "size", "x-y");
const text = fc.constantFrom("", "a", "ab", "b", "é", "～", "😀", "1");
const number = fc.constantFrom<number | bigint>(-1.5, 0, 1, 2, 10, 1e-5, 10n ** 20n);
const binary = fc.constantFrom([], [0], [1], [0, 1], [255]).map((bytes) => new Uint8Array(bytes));
const ordered = fc.oneof(text, number, binary);
const setOf = <Member extends Value>(members: fc.Arbitrary<Member>): fc.Arbitrary<Value> =>
  fc
    .uniqueArray(members, { minLength: 1, maxLength: 3, selector: String })
    .map((list) => new Set(list) as Value);
const sets = fc.oneof(setOf(text), setOf(number), setOf(binary));

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 8, arbitrary: ordered },
    { weight: 2, arbitrary: fc.constantFrom(true, false, null) },
    { weight: 3, arbitrary: sets },
    { weight: 3, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    { weight: 3, arbitrary: mapOf(tie("value"), 0, 3) },
  ),
}));

function mapOf(
  members: fc.Arbitrary<Value>,
  minKeys: number,
  maxKeys: number,
): fc.Arbitrary<Record<string, Value>> {
  return fc.dictionary(names, members, { minKeys, maxKeys, noNullPrototype: true });
}

/** An item without its key, and conditions on it. */
export function itemAndConditions(
  count: number,
): fc.Arbitrary<readonly [Record<string, Value>, readonly ConditionTree[]]> {
  return mapOf(value, 3, 5).chain((item) =>
    fc.tuple(
      fc.constant(item),
      fc.array(conditionsOn(item), { minLength: count, maxLength: count }),
    ),
  );
}

/** Conditions of every kind, nested; mostly on what the item has, and with values like those it has. */
function conditionsOn(item: Item): fc.Arbitrary<ConditionTree> {
  const path: fc.Arbitrary<Path> = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...pathsOf(item)) },
    { weight: 1, arbitrary: fc.tuple(names, fc.oneof(names, fc.nat({ max: 2 }))) },
    { weight: 1, arbitrary: fc.tuple(names) },
  );
  const subject: fc.Arbitrary<SubjectTree> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ is: fc.constant("path" as const), path }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant("size" as const), path }) },
  );
  const like = (left: SubjectTree): fc.Arbitrary<Value> =>
    left.is === "size" ? fc.nat({ max: 4 }) : valuesLike(readPath(left.path, item));
  const operand = <V extends Value>(values: fc.Arbitrary<V>): fc.Arbitrary<OperandTree> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ is: fc.constant("value" as const), value: values }) },
      { weight: 1, arbitrary: subject },
    );
  const orderedLike = (left: SubjectTree): fc.Arbitrary<Value> =>
    like(left).chain((one) => (hasOrder(one) ? fc.constant(one) : ordered));

  const comparison = subject.chain((left) =>
    fc
      .oneof(
        fc.record({
          is: fc.constantFrom("eq" as const, "ne" as const),
          left: fc.constant(left),
          right: operand(fc.oneof(like(left), value)),
        }),
        fc.record({
          is: fc.constantFrom("lt" as const, "lte" as const, "gt" as const, "gte" as const),
          left: fc.constant(left),
          right: operand(orderedLike(left)),
        }),
      )
      .filter(({ right }) => !same(left, right)),
  );
  const between = subject.chain((left) =>
    fc
      .record({
        is: fc.constant("between" as const),
        left: fc.constant(left),
        low: operand(orderedLike(left)),
        high: operand(orderedLike(left)),
      })
      .filter(({ low, high }) => !same(left, low) && !same(left, high) && inOrder(low, high)),
  );
  const among = subject.chain((left) =>
    fc.record({
      is: fc.constant("in" as const),
      left: fc.constant(left),
      candidates: fc.array(
        operand(fc.oneof(like(left), value)).filter((candidate) => !same(left, candidate)),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  );
  const within = path.chain((own) => {
    const found = readPath(own, item);
    const isSelf = (other: OperandTree): boolean => same({ is: "path", path: own }, other);
    const members = Array.isArray(found)
      ? (found as Value[])
      : found instanceof Set
        ? [...found]
        : [];
    const member = fc.oneof(
      value,
      members.length > 0 ? fc.constantFrom(...(members as Value[])) : valuesLike(found),
    );
    const prefix = found instanceof Uint8Array ? binary : text;
    return fc.oneof(
      fc
        .record({
          is: fc.constant("contains" as const),
          path: fc.constant(own),
          other: operand(member),
        })
        .filter(({ other }) => !isSelf(other)),
      fc
        .record({
          is: fc.constant("beginsWith" as const),
          path: fc.constant(own),
          other: operand(
            fc.oneof({ weight: 4, arbitrary: prefix }, { weight: 1, arbitrary: binary }),
          ),
        })
        // A size is a number, with which nothing begins.
        .filter(({ other }) => !isSelf(other) && other.is !== "size"),
    );
  });
  const presence = fc.oneof(
    fc.record({ is: fc.constantFrom("exists" as const, "notExists" as const), path }),
    fc.record({ is: fc.constant("type" as const), path, type: fc.constantFrom(...types) }),
  );

  return fc.letrec<{ tree: ConditionTree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 6, arbitrary: comparison },
      { weight: 2, arbitrary: between },
      { weight: 2, arbitrary: among },
      { weight: 4, arbitrary: within },
      { weight: 2, arbitrary: presence },
      {
        weight: 3,
        arbitrary: fc.record({
          is: fc.constantFrom("and" as const, "or" as const),
          parts: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ is: fc.constant("not" as const), part: tie("tree") }) },
    ),
  })).tree;
}

const types: readonly AttributeType[] = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"];

function pathsOf(item: Item): Path[] {
  return Object.entries(item).flatMap(([name, found]: [string, Value]): Path[] => [
    [name],
    ...stepsInto(found).map((step): Path => [name, step]),
  ]);
}

function stepsInto(found: Value): (string | number)[] {
  if (Array.isArray(found)) return found.map((_, index) => index);
  return typeOf(found) === "M" ? Object.keys(found as object) : [];
}

function valuesLike(found: Value | undefined): fc.Arbitrary<Value> {
  if (found === undefined) return value;
  switch (typeOf(found)) {
    case "S":
      return text;
    case "N":
      return number;
    case "B":
      return binary;
    case "SS":
      return fc.oneof(fc.constant(found), setOf(text));
    case "NS":
      return fc.oneof(fc.constant(found), setOf(number));
    case "BS":
      return fc.oneof(fc.constant(found), setOf(binary));
    case "BOOL":
    case "NULL":
      return fc.constantFrom(true, false, null);
    case "L":
    case "M":
      return fc.oneof(fc.constant(found), value);
  }
}

function hasOrder(one: Value): boolean {
  return compare(one, one) !== undefined;
}

// DynamoDB refuses to compare an attribute with itself …
function same(one: OperandTree, other: OperandTree): boolean {
  if (one.is === "value" || other.is === "value") return false;
  return one.is === other.is && JSON.stringify(one.path) === JSON.stringify(other.path);
}

// … and bounds the wrong way round, or of two types.
function inOrder(low: OperandTree, high: OperandTree): boolean {
  if (low.is !== "value" || high.is !== "value") return true;
  return (compare(low.value, high.value) ?? 1) <= 0;
}
