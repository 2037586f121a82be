import type { Connection, Contender } from "./contender.ts";
import { floor } from "./floor.ts";

/** The floor with the shortcuts around `node:http` that core takes as well: the least that a client over it can do. */
export function createContender({ endpoint }: Connection): Pick<Contender, "get" | "put"> {
  return floor(endpoint, "least");
}
