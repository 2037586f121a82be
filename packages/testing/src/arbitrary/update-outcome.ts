import type { AttributeMap, AttributeValue, PathStep, UpdateAction } from "@fieldwise/core";
import { fromUnits, toUnits } from "./operand-order.ts";

type Action = UpdateAction["node"];
type SetValue = Extract<Action, { readonly kind: "set" }>["value"];

/**
 * What an update makes of an item, as AWS documents it ("Update expressions"). Operands are read as they were before the
 * update.
 *
 * @returns `undefined` where DynamoDB refuses the update, or where servers differ: a list is never set behind its end.
 */
export function outcomeOf(
  before: AttributeMap,
  actions: readonly UpdateAction[],
): AttributeMap | undefined {
  let after: AttributeValue | undefined = { M: before };
  for (const { node } of actions) {
    const value = newValueOf(node, before);
    if (value === refused) return undefined;
    after = after && replaced(after, node.path.steps, value);
  }
  return after !== undefined && "M" in after ? after.M : undefined;
}

const refused = Symbol("refused");

type Outcome = AttributeValue | undefined | typeof refused;

/** What an action makes of the attribute at its path; `undefined` where the attribute is gone. */
function newValueOf(action: Action, item: AttributeMap): Outcome {
  const old = valueAt(item, action.path.steps);
  switch (action.kind) {
    case "remove":
      return undefined;
    case "set":
      return valueOf(action.value, item) ?? refused;
    case "add":
      return old === undefined ? action.value.value : sum(old, action.value.value);
    case "delete":
      return old === undefined ? undefined : difference(old, action.value.value);
  }
}

function valueOf(value: SetValue, item: AttributeMap): AttributeValue | undefined {
  switch (value.kind) {
    case "value":
      return value.value;
    case "path":
      return valueAt(item, value.steps);
    case "ifNotExists":
      return valueAt(item, value.path.steps) ?? valueOf(value.otherwise, item);
    case "listAppend": {
      const [first, second] = [valueOf(value.first, item), valueOf(value.second, item)];
      if (first === undefined || second === undefined) return undefined;
      return "L" in first && "L" in second ? { L: [...first.L, ...second.L] } : undefined;
    }
    case "arithmetic": {
      const [left, right] = [valueOf(value.left, item), valueOf(value.right, item)];
      if (left === undefined || right === undefined || !("N" in left && "N" in right))
        return undefined;
      return toNumber(
        value.operator === "+"
          ? toUnits(left.N) + toUnits(right.N)
          : toUnits(left.N) - toUnits(right.N),
      );
    }
  }
}

function toNumber(units: bigint): AttributeValue | undefined {
  const text = fromUnits(units);
  return text === undefined ? undefined : { N: text };
}

function sum(old: AttributeValue, added: AttributeValue): Outcome {
  if ("N" in old && "N" in added) return toNumber(toUnits(old.N) + toUnits(added.N)) ?? refused;
  const [members, more] = [setOf(old), setOf(added)];
  if (members === undefined || more?.type !== members.type) return refused;
  return membersLeft(members.type, new Map([...members.members, ...more.members]));
}

function difference(old: AttributeValue, removed: AttributeValue): Outcome {
  const [members, less] = [setOf(old), setOf(removed)];
  if (members === undefined || less?.type !== members.type) return refused;
  const left = [...members.members].filter(([key]) => !less.members.has(key));
  return membersLeft(members.type, new Map(left));
}

type SetType = "SS" | "NS" | "BS";

/** The members by what makes two of them one. */
function setOf(
  value: AttributeValue,
): { readonly type: SetType; readonly members: ReadonlyMap<string, string> } | undefined {
  if ("SS" in value) return { type: "SS", members: byKey(value.SS, String) };
  if ("BS" in value) return { type: "BS", members: byKey(value.BS, String) };
  if ("NS" in value) return { type: "NS", members: byKey(value.NS, (text) => `${toUnits(text)}`) };
  return undefined;
}

function byKey(
  members: readonly string[],
  keyOf: (member: string) => string,
): ReadonlyMap<string, string> {
  return new Map(members.map((member) => [keyOf(member), member]));
}

function membersLeft(type: SetType, members: ReadonlyMap<string, string>): Outcome {
  const left = { [type]: [...members.values()] } as Partial<Record<SetType, string[]>>;
  return members.size === 0 ? undefined : (left as AttributeValue);
}

/** What stands at a path of an item. */
function valueAt(item: AttributeMap, steps: readonly PathStep[]): AttributeValue | undefined {
  let at: AttributeValue | undefined = { M: item };
  for (const step of steps) at = at && memberAt(at, step);
  return at;
}

/** The member of a map or a list. */
export function memberAt(of: AttributeValue, step: PathStep): AttributeValue | undefined {
  if (typeof step === "number") return "L" in of ? of.L[step] : undefined;
  return "M" in of && Object.hasOwn(of.M, step) ? of.M[step] : undefined;
}

/** The value with another one at a path, or none; `undefined` where there is no such path in it. */
function replaced(
  of: AttributeValue,
  [step, ...steps]: readonly PathStep[],
  value: AttributeValue | undefined,
): AttributeValue | undefined {
  const isMember = typeof step === "number" ? "L" in of && step < of.L.length : "M" in of;
  if (step === undefined || !isMember) return undefined;
  let member = value;
  if (steps.length > 0) {
    const inner = memberAt(of, step);
    member = inner && replaced(inner, steps, value);
    if (member === undefined) return undefined;
  }
  if ("L" in of) {
    return { L: of.L.toSpliced(step as number, 1, ...(member === undefined ? [] : [member])) };
  }
  const members = Object.entries((of as { readonly M: AttributeMap }).M);
  const others = members.filter(([name]) => name !== step);
  return {
    M: Object.fromEntries(member === undefined ? others : [...others, [String(step), member]]),
  };
}
