import type { HandlerRequest, SentRequest } from "../recording/sent-request.ts";
import { type Exchange, toExchange, type WholeAnswer } from "../recording/answers.ts";
import { readWhole } from "./whole-answer.ts";
import { conflictAnswer, errorAnswer, throttlingAnswer } from "./error-answers.ts";
import { addUnprocessed, nothingProcessed, remainingRequest } from "./held-back.ts";
import type { Strike } from "./strikes.ts";
import { connectionReset, type Patience, type Waits } from "./waits.ts";

/** A request that a fault strikes. */
export interface Struck {
  readonly request: HandlerRequest;
  readonly sent: SentRequest;
  readonly patience: Patience;
  readonly waits: Waits;
  /** Brings a request to the server. */
  deliver(request: HandlerRequest): Promise<Exchange>;
  /** The server's time. */
  now(): Date;
}

/** Does to a request what the fault says. */
export async function inject(strike: Strike, struck: Struck): Promise<Exchange> {
  const { request, sent, patience, waits } = struck;
  const served = async (): Promise<WholeAnswer> =>
    readWhole(await struck.deliver(request), waits, patience);
  const { fault } = strike;
  switch (fault.fault) {
    case "throttling":
      return toExchange(throttlingAnswer(fault, struck.now()));
    case "internalServerError":
    case "serviceUnavailable":
    case "expiredToken":
      return toExchange(errorAnswer(fault.fault, struck.now()));
    case "transactionConflict":
      return toExchange(conflictAnswer(sent, struck.now()));
    case "resetBefore":
      throw connectionReset();
    case "resetAfter":
      await served();
      throw connectionReset();
    case "timeout":
      if (fault.served === true) await served();
      return waits.hang(patience);
    case "slow": {
      const answer = await served();
      await waits.pause(fault.milliseconds, patience);
      return toExchange(answer);
    }
    case "truncated": {
      const answer = await served();
      const body = answer.body.subarray(0, answer.body.length >> 1);
      return toExchange({ ...answer, body });
    }
    case "wrongChecksum": {
      const answer = await served();
      const checksum = String((Number(answer.headers["x-amz-crc32"]) ^ 1) >>> 0);
      return toExchange({ ...answer, headers: { ...answer.headers, "x-amz-crc32": checksum } });
    }
    case "duplicated": {
      const answer = await served();
      // Of the second delivery nothing is ever heard, be it a failure.
      await served().catch(() => undefined);
      return toExchange(answer);
    }
    case "clockSkew":
      return toExchange((strike as Extract<Strike, { readonly answer: unknown }>).answer);
    case "unprocessed": {
      const { division } = strike as Extract<Strike, { readonly division: unknown }>;
      const remaining = remainingRequest(request, sent, division);
      if (remaining === undefined)
        return toExchange(nothingProcessed(sent, division, struck.now()));
      const answer = await readWhole(await struck.deliver(remaining), waits, patience);
      return toExchange(addUnprocessed(sent, division, answer));
    }
  }
}
