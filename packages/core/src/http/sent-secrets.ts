import { readHeader } from "./headers.ts";

/**
 * Takes out of an answer's text what the request was signed with, as some servers and proxies repeat the headers that they
 * refuse: the authorization header, its signature, and the session token.
 */
export function hideSent(text: string, sent: Readonly<Record<string, string>>): string {
  const authorization = readHeader(sent, "authorization");
  const signature = authorization && /Signature=(\w+)/.exec(authorization)?.[1];
  const token = readHeader(sent, "x-amz-security-token");
  let result = text;
  for (const secret of [authorization, signature, token]) {
    if (secret !== undefined && secret !== "") result = result.replaceAll(secret, "***");
  }
  return result;
}
