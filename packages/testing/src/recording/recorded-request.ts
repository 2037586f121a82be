import type { AnyWireInput } from "@fieldwise/core";
import { inspect } from "node:util";
import { describeRequest } from "./description.ts";
import type { SentRequest } from "./sent-request.ts";

/**
 * A request as it was sent, without its headers. As text it is what a person would write, with the placeholders of its expressions
 * filled in; nothing in it differs from run to run, so that it can be a snapshot.
 */
export class RecordedRequest {
  static {
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: RecordedRequest): string {
        return this.toString();
      },
    });
  }

  /** The operation's name: `PutItem`. */
  readonly operation: string;
  /** The names of the tables that the request is about, in the order in which it names them. */
  readonly tables: readonly string[];
  /** The input as it is on the wire. */
  readonly input: Readonly<Record<string, unknown>>;

  /** @internal */
  constructor({ operation, tables, input }: SentRequest) {
    this.operation = operation;
    this.tables = tables;
    this.input = input;
  }

  /** The table that the request is about; `undefined` where it is about none, or several. */
  get tableName(): string | undefined {
    return this.tables.length === 1 ? this.tables[0] : undefined;
  }

  /** Whether the request is of this operation; the compiler knows its input then. */
  is<Name extends string>(
    operation: Name,
  ): this is { readonly operation: Name; readonly input: AnyWireInput<Name> } {
    return this.operation === operation;
  }

  /** The request in readable form: a line for the operation and its tables, and one for each thing it says. */
  toString(): string {
    return describeRequest(this.operation, this.tables, this.input).join("\n");
  }
}
