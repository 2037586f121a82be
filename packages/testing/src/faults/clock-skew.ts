import { type HandlerRequest, readHeader } from "../recording/sent-request.ts";
import type { WholeAnswer } from "../recording/answers.ts";
import { signatureAnswer } from "./error-answers.ts";

/** "Signature Version 4": a request is valid for five minutes around its date. In milliseconds. */
export const skewTolerated: number = 5 * 60 * 1000;

/**
 * What a server at the given time answers to a request that is signed with another.
 *
 * @returns `undefined` where the server takes it.
 */
export function skewAnswer({ headers }: HandlerRequest, serverTime: Date): WholeAnswer | undefined {
  const signed = readHeader(headers, "x-amz-date");
  const signedAt = signed === undefined ? Number.NaN : parseSigningDate(signed);
  const difference = signedAt - serverTime.getTime();
  // Of a request without a date nothing can be said.
  if (!(Math.abs(difference) > skewTolerated)) return undefined;
  const limit = signingDate(
    serverTime.getTime() + (difference < 0 ? -skewTolerated : skewTolerated),
  );
  const server = signingDate(serverTime.getTime());
  return signatureAnswer(
    difference < 0
      ? `Signature expired: ${signed} is now earlier than ${limit} (${server} - 5 min.)`
      : `Signature not yet current: ${signed} is still later than ${limit} (${server} + 5 min.)`,
    serverTime,
  );
}

/** Reads `20260101T120000Z`. */
function parseSigningDate(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function signingDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
