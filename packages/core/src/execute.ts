import type { AttributeMap, Item } from "./attribute-value/types.ts";
import { withRequest } from "./errors/input-errors.ts";
import type { Call } from "./operations/call.ts";
import type { ItemReader } from "./operations/item-reader.ts";
import { readMetering, type ResponseMetadata } from "./operations/metadata.ts";
import type { RequestOptions } from "./operations/options.ts";
import type { Transport } from "./transport.ts";

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
    const { output, requestId, attempts } = await transport.send(
      call,
      options.reader === undefined
        ? options
        : { ...options, decodeItem: errorItemReader(reader, call) },
    );
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
      return call.decode(output as Parameters<typeof call.decode>[0], reader);
    });
  };
}

// An error of a transaction carries items of several tables, told apart by the place of their action.
function errorItemReader(
  reader: ItemReader,
  { tableName, actionTables }: Pick<Call<unknown, unknown>, "tableName" | "actionTables">,
): (item: AttributeMap, action?: number) => Item | undefined {
  return (item, action = 0) => reader.item(item, tableName ?? actionTables?.[action]);
}
