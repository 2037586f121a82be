import type * as z from "zod/v4/core";
import { SchemaError } from "../errors.ts";
import { formatIssuePath } from "./issue-text.ts";
import { greedyOption } from "./object-options.ts";
import { isAsyncFunction, notReversible, notStorable } from "./refusals.ts";
import { type Storage, storageOf } from "./stored-types.ts";
import {
  acceptsUndefined,
  definitionOf,
  innerOf,
  internalsOf,
  isSchema,
  type Schema,
} from "./zod-types.ts";

/** What a schema is checked for: that its values can be stored, or only that they can be encoded back. */
type Side = "stored" | "application";

interface Visit {
  readonly tableName: string;
  readonly path: readonly PropertyKey[];
  readonly side: Side;
  readonly seen: ReadonlyMap<Side, Set<Schema>>;
}

// A schema that makes new schemas for ever is looked into as far as an item can reach.
const maximumDepth = 32;
const maximumSchemas = 10_000;
const noSchema = "is no schema of zod 4. Make it with zod 4, as by z.object() and z.string()";

/**
 * Refuses what can't be stored or can't be encoded back.
 *
 * @throws SchemaError naming the attribute, the reason, and what to use instead.
 */
export function checkSchema(tableName: string, schema: Schema): void {
  const seen = new Map<Side, Set<Schema>>([
    ["stored", new Set()],
    ["application", new Set()],
  ]);
  checkTop(tableName, schema, 0);
  check(schema, { tableName, path: [], side: "stored", seen });
}

function checkTop(tableName: string, schema: Schema, depth: number): void {
  if (!isSchema(schema)) throw new SchemaError(tableName, "", noSchema);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return;
    case "union":
      for (const option of definition.options) checkTop(tableName, option, depth + 1);
      return;
    case "intersection":
      for (const side of [definition.left, definition.right]) {
        if (definitionOf(side).type !== "record") checkTop(tableName, side, depth + 1);
      }
      return;
    case "readonly":
      return checkTop(tableName, definition.innerType, depth + 1);
    case "lazy":
      if (depth < maximumDepth) return checkTop(tableName, innerOf(schema) ?? schema, depth + 1);
      break;
    default:
  }
  throw new SchemaError(
    tableName,
    "",
    `the schema of a table must be z.object(), a union of objects or an intersection of objects, not z.${definition.type}()`,
  );
}

function check(schema: Schema, visit: Visit): void {
  if (!isSchema(schema)) refuse(visit, noSchema);
  const seen = visit.seen.get(visit.side) as Set<Schema>;
  if (seen.has(schema) || seen.size > maximumSchemas || visit.path.length > maximumDepth) return;
  seen.add(schema);
  const definition = definitionOf(schema);
  refuseAsync(definition, visit);
  refuse(visit, notReversible(schema));
  if (visit.side === "stored") refuse(visit, notStorable(schema));
  switch (definition.type) {
    case "object":
      checkObject(definition, visit);
      return;
    case "record":
    case "map":
      check(definition.keyType, { ...visit, side: "application" });
      check(definition.valueType, inside(visit, "*"));
      if (definition.type === "map") checkMap(definition, visit);
      return;
    case "array":
      checkElement(definition.element, inside(visit, "*"));
      return;
    case "tuple":
      checkTuple(definition, visit);
      return;
    case "set":
      check(definition.valueType, inside(visit, "*"));
      if (visit.side === "stored") checkSetMembers(definition, visit);
      return;
    case "union":
      for (const option of definition.options) check(option, visit);
      checkOptions(definition, visit);
      if (visit.side === "stored") checkAmbiguity(storageOf(schema), visit);
      return;
    case "intersection":
      for (const side of [definition.left, definition.right]) {
        check(side, visit);
        if (isSetOrMap(side)) {
          refuse(visit, "zod can't merge the two sides of an intersection of sets or Maps");
        }
      }
      return;
    case "pipe":
      check(definition.in, visit);
      check(definition.out, { ...visit, side: "application" });
      return;
    default: {
      const inner = innerOf(schema);
      if (inner !== undefined) check(inner, visit);
    }
  }
}

function checkOptions(definition: z.$ZodUnionDef, visit: Visit): void {
  if ("discriminator" in definition) return;
  const index = greedyOption(definition.options);
  if (index === undefined) return;
  const reason = `option ${index} of the union, an object without required members, takes values of later options for its own and drops what they hold`;
  refuse(visit, `${reason}. Put it last, or use z.discriminatedUnion()`);
}

