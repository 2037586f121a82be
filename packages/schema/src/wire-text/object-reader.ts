import { bytesOf, notUnderstood, type TextCursor, type TextReader } from "@fieldwise/core";
import { closeBrace, colon, comma, openBrace, quote } from "./json-bytes.ts";
import { type AttributeReader, mayCompile, Program } from "./program.ts";

/** A member that an object's schema names. */
export interface ObjectMember extends AttributeReader {
  readonly name: string;
  /** What a missing member is: `"required"` is not understood, `"left out"` is no member, else what becomes of it. */
  readonly absent: "required" | "left out" | (() => unknown);
}

/** What an object does with members that its schema does not name, or what reads them. */
export type Others = "dropped" | "refused" | AttributeReader;

/**
 * Makes what reads an object from its text: the members in any order, and fastest in the order of the object before. Made
 * as source text where the platform allows it, for then the engine knows the object's shape.
 */
export function objectReader(members: readonly ObjectMember[], others: Others): AttributeReader {
  const places = new Map(members.map(({ name }, place) => [name, place]));
  /** Reads a member's name that was not expected; for one that the schema does not name, its value as well. */
  const find: Find = (cursor, rest) => {
    cursor.expect(quote);
    const name = cursor.literal();
    cursor.expect(colon);
    const place = places.get(name);
    if (place !== undefined) return place;
    if (others === "dropped") cursor.drop();
    // Zod drops it, and that it was there must be told.
    else if (others === "refused" || name === "__proto__") throw notUnderstood;
    else rest[name] = others.read(cursor);
    return -1;
  };
  const open = typeof others === "object";
  if (!mayCompile()) return { read: plainReader(members, find) };
  const source = {
    opening: "{",
    write: (into: string, program: Program) => objectSource(members, find, open, into, program),
  };
  let compiled: TextReader | undefined;
  const compile = (): TextReader => {
    const program = new Program();
    const result = program.variable();
    return program.compile(program.expect(openBrace) + source.write(result, program), result);
  };
  return { read: (cursor) => (compiled ??= compile())(cursor), source };
}

type Find = (cursor: TextCursor, rest: Record<string, unknown>) => number;

function plainReader(members: readonly ObjectMember[], find: Find): TextReader {
  const names = members.map(({ name }) => bytesOf(textOfName(name)));
  const following = orderOf(members);
  return (cursor) => {
    const { bytes } = cursor;
    const values: unknown[] = [];
    const rest: Record<string, unknown> = {};
    cursor.expect(openBrace);
    if (bytes[cursor.at] === closeBrace) cursor.at++;
    else {
      let before = members.length;
      for (;;) {
        let place = following[before] as number;
        const name = names[place];
        if (name === undefined || !cursor.take(name)) {
          place = find(cursor, rest);
          if (place !== -1) following[before] = place;
        }
        if (place !== -1) {
          before = place;
          values[place] = (members[place] as ObjectMember).read(cursor);
        }
        const byte = bytes[cursor.at++];
        if (byte === closeBrace) break;
        if (byte !== comma) throw notUnderstood;
      }
    }
    const result: Record<string, unknown> = {};
    for (let place = 0; place < members.length; place++) {
      const { name, absent } = members[place] as ObjectMember;
      const value = values[place];
      if (value !== undefined) result[name] = value;
      else if (absent === "required") throw notUnderstood;
      else if (absent !== "left out") result[name] = absent();
    }
    return Object.assign(result, rest);
  };
}

/** Which member came behind each, and first of all, the last time: at first, as the schema names them. */
function orderOf(members: readonly ObjectMember[]): Int32Array {
  const following = Int32Array.from(members, (_, place) => (place + 1) % members.length);
  return Int32Array.from([...following, 0]);
}

function textOfName(name: string): string {
  return `${JSON.stringify(name)}:`;
}

function objectSource(
  members: readonly ObjectMember[],
  find: Find,
  open: boolean,
  into: string,
  program: Program,
): string {
  const values = members.map(() => program.variable());
  const following = program.given(orderOf(members));
  const [before, place, found, again, rest] = Array.from({ length: 5 }, () => program.variable());
  // A member that was looked for and does not begin as it should is not tried again.
  const cases = members.map(
    (member, index) => `case ${index}: {
      ${program.value(textOfName(member.name), member, values[index] as string, "break;")}
      ${before} = ${index};
      break ${again};
    }`,
  );
  return `
    let ${[...values, `${before} = ${members.length}`, `${rest} = ${open ? "{}" : "undefined"}`].join(", ")};
    if (bytes[at] === ${closeBrace}) at++;
    else for (;;) {
      let ${place} = ${following}[${before}];
      ${again}: for (;;) {
        switch (${place}) { ${cases.join("\n")} }
        cursor.at = at;
        const ${found} = ${program.given(find)}(cursor, ${rest});
        if (${found} === ${place}) throw notUnderstood;
        if (${found} === -1) { at = cursor.at; break; }
        ${following}[${before}] = ${place} = ${found};
      }
      byte = bytes[at++];
      if (byte === ${closeBrace}) break;
      if (byte !== ${comma}) throw notUnderstood;
    }
    ${members.map(({ absent }, index) => fillIn(absent, values[index] as string, program)).join("\n")}
    ${makeObject(members, values, into)}
    ${open ? `Object.assign(${into}, ${rest});` : ""}`;
}

function fillIn(absent: ObjectMember["absent"], value: string, program: Program): string {
  if (absent === "left out") return "";
  const otherwise =
    absent === "required" ? "throw notUnderstood" : `${value} = ${program.given(absent)}()`;
  return `if (${value} === undefined) ${otherwise};`;
}

function makeObject(
  members: readonly ObjectMember[],
  values: readonly string[],
  into: string,
): string {
  const parts = members.map(({ name }, place) => `${JSON.stringify(name)}: ${values[place]}`);
  const mayMiss = values.filter((_, place) => members[place]?.absent === "left out");
  const whole = `${into} = { ${parts.join(", ")} };`;
  if (mayMiss.length === 0) return whole;
  const first = members.findIndex(({ absent }) => absent === "left out");
  const rest = members.slice(first).map(({ name, absent }, index) => {
    const value = values[first + index];
    const set = `${into}[${JSON.stringify(name)}] = ${value};`;
    return absent === "left out" ? `if (${value} !== undefined) ${set}` : set;
  });
  return `
    if (${mayMiss.map((value) => `${value} !== undefined`).join(" && ")}) ${whole}
    else {
      ${into} = { ${parts.slice(0, first).join(", ")} };
      ${rest.join("\n")}
    }`;
}
