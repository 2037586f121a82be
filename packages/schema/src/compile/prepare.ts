import { isObject } from "@fieldwise/core";
import { $ZodAny } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { CopiedOnWrite } from "./copied-on-write.ts";
import { isInheritedName } from "./define-member.ts";
import { losesIssues } from "./lost-checks.ts";
import { requiresMember } from "./object-options.ts";
import { customIssue, runZod, under } from "./run-zod.ts";
import { discriminatorOf } from "./selection.ts";
import { internalsOf, definitionOf, innerOf, othersOf, type Schema } from "./zod-types.ts";

/** What preparing a value notes. */
export interface Preparing {
  readonly path: PropertyKey[];
  readonly issues: z.$ZodIssue[];
  /** Whether values are not held to refinements. */
  readonly skipChecks?: boolean;
  /** What unions have made of values while an option of another union is tried. */
  readonly tried?: TriedValues;
  /** Set once the value turned out to nest too deep: what contains itself twice would be gone through for ever. */
  readonly bounds?: { exceeded: boolean };
}

/** By the union and the value: options that have the same members ask for the same again. */
type TriedValues = Map<z.$ZodUnionDef, Map<unknown, Prepared>>;

interface Prepared {
  readonly value: unknown;
  readonly issues: readonly z.$ZodIssue[];
  /** How many steps lead to where the value stood. */
  readonly depth: number;
}

/** Makes a value ready for zod's backward run. It gives the value itself where there is nothing to add. */
type Prepare = (value: unknown, preparing: Preparing) => unknown;

const known = new WeakMap<Schema, { prepare: Prepare | undefined; finished: boolean }>();
const maximumDepth = 32;

/**
 * Fills in defaults, which zod does not apply when it encodes, and notices members that zod would drop.
 *
 * @returns A copy where something was to be filled in.
 */
export function prepare(schema: Schema, value: unknown, preparing: Preparing): unknown {
  const { bounds = { exceeded: false } } = preparing;
  return prepareMember(schema, preparerOf(schema), value, { ...preparing, bounds });
}

/** Whether some values of the schema are prepared; where one is missing does not count. */
export function needsPreparing(schema: Schema): boolean {
  return preparerOf(schema) !== undefined;
}

// `undefined` where there is nothing to prepare in any value of the schema.
function preparerOf(schema: Schema): Prepare | undefined {
  const entry = known.get(schema);
  if (entry !== undefined) {
    // A schema that holds itself: what it is prepared by is known when a value comes.
    return entry.finished
      ? entry.prepare
      : (value, preparing) => entry.prepare?.(value, preparing) ?? value;
  }
  const made: { prepare: Prepare | undefined; finished: boolean } = {
    prepare: undefined,
    finished: false,
  };
  known.set(schema, made);
  const fill = makePreparer(schema);
  made.prepare = losesIssues(schema) ? holding(schema, fill) : fill;
  made.finished = true;
  return made.prepare;
}

function makePreparer(schema: Schema): Prepare | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return objectPreparer(definition);
    case "record":
      return recordPreparer(definition);
    case "array":
      return listPreparer([], definition.element);
    case "tuple":
      return listPreparer(definition.items, definition.rest ?? undefined);
    case "map":
      return mapPreparer(definition.valueType);
    case "union":
      return unionPreparer(definition);
    case "intersection": {
      const left = preparerOf(definition.left);
      const right = preparerOf(definition.right);
      if (left === undefined || right === undefined) return left ?? right;
      return (value, preparing) => right(left(value, preparing), preparing);
    }
    case "pipe":
      return preparerOf(definition.out);
    case "lazy":
      return (value, preparing) =>
        preparerOf(innerOf(schema) ?? schema)?.(value, preparing) ?? value;
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? undefined : preparerOf(inner);
    }
  }
}

