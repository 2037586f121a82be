import { inspect } from "node:util";
import * as fc from "fast-check";
import * as z from "zod";
import { bytes } from "../src/codecs/bytes.ts";
import { epochMilliseconds, isoDate } from "../src/codecs/dates.ts";
import { decimal } from "../src/codecs/decimal.ts";
import { jsonString } from "../src/codecs/json-string.ts";
import { sortableNumber } from "../src/codecs/sortable-number.ts";
import { internalsOf } from "../src/compile/zod-types.ts";

/** A schema, and values that it holds in the application and gives back unchanged. */
export interface Drawn {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
  /** What it is stored as, and what the application holds: options of a union differ in both. */
  readonly stored: string;
  readonly held: string;
}

const text = fc.string({ unit: "grapheme", maxLength: 8 });
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .double({ min: -1e9, max: 1e9, noNaN: true })
    .map((value) => (Math.abs(value) < 1e-100 ? 0 : value)),
);
const limit = 10n ** 38n - 1n;
const bigint = fc.bigInt({ min: -limit, max: limit });
const date = fc.date({
  min: new Date("0000-01-01"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const binary = fc.uint8Array({ maxLength: 6 });
const decimalText = fc.tuple(bigint, fc.integer({ min: 0, max: 20 })).map(([digits, scale]) => {
  const sign = digits < 0n ? "-" : "";
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const fraction = scale === 0 ? "" : all.slice(-scale).replace(/0+$/, "");
  const whole = scale === 0 ? all : all.slice(0, -scale);
  const plain = fraction === "" ? whole : `${whole}.${fraction}`;
  return plain === "0" ? "0" : `${sign}${plain}`;
});

/** Names of members: plain ones, and such as objects inherit or paths could misread. */
const memberName = fc.oneof(
  fc.constantFrom("a", "b", "c", "d", "e"),
  fc.constantFrom("constructor", "toString", "a.b", "größe", "0", "hasOwnProperty"),
);

const anyName = fc.oneof(
  { weight: 4, arbitrary: memberName },
  { weight: 2, arbitrary: text.filter((each) => each !== "" && each !== "__proto__") },
);

const heldAs: Readonly<Record<string, string>> = { S: "string", N: "number", B: "bytes" };

function drawn(
  schema: z.ZodType,
  values: fc.Arbitrary<unknown>,
  stored: string,
  held: string = heldAs[stored] ?? stored,
): Drawn {
  return { schema, values, stored, held };
}

const wordCodec = z.codec(z.string(), z.int(), {
  decode: (word) => word.length,
  encode: (length) => "x".repeat(length),
});

/** Leaves that can be members of a set. */
const setLeaves: fc.Arbitrary<Drawn> = fc.constantFrom(
  drawn(z.string(), text, "S"),
  drawn(z.string().max(100).brand("Id"), text, "S"),
  drawn(z.enum(["red", "green"]), fc.constantFrom("red", "green"), "S"),
  drawn(z.number(), number, "N"),
  drawn(z.literal([1, 2, 3]), fc.constantFrom(1, 2, 3), "N"),
  drawn(z.bigint(), bigint, "N", "bigint"),
  drawn(decimal(), decimalText, "N", "string"),
  drawn(bytes(), binary, "B"),
  drawn(isoDate(), date, "S", "date"),
  drawn(epochMilliseconds(), date, "N", "date"),
  drawn(sortableNumber(), number, "S", "number"),
  drawn(wordCodec, fc.integer({ min: 0, max: 5 }), "S", "number"),
  drawn(z.string().pipe(z.string().max(1000)), text, "S"),
);

const leaves: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 3, arbitrary: setLeaves },
  fc.constantFrom(
    drawn(z.boolean(), fc.boolean(), "BOOL"),
    drawn(z.null(), fc.constant(null), "NULL"),
    drawn(z.literal(["x", null]), fc.constantFrom("x", null), "S NULL"),
    drawn(z.string().catch("caught"), text, "S"),
    drawn(
      jsonString(z.object({ list: z.array(z.number()), at: isoDate() })),
      fc.record({ list: fc.array(number, { maxLength: 3 }), at: date }, { noNullPrototype: true }),
      "S",
      "M",
    ),
  ),
);

const anything = fc.jsonValue({ maxDepth: 2 }).map(withoutNegativeZero).filter(withPlainNames);
const open: fc.Arbitrary<Drawn> = fc.constantFrom(
  drawn(z.unknown(), anything, "any"),
  drawn(z.any(), anything, "any"),
  drawn(z.json(), anything, "any"),
);

function withoutNegativeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) => {
    if (typeof member !== "number") return member;
    if (member === 0 || Math.abs(member) < 1e-100) return 0;
    return Number.isInteger(member) && !Number.isSafeInteger(member) ? 1 : member;
  });
}

// DynamoDB takes no member without a name.
function withPlainNames(value: unknown): boolean {
  const written = JSON.stringify(value);
  return !written.includes("__proto__") && !written.includes('"":');
}