function checkObject(definition: z.$ZodObjectDef, visit: Visit): void {
  for (const name of Object.keys(definition.shape)) {
    const member = inside(visit, name);
    if (name === "__proto__") refuse(member, "zod drops a member of this name. Use another one");
    check(definition.shape[name] as Schema, member);
  }
  const { catchall } = definition;
  if (catchall !== undefined) check(catchall, inside(visit, "*"));
}

function checkElement(element: Schema, visit: Visit): void {
  check(element, visit);
  if (visit.side === "stored" && acceptsUndefined(element)) {
    refuse(visit, "an element of a list can't be absent. Use z.nullable(), or filter the list");
  }
}

function checkTuple(definition: z.$ZodTupleDef, visit: Visit): void {
  const items = definition.items as readonly Schema[];
  for (const [index, item] of items.entries()) {
    check(item, inside(visit, index));
    const next = items[index + 1];
    const gap = next !== undefined && acceptsUndefined(item) && !acceptsUndefined(next);
    if (gap && visit.side === "stored") {
      refuse(
        inside(visit, index),
        "only the last items of a tuple can be optional: a list has no gaps",
      );
    }
  }
  if (definition.rest !== null) checkElement(definition.rest, inside(visit, "*"));
}

function checkMap(definition: z.$ZodMapDef, visit: Visit): void {
  if (visit.side !== "stored") return;
  const { types, open } = storageOf(definition.keyType);
  if (open || types.size !== 1 || !types.has("S")) {
    refuse(
      visit,
      "the keys of a Map must be strings, as the names in a DynamoDB map are. Use a codec to strings for its keys, or z.array(z.tuple([key, value]))",
    );
  }
  if (acceptsUndefined(definition.valueType)) {
    refuse(inside(visit, "*"), "a member of a Map can't be undefined. Use z.nullable()");
  }
}

function checkSetMembers(definition: z.$ZodSetDef, visit: Visit): void {
  const { types, open } = storageOf(definition.valueType);
  const [type] = types;
  const fits = !open && types.size === 1 && (type === "S" || type === "N" || type === "B");
  if (!fits || acceptsUndefined(definition.valueType)) {
    const advice = "Use z.array(), or a codec to one of these for the members";
    refuse(visit, `a DynamoDB set holds only strings, only numbers or only binary. ${advice}`);
  }
  checkAmbiguity(storageOf(definition.valueType), visit);
}

// What is stored alike can't be told apart when it is read.
function checkAmbiguity({ numbers, maps, open }: Storage, visit: Visit): void {
  if (open) return;
  if (numbers.size > 1) {
    const kinds = [...numbers].map(
      (kind) => ({ number: "z.number()", bigint: "z.bigint()", decimal: "decimal()" })[kind],
    );
    refuse(
      visit,
      `${kinds.join(" and ")} are stored alike, so a read can't tell which of them it was. Use one of them`,
    );
  }
  if (maps.size > 1) {
    refuse(
      visit,
      "a Map and an object are stored alike, so a read can't tell which of them it was. Use one of them",
    );
  }
}

function isSetOrMap(schema: Schema): boolean {
  const { type } = definitionOf(schema);
  const inner = innerOf(schema);
  return (
    type === "set" ||
    type === "map" ||
    (inner !== undefined && type !== "lazy" && isSetOrMap(inner))
  );
}

function refuseAsync(definition: z.$ZodTypeDef, visit: Visit): void {
  const { transform, reverseTransform, fn } = definition as unknown as Record<string, unknown>;
  const checks = (definition.checks ?? []).flatMap((each) => {
    const { def, check: run } = internalsOf(each) as unknown as {
      readonly def: { readonly fn?: unknown; readonly tx?: unknown };
      readonly check?: unknown;
    };
    return [def.fn, def.tx, run];
  });
  if ([transform, reverseTransform, fn, ...checks].some(isAsyncFunction)) {
    refuse(
      visit,
      "reads and writes don't wait for asynchronous refinements, transforms or codecs. Check such things before the write",
    );
  }
}

function refuse(visit: Visit, reason: string | undefined): void {
  if (reason === undefined) return;
  throw new SchemaError(visit.tableName, placeText(visit.path), reason);
}

function inside(visit: Visit, step: PropertyKey): Visit {
  return { ...visit, path: [...visit.path, step] };
}

function placeText(path: readonly PropertyKey[]): string {
  return formatIssuePath(path).replaceAll(/\.?"\*"/g, "[*]");
}
