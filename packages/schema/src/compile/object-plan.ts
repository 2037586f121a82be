import type { AttributeMap, AttributeValue } from "@fieldwise/core";
import { absentValueOf } from "./absent.ts";
import { defineMember, isInheritedName } from "./define-member.ts";
import { anyPlan, type Plan, problem, type Reading, readValue } from "./plan.ts";
import type { Schema } from "./zod-types.ts";

/** What an object or a record holds. */
export interface MemberPlans {
  readonly members: readonly { readonly name: string; readonly schema: Schema }[];
  /** How members that the schema does not name are read; `undefined` leaves them out. */
  readonly rest: Plan | undefined;
  readonly planOf: (schema: Schema) => Plan;
}

interface Member {
  readonly name: string;
  readonly plan: Plan;
  readonly absent: (() => unknown) | undefined;
  readonly inherited: boolean;
}

/** How an object is read: by its members where it leaves out what it does not name, and else by what is there. */
export function objectPlan({
  members,
  rest,
  planOf,
}: MemberPlans): Pick<Plan, "map" | "named" | "rest"> {
  const plans: readonly Member[] = members.map(({ name, schema }) => ({
    name,
    plan: planOf(schema),
    absent: absentValueOf(schema),
    inherited: isInheritedName(name),
  }));
  const names = new Set(members.map(({ name }) => name));
  const bare = plans.some(({ inherited }) => inherited);
  return {
    map(content, reading) {
      // What objects inherit must not seem to be a member that the item has.
      const result = (bare ? Object.create(null) : {}) as Record<string, unknown>;
      readNamed(plans, content, result, reading);
      if (rest !== undefined) readRest(names, rest, content, result, reading);
      return result;
    },
    named(content, target, reading) {
      readNamed(plans, content, target as Record<string, unknown>, reading);
    },
    rest(content, target, reading) {
      if (rest !== undefined) readRest(names, rest, content, target, reading);
    },
  };
}

function readNamed(
  members: readonly Member[],
  content: AttributeMap,
  target: Record<string, unknown>,
  reading: Reading,
): void {
  for (const member of members) {
    const { name } = member;
    const value = member.inherited && !Object.hasOwn(content, name) ? undefined : content[name];
    if (value !== undefined) target[name] = readValue(value, member.plan, reading);
    else if (member.absent !== undefined && !Object.hasOwn(target, name)) {
      target[name] = member.absent();
    }
  }
}

function readRest(
  names: ReadonlySet<string>,
  rest: Plan,
  content: AttributeMap,
  target: object,
  reading: Reading,
): void {
  for (const name of Object.keys(content)) {
    if (names.has(name) || Object.hasOwn(target, name)) continue;
    const value = content[name] as AttributeValue;
    if (name === "__proto__" && rest !== anyPlan) {
      problem(
        "Zod drops a member named __proto__ from records and loose objects; use z.map()",
        value,
        reading,
      );
    }
    defineMember(target, name, readValue(value, rest, reading));
  }
}
