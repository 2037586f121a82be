import type { AttributeType, Condition, Operand, Size } from "@fieldwise/core";
import * as fc from "fast-check";
import { boundsOf, membersFor, operandsOf, partsFor, sizesFor } from "./operands.ts";
import type { KnownPath } from "./paths.ts";

const attributeTypes: readonly AttributeType[] = [
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

/** A condition of one kind, and how often it is drawn beside the others. */
type Kind = fc.WeightedArbitrary<Condition>;

/**
 * Conditions on one path, of every kind that its type allows.
 *
 * @param others - The paths that may stand on the right-hand side.
 */
export function conditionsOn(
  path: KnownPath,
  others: readonly KnownPath[],
): fc.Arbitrary<Condition> {
  const operands = operandsOf(path);
  const kinds = [...presence(path), ...sizes(path, others)];
  if (operands !== undefined) kinds.push(...equality(path, others, operands));
  if (operands !== undefined && !path.isOpen) {
    const present = operands.filter((value) => value !== null);
    kinds.push(...order(path, others, present), ...parts(path, others, present));
  }
  return fc.oneof({ withCrossShrink: true }, ...kinds);
}

function presence(path: KnownPath): readonly Kind[] {
  const types = fc.constantFrom(...path.storedTypes, ...path.storedTypes, ...attributeTypes);
  return [
    { weight: 1, arbitrary: fc.constantFrom(path.F.exists(), path.F.notExists()) },
    { weight: 1, arbitrary: types.map((type) => path.F.type(type)) },
  ];
}

function equality(
  path: KnownPath,
  others: readonly KnownPath[],
  operands: fc.Arbitrary<unknown>,
): readonly Kind[] {
  const operand = operandOrPath(operands, rightSides(path, others, { orNull: true }));
  return [
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom("eq" as const, "ne" as const), operand)
        .map(([comparison, value]) => path.F[comparison](value)),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(operand, { minLength: 1, maxLength: 4 })
        .map((values) => path.F.in(values)),
    },
  ];
}

function order(
  path: KnownPath,
  others: readonly KnownPath[],
  operands: fc.Arbitrary<unknown>,
): readonly Kind[] {
  if (!path.storesOnly("S", "N", "B")) return [];
  const paths = rightSides(path, others, { orNull: false });
  return [
    {
      weight: 3,
      arbitrary: fc
        .tuple(comparisons, operandOrPath(operands, paths))
        .map(([comparison, value]) => path.F[comparison](value)),
    },
    {
      weight: 1,
      arbitrary: boundsOf(path, operands).map(([low, high]) =>
        path.F.between(low as Operand, high as Operand),
      ),
    },
    ...(paths.length === 0
      ? []
      : [
          {
            weight: 1,
            arbitrary: fc
              .tuple(operands, fc.constantFrom(...paths), fc.boolean())
              .map(([bound, other, fromPath]) =>
                fromPath
                  ? path.F.between(other, bound as Operand)
                  : path.F.between(bound as Operand, other),
              ),
          },
        ]),
  ];
}

const comparisons = fc.constantFrom("lt" as const, "lte" as const, "gt" as const, "gte" as const);

// Of lists and sets, the members; of texts, what they begin with and contain.
function parts(
  path: KnownPath,
  others: readonly KnownPath[],
  operands: fc.Arbitrary<unknown>,
): readonly Kind[] {
  const kinds: Kind[] = [];
  const paths = rightSides(path, others, { orNull: false });
  if (path.storesOnly("S", "B") && path.holdsOnly((type) => type === "string" || path.isBinary)) {
    kinds.push({
      weight: 1,
      arbitrary: operandOrPath(partsFor(operands, "start"), paths).map((prefix) =>
        path.F.beginsWith(prefix),
      ),
    });
  }
  if (path.storesOnly("S") && path.holdsOnly((type) => type === "string")) {
    kinds.push({
      weight: 1,
      arbitrary: operandOrPath(partsFor(operands, "anywhere"), paths).map((text) =>
        path.F.contains(text),
      ),
    });
  }
  const holdsMembers = path.holdsOnly((type) => type.startsWith("[") || type.startsWith("set("));
  const members =
    holdsMembers && path.storesOnly("L", "SS", "NS", "BS") ? membersFor(path) : undefined;
  if (members !== undefined) {
    kinds.push({
      weight: 3,
      arbitrary: members.map((member) => path.F.contains(member as Operand)),
    });
  }
  return kinds;
}

function sizes(path: KnownPath, others: readonly KnownPath[]): readonly Kind[] {
  if (!hasSize(path)) return [];
  const operand = operandOrPath(sizesFor(path), [
    ...others.filter((other) => other.isNumber("number")).map((other) => other.F),
    ...others.filter((other) => other !== path && hasSize(other)).map((other) => other.F.size()),
  ]);
  const comparison = fc.constantFrom("eq" as const, "ne" as const);
  return [
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.oneof(comparison, comparisons), operand)
        .map(([compare, value]) => path.F.size()[compare](value)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(sizesFor(path), sizesFor(path))
        .map(([one, other]) => path.F.size().between(Math.min(one, other), Math.max(one, other))),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(operand, { minLength: 1, maxLength: 4 })
        .map((values) => path.F.size().in(values)),
    },
  ];
}

function hasSize(path: KnownPath): boolean {
  return !path.storesOnly("N", "BOOL") && !path.storesOnly();
}

/** What can stand on the right-hand side beside values: never the path itself, which DynamoDB refuses. */
function rightSides(
  path: KnownPath,
  others: readonly KnownPath[],
  { orNull }: { readonly orNull: boolean },
): readonly (KnownPath["F"] | Size)[] {
  const sameType = others.filter((other) => path.takes(other, { orNull }));
  const sized = path.isNumber("number") ? others.filter(hasSize) : [];
  return [...sameType.map((other) => other.F), ...sized.map((other) => other.F.size())];
}

function operandOrPath(
  values: fc.Arbitrary<unknown>,
  paths: readonly (KnownPath["F"] | Size)[],
): fc.Arbitrary<Operand> {
  const operands = values as fc.Arbitrary<Operand>;
  if (paths.length === 0) return operands;
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: operands },
    { weight: 1, arbitrary: fc.constantFrom<Operand[]>(...paths) },
  );
}
