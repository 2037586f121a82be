import type { NumberReader } from "./attribute-value/unmarshall.ts";
import { withRequest } from "./errors/input-errors.ts";
import type { Call } from "./operations/call.ts";
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
  reader: NumberReader,
  onEveryResponse: ((metadata: ResponseMetadata) => void) | undefined,
): Execute {
  return async (call, options) => {
    const { operation, tableName } = call;
    const { output, requestId, attempts } = await transport.send(call, options);
    return withRequest(operation, tableName, () => {
      if (onEveryResponse !== undefined || options.onResponse !== undefined) {
        const metadata = {
          operation,
          tableName,
          requestId,
          attempts,
          ...readMetering(output, reader),
        };
        onEveryResponse?.(metadata);
        options.onResponse?.(metadata);
      }
      return call.decode(output as Parameters<typeof call.decode>[0], reader);
    });
  };
}
