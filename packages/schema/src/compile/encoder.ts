import { type NativeAttributeValue, notUnderstood, NumberValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { type Check, checksOf, runSchema } from "../wire-text/checks.ts";
import { isInheritedName } from "./define-member.ts";
import { finish, type Finishing } from "./finish.ts";
import { losesIssuesInside } from "./lost-checks.ts";
import { requiresMember } from "./object-options.ts";
import { needsPreparing, optionTeller, prepare } from "./prepare.ts";
import { runZod } from "./run-zod.ts";
import { discriminatorOf } from "./selection.ts";
import { declaredStorage } from "./stored-as.ts";
import { definitionOf, innerOf, internalsOf, isCodec, othersOf, type Schema } from "./zod-types.ts";

/**
 * Encodes a value in one pass; `undefined` for what is no attribute. Whatever it is not sure of, misfits above all, it does
 * not understand.
 */
export type Encoder = (value: unknown, depth: number) => NativeAttributeValue | undefined;

const known = new WeakMap<Schema, { encode: Encoder | undefined; finished: boolean }>();
// DynamoDB nests 32 deep; what comes near it is left to those who say where.
const maximumDepth = 28;

/** What encodes values of the schema directly; `undefined` where that is left to zod. */
export function encoderOf(schema: Schema): Encoder | undefined {
  let entry = known.get(schema);
  if (entry === undefined) {
    entry = { encode: undefined, finished: false };
    known.set(schema, entry);
    entry.encode = makeEncoder(schema);
    entry.finished = true;
  }
  return entry.encode;
}

function partEncoder(schema: Schema): Encoder {
  // A schema that holds itself: what encodes it is known when a value comes.
  if (known.get(schema)?.finished === false)
    return (value, depth) => partEncoder(schema)(value, depth);
  return encoderOf(schema) ?? throughZod(schema);
}

function makeEncoder(schema: Schema): Encoder | undefined {
  const scalar = scalarEncoder(schema);
  if (scalar !== undefined) return scalar;
  const definition = definitionOf(schema);
  const check = checksOf(schema);
  // Checks see a value with its defaults filled in.
  if (check !== undefined && needsPreparing(schema)) return undefined;
  switch (definition.type) {
    case "object":
      return objectEncoder(definition, check);
    case "array":
      return listEncoder(partEncoder(definition.element), check);
    case "set": {
      const member = scalarEncoder(definition.valueType);
      return member && setEncoder(member, check);
    }
    case "record":
      return check === undefined && isAnyText(definition.keyType)
        ? recordEncoder(partEncoder(definition.valueType))
        : undefined;
    case "union":
      return check === undefined ? unionEncoder(definition) : undefined;
    case "pipe":
      return check === undefined ? codecEncoder(definition) : undefined;
    case "nullable":
    case "optional":
    case "default":
    case "prefault":
    case "readonly": {
      if (check !== undefined) return undefined;
      const encode = partEncoder(definition.innerType);
      return definition.type === "nullable"
        ? (value, depth) => (value === null ? null : encode(value, depth))
        : encode;
    }
    case "lazy": {
      if (check !== undefined) return undefined;
      let encode: Encoder | undefined;
      return (value, depth) =>
        (encode ??= partEncoder(innerOf(schema) as Schema))(value, within(depth));
    }
    default:
      return undefined;
  }
}

/** Encodes what a set can hold, and other values without members. */
function scalarEncoder(schema: Schema): Encoder | undefined {
  const definition = definitionOf(schema);
  const check = checksOf(schema);
  switch (definition.type) {
    case "string":
    case "number":
    case "bigint":
    case "boolean": {
      if (definition.coerce === true) return undefined;
      const { type } = definition;
      if (type === "number") return checkedNumber(check);
      return (value) => {
        // oxlint-disable-next-line valid-typeof
        if (typeof value !== type) throw notUnderstood;
        const checked = check === undefined ? value : check(value);
        // oxlint-disable-next-line valid-typeof
        if (typeof checked !== type) throw notUnderstood;
        return checked as NativeAttributeValue;
      };
    }
    case "null":
    case "enum":
    case "literal": {
      const values = definition.type === "null" ? new Set([null]) : internalsOf(schema).values;
      if (check !== undefined || values === undefined || values.has(undefined)) return undefined;
      return (value) => {
        if (!values.has(value as never)) throw notUnderstood;
        return typeof value === "number" ? storable(value) : (value as string);
      };
    }
    case "custom":
      if (declaredStorage(schema) === undefined || check === undefined) return undefined;
      return (value) => {
        const checked = check(value);
        if (typeof checked === "string" || checked instanceof Uint8Array) return checked;
        if (checked instanceof NumberValue) return checked;
        throw notUnderstood;
      };
    default:
      return undefined;
  }
}

function checkedNumber(check: Check | undefined): Encoder {
  return (value) => storable(check === undefined ? value : check(storable(value)));
}

function storable(value: unknown): number {
  if (
    typeof value === "number" &&
    (Number.isInteger(value)
      ? Number.isSafeInteger(value)
      : Number.isFinite(value) && Math.abs(value) >= 1e-130)
  )
    return value;
  throw notUnderstood;
}

interface Member {
  readonly name: string;
  readonly encode: Encoder;
  /** What a missing member is: `"required"` is not understood, `"left out"` is no member, else what stands for it. */
  readonly absent: "required" | "left out" | (() => unknown);
}

function objectEncoder(definition: z.$ZodObjectDef, check: Check | undefined): Encoder | undefined {
  const { shape, catchall } = definition;
  const names = Object.keys(shape);
  if (
    othersOf(definition) !== undefined ||
    names.some((name) => name === "" || isInheritedName(name))
  )
    return undefined;
  const members = names.map((name) => memberOf(name, shape[name] as Schema));
  const takesAnyObject = !requiresMember(definition);
  return (value, depth) => {
    const inside = within(depth);
    const given = plainObject(value);
    if (takesAnyObject && Symbol.toStringTag in given) throw notUnderstood;
    const result: Record<string, NativeAttributeValue> = {};
    for (const { name, encode, absent } of members) {
      let member = given[name];
      if (member === undefined) {
        if (absent === "left out") continue;
        if (absent === "required") throw notUnderstood;
        member = absent();
      }
      const encoded = encode(member, inside);
      // A missing set is an empty one.
      if (encoded !== undefined) result[name] = encoded;
    }
    if (catchall !== undefined) {
      for (const name of Object.keys(given)) if (!Object.hasOwn(shape, name)) throw notUnderstood;
    }
    hold(check, value);
    return result;
  };
}

function memberOf(name: string, schema: Schema): Member {
  const encode = partEncoder(schema);
  if (mayBeLeftOut(schema)) return { name, encode, absent: "left out" };
  // What stands for a missing value is not made ready as given ones are.
  if (internalsOf(schema).optin !== "defaulted" || needsPreparing(schema))
    return { name, encode, absent: "required" };
  return { name, encode, absent: () => runSchema(schema, undefined) };
}

function mayBeLeftOut(schema: Schema): boolean {
  const definition = definitionOf(schema);
  if (checksOf(schema) !== undefined) return false;
  if (definition.type === "optional")
    return internalsOf(definition.innerType).optin !== "defaulted";
  return definition.type === "nullable" && mayBeLeftOut(definition.innerType);
}

function listEncoder(encode: Encoder, check: Check | undefined): Encoder {
  return (value, depth) => {
    const inside = within(depth);
    if (!Array.isArray(value)) throw notUnderstood;
    const list: NativeAttributeValue[] = [];
    for (let index = 0; index < value.length; index++) {
      list.push(present(encode(value[index], inside)));
    }
    hold(check, value);
    return list;
  };
}

function setEncoder(encode: Encoder, check: Check | undefined): Encoder {
  return (value, depth) => {
    if (!(value instanceof Set)) throw notUnderstood;
    const set = new Set<NativeAttributeValue>();
    for (const member of value) set.add(present(encode(member, depth)));
    hold(check, value);
    return set.size === 0 ? undefined : (set as ReadonlySet<string>);
  };
}

function recordEncoder(encode: Encoder): Encoder {
  return (value, depth) => {
    const inside = within(depth);
    const given = plainObject(value);
    const result: Record<string, NativeAttributeValue> = {};
    for (const name of Reflect.ownKeys(given)) {
      if (typeof name === "symbol" || name === "" || name === "__proto__") throw notUnderstood;
      if (!Object.prototype.propertyIsEnumerable.call(given, name)) throw notUnderstood;
      result[name] = present(encode(given[name], inside));
    }
    return result;
  };
}

/** Where the discriminator or the kind of a value tells which option alone can take it. */
function unionEncoder(definition: z.$ZodUnionDef): Encoder | undefined {
  const options = definition.options as readonly Schema[];
  if (discriminatorOf(definition) !== undefined) {
    const told = optionTeller(definition);
    return (value, depth) => partOf(told(plainObject(value)))(value, depth);
  }
  const byKind = new Map(options.map((option) => [kindOf(option), option]));
  if (byKind.has(undefined) || byKind.size < options.length) return undefined;
  return (value, depth) => {
    const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return partOf(byKind.get(kind))(value, depth);
  };
}

function partOf(option: Schema | undefined): Encoder {
  if (option === undefined) throw notUnderstood;
  return partEncoder(option);
}

/** The one kind of values that a schema takes; `undefined` where it takes several, or it is not known. */
function kindOf(schema: Schema): string | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return definition.coerce === true ? undefined : definition.type;
    case "null":
    case "array":
      return definition.type;
    case "object":
    case "record":
      return "object";
    case "enum":
    case "literal": {
      const kinds = new Set([...(internalsOf(schema).values ?? [])].map((value) => typeof value));
      const [kind] = kinds;
      return kinds.size === 1 && (kind === "string" || kind === "number") ? kind : undefined;
    }
    default:
      return undefined;
  }
}

