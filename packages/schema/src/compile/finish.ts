import { isPlainObject, type NativeAttributeMap, type NativeAttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { defineMember } from "./define-member.ts";
import { customIssue } from "./run-zod.ts";
import { elementOf, type Place, placeAt } from "./step.ts";
import { storageOf } from "./stored-types.ts";
import { acceptsUndefined, type Schema } from "./zod-types.ts";

/** What finishing a value notes. */
export interface Finishing {
  readonly path: PropertyKey[];
  readonly issues: z.$ZodIssue[];
  /** What was left out, and only reading it back tells whether it comes back as it was. */
  readonly leftOut: LeftOut[];
  /** Set once the value turned out to nest too deep: what contains itself twice would be gone through for ever. */
  exceeded?: boolean;
}

/** A member without a value, or an empty set, that was left out. */
export interface LeftOut {
  readonly path: readonly PropertyKey[];
  readonly emptySet: boolean;
}

const maximumDepth = 64;

/**
 * Turns the stored side of a value into what core stores: Maps become plain objects, members without a value and empty
 * sets are left out.
 *
 * @returns `undefined` for an empty set, or where there is no value.
 */
export function finish(
  value: unknown,
  schema: Schema | undefined,
  finishing: Finishing,
): NativeAttributeValue | undefined {
  if (typeof value === "number") return finishNumber(value, finishing);
  if (typeof value !== "object" || value === null) return value as NativeAttributeValue;
  if (value instanceof Set) {
    if (value.size === 0) return undefined;
    for (const member of value) if (typeof member === "number") finishNumber(member, finishing);
    return value as ReadonlySet<string>;
  }
  const list = Array.isArray(value);
  if (!list && !(value instanceof Map) && !isPlainObject(value)) return value as Uint8Array;
  if (finishing.exceeded === true) return undefined;
  if (finishing.path.length > maximumDepth) {
    finishing.exceeded = true;
    note("Nests too deep, or contains itself", { ...finishing, path: finishing.path.slice(0, 8) });
    return undefined;
  }
  return list ? finishList(value, schema, finishing) : finishMembers(value, schema, finishing);
}

function finishMembers(
  value: object,
  schema: Schema | undefined,
  finishing: Finishing,
): NativeAttributeMap {
  const result = {};
  const members: Iterable<[unknown, unknown]> =
    value instanceof Map ? value : Object.entries(value);
  for (const [name, member] of members) {
    if (typeof name !== "string") {
      note("The keys of a Map must be strings, as the names in a DynamoDB map are", finishing);
      continue;
    }
    finishing.path.push(name);
    if (name === "") note("A member's name can't be empty", finishing);
    const place = schema && placeAt(schema, name);
    const finished = finish(member, place?.schema, finishing);
    if (finished !== undefined) defineMember(result, name, finished);
    else if (schema !== undefined && finishing.exceeded !== true)
      noteLeftOut(member, place, value instanceof Map, finishing);
    finishing.path.pop();
  }
  return result;
}

function noteLeftOut(
  member: unknown,
  place: Place | undefined,
  ofMap: boolean,
  finishing: Finishing,
): void {
  const emptySet = member instanceof Set;
  if (!emptySet && ofMap) note("A member of a Map can't be undefined: leave it out", finishing);
  if (place === undefined || acceptsUndefined(place.schema)) return;
  if (!place.certain) finishing.leftOut.push({ path: [...finishing.path], emptySet });
  else {
    const reason = reasonAgainstAbsence(place, emptySet);
    if (reason !== undefined) note(reason, finishing);
  }
}

/** Why a member can't be left out: it must come back as it was. Of a place that is certain. */
export function reasonAgainstAbsence(place: Place, emptySet: boolean): string | undefined {
  if (acceptsUndefined(place.schema)) return undefined;
  if (emptySet) return !place.named || storageOf(place.schema).open ? noEmptySet : undefined;
  return place.named && !place.mayBeAbsent ? required : undefined;
}

/** Says of an empty set that it can't come back. */
export const noEmptySet = "An empty set can't be stored here: leave the member out";
const required = "Required: it can't be undefined";

/** Why an element of a list can't be nothing: the others would take its place. */
export function reasonAgainstGap(emptySet: boolean): string {
  return emptySet
    ? "An empty set can't stand in a list: DynamoDB has none"
    : "An element of a list can't be undefined: use null";
}

function finishList(
  value: readonly unknown[],
  schema: Schema | undefined,
  finishing: Finishing,
): NativeAttributeValue {
  return value.map((member, index) => {
    finishing.path.push(index);
    const place = schema && (placeAt(schema, index)?.schema ?? elementOf(schema));
    const finished = finish(member, place, finishing);
    if (finished === undefined && finishing.exceeded !== true)
      note(reasonAgainstGap(member instanceof Set), finishing);
    finishing.path.pop();
    return finished as NativeAttributeValue;
  });
}

function finishNumber(value: number, finishing: Finishing): number {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    note(
      "The integer is not exact as a number (beyond 2^53 - 1). Declare it as z.bigint() or decimal()",
      finishing,
    );
  } else if (value !== 0 && Math.abs(value) < 1e-130) {
    note("The number is too near zero for DynamoDB, whose smallest is 1E-130", finishing);
  }
  return value;
}

function note(message: string, { path, issues }: Finishing): void {
  issues.push(customIssue(path, message));
}