function set(member: Drawn): Drawn {
  // Members that the table holds as one are one.
  const values = fc
    .uniqueArray(member.values, {
      maxLength: 4,
      selector: (value) =>
        value instanceof Uint8Array ? value.join() : String(Number(value) || 0) + String(value),
    })
    .map((members) => new Set(members));
  return drawn(z.set(member.schema as z.ZodString), values, `${member.stored}S`);
}

const sets = setLeaves.map(set);

function isEmptySet(value: unknown): boolean {
  return value instanceof Set && value.size === 0;
}

interface Member {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
  readonly mayBeMissing: boolean;
}

function memberWith(inside: fc.Arbitrary<Drawn>): fc.Arbitrary<Member> {
  const kinds = [
    "required",
    "optional",
    "nullable",
    "nullish",
    "default",
    "readonly",
    "lazy",
  ] as const;
  return fc
    .tuple(memberName, inside, fc.constantFrom(...kinds))
    .map(([named, { schema, values, stored }, kind]) => {
      // An empty set comes back as it was only where a missing set is an empty one.
      const full = values.filter((each) => !isEmptySet(each));
      const required = { name: named, schema, values, mayBeMissing: false };
      switch (kind) {
        case "optional":
          return { ...required, schema: schema.optional(), values: full, mayBeMissing: true };
        case "nullable":
          return { ...required, schema: schema.nullable(), values: fc.option(values) };
        case "nullish":
          return {
            ...required,
            schema: schema.nullish(),
            values: fc.option(full),
            mayBeMissing: true,
          };
        case "default":
          // The same each time, so that what comes of two runs can be compared.
          return {
            ...required,
            schema: schema.default(() => fc.sample(values, { numRuns: 1, seed: 5 })[0] as never),
          };
        case "readonly":
          // Zod freezes what is read, and bytes can't be frozen.
          return stored === "B" || stored === "union"
            ? required
            : { ...required, schema: schema.readonly() };
        case "lazy":
          return { ...required, schema: z.lazy(() => schema) };
        case "required":
          return required;
      }
    });
}

function membersOf(inside: fc.Arbitrary<Drawn>, least = 0): fc.Arbitrary<readonly Member[]> {
  return fc.uniqueArray(memberWith(inside), {
    minLength: least,
    maxLength: 5,
    selector: (each) => each.name,
  });
}