function objectPreparer(definition: z.$ZodObjectDef): Prepare | undefined {
  const members = Object.keys(definition.shape).map((name) => {
    const schema = definition.shape[name] as Schema;
    return { name, schema, prepare: preparerOf(schema) };
  });
  const toPrepare = members.filter(
    ({ schema, prepare: has }) => has !== undefined || isFilledIn(schema) || isAskedAnyway(schema),
  );
  const names = members.map(({ name }) => name);
  const bare = members.some(({ name }) => isInheritedName(name));
  const rest = othersOf(definition);
  const prepareRest = rest && preparerOf(rest);
  const takesAnyObject = !requiresMember(definition);
  if (toPrepare.length === 0 && !bare && rest === undefined && !takesAnyObject) return undefined;
  return (value, preparing) => {
    if (!isObject(value)) return value;
    if (takesAnyObject) noticeBuiltIn(value, preparing);
    const copy = new CopiedOnWrite(value, bare, names);
    for (const { name, schema, prepare: has } of toPrepare) {
      const filled = prepareNamed(copy, name, schema, has, preparing);
      if (filled === undefined && isAskedAnyway(schema)) copy.set(name, undefined);
    }
    if (rest !== undefined) {
      noticeProto(value, preparing);
      if (prepareRest !== undefined) {
        for (const name of Object.keys(value)) {
          if (Object.hasOwn(definition.shape, name)) continue;
          prepareNamed(copy, name, rest, prepareRest, preparing);
        }
      }
    }
    return copy.value;
  };
}

function recordPreparer(definition: z.$ZodRecordDef): Prepare {
  const schema = definition.valueType;
  const prepareValue = preparerOf(schema);
  const names = definition.partial === true ? undefined : internalsOf(definition.keyType).values;
  return (value, preparing) => {
    if (!isObject(value)) return value;
    noticeProto(value, preparing);
    if (prepareValue === undefined && !isFilledIn(schema)) return value;
    const copy = new CopiedOnWrite(value, false, []);
    const all = new Set([...Object.keys(value), ...[...(names ?? [])].map(String)]);
    for (const name of all) prepareNamed(copy, name, schema, prepareValue, preparing);
    return copy.value;
  };
}

function prepareNamed(
  copy: CopiedOnWrite,
  name: string,
  schema: Schema,
  has: Prepare | undefined,
  preparing: Preparing,
): unknown {
  const old = copy.get(name);
  const filled = prepareAt(name, schema, has, old, preparing);
  if (filled !== old) copy.set(name, filled);
  return filled;
}

function listPreparer(items: readonly Schema[], rest: Schema | undefined): Prepare | undefined {
  const schemas = rest === undefined ? items : [...items, rest];
  const needed = schemas.some((schema) => preparerOf(schema) !== undefined || isFilledIn(schema));
  if (!needed) return undefined;
  return (value, preparing) => {
    if (!Array.isArray(value)) return value;
    const result: unknown[] = [];
    const length = Math.max(value.length, items.length);
    for (let index = 0; index < length; index++) {
      const schema = items[index] ?? rest;
      const old: unknown = value[index];
      const filled =
        schema === undefined ? old : prepareAt(index, schema, preparerOf(schema), old, preparing);
      if (index >= value.length && filled === undefined) break;
      result.push(filled);
    }
    return result;
  };
}

function mapPreparer(schema: Schema): Prepare | undefined {
  const prepareValue = preparerOf(schema);
  if (prepareValue === undefined) return undefined;
  return (value, preparing) => {
    if (!(value instanceof Map)) return value;
    const result = new Map<unknown, unknown>();
    for (const [name, member] of value as Map<unknown, unknown>) {
      // An object need not have a text.
      const step = typeof name === "string" ? name : Object.prototype.toString.call(name);
      result.set(name, prepareAt(step, schema, prepareValue, member, preparing));
    }
    return result;
  };
}

/** Holds a value to the checks of its schema, where zod would let it pass. */
function holding(schema: Schema, fill: Prepare | undefined): Prepare {
  const { checks = [] } = definitionOf(schema);
  const checked = new $ZodAny({ type: "any", checks });
  return (value, preparing) => {
    const filled = fill === undefined ? value : fill(value, preparing);
    if (preparing.skipChecks === true) return filled;
    const outcome = runZod(checked, filled, {});
    if (!outcome.ok && runZod(schema, filled, { direction: "backward" }).ok) {
      preparing.issues.push(...under(preparing.path, outcome.issues));
    }
    return filled;
  };
}

function unionPreparer(definition: z.$ZodUnionDef): Prepare | undefined {
  const options = definition.options as readonly Schema[];
  if (options.every((option) => preparerOf(option) === undefined)) return undefined;
  const told = optionTeller(definition);
  return (value, preparing) => {
    const option = told(value);
    if (option !== undefined) return prepare(option, value, preparing);
    const tried: TriedValues = preparing.tried ?? new Map();
    let values = tried.get(definition);
    if (values === undefined) tried.set(definition, (values = new Map()));
    let prepared = values.get(value);
    if (prepared === undefined) {
      prepared = tryOptions(options, value, { ...preparing, tried });
      values.set(value, prepared);
    }
    preparing.issues.push(...issuesAt(preparing.path, prepared));
    return prepared.value;
  };
}

