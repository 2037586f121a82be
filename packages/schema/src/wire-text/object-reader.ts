import { bytesOf, notUnderstood, type TextCursor, type TextReader } from "@fieldwise/core";
import { globalConfig, util } from "zod/v4/core";
import { closeBrace, colon, comma, openBrace, quote } from "./json-bytes.ts";

/** A member that an object's schema names. */
export interface ObjectMember {
  readonly name: string;
  readonly read: TextReader;
  /** What a missing member is: `"required"` is not understood, `"left out"` is no member, else what becomes of it. */
  readonly absent: "required" | "left out" | (() => unknown);
}

/** What an object does with members that its schema does not name. */
export type Others = "dropped" | "refused";

/**
 * Makes what reads an object from its text: the members in any order, and fastest in the order of the object before. Made
 * as source text where the platform allows it, for then the engine knows the object's shape.
 */
export function objectReader(members: readonly ObjectMember[], others: Others): TextReader {
  const places = new Map(members.map(({ name }, place) => [name, place]));
  /** Reads a member's name that was not expected; for one that is dropped, its value as well. */
  const find = (cursor: TextCursor): number => {
    cursor.expect(quote);
    const name = cursor.literal();
    cursor.expect(colon);
    const place = places.get(name);
    if (place !== undefined) return place;
    if (others === "refused") throw notUnderstood;
    cursor.json();
    return -1;
  };
  return mayCompile() ? compiledReader(members, find) : plainReader(members, find);
}

function mayCompile(): boolean {
  return globalConfig.jitless !== true && util.allowsEval.value;
}

type Find = (cursor: TextCursor) => number;

function plainReader(members: readonly ObjectMember[], find: Find): TextReader {
  const names = members.map(({ name }) => bytesOf(`${JSON.stringify(name)}:`));
  const following = members.map((_, place) => (place + 1) % members.length);
  let first = 0;
  return (cursor) => {
    const { bytes } = cursor;
    const values: unknown[] = [];
    cursor.expect(openBrace);
    if (bytes[cursor.at] === closeBrace) cursor.at++;
    else {
      let before = -1;
      for (;;) {
        let place = before === -1 ? first : (following[before] as number);
        const name = names[place];
        if (name === undefined || !cursor.take(name)) {
          place = find(cursor);
          if (place !== -1) {
            if (before === -1) first = place;
            else following[before] = place;
          }
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
    return result;
  };
}

function compiledReader(members: readonly ObjectMember[], find: Find): TextReader {
  const following = new Int32Array(members.length + 1);
  for (let place = 0; place < members.length; place++)
    following[place] = (place + 1) % members.length;
  const source = `
    return function readObject(cursor) {
      const bytes = cursor.bytes;
      ${members.map((_, place) => `let value${place};`).join(" ")}
      if (bytes[cursor.at++] !== ${openBrace}) throw notUnderstood;
      if (bytes[cursor.at] === ${closeBrace}) cursor.at++;
      else {
        let before = ${members.length};
        for (;;) {
          const at = cursor.at;
          let place = following[before];
          expected: {
            switch (place) {
              ${members.map(({ name }, place) => `case ${place}: ${takeName(name)}`).join("\n")}
            }
            place = find(cursor);
            if (place !== -1) following[before] = place;
          }
          switch (place) {
            ${members.map((_, place) => `case ${place}: value${place} = read${place}(cursor); before = ${place}; break;`).join("\n")}
          }
          const byte = bytes[cursor.at++];
          if (byte === ${closeBrace}) break;
          if (byte !== ${comma}) throw notUnderstood;
        }
      }
      ${members.map(({ absent }, place) => fillIn(absent, place)).join("\n")}
      ${makeObject(members)}
    };`;
  const names = [
    "notUnderstood",
    "following",
    "find",
    ...members.map((_, place) => `read${place}`),
    ...members.map((_, place) => `absent${place}`),
  ];
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(...names, source) as (...given: unknown[]) => TextReader;
  return make(
    notUnderstood,
    following,
    find,
    ...members.map(({ read }) => read),
    ...members.map(({ absent }) => absent),
  );
}

/** Goes on behind the name where it is the one that comes next. */
function takeName(name: string): string {
  const bytes = bytesOf(`${JSON.stringify(name)}:`);
  const same = Array.from(bytes, (byte, index) => `bytes[at + ${index}] === ${byte}`).join(" && ");
  return `if (${same}) { cursor.at = at + ${bytes.length}; break expected; } break;`;
}

function fillIn(absent: ObjectMember["absent"], place: number): string {
  if (absent === "left out") return "";
  const otherwise =
    absent === "required" ? "throw notUnderstood" : `value${place} = absent${place}()`;
  return `if (value${place} === undefined) ${otherwise};`;
}

function makeObject(members: readonly ObjectMember[]): string {
  const part = ({ name }: ObjectMember, place: number): string =>
    `${JSON.stringify(name)}: value${place}`;
  const mayMiss = members.flatMap(({ absent }, place) => (absent === "left out" ? [place] : []));
  const whole = `return { ${members.map(part).join(", ")} };`;
  const [firstThatMay] = mayMiss;
  if (firstThatMay === undefined) return whole;
  const rest = members
    .map(({ name, absent }, place) => {
      const set = `object[${JSON.stringify(name)}] = value${place};`;
      return absent === "left out" ? `if (value${place} !== undefined) ${set}` : set;
    })
    .slice(firstThatMay);
  return `
    if (${mayMiss.map((place) => `value${place} !== undefined`).join(" && ")}) ${whole}
    const object = { ${members.slice(0, firstThatMay).map(part).join(", ")} };
    ${rest.join("\n")}
    return object;`;
}
