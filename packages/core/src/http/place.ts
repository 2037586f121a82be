import type { HttpRequest } from "@smithy/types";
import { escapeUri } from "./escape-uri.ts";

/** Where a request goes. */
export interface Place {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: HttpRequest["query"];
}

/** What is kept of a request: it is large, and its headers are secret. */
export function placeOf({ protocol, hostname, port, path, query }: HttpRequest): Place {
  return { protocol, hostname, port, path, query };
}

/** Whether a request goes to this place, as nearly all of a client do. */
export function isSamePlace(one: Place, other: HttpRequest): boolean {
  return (
    one.hostname === other.hostname &&
    one.port === other.port &&
    one.path === other.path &&
    one.query === other.query &&
    one.protocol === other.protocol
  );
}

/** The path and the query, written as they are signed. */
export function pathOf({ path, query }: HttpRequest): string {
  const parts: string[] = [];
  for (const name of Object.keys(query ?? {}).toSorted()) {
    const value = query?.[name];
    for (const one of Array.isArray(value) ? value : [value]) {
      parts.push(
        typeof one === "string" ? `${escapeUri(name)}=${escapeUri(one)}` : escapeUri(name),
      );
    }
  }
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}
