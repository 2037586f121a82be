import { describe, expect, test } from "vitest";
import * as z from "zod";
import { bytes } from "../codecs/bytes.ts";
import { epochSeconds, isoDate } from "../codecs/dates.ts";
import { decimal } from "../codecs/decimal.ts";
import { jsonString } from "../codecs/json-string.ts";
import { InvalidItem } from "../errors.ts";
import { compileSchema } from "./compile-schema.ts";
import type { FieldCodec } from "./field-codec.ts";

const schema = z.object({
  id: z.string(),
  email: z.email().trim().toLowerCase().optional(),
  at: isoDate().nullable(),
  until: epochSeconds().optional(),
  price: decimal(),
  image: bytes().optional(),
  tags: z.set(z.string().min(2)).min(1),
  days: z.set(isoDate()).optional(),
  level: z.int().min(1).default(1),
  address: z.object({ city: z.string(), zip: z.string().optional() }).optional().readonly(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  pair: z.tuple([z.string(), z.bigint()], z.number()),
  byName: z.record(z.string(), z.number()),
  exactly: z.record(z.enum(["a", "b"]), z.number()),
  map: z.map(z.string(), isoDate()),
  shape: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("circle"), radius: z.number() }),
    z.object({ kind: z.literal("square"), side: z.number(), color: z.string() }),
  ]),
  both: z.intersection(z.object({ left: z.number() }), z.object({ right: z.string() })),
  json: jsonString(z.object({ a: z.string() })),
  piped: z.object({ a: z.string() }).pipe(z.object({ a: z.string().min(2) })),
  any: z.unknown(),
  perDay: z.array(z.set(z.string())),
  perName: z.record(z.string(), z.set(z.string())),
});
const codec = compileSchema("orders", schema, { keyAttributes: ["id"] });

function at(...path: (string | number)[]): FieldCodec {
  const field = codec.at(path);
  if (field === undefined) throw new Error(`no field at ${path.join(".")}`);
  return field;
}

describe("at", () => {
  test.each<[(string | number)[], string[], boolean]>([
    [["id"], ["S"], false],
    [["at"], ["NULL", "S"], false],
    [["until"], ["N"], true],
    [["price"], ["N"], false],
    [["image"], ["B"], true],
    [["tags"], ["SS"], true],
    [["days"], ["SS"], true],
    [["level"], ["N"], true],
    [["address"], ["M"], true],
    [["address", "city"], ["S"], false],
    [["address", "zip"], ["S"], true],
    [["lines", 3], ["M"], true],
    [["lines", 3, "quantity"], ["N"], false],
    [["pair", 1], ["N"], false],
    [["pair", 7], ["N"], true],
    [["byName", "x"], ["N"], true],
    [["exactly", "a"], ["N"], false],
    [["map", "x"], ["S"], true],
    [["shape", "kind"], ["S"], false],
    [["shape", "radius"], ["N"], true],
    [["both", "left"], ["N"], false],
    [["both", "right"], ["S"], false],
    [["piped", "a"], ["S"], false],
  ])("%j is stored as %j", (path, types, mayBeAbsent) => {
    expect([...at(...path).storedTypes]).toStrictEqual(types);
    expect(at(...path).mayBeAbsent).toBe(mayBeAbsent);
  });

  test.each<[(string | number)[]]>([
    [[]],
    [["nowhere"]],
    [["__proto__"]],
    [["constructor"]],
    [["id", 0]],
    [["lines", "0"]],
    [["address", 0]],
    [["json", "a"]],
    [["at", "getTime"]],
    [["exactly", "c"]],
    [["tags", 0]],
    [["shape", "nothing"]],
    [["byName", "__proto__"]],
  ])("there is nothing at %j", (path) => {
    expect(codec.at(path)).toBeUndefined();
  });

  test("anything may hold anything", () => {
    expect(at("any", "x", 1).storedTypes.size).toBe(10);
  });
});