// The same value may stand at several places, and be prepared at the first of them alone.
function issuesAt(
  path: readonly PropertyKey[],
  { issues, depth }: Prepared,
): readonly z.$ZodIssue[] {
  return issues.map((issue) =>
    issue.path.length < depth ? issue : { ...issue, path: [...path, ...issue.path.slice(depth)] },
  );
}

/**
 * Tells by which option zod encodes a value: the one that the discriminator names, and no other. To try them all would take
 * time that grows with the power of the depth of a union that holds itself.
 */
export function optionTeller(definition: z.$ZodUnionDef): (value: unknown) => Schema | undefined {
  const name = discriminatorOf(definition);
  if (name === undefined) return () => undefined;
  const byValue = new Map<unknown, Schema>();
  for (const option of definition.options as readonly Schema[]) {
    for (const value of internalsOf(option).propValues?.[name] ?? []) {
      if (value !== undefined) byValue.set(value, option);
    }
  }
  return (value) => (isObject(value) ? byValue.get(value[name]) : undefined);
}

// Which option it is tells whether it can be encoded by it.
function tryOptions(options: readonly Schema[], value: unknown, preparing: Preparing): Prepared {
  const depth = preparing.path.length;
  let lossy: Prepared | undefined;
  for (const option of options) {
    const attempt: Preparing = { ...preparing, path: [...preparing.path], issues: [] };
    const filled = prepare(option, value, attempt);
    if (attempt.bounds?.exceeded === true) return { value, issues: attempt.issues, depth };
    if (attempt.issues.length > 0 && lossy !== undefined) continue;
    if (!runZod(option, filled, { direction: "backward" }).ok) continue;
    if (attempt.issues.length === 0) return { value: filled, issues: [], depth };
    lossy = { value: filled, issues: attempt.issues, depth };
  }
  // Zod would take the value by this option, and drop what was noticed.
  return lossy ?? { value, issues: [], depth };
}

function prepareAt(
  step: PropertyKey,
  schema: Schema,
  has: Prepare | undefined,
  value: unknown,
  preparing: Preparing,
): unknown {
  preparing.path.push(step);
  const filled = prepareMember(schema, has, value, preparing);
  preparing.path.pop();
  return filled;
}

function prepareMember(
  schema: Schema,
  has: Prepare | undefined,
  given: unknown,
  preparing: Preparing,
): unknown {
  // What is filled in is prepared like what is given.
  const value = given === undefined ? filledIn(schema) : given;
  if (value === undefined) return value;
  const { bounds } = preparing;
  if (has === undefined || bounds?.exceeded === true) return value;
  if (preparing.path.length > maximumDepth) {
    if (bounds !== undefined) bounds.exceeded = true;
    preparing.issues.push(
      customIssue(preparing.path.slice(0, 8), "Nests deeper than 32 levels, or contains itself"),
    );
    return value;
  }
  return has(value, preparing);
}

/** What a read would make of a member's absence, where the schema fills it in. */
function filledIn(schema: Schema): unknown {
  if (!isFilledIn(schema)) return undefined;
  const outcome = runZod(schema, undefined, {});
  return outcome.ok ? outcome.value : undefined;
}

function isFilledIn(schema: Schema): boolean {
  return internalsOf(schema).optin === "defaulted";
}

// Zod asks for the member as it is stored, where the application need not have it: a codec may make it of nothing.
function isAskedAnyway(schema: Schema): boolean {
  return internalsOf(schema).optin === undefined && internalsOf(schema).optout === "optional";
}

// Zod takes a Date or a Set for an object without members, and would store an empty map.
function noticeBuiltIn(value: object, preparing: Preparing): void {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "Object") return;
  const message = `Invalid input: expected object, received ${kind}`;
  preparing.issues.push(customIssue(preparing.path, message));
}

function noticeProto(value: object, preparing: Preparing): void {
  if (!Object.hasOwn(value, "__proto__")) return;
  const path = [...preparing.path, "__proto__"];
  const message = "Zod drops a member of this name from records and loose objects; use z.map()";
  preparing.issues.push(customIssue(path, message));
}