function isAnyText(schema: Schema): boolean {
  const definition = definitionOf(schema);
  return (
    definition.type === "string" && definition.coerce !== true && checksOf(schema) === undefined
  );
}

const backward = { direction: "backward" } as const;

function codecEncoder(definition: z.$ZodPipeDef): Encoder | undefined {
  const { out, reverseTransform } = definition;
  const encode = scalarEncoder(definition.in);
  if (!isCodec(definition) || encode === undefined || needsPreparing(out)) return undefined;
  return (value, depth) => {
    if (value === undefined) throw notUnderstood;
    const payload = internalsOf(out).run({ value, issues: [] }, backward);
    if (payload instanceof Promise || payload.issues.length > 0) throw notUnderstood;
    const encoded: unknown = reverseTransform?.(payload.value, payload);
    if (payload.issues.length > 0) throw notUnderstood;
    return encode(encoded, depth);
  };
}

/** Encodes what has no encoder of its own by zod, as whole values are. */
function throughZod(schema: Schema): Encoder {
  return (value, depth) => {
    if (losesIssuesInside(schema)) throw notUnderstood;
    const finishing: Finishing = { path: [], issues: [], leftOut: [] };
    const prepared = prepare(schema, value, finishing);
    const outcome = runZod(schema, prepared, backward);
    if (!outcome.ok) throw notUnderstood;
    const finished = present(finish(outcome.value, schema, finishing));
    if (finishing.issues.length > 0 || finishing.leftOut.length > 0) throw notUnderstood;
    checkDepth(finished, depth);
    return finished;
  };
}

function checkDepth(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  const inside = within(depth);
  if (Array.isArray(value)) for (const member of value) checkDepth(member, inside);
  else if (isPlain(value)) {
    for (const member of Object.values(value)) checkDepth(member, inside);
  }
}

function within(depth: number): number {
  if (depth > maximumDepth) throw notUnderstood;
  return depth + 1;
}

function present(value: NativeAttributeValue | undefined): NativeAttributeValue {
  if (value === undefined) throw notUnderstood;
  return value;
}

/** Checks of a list or an object may refuse it, and make nothing else of it. */
function hold(check: Check | undefined, value: unknown): void {
  if (check !== undefined && check(value) !== value) throw notUnderstood;
}

/** Instances of classes, and objects of another realm, are left to zod. */
function plainObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || !isPlain(value)) throw notUnderstood;
  return value as Record<string, unknown>;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