describe("operands", () => {
  test("are encoded by codec, and not held to refinements", () => {
    expect(at("at").encodeOperand(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
    expect(at("at").encodeOperand(null)).toBeNull();
    expect(at("level").encodeOperand(-7)).toBe(-7);
    expect(at("tags").encodeOperand(new Set(["x"]))).toStrictEqual(new Set(["x"]));
    expect(at("days").element()?.encodeOperand(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
    expect(at("lines").encodeOperand([{ sku: "a", quantity: 1 }])).toStrictEqual([
      { sku: "a", quantity: 1 },
    ]);
    expect(at("map").encodeOperand(new Map([["a", new Date(0)]]))).toStrictEqual({
      a: "1970-01-01T00:00:00.000Z",
    });
    expect(at("piped", "a").encodeOperand("x")).toBe("x");
  });

  test("are changed as what is stored was", () => {
    expect(at("email").encodeOperand(" A@EXAMPLE.ORG")).toBe("a@example.org");
    expect(at("email").encodeOperand(" A@")).toBe("a@");
  });

  test.each<[string, unknown, string]>([
    [
      "id",
      1,
      "The operand for id does not fit the schema of table orders:\n  id: Invalid input: expected string, received number",
    ],
    ["id", undefined, "id: An operand can't be undefined or an empty set"],
    ["tags", new Set(), "tags: An operand can't be undefined or an empty set"],
    ["at", "2026", "at: Invalid input: expected date, received string"],
    ["image", "text", "image: Invalid input: expected binary (Uint8Array), received a string"],
    ["price", 1, "price: Invalid input: expected string, received number"],
    ["shape", { kind: "oval" }, "shape"],
    ["lines", [{ sku: "a" }], "lines[0].quantity: Invalid input"],
  ])("%s can't be compared with %o", (name, value, message) => {
    expect(() => at(name).encodeOperand(value)).toThrow(InvalidItem);
    expect(() => at(name).encodeOperand(value)).toThrow(message);
  });
});

describe("new values", () => {
  test("are held to refinements, and filled in", () => {
    expect(at("level").encodeValue(undefined)).toBe(1);
    expect(() => at("level").encodeValue(0)).toThrow(
      "The value for level does not fit the schema of table orders:\n  level: Too small: expected number to be >=1",
    );
    expect(() => at("tags").encodeValue(new Set(["x"]))).toThrow("tags: Too small");
    expect(at("tags").element()?.encodeValue("xy")).toBe("xy");
    expect(() => at("tags").element()?.encodeValue("x")).toThrow("tags: Too small");
    expect(at("days").encodeValue(new Set())).toBeUndefined();
    expect(at("until").encodeValue(undefined)).toBeUndefined();
    expect(() => at("id").encodeValue(undefined)).toThrow(
      "id: Invalid input: expected string, received undefined",
    );
    expect(() => at("lines", 0, "quantity").encodeValue(1.5)).toThrow(
      "lines[0].quantity: Invalid input: expected int",
    );
  });

  test.each<[(string | number)[], unknown, string]>([
    [["perDay", 0], new Set(), "perDay[0]: An empty set can't stand in a list"],
    [["any", "list", 0], new Set(), "any.list[0]: An empty set can't stand in a list"],
    [["any", "list", 0], undefined, "any.list[0]: An element of a list can't be undefined"],
    [["perName", "a"], new Set(), "perName.a: An empty set can't be stored here"],
    [["any"], new Set(), "any: An empty set can't be stored here"],
    [["any"], undefined, "any: Required: it can't be undefined"],
  ])("at %j, %o can't be had by removing what is there", (path, value, message) => {
    expect(() => at(...path).encodeValue(value)).toThrow(InvalidItem);
    expect(() => at(...path).encodeValue(value)).toThrow(message);
  });
});

describe("what several options of a union have", () => {
  const things = z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("person"),
      name: z.string().trim(),
      address: z.object({ street: z.string() }),
      places: z.array(z.object({ street: z.string() })),
    }),
    z.object({
      kind: z.literal("company"),
      name: z.string(),
      address: z.object({ street: z.string(), zip: z.string().optional() }),
      places: z.array(z.object({ street: z.string(), zip: z.string().optional() })),
    }),
  ]);
  const { at: field } = compileSchema("things", things, { keyAttributes: [] });
  const address = { street: "Elm", zip: "1" };

  test("is encoded by the one that keeps all of the value", () => {
    expect(field(["address"])?.encodeValue(address)).toStrictEqual(address);
    expect(field(["address"])?.encodeOperand(address)).toStrictEqual(address);
    expect(field(["places"])?.encodeValue([address])).toStrictEqual([address]);
    expect(field(["places", 0])?.encodeValue(address)).toStrictEqual(address);
    expect(field(["places"])?.element()?.encodeValue(address)).toStrictEqual(address);
    expect(field(["address"])?.encodeValue({ street: "Elm" })).toStrictEqual({ street: "Elm" });
  });

  test("is encoded by the first one where all store the same", () => {
    expect(field(["name"])?.encodeValue(" x ")).toBe("x");
    expect(field(["kind"])?.encodeValue("company")).toBe("company");
  });

  test("is refused where they store it in different ways, and it may be of any", () => {
    const events = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("start"), at: isoDate(), log: z.array(isoDate()) }),
      z.object({ kind: z.literal("stop"), at: epochSeconds(), log: z.array(epochSeconds()) }),
    ]);
    const { at: eventField } = compileSchema("events", events, { keyAttributes: [] });
    const noon = new Date("2026-01-01T12:00:00Z");
    const message = "The options of the union store this value in different ways";
    expect(() => eventField(["at"])?.encodeValue(noon)).toThrow(InvalidItem);
    expect(() => eventField(["at"])?.encodeValue(noon)).toThrow(message);
    expect(() => eventField(["log"])?.encodeValue([noon])).toThrow(message);
    expect(() => eventField(["log"])?.element()?.encodeValue(noon)).toThrow(message);
    expect(eventField(["log"])?.encodeValue([])).toStrictEqual([]);
    expect(eventField(["at"])?.encodeOperand(noon)).toBe("2026-01-01T12:00:00.000Z");
  });
});
