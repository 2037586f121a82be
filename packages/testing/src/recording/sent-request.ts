import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";

/** What a request handler is given to send. */
export type HandlerRequest = HttpRequest;
/** What it is told beside the request. The signals of older AWS SDKs know no listeners. */
export type HandlerOptions = HttpHandlerOptions;

/** What a request to DynamoDB says, read out of its HTTP request: the operation at once, the rest when it is asked for. */
export class SentRequest {
  readonly #body: unknown;
  #input: Readonly<Record<string, unknown>> | undefined;
  #tables: readonly string[] | undefined;

  /** The operation's name: `PutItem`; empty where the request names none. */
  readonly operation: string;

  constructor({ headers, body }: HandlerRequest) {
    const target = readHeader(headers, "x-amz-target") ?? "";
    this.operation = target.slice(target.lastIndexOf(".") + 1);
    this.#body = body;
  }

  /** The input as it is on the wire; empty where the body is no JSON object. */
  get input(): Readonly<Record<string, unknown>> {
    return (this.#input ??= parseBody(this.#body));
  }

  /** The names of the tables that the request is about, each once, in the order in which it names them. */
  get tables(): readonly string[] {
    return (this.#tables ??= [...new Set(namedTables(this.input))]);
  }
}

/** A header's value, whatever the case of its name. */
export function readHeader(
  headers: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  const value = headers[name];
  if (value !== undefined) return value;
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseBody(body: unknown): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(
      body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body),
    );
    if (isObject(json)) return json;
  } catch {
    // Somebody sends what is no request of DynamoDB's; the server will say so.
  }
  return {};
}

function namedTables(input: Readonly<Record<string, unknown>>): string[] {
  const { TableName, RequestItems, TransactItems, ResourceArn, Statement } = input;
  const tables: string[] = [];
  if (typeof TableName === "string") tables.push(TableName);
  if (typeof ResourceArn === "string") tables.push(ResourceArn);
  if (isObject(RequestItems)) tables.push(...Object.keys(RequestItems));
  for (const item of listOf(TransactItems)) {
    for (const action of Object.values(item)) {
      if (isObject(action) && typeof action["TableName"] === "string")
        tables.push(action["TableName"]);
    }
  }
  const statements = [...listOf(input["Statements"]), ...listOf(input["TransactStatements"])];
  for (const statement of [Statement, ...statements.map((one) => one["Statement"])]) {
    const table = typeof statement === "string" ? statementTable(statement) : undefined;
    if (table !== undefined) tables.push(table);
  }
  return tables.map(withoutArn);
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** `arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/byStatus` is about `orders`. */
function withoutArn(table: string): string {
  return /^arn:[^/]*:table\/([^/]+)/.exec(table)?.[1] ?? table;
}

/** A statement's table: what follows the first FROM, INTO or UPDATE that is not part of a text or a quoted name. */
function statementTable(statement: string): string | undefined {
  const token = /'(?:[^']|'')*'|"((?:[^"]|"")*)"|[\w.-]+/g;
  let expected = false;
  for (const [text, quoted] of statement.matchAll(token)) {
    if (expected) return quoted === undefined ? text.split(".")[0] : quoted.replaceAll('""', '"');
    expected = /^(?:from|into|update)$/i.test(text);
  }
  return undefined;
}
