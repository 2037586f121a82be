import type { AttributeMap, Item } from "./attribute-value/types.ts";
import { withRequest } from "./errors/input-errors.ts";
import { InvalidResponse } from "./errors/request-error.ts";
import type { AnswerReader } from "./http/answer.ts";
import type { Call } from "./operations/call.ts";
import { type ItemReader, textOf } from "./operations/item-reader.ts";
import { readMetering, type ResponseMetadata } from "./operations/metadata.ts";
import type { RequestOptions } from "./operations/options.ts";
import { UnexpectedAnswer } from "./operations/unexpected-answer.ts";
import type { Transport } from "./transport.ts";
import type { DecodeItem } from "./transport-options.ts";
import type { WireResponse } from "./wire-request.ts";
import { misfit } from "./wire/output-shapes.ts";
import { readOutputText, UnreadItem } from "./wire-text/read-output.ts";

/** Sends one call and reads its answer. */
export type Execute = <Output, Result>(
  call: Call<Output, Result>,
  options: RequestOptions,
) => Promise<Result>;

/** Makes the function that takes a call over the transport and back. */
export function createExecute(
  transport: Transport,
  clientReader: ItemReader,
  onEveryResponse: ((metadata: ResponseMetadata) => void) | undefined,
): Execute {
  return <Output, Result>(call: Call<Output, Result>, options: RequestOptions): Promise<Result> => {
    const { reader = clientReader } = options;
    const readResponse = (response: WireResponse): Result => {
      tellOf(call, response, reader, onEveryResponse, options.onResponse);
      return withRequest(call.operation, call.tableName, () => {
        return readOutput(call, response, response.readFromText ? finishingReader(reader) : reader);
      });
    };
    let response: Promise<WireResponse>;
    try {
      response = transport.send(call, options, new CallReader(call, reader, options.reader));
    } catch (error) {
      return Promise.reject(error);
    }
    return response.then(readResponse);
  };
}

/** Has what goes wrong while a request is encoded reject, as `async` does, for the price of no promise. */
export function rejecting<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return send();
  } catch (error) {
    return Promise.reject(error);
  }
}

type OnResponse = RequestOptions["onResponse"];

/** Tells of an answer what it says of itself. */
function tellOf(
  { operation, tableName }: Call<never, unknown>,
  { output, requestId, attempts }: WireResponse,
  reader: ItemReader,
  onEveryResponse: OnResponse,
  onResponse: OnResponse,
): void {
  if (onEveryResponse === undefined && onResponse === undefined) return;
  let metadata: ResponseMetadata | undefined;
  for (const tell of [onEveryResponse, onResponse]) {
    if (tell === undefined) continue;
    try {
      metadata ??= {
        operation,
        tableName,
        requestId,
        attempts,
        ...readMetering(output, reader),
      };
      tell(metadata);
    } catch {
      // What watches an answer doesn't break it: a write that happened must not look as if it had failed.
    }
  }
}

/** Reads the answer to a call. A schema's reader of items may have to be made first, which takes longer than one answer. */
class CallReader implements AnswerReader {
  readonly #call: Call<never, unknown>;
  readonly #reader: ItemReader;
  readonly #ownReader: ItemReader | undefined;
  #textOf: ItemReader["textOf"];

  /** @param ownReader what the call brought itself. */
  constructor(call: Call<never, unknown>, reader: ItemReader, ownReader: ItemReader | undefined) {
    this.#call = call;
    this.#reader = reader;
    this.#ownReader = ownReader;
  }

  prepare(): void {
    if (this.#call.items === undefined) return;
    try {
      this.#textOf = textOf(this.#reader);
    } catch {
      // `item` of the same reader shall say what is wrong.
    }
  }

  read(body: Buffer): Record<string, unknown> | undefined {
    const { items, actionTables } = this.#call;
    const of = this.#textOf;
    if (items === undefined || of === undefined) return undefined;
    return readOutputText(body, items, (tableName, place) =>
      of(tableName ?? actionTables?.[place as number], place),
    );
  }

  get errorItem(): DecodeItem | undefined {
    const reader = this.#ownReader;
    if (reader === undefined) return undefined;
    const { tableName, actionTables } = this.#call;
    // An error of a transaction carries items of several tables, told apart by the place of their action.
    return (item, action = 0) => reader.item(item, tableName ?? actionTables?.[action], action);
  }
}

/** Reads what was not understood as text; all other items are read already. */
function finishingReader(reader: ItemReader): ItemReader {
  return {
    key: (wire) => reader.key(wire),
    item: (item: unknown, tableName, place) =>
      item instanceof UnreadItem
        ? reader.item(item.wire as AttributeMap, tableName, place)
        : (item as Item),
  };
}

/** @throws InvalidResponse where the answer is not what the operation answers. */
function readOutput<Output, Result>(
  call: Call<Output, Result>,
  { output, statusCode, requestId, attempts }: WireResponse,
  reader: ItemReader,
): Result {
  const { operation, tableName, shape } = call;
  try {
    const member = shape && misfit(output, shape);
    if (member !== undefined)
      throw new UnexpectedAnswer(`the answer's ${member} is not what ${operation} answers`);
    return call.decode(output as Output, reader);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw new InvalidResponse(
      error.message,
      { operation, tableName, requestId, attempts },
      { statusCode, retryable: false },
    );
  }
}
