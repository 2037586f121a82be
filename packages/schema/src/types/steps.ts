import type { NumberValue } from "@fieldwise/core";
import type { OmitIndexSignature } from "type-fest";

/** One step of an attribute path: a name, or a list index. */
export type PathStep = string | number;

/** Values that no path leads into. */
export type Opaque =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | Date
  | Uint8Array
  | NumberValue
  | SetOf<unknown>
  | ((...parameters: never[]) => unknown);

/** A set; and no map, which would pass for one. */
export type SetOf<Member> = ReadonlySet<Member> & { readonly get?: never };

/** The steps that lead into a value, of whatever member of a union. */
export type StepOf<Value> = Value extends Opaque
  ? never
  : Value extends ReadonlyMap<string, unknown>
    ? string
    : Value extends readonly unknown[]
      ? number extends Value["length"]
        ? number
        : TupleIndex<Value>
      : string extends keyof Value
        ? string
        : Extract<keyof Value, string>;

type TupleIndex<Value extends readonly unknown[]> =
  Extract<keyof Value, `${number}`> extends `${infer Index extends number}` ? Index : never;

/** The value behind a step; with `undefined` where it may be absent. */
export type ValueAt<Value, Step> = Value extends Opaque
  ? never
  : Value extends ReadonlyMap<string, infer Member>
    ? Member | undefined
    : Value extends readonly unknown[]
      ? Step extends number
        ? number extends Value["length"]
          ? Value[Step] | undefined
          : Value[Step]
        : never
      : Step extends keyof Value
        ? string extends keyof Value
          ? Step extends keyof OmitIndexSignature<Value>
            ? Value[Step]
            : Value[Step] | undefined
          : Value[Step]
        : undefined;

/** The value without `null` and `undefined`. */
export type Present<Value> = Exclude<Value, null | undefined>;
