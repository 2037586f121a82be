import { randomBytes } from "node:crypto";

// DynamoDB's own limit.
const maxLength = 255;

/**
 * Makes the names of one test database's tables: those of the definitions behind a prefix that no other database has, and
 * cut to what DynamoDB allows.
 */
export function uniqueTableNames(): (name: string) => string {
  const prefix = `test-${randomBytes(8).toString("hex")}-`;
  const given = new Map<string, string>();
  const taken = new Set<string>();
  return (name) => {
    let unique = given.get(name);
    if (unique !== undefined) return unique;
    // A definition may be deployed by an ARN; in a test its own part is the name.
    const allowed = name.replaceAll(/[^a-zA-Z0-9_.-]/g, "_");
    unique = (prefix + allowed).slice(0, maxLength);
    for (let number = 2; taken.has(unique); number++) {
      const ending = `-${number}`;
      unique = (prefix + allowed).slice(0, maxLength - ending.length) + ending;
    }
    given.set(name, unique);
    taken.add(unique);
    return unique;
  };
}
