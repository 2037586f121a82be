import type { AttributeType } from "@fieldwise/core";
import { declaredStorage, type NumberKind } from "./stored-as.ts";
import { internalsOf, definitionOf, innerOf, type Schema } from "./zod-types.ts";

/** What a schema may be on the wire. */
export interface Storage {
  readonly types: ReadonlySet<AttributeType>;
  /** What its numbers are, those in a number set included; empty where it has none. */
  readonly numbers: ReadonlySet<NumberKind>;
  /** Whether it stores anything as it comes: `z.any()`, `z.unknown()`, `z.custom()`. */
  readonly open: boolean;
  /** Whether it stores a `Map`, and whether it stores plain objects: both are M. */
  readonly maps: ReadonlySet<"Map" | "object">;
}

interface Collected {
  types: Set<AttributeType>;
  numbers: Set<NumberKind>;
  maps: Set<"Map" | "object">;
  open: boolean;
}

const allTypes: readonly AttributeType[] = [
  "S",
  "N",
  "B",
  "BOOL",
  "NULL",
  "SS",
  "NS",
  "BS",
  "L",
  "M",
];
const setTypes: Partial<Record<AttributeType, AttributeType>> = { S: "SS", N: "NS", B: "BS" };
const known = new WeakMap<Schema, Storage>();

/** What a schema may be on the wire: the schema's input, which is what a codec encodes to. */
export function storageOf(schema: Schema): Storage {
  let storage = known.get(schema);
  if (storage === undefined) {
    const found: Collected = { types: new Set(), numbers: new Set(), maps: new Set(), open: false };
    // Known before it is complete, so that a schema that holds itself ends.
    known.set(schema, found);
    visit(schema, found, new Set());
    storage = found;
  }
  return storage;
}

function visit(schema: Schema, found: Collected, seen: Set<Schema>): void {
  if (seen.has(schema) || seen.size > 1000) return;
  seen.add(schema);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
    case "template_literal":
      found.types.add("S");
      return;
    case "number":
      addNumber(found, "number");
      return;
    case "bigint":
      addNumber(found, "bigint");
      return;
    case "boolean":
      found.types.add("BOOL");
      return;
    case "null":
      found.types.add("NULL");
      return;
    case "enum":
    case "literal":
      addValues(internalsOf(schema).values ?? [], found);
      return;
    case "object":
    case "record":
      found.types.add("M");
      found.maps.add("object");
      return;
    case "map":
      found.types.add("M");
      found.maps.add("Map");
      return;
    case "array":
    case "tuple":
      found.types.add("L");
      return;
    case "set":
      addSet(storageOf(definition.valueType), found);
      return;
    case "union":
      for (const option of definition.options) visit(option, found, seen);
      return;
    case "intersection":
      addIntersection(definition.left, definition.right, found);
      return;
    case "pipe":
      visit(definition.in, found, seen);
      return;
    case "nullable":
      found.types.add("NULL");
      visit(definition.innerType, found, seen);
      return;
    case "any":
    case "unknown":
      addAnything(found);
      return;
    case "custom": {
      const storage = declaredStorage(schema);
      if (storage === undefined) return addAnything(found);
      if (storage.type === "N" || storage.type === "NS") found.numbers.add(storage.numbers);
      found.types.add(storage.type);
      return;
    }
    default: {
      const inner = innerOf(schema);
      if (inner !== undefined) visit(inner, found, seen);
    }
  }
}

function addNumber(found: Collected, kind: NumberKind): void {
  found.types.add("N");
  found.numbers.add(kind);
}

function addAnything(found: Collected): void {
  found.open = true;
  for (const type of allTypes) found.types.add(type);
}

function addValues(values: Iterable<unknown>, found: Collected): void {
  for (const value of values) {
    if (typeof value === "string") found.types.add("S");
    else if (typeof value === "number") addNumber(found, "number");
    else if (typeof value === "bigint") addNumber(found, "bigint");
    else if (typeof value === "boolean") found.types.add("BOOL");
    else if (value === null) found.types.add("NULL");
  }
}

function addSet(members: Storage, found: Collected): void {
  for (const type of members.types) {
    const setType = setTypes[type];
    if (setType !== undefined) found.types.add(setType);
  }
  for (const kind of members.numbers) found.numbers.add(kind);
}

// What one side leaves open, the other may narrow.
function addIntersection(left: Schema, right: Schema, found: Collected): void {
  const [a, b] = [storageOf(left), storageOf(right)];
  for (const type of a.types) if (b.types.has(type)) found.types.add(type);
  for (const side of [a, b]) {
    for (const kind of side.numbers) found.numbers.add(kind);
    for (const map of side.maps) found.maps.add(map);
  }
  found.open = found.open || (a.open && b.open);
}

const setTypeNames: readonly AttributeType[] = ["SS", "NS", "BS"];

/** Whether the schema stores a set, of which an empty one is no attribute. */
export function storesSet(schema: Schema): boolean {
  const { types, open } = storageOf(schema);
  return !open && setTypeNames.some((type) => types.has(type));
}
