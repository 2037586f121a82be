import type { Field, KeyField } from "./fields.ts";
import type { PathStep, StepOf, ValueAt } from "./steps.ts";
import type { KeyName, TableTypes } from "./table-types.ts";

/**
 * The path of an attribute, step by step: names, and indexes of lists. `F("a.b")` is the attribute named `a.b`.
 *
 * One type parameter for all the steps: what exists is worked out for the steps that were given, and for no others, so that
 * a path costs the compiler little, and the error stands at the step that is wrong.
 */
export interface PathFunction<in out Types extends TableTypes> {
  <const Steps extends readonly [PathStep, ...PathStep[]]>(
    ...steps: CheckedSteps<Sides<Types["item"], Types["stored"]>, Steps>
  ): FieldAt<Types, Steps>;
}

/** A value on both of its sides: as the application holds it, and as the table stores it. */
type Sides<Item, Stored> = readonly [Item, Stored];

/** The steps that exist on both sides: what a codec makes of a value has no path of its own. */
type Step<Value extends Sides<unknown, unknown>> = Extract<StepOf<Value[1]>, StepOf<Value[0]>>;

/** Both sides behind a step. */
type At<Value extends Sides<unknown, unknown>, To> = Sides<
  ValueAt<Value[0], To>,
  ValueAt<Value[1], To>
>;

/** The steps if they all exist; otherwise, in the place of the first that doesn't, those that do. */
type CheckedSteps<
  Value extends Sides<unknown, unknown>,
  Steps extends readonly PathStep[],
> = Steps extends readonly [infer First extends PathStep, ...infer Rest extends readonly PathStep[]]
  ? First extends Step<Value>
    ? readonly [First, ...CheckedSteps<At<Value, First>, Rest>]
    : readonly [Step<Value>, ...Rest]
  : Steps;

type AtEnd<
  Value extends Sides<unknown, unknown>,
  Steps extends readonly PathStep[],
> = Steps extends readonly [infer First, ...infer Rest extends readonly PathStep[]]
  ? AtEnd<At<Value, First>, Rest>
  : Value;

/** The field at the end of a path. */
// `infer Path`: otherwise what the call is given to would be taken for a source of the steps, before they are themselves.
type FieldAt<
  Types extends TableTypes,
  Steps extends readonly PathStep[],
> = Steps extends infer Path extends readonly PathStep[]
  ? Path extends readonly [KeyName<Types>]
    ? KeyField<
        ValueAt<Types["item"], Path[0]>,
        ValueAt<Types["stored"], Path[0]>,
        Types["name"],
        Path
      >
    : FieldOf<AtEnd<Sides<Types["item"], Types["stored"]>, Path>, Types["name"], Path>
  : never;

// A path that doesn't exist is an error already, at the step that is wrong: `any` adds no second one.
type FieldOf<Value extends Sides<unknown, unknown>, Name, Path extends readonly PathStep[]> = [
  Exclude<Value[1], undefined>,
] extends [never]
  ? // oxlint-disable-next-line typescript/no-explicit-any
    any
  : Field<Value[0], Value[1], Name, Path>;
