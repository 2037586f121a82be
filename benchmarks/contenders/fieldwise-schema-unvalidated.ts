import type { Connection, Contender } from "./contender.ts";
import { schemaContender } from "./fieldwise-schema.ts";

export const takesHandler = true;

/** The mapper with `validate: false` on every read. Writes are validated as always. */
export function createContender(connection: Connection): Contender {
  return schemaContender(connection, false);
}
