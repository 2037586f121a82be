import {
  type AttributeType,
  NumberValue,
  type NativeAttributeValue,
  type PathStep,
} from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { InvalidItem } from "../errors.ts";
import { type Encoded, encodeUnrefined, encodeWhole } from "./encode.ts";
import { reasonAgainstAbsence, reasonAgainstGap } from "./finish.ts";
import { encodeByOption } from "./encode-by-option.ts";
import { formatIssuePath } from "./issue-text.ts";
import { overwrite } from "./overwrite.ts";
import { customIssue } from "./run-zod.ts";
import { elementOf, type Place } from "./step.ts";
import { storageOf } from "./stored-types.ts";

/** Encodes the values of one attribute path. */
export interface FieldCodec {
  /** What the attribute may be on the wire. */
  readonly storedTypes: ReadonlySet<AttributeType>;
  /** Whether what is stored may lack it. */
  readonly mayBeAbsent: boolean;
  /**
   * Encodes an operand of a condition: by the codec, its type checked, but not held to refinements.
   *
   * @throws InvalidItem
   */
  encodeOperand(value: unknown): NativeAttributeValue;
  /**
   * Encodes a new value whole: with defaults and all refinements.
   *
   * @returns `undefined` where the value is no attribute, as an empty set: the attribute is then to be removed.
   * @throws InvalidItem also where the attribute, once removed, would not come back as the value.
   */
  encodeValue(value: unknown): NativeAttributeValue | undefined;
  /**
   * Refuses a number that can't be added to the attribute or taken off it: a fraction where the schema holds integers or
   * multiples. Bounds say nothing of a difference.
   *
   * @throws InvalidItem
   */
  checkDifference(value: unknown): void;
  /** The codec of what a list, a set, a record or a Map holds. */
  element(): FieldCodec | undefined;
}

/** What a field codec says in its errors. */
export interface FieldContext {
  readonly tableName: string;
  readonly path: readonly PathStep[];
  /** Runs what calls zod, and names the table in the error about an asynchronous schema. */
  readonly guard: <Result>(run: () => Result) => Result;
}

/** Makes the codec of what stands at a path. */
export function fieldCodec(place: Place, context: FieldContext): FieldCodec {
  const { schema, mayBeAbsent, alternatives } = place;
  const { types } = storageOf(schema);
  return {
    storedTypes: types,
    mayBeAbsent,
    encodeOperand(value) {
      const encoded = context.guard(() =>
        encodeByOption(place, value, context.path, encodeUnrefined, false),
      );
      if (!encoded.ok) throw invalid(encoded.issues, "operand", context);
      const problem = operandProblem(encoded.value, types);
      if (problem !== undefined || encoded.value === undefined) {
        throw invalid([customIssue(context.path, problem ?? "")], "operand", context);
      }
      return overwrite(schema, encoded.value);
    },
    encodeValue(value) {
      const encoded: Encoded = context.guard(() =>
        encodeByOption(place, value, context.path, encodeWhole, true),
      );
      if (!encoded.ok) throw invalid(encoded.issues, "value", context);
      const problem =
        encoded.value === undefined ? removalProblem(value, place, context.path) : undefined;
      if (problem !== undefined)
        throw invalid([customIssue(context.path, problem)], "value", context);
      return encoded.value;
    },
    checkDifference(value) {
      const encoded: Encoded = context.guard(() => encodeWhole(schema, value, context.path));
      const issues = encoded.ok ? [] : encoded.issues.filter(isOfStep);
      if (issues.length > 0) throw invalid(issues, "operand", context);
    },
    element() {
      const element = elementOf(schema);
      if (element === undefined) return undefined;
      const elements = alternatives?.flatMap((option) => elementOf(option) ?? []);
      // An element has no path of its own; the message of an error says "an element of".
      return fieldCodec(
        {
          schema: element,
          alternatives: elements,
          named: false,
          mayBeAbsent: true,
          certain: true,
        },
        context,
      );
    },
  };
}

/** Why an attribute can't be removed to have a value that is none: an empty set, or `undefined`. */
function removalProblem(
  value: unknown,
  place: Place,
  path: readonly PathStep[],
): string | undefined {
  // A codec may have made the set.
  const emptySet = value !== undefined;
  if (typeof path.at(-1) === "number") return reasonAgainstGap(emptySet);
  return place.certain ? reasonAgainstAbsence(place, emptySet) : undefined;
}

/** Whether an issue is about the steps that a number goes by, which hold for differences too. */
function isOfStep(issue: z.$ZodIssue): boolean {
  switch (issue.code) {
    case "invalid_type":
      return String(issue.expected) === "int";
    case "not_multiple_of":
      return true;
    case "invalid_union": {
      // Options that are no numbers say nothing of one.
      const options = issue.errors.filter((errors) => !errors.every(isOfOtherType));
      return options.length > 0 && options.every((errors) => errors.some(isOfStep));
    }
    default:
      return false;
  }
}

function isOfOtherType(issue: z.$ZodIssue): boolean {
  return issue.code === "invalid_type" && !isOfStep(issue);
}

function operandProblem(
  value: NativeAttributeValue | undefined,
  types: ReadonlySet<AttributeType>,
): string | undefined {
  if (value === undefined) return "An operand can't be undefined or an empty set";
  const type = typeOf(value);
  if (type === undefined || types.has(type)) return undefined;
  return `Invalid input: expected ${[...types].map((each) => typeNames[each]).join(" or ")}, received ${typeNames[type]}`;
}

const typeNames: Readonly<Record<AttributeType, string>> = {
  S: "a string",
  N: "a number",
  B: "binary (Uint8Array)",
  BOOL: "a boolean",
  NULL: "null",
  SS: "a set of strings",
  NS: "a set of numbers",
  BS: "a set of binary",
  L: "a list",
  M: "a map",
};

function typeOf(value: NativeAttributeValue): AttributeType | undefined {
  switch (typeof value) {
    case "string":
      return "S";
    case "number":
    case "bigint":
      return "N";
    case "boolean":
      return "BOOL";
    default:
  }
  if (value === null) return "NULL";
  if (Array.isArray(value)) return "L";
  if (value instanceof NumberValue) return "N";
  if (value instanceof Uint8Array) return "B";
  if (value instanceof Set) return setTypeOf(value as ReadonlySet<NativeAttributeValue>);
  return "M";
}

function setTypeOf(value: ReadonlySet<NativeAttributeValue>): AttributeType | undefined {
  const [first] = value;
  const type = first === undefined ? undefined : typeOf(first);
  return type === "S" ? "SS" : type === "N" ? "NS" : type === "B" ? "BS" : undefined;
}

function invalid(
  issues: readonly z.$ZodIssue[],
  what: "operand" | "value",
  { tableName, path }: FieldContext,
): InvalidItem {
  return new InvalidItem(tableName, issues, `The ${what} for ${formatIssuePath(path)}`);
}
