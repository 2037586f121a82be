import { checksOf, definitionOf, innerOf, internalsOf, type Schema } from "./zod-schema.ts";

/** A value as the application holds it, or as the table does. */
export type Side = "application" | "stored";

const tupleStart = "[tuple ";

/** Whether the type is that of a tuple. */
export function isTupleType(type: string): boolean {
  return type.startsWith(tupleStart);
}

/** Whether the application may hold something else than the table, by a codec. */
export function isCoded(schema: Schema, depth = 0): boolean {
  if (depth > 32) return false;
  const definition = definitionOf(schema);
  if (definition.type === "pipe") return true;
  if (definition.type === "union") {
    return definition.options.some((option) => isCoded(option, depth + 1));
  }
  const inner = innerOf(schema);
  return inner !== undefined && isCoded(inner, depth + 1);
}

/** Stands for every type: nothing is known of the value. */
export const anyType = "any";

/**
 * The types that a value may have, each as a text that is the same for the same type. Top-level literals count as their
 * type, as in `Widen`; `undefined` doesn't count.
 */
export function typesOf(schemas: readonly Schema[], side: Side): ReadonlySet<string> {
  const types = new Set<string>();
  for (const schema of schemas) collect(schema, side, { types, widened: true }, []);
  return types;
}

interface Collected {
  readonly types: Set<string>;
  readonly widened: boolean;
}

const identities = new WeakMap<object, string>();
let lastIdentity = 0;

function collect(schema: Schema, side: Side, into: Collected, outer: readonly Schema[]): void {
  // A recursive type is the same as itself alone.
  if (outer.length > 32 || outer.includes(schema)) {
    into.types.add(identityOf(schema));
    return;
  }
  const inside = [...outer, schema];
  const within = (part: Schema): string => text(part, side, inside);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
    case "null":
    case "date":
      into.types.add(definition.type);
      return;
    case "template_literal":
      into.types.add(into.widened ? "string" : identityOf(schema));
      return;
    case "enum":
    case "literal":
      for (const value of internalsOf(schema).values ?? []) {
        if (value === undefined) continue;
        const type = value === null ? "null" : typeof value;
        into.types.add(into.widened || value === null ? type : `${type} ${String(value)}`);
      }
      return;
    case "any":
    case "unknown":
      into.types.add(anyType);
      return;
    case "custom":
      into.types.add(identityOf(definition.fn));
      return;
    case "array":
      into.types.add(`[${within(definition.element)}]`);
      return;
    case "tuple": {
      const rest = definition.rest === null ? "" : `, ...${within(definition.rest)}`;
      into.types.add(`${tupleStart}${definition.items.map(within).join(", ")}${rest}]`);
      return;
    }
    case "set":
      into.types.add(`set(${within(definition.valueType)})`);
      return;
    case "map":
      into.types.add(`map(${within(definition.valueType)})`);
      return;
    case "record":
      into.types.add(`record(${within(definition.keyType)}, ${within(definition.valueType)})`);
      return;
    case "object": {
      const members = Object.entries(definition.shape).map(
        ([name, member]) => `${JSON.stringify(name)}${optional(member)}: ${within(member)}`,
      );
      const { catchall } = definition;
      if (catchall !== undefined) members.push(`...${within(catchall)}`);
      into.types.add(`{${members.toSorted().join(", ")}}`);
      return;
    }
    case "union":
      for (const option of definition.options) collect(option, side, into, inside);
      return;
    case "pipe": {
      collect(side === "stored" ? definition.in : definition.out, side, into, inside);
      return;
    }
    case "nullable":
      into.types.add("null");
      collect(definition.innerType, side, into, inside);
      return;
    default: {
      const inner = innerOf(schema);
      if (inner === undefined) into.types.add(identityOf(schema));
      else collect(inner, side, into, inside);
    }
  }
}

function text(schema: Schema, side: Side, outer: readonly Schema[]): string {
  const types = new Set<string>();
  collect(schema, side, { types, widened: false }, outer);
  return [...types].toSorted().join(" | ");
}

function optional(schema: Schema): string {
  const { optin, optout } = internalsOf(schema);
  return `${optin ?? ""}${optout ?? ""}`.replaceAll(/.+/g, "?");
}

function identityOf(of: object): string {
  let identity = identities.get(of);
  if (identity === undefined) identities.set(of, (identity = `#${++lastIdentity}`));
  return identity;
}

/** Whether all the types are of those that are given, `null` left aside. */
export function onlyOf(types: ReadonlySet<string>, allowed: (type: string) => boolean): boolean {
  let found = false;
  for (const type of types) {
    if (type === "null") continue;
    if (!allowed(type)) return false;
    found = true;
  }
  return found;
}

/** Whether a schema says no more than its type: whatever value of the type is put there, it fits. */
export function isFree(schema: Schema): boolean {
  const definition = definitionOf(schema);
  const { format } = definition as { readonly format?: string };
  if (format !== undefined && format !== "safeint") return false;
  const bounded = checksOf(schema).some((check) => {
    const { check: kind, format: of } = internalsOf(check).def as {
      check: string;
      format?: string;
    };
    return kind !== "number_format" || of !== "safeint";
  });
  if (bounded) return false;
  switch (definition.type) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
    case "array":
    case "set":
      return true;
    default: {
      const inner = innerOf(schema);
      return definition.type !== "lazy" && inner !== undefined && isFree(inner);
    }
  }
}
