import type { AttributeMap, AttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { numberReaderFor } from "./numbers.ts";
import { type Members, membersOf } from "./members-of.ts";
import { objectPlan } from "./object-plan.ts";
import { anyPlan, type Plan, readList, type Reading, readValue } from "./plan.ts";
import { storageOf } from "./stored-types.ts";
import { numberThatFits, unionPlan } from "./union-plan.ts";
import { type UnionOptions, unionOptionsOf } from "./union-options.ts";
import { definitionOf, innerOf, intersectionOf, storedSchema, type Schema } from "./zod-types.ts";

const known = new WeakMap<Schema, Plan>();

/** The plan by which values of a schema are read: made once, and followed without looking at the schema again. */
export function planOf(schema: Schema): Plan {
  let plan = known.get(schema);
  const stored = plan === undefined ? storedSchema(schema) : schema;
  if (stored !== schema) {
    plan = planOf(stored);
    known.set(schema, plan);
  }
  if (plan === undefined) {
    // A plan that is still being made stands for itself in a schema that holds itself.
    const unfinished = { ...anyPlan };
    known.set(schema, unfinished);
    plan = Object.assign(unfinished, makePlan(schema));
  }
  return plan;
}

function makePlan(schema: Schema): Plan {
  const definition = definitionOf(schema);
  const { numbers, open } = storageOf(schema);
  const number = numberReaderFor(numbers, open);
  switch (definition.type) {
    case "object":
    case "record":
      return { ...anyPlan, number, ...planOfMembers(membersOf(schema) as Members) };
    case "map": {
      const values = planOf(definition.valueType);
      return { ...anyPlan, number, map: (content, reading) => readMap(content, values, reading) };
    }
    case "array": {
      const element = planOf(definition.element);
      return {
        ...anyPlan,
        number,
        list: (content, reading) => readList(content, element, reading),
      };
    }
    case "tuple":
      return { ...anyPlan, number, list: tupleReader(definition) };
    case "union":
      return {
        ...unionPlan(unionOptionsOf(schema) as UnionOptions, planOf),
        number: numbers.size > 1 ? numberThatFits(definition.options, planOf) : number,
      };
    case "intersection":
      return { ...intersectionPlan(schema, definition), number };
    case "lazy":
      return lazyPlan(schema, number);
    default:
      return { ...anyPlan, number };
  }
}

function planOfMembers({ members, rest }: Members): Pick<Plan, "map" | "named" | "rest"> {
  // What z.object() drops is not even read, so that it can't fail; z.strictObject() must see that it is there.
  const restPlan = rest && (definitionOf(rest).type === "never" ? anyPlan : planOf(rest));
  return objectPlan({ members, rest: restPlan, planOf });
}

function readMap(content: AttributeMap, values: Plan, reading: Reading): Map<string, unknown> {
  const result = new Map<string, unknown>();
  for (const name of Object.keys(content)) {
    result.set(name, readValue(content[name] as AttributeValue, values, reading));
  }
  return result;
}

function tupleReader(definition: z.$ZodTupleDef): Plan["list"] {
  const items = definition.items.map((item) => planOf(item));
  const rest = definition.rest === null ? anyPlan : planOf(definition.rest);
  return (content, reading) =>
    content.map((member, index) => readValue(member, items[index] ?? rest, reading));
}

function intersectionPlan(schema: Schema, { left, right }: z.$ZodIntersectionDef): Plan {
  const union = unionOptionsOf(schema);
  if (union !== undefined) return unionPlan(union, planOf);
  const members = membersOf(schema);
  if (members !== undefined) return { ...anyPlan, ...planOfMembers(members) };
  const element = elementOf(schema);
  if (element !== undefined) {
    const plan = planOf(element);
    return { ...anyPlan, list: (content, reading) => readList(content, plan, reading) };
  }
  return planOfBoth(planOf(left), planOf(right));
}

/** What an array holds, or an intersection of arrays. */
function elementOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(schema);
  if (definition.type === "array") return definition.element;
  if (definition.type === "intersection") {
    const left = elementOf(definition.left);
    const right = left && elementOf(definition.right);
    return left && right && intersectionOf(left, right);
  }
  const stored = storedSchema(schema);
  return stored === schema ? undefined : elementOf(stored);
}

function planOfBoth(left: Plan, right: Plan): Plan {
  const named: Plan["named"] = (content, target, reading) => {
    left.named(content, target, reading);
    right.named(content, target, reading);
  };
  const rest: Plan["rest"] = (content, target, reading) => {
    left.rest(content, target, reading);
    right.rest(content, target, reading);
  };
  return {
    ...anyPlan,
    list: (content, reading) => (left.list === anyPlan.list ? right : left).list(content, reading),
    map(content, reading) {
      // Without what objects inherit: either side may name a member like `constructor`.
      const result = Object.create(null) as object;
      named(content, result, reading);
      rest(content, result, reading);
      return result;
    },
    named,
    rest,
  };
}

// Looked into when it is first met in an item, so that a schema without end is no plan without end.
function lazyPlan(schema: Schema, number: Plan["number"]): Plan {
  let plan: Plan | undefined;
  const inner = (): Plan => (plan ??= planOf(innerOf(schema) ?? schema));
  return {
    number,
    map: (content, reading) => inner().map(content, reading),
    list: (content, reading) => inner().list(content, reading),
    named: (content, target, reading) => inner().named(content, target, reading),
    rest: (content, target, reading) => inner().rest(content, target, reading),
  };
}
