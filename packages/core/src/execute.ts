import type { AttributeMap, Item } from "./attribute-value/types.ts";
import { withRequest } from "./errors/input-errors.ts";
import { InvalidResponse } from "./errors/request-error.ts";
import type { ReadText } from "./http/answer.ts";
import type { Call } from "./operations/call.ts";
import type { ItemReader } from "./operations/item-reader.ts";
import { readMetering, type ResponseMetadata } from "./operations/metadata.ts";
import type { RequestOptions } from "./operations/options.ts";
import { UnexpectedAnswer } from "./operations/unexpected-answer.ts";
import type { Transport, WireResponse } from "./transport.ts";
import { misfit } from "./wire/output-shapes.ts";
import { type ItemsMember, readOutputText, UnreadItem } from "./wire-text/read-output.ts";

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
  return async (call, options) => {
    const { operation, tableName } = call;
    const { reader = clientReader } = options;
    const response = await transport.send(
      call,
      options.reader === undefined
        ? options
        : { ...options, decodeItem: errorItemReader(reader, call) },
      textReader(call.items, reader),
    );
    const { output, requestId, attempts } = response;
    return withRequest(operation, tableName, () => {
      let metadata: ResponseMetadata | undefined;
      for (const tell of [onEveryResponse, options.onResponse]) {
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
      return readOutput(call, response, response.readFromText ? finishingReader(reader) : reader);
    });
  };
}

function textReader(items: ItemsMember | undefined, reader: ItemReader): ReadText | undefined {
  // Asked for only where it is of use: it may have to be made.
  const text = items && reader.text;
  return text && ((body) => readOutputText(body, items, text));
}

/** Reads what was not understood as text; all other items are read already. */
function finishingReader(reader: ItemReader): ItemReader {
  return {
    ...reader,
    item: (item: unknown, tableName) =>
      item instanceof UnreadItem
        ? reader.item(item.wire as AttributeMap, tableName)
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

// An error of a transaction carries items of several tables, told apart by the place of their action.
function errorItemReader(
  reader: ItemReader,
  { tableName, actionTables }: Pick<Call<unknown, unknown>, "tableName" | "actionTables">,
): (item: AttributeMap, action?: number) => Item | undefined {
  return (item, action = 0) => reader.item(item, tableName ?? actionTables?.[action]);
}