function valuesOf(members: readonly Member[]): fc.Arbitrary<Record<string, unknown>> {
  const requiredKeys = members.filter((each) => !each.mayBeMissing).map((each) => each.name);
  const model = Object.fromEntries(members.map((each) => [each.name, each.values]));
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function shapeOf(members: readonly Member[]): z.ZodRawShape {
  return Object.fromEntries(members.map((each) => [each.name, each.schema]));
}

function objects(inside: fc.Arbitrary<Drawn>): fc.Arbitrary<Drawn> {
  const kinds = ["strip", "strict", "loose", "catchall"] as const;
  return fc.tuple(membersOf(inside), fc.constantFrom(...kinds)).map(([members, kind]) => {
    const shape = shapeOf(members);
    const values = valuesOf(members);
    if (kind === "strip") return drawn(z.object(shape), values, "M");
    if (kind === "strict") return drawn(z.strictObject(shape), values, "M");
    const extra = fc.dictionary(fc.constantFrom("x1", "x2"), kind === "loose" ? anything : bigint, {
      noNullPrototype: true,
    });
    const both = fc.tuple(values, extra).map(([a, b]) => ({ ...a, ...b }));
    const schema = kind === "loose" ? z.looseObject(shape) : z.object(shape).catchall(z.bigint());
    return drawn(schema, both, "M");
  });
}

function containers(inside: fc.Arbitrary<Drawn>): fc.Arbitrary<Drawn> {
  const noSets = inside.filter((each) => !/^(S|N|B)S$/.test(each.stored));
  const full = noSets;
  return fc.oneof(
    { weight: 3, arbitrary: objects(inside) },
    full.map(({ schema, values }) =>
      drawn(z.array(schema), fc.array(values, { maxLength: 3 }), "L"),
    ),
    fc.tuple(fc.array(full, { minLength: 1, maxLength: 3 }), full).map(([items, rest]) =>
      drawn(
        z.tuple(items.map((each) => each.schema) as [z.ZodType], rest.schema),
        fc
          .tuple(
            fc.tuple(...items.map((each) => each.values)),
            fc.array(rest.values, { maxLength: 2 }),
          )
          .map(([a, b]) => [...a, ...b]),
        "L",
      ),
    ),
    full.map(({ schema, values }) =>
      drawn(
        z.record(z.string(), schema),
        fc.dictionary(anyName, values, { maxKeys: 3, noNullPrototype: true }),
        "M",
      ),
    ),
    full.map(({ schema, values }) =>
      drawn(
        z.record(z.enum(["p", "q"]), schema),
        fc.record({ p: values, q: values }, { noNullPrototype: true }),
        "M",
      ),
    ),
    full.map(({ schema, values }) =>
      drawn(
        z.map(z.string(), schema),
        fc
          .array(fc.tuple(fc.oneof(anyName, fc.constant("__proto__")), values), { maxLength: 3 })
          .map((entries) => new Map(entries)),
        "Map",
      ),
    ),
  );
}

function kindOf({ stored }: Drawn): string {
  if (stored === "Map") return "M";
  return /^[SNB]S$/.test(stored) ? "set" : stored;
}

function unions(inside: fc.Arbitrary<Drawn>): fc.Arbitrary<Drawn> {
  return fc.oneof(
    fc
      .uniqueArray(inside, {
        minLength: 2,
        maxLength: 3,
        comparator: (a, b) => a.held === b.held || kindOf(a) === kindOf(b),
      })
      .filter((options) => options.every((each) => !/any|union| /.test(each.stored)))
      .filter((options) => options.filter((each) => /N/.test(each.stored)).length < 2)
      // What zod catches, it catches from every other option.
      .filter((options) => options.every((each) => each.schema.type !== "catch"))
      // An object that needs no member takes what the others hold; the last may.
      .map((options) =>
        options.toSorted((a, b) => Number(a.stored === "M") - Number(b.stored === "M")),
      )
      .map((options) =>
        drawn(
          z.union(options.map((each) => each.schema) as [z.ZodType, z.ZodType]),
          fc.oneof(...options.map((each) => each.values)).filter((each) => !isEmptySet(each)),
          "union",
        ),
      ),
    fc.tuple(membersOf(inside), membersOf(inside)).map(([left, right]) => {
      const options = [left, right].map((members, index) => {
        const tag = ["left", "right"][index];
        const named = members.filter((each) => each.name !== "kind");
        return {
          schema: z.object({ ...shapeOf(named), kind: z.literal(tag) }),
          values: valuesOf(named).map((value) => ({ ...value, kind: tag })),
        };
      });
      const [a, b] = options as [(typeof options)[0], (typeof options)[0]];
      return drawn(
        z.discriminatedUnion("kind", [a.schema, b.schema]),
        fc.oneof(a.values, b.values),
        "M",
      );
    }),
    fc.tuple(membersOf(inside), membersOf(inside)).map(([left, right]) => {
      const taken = new Set(left.map((each) => each.name));
      const others = right.filter((each) => !taken.has(each.name));
      return drawn(
        z.intersection(z.object(shapeOf(left)), z.object(shapeOf(others))),
        fc.tuple(valuesOf(left), valuesOf(others)).map(([a, b]) => ({ ...a, ...b })),
        "M",
      );
    }),
  );
}

function anyValue(depth: number): fc.Arbitrary<Drawn> {
  const flat = fc.oneof(
    { weight: 4, arbitrary: leaves },
    { weight: 2, arbitrary: sets },
    { weight: 1, arbitrary: open },
  );
  if (depth === 0) return flat;
  const inside = anyValue(depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: flat },
    { weight: 3, arbitrary: containers(inside) },
    { weight: 2, arbitrary: unions(inside) },
  );
}

/** A table's schema, and an item that fits it. */
export interface DrawnTable<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly item: Record<string, unknown>;
}

// What a failed test shows: the schema as it would be written, roughly.
function table<Schema extends z.ZodType>(
  schema: Schema,
  item: Record<string, unknown>,
): DrawnTable<Schema> {
  return Object.defineProperty({ schema, item }, fc.toStringMethod, {
    value: () => `${describeSchema(schema)} with ${inspect(item, { depth: 9 })}`,
  });
}

function describeSchema(schema: z.core.$ZodType): string {
  const definition = internalsOf(schema).def as unknown as Record<string, unknown>;
  const inside = Object.entries(definition).flatMap(([name, value]) => {
    const skipped =
      ["type", "pattern", "shape", "_cachedInner", "error"].includes(name) ||
      typeof value === "function";
    if (skipped) return [];
    return [`${name}: ${describePart(value)}`];
  });
  const shape = definition["shape"] as Record<string, z.core.$ZodType> | undefined;
  if (shape) inside.unshift(`shape: ${describePart(shape)}`);
  return `${String(definition["type"])}(${inside.join(", ")})`;
}

function describePart(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if ("_zod" in value) return describeSchema(value as z.core.$ZodType);
  if (Array.isArray(value)) return `[${value.map(describePart).join(", ")}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}: ${describePart(member)}`);
  return `{ ${members.join(", ")} }`;
}

/** Schemas of whole tables, with a string attribute `id`, and an item of each. */
export const tables: fc.Arbitrary<DrawnTable<z.ZodType>> = fc
  .oneof(
    { weight: 3, arbitrary: objects(anyValue(2)) },
    { weight: 1, arbitrary: unions(anyValue(1)).filter((each) => each.stored === "M") },
  )
  .chain(({ schema, values: items }) => items.map((item) => table(schema, item as never)));
