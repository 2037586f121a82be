import type { AttributeMap, AttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { numberReaderFor } from "./numbers.ts";
import { objectPlan, type MemberPlans } from "./object-plan.ts";
import { anyPlan, type Plan, readList, type Reading, readValue } from "./plan.ts";
import { storageOf } from "./stored-types.ts";
import { numberThatFits, unionPlan } from "./union-plan.ts";
import { internalsOf, definitionOf, innerOf, type Schema } from "./zod-types.ts";

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

/** What a wrapper or a codec stores. */
function storedSchema(schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (definition.type === "pipe") return definition.in;
  return definition.type === "lazy" ? schema : (innerOf(schema) ?? schema);
}

function makePlan(schema: Schema): Plan {
  const definition = definitionOf(schema);
  const { numbers, open } = storageOf(schema);
  const number = numberReaderFor(numbers, open);
  switch (definition.type) {
    case "object":
      return { ...anyPlan, number, ...objectPlan(memberPlans(definition)) };
    case "record":
      return { ...anyPlan, number, ...objectPlan(recordPlans(definition)) };
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
        ...unionPlan(definition, planOf),
        number: numbers.size > 1 ? numberThatFits(definition.options, planOf) : number,
      };
    case "intersection":
      return { ...intersectionPlan(planOf(definition.left), planOf(definition.right)), number };
    case "lazy":
      return lazyPlan(schema, number);
    default:
      return { ...anyPlan, number };
  }
}

function memberPlans(definition: z.$ZodObjectDef): MemberPlans {
  const { shape, catchall } = definition;
  return {
    members: Object.keys(shape).map((name) => ({ name, schema: shape[name] as Schema })),
    // What z.object() drops is not even read, so that it can't fail; z.strictObject() must see that it is there.
    rest: catchall && (definitionOf(catchall).type === "never" ? anyPlan : planOf(catchall)),
    planOf,
  };
}

function recordPlans(definition: z.$ZodRecordDef): MemberPlans {
  const schema = definition.valueType;
  const names = definition.partial === true ? undefined : internalsOf(definition.keyType).values;
  return {
    members: [...(names ?? [])]
      .filter((name) => typeof name === "string" || typeof name === "number")
      .map((name) => ({ name: String(name), schema })),
    rest: planOf(schema),
    planOf,
  };
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

function intersectionPlan(left: Plan, right: Plan): Plan {
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
