import { readHeader } from "./headers.ts";

/** `AKIDEXAMPLE/20260131/eu-west-1/dynamodb/aws4_request` */
const credential = /[^\s"'=,]*\/aws4_request/g;

/** A shorter session token is no secret but a word, as a local server takes it, and stands in many an item. */
const shortestToken = 12;

/**
 * Takes out of an answer's text what the request was signed with, as some servers and proxies repeat the headers that they
 * refuse: the authorization header, its credential and signature, and the session token.
 */
export function hideSent(text: string, sent: Readonly<Record<string, string>>): string {
  const authorization = readHeader(sent, "authorization");
  const signature = authorization && /Signature=(\w+)/.exec(authorization)?.[1];
  const token = readHeader(sent, "x-amz-security-token");
  const isSecret = token !== undefined && token.length >= shortestToken;
  let result = text;
  for (const secret of [authorization, signature, isSecret ? token : undefined]) {
    if (secret !== undefined && secret !== "") result = result.replaceAll(secret, "***");
  }
  return result.includes("aws4_request") ? result.replaceAll(credential, "***") : result;
}

/** Takes out of a fault and its causes what came and is no HTTP, as it may repeat what was sent: Node and undici add it. */
export function dropReceived(fault: unknown): void {
  let current = fault;
  // Bounded: a chain of causes may be a ring.
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if ("rawPacket" in current) delete current.rawPacket;
    if (current.name === "HTTPParserError" && "data" in current) delete current.data;
    current = current.cause;
  }
}
