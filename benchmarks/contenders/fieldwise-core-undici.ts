import { Agent } from "undici";
import type { Connection, Contender } from "./contender.ts";
import { coreContender } from "./fieldwise-core.ts";

/** The client over undici instead of `node:http`. */
export function createContender(connection: Connection): Contender {
  return coreContender({ ...connection, requestHandler: new Agent() });
}
