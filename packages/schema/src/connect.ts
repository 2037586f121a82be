import {
  type BatchOptions,
  type Client,
  InvalidInput,
  type Item,
  type ItemReader,
  type TransactGetOptions,
  type TransactWriteOptions,
} from "@fieldwise/core";
import { encodeReads, type TableReads, type ByTable, withOriginals } from "./batches.ts";
import { ownMember } from "./compile/define-member.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { DefinedTable } from "./define-table.ts";
import { deployedAs } from "./deployed-names.ts";
import { checkPolicy, itemDecoder, readerOfEach } from "./reading.ts";
import { TableOperations } from "./table.ts";
import {
  type TransactRead,
  TransactReads,
  type TransactResults,
  type TransactWrite,
  TransactWrites,
} from "./transactions.ts";
import type { TypesOf } from "./types/infer.ts";
import type { KeyOf } from "./types/items.ts";
import type { OnInvalid, ProjectionOf, ReadResult } from "./types/options.ts";
import type { TableTypes } from "./types/table-types.ts";

/** Tables by the names that the application gives them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Tables = Readonly<Record<string, DefinedTable<any>>>;

/** What one table of a batch of reads over several tables is asked. */
export type BatchReads<Types extends TableTypes> =
  | readonly KeyOf<Types>[]
  | {
      readonly keys: readonly KeyOf<Types>[];
      /** Only these attributes. */
      readonly project?: ProjectionOf<Types>;
      /** Reads what every write before has left, at twice the capacity. */
      readonly consistentRead?: boolean;
      /** `false`: nothing is decoded or validated, and the type is that of what is stored. */
      readonly validate?: boolean;
      readonly onInvalid?: OnInvalid;
    };

/** Refuses a table that is not there and a misspelt word: that the type is inferred would let them pass. */
type NoOtherReads<Asked, Types extends Tables> = {
  readonly [Name in keyof Asked]: Name extends keyof Types
    ? Asked[Name] extends readonly unknown[]
      ? unknown
      : {
          readonly [
            Word in Exclude<
              keyof Asked[Name],
              "keys" | "project" | "consistentRead" | "validate" | "onInvalid"
            >
          ]: never;
        }
    : never;
};

/** What a batch of reads over several tables gives, by the names of the tables. */
export interface BatchReadResult<Types extends Tables, Asked> {
  /** An item for each key, in the order of the keys; `undefined` where there is none, or where it was left unprocessed. */
  readonly items: {
    readonly [Name in keyof Asked & keyof Types]: readonly (
      | BatchItem<TypesOf<Types[Name]>, Asked[Name]>
      | undefined
    )[];
  };
  /** The keys that were still unprocessed when the time was up. */
  readonly unprocessedKeys: {
    readonly [Name in keyof Asked & keyof Types]: readonly KeyOf<TypesOf<Types[Name]>>[];
  };
}

type BatchItem<Types extends TableTypes, Asked> = ReadResult<
  Types["item"],
  Types["stored"],
  Asked extends { readonly project: infer Project } ? Project : never,
  Asked extends { readonly validate: infer Validate } ? Validate : true
>;

/** What spans several tables. */
export interface DatabaseOperations<Names extends Tables> {
  /**
   * Carries out 1 to 100 writes, all or none. TransactWriteItems.
   *
   * @throws InvalidItem before any request; TransactionCanceled, with a reason for each action.
   * @example
   * await db.transactWrite((tx) => [
   *   tx.orders.put(order, { condition: Orders.F("orderId").notExists() }),
   *   tx.stock.update({ sku }, Stock.F("count").decrement(), { condition: Stock.F("count").gte(1) }),
   * ]);
   */
  transactWrite(
    write: (tx: {
      readonly [Name in keyof Names]: TransactWrites<TypesOf<Names[Name]>>;
    }) => readonly TransactWrite[],
    options?: TransactWriteOptions,
  ): Promise<void>;
  /**
   * Reads 1 to 100 items as they stand at one moment. TransactGetItems.
   *
   * @returns a tuple of the items, each typed by its table; `undefined` where there is none.
   * @example
   * const [order, stock] = await db.transactGet((tx) => [tx.orders.get(orderKey), tx.stock.get({ sku })]);
   */
  transactGet<const Reads extends readonly TransactRead<unknown>[]>(
    // Without NoInfer the compiler looks for `Reads` in every table's types: 70,000 instantiations.
    read: (
      tx: NoInfer<{ readonly [Name in keyof Names]: TransactReads<TypesOf<Names[Name]>> }>,
    ) => Reads,
    options?: TransactGetOptions,
  ): Promise<TransactResults<Reads>>;
  /** Reads any number of items by their keys, of several tables. BatchGetItem. */
  batchGet<
    const Asked extends { readonly [Name in keyof Names]?: BatchReads<TypesOf<Names[Name]>> },
  >(
    asked: Asked & NoOtherReads<Asked, Names>,
    options?: BatchOptions,
  ): Promise<BatchReadResult<Names, Asked>>;
}

/** The tables of an application, with the operations on them. */
export type Database<Names extends Tables> = {
  readonly [Name in keyof Names]: TableOperations<TypesOf<Names[Name]>>;
} & DatabaseOperations<Names>;

/**
 * Puts tables and a client together.
 *
 * @param tables - What `defineTable` returned, by the names that the application uses.
 * @example
 * const db = connect(new Client({ region: "eu-west-1" }), { orders: Orders, stock: Stock });
 * const order = await db.orders.get({ customerId: "c1", orderId: "o1" });
 */
export function connect<const Names extends Tables>(
  client: Client,
  tables: Names,
  options: ConnectOptions = {},
): Database<Names> {
  checkTables(tables, options);
  for (const name of ["transactWrite", "transactGet", "batchGet"]) {
    if (!Object.hasOwn(tables, name)) continue;
    throw new InvalidInput(`${name} is what all tables have: connect the table by another name`);
  }
  if (options.cursorSecret === "")
    throw new InvalidInput(
      "cursorSecret is empty: anyone could sign with it. Leave it out or set it",
    );
  checkPolicy(options.onInvalid);
  const deployed = deployedTables(tables, options);
  const each = <Result>(
    make: (table: DefinedTable<TableTypes>) => Result,
  ): Record<string, Result> =>
    Object.fromEntries(Object.entries(deployed).map(([name, table]) => [name, make(table)]));
  const writes = each((table) => new TransactWrites(table));
  const reads = each((table) => new TransactReads(table, options));
  const database: DatabaseOperations<Tables> = {
    async transactWrite(write, given = {}) {
      const asked = actionsOf("transactWrite", write, writes);
      const actions = asked.map(({ action }) => action);
      const reader = reasonReader(
        asked.map(({ definedTable }) => definedTable),
        options,
      );
      return client.transactWrite(actions, { ...given, reader });
    },
    async transactGet(read, given = {}) {
      const asked = actionsOf("transactGet", read, reads);
      const actions = asked.map(({ action }) => action);
      const readings = asked.map(({ reading }) => reading);
      const reader = readerOfEach((_, place) => readings[place as number]);
      return (await client.transactGet(actions, { ...given, reader })) as never;
    },
    async batchGet(asked, given = {}) {
      return (await batchGetTables(client, deployed, options, asked, given)) as never;
    },
  };
  return {
    ...database,
    ...each((table) => new TableOperations(client, table, options)),
  } as unknown as Database<Names>;
}

// A caller without types may give anything, and a name may come from a variable that nobody has set.
function checkTables(tables: Tables, { tableName }: ConnectOptions): void {
  for (const [name, table] of Object.entries(tables)) {
    const candidate = table as Partial<Tables[string]> | undefined;
    if (candidate?.codec === undefined)
      throw new InvalidInput(`${name} is no table: give what defineTable returned`);
    if (tableName === undefined && !candidate.name)
      throw new InvalidInput(`The table connected as ${name} was defined without a name`);
  }
}

function deployedTables(tables: Tables, { tableName }: ConnectOptions): Tables {
  if (tableName === undefined) return tables;
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => {
      const deployed: unknown = tableName(table.name);
      if (typeof deployed === "string" && deployed !== "")
        return [name, deployedAs(table, deployed)];
      throw new InvalidInput(
        `tableName gave ${deployed === "" ? "an empty string" : String(deployed)} for table ${table.name}: it must give the name of the deployed table`,
      );
    }),
  );
}

function actionsOf<Tx, Action>(
  method: string,
  list: (tx: Tx) => readonly Action[],
  tx: Tx,
): readonly Action[] {
  const actions: unknown = typeof list === "function" && list(tx);
  if (Array.isArray(actions)) return actions as readonly Action[];
  throw new InvalidInput(`${method} takes a function that gives a list: (tx) => [tx.orders.…]`);
}

async function batchGetTables(
  client: Client,
  tables: Tables,
  options: ConnectOptions,
  asked: Readonly<Record<string, readonly object[] | TableReads | undefined>>,
  given: BatchOptions,
): Promise<BatchReadResult<Tables, object>> {
  const parts = Object.entries(asked).map(([name, request]) => {
    const table = ownMember(tables, name) as Tables[string] | undefined;
    if (table === undefined) throw new InvalidInput(`No table was connected as ${name}`);
    // Without `exactOptionalPropertyTypes` the types allow `undefined`, for a table that is asked on a condition.
    const reads: TableReads =
      request === undefined || Array.isArray(request)
        ? { keys: (request ?? []) as readonly object[] }
        : (request as TableReads);
    const settings = { ...reads, onInvalid: reads.onInvalid ?? options.onInvalid };
    return {
      name,
      table,
      ...encodeReads(table, settings),
    };
  });
  const twice = parts.find(({ table }, place) =>
    parts.some((other, before) => before < place && other.table.name === table.name),
  );
  // A request has one entry for each table, and so has the answer.
  if (twice !== undefined)
    throw new InvalidInput(`A batch of reads asks table ${twice.table.name} once, with all keys`);
  const requests = Object.fromEntries(parts.map(({ table, request }) => [table.name, request]));
  const originals = (left: ByTable<readonly object[]>): object =>
    Object.fromEntries(
      parts.map((part) => [
        part.name,
        keysLeft(left, part.table.name).map((key) => part.originals.get(key) ?? key),
      ]),
    );
  const reader = readerOfEach(
    (tableName) => parts.find(({ table }) => table.name === tableName)?.reading,
  );
  const answer = await withOriginals(
    client.batchGet(requests as never, { ...given, reader }),
    originals,
  );
  const found: Readonly<Record<string, readonly (Item | undefined)[]>> = answer.items;
  return {
    items: Object.fromEntries(parts.map(({ name, table }) => [name, found[table.name] ?? []])),
    unprocessedKeys: originals(answer.unprocessedKeys),
  } as never;
}

function keysLeft(left: ByTable<readonly object[]>, tableName: string): readonly object[] {
  return (ownMember(left, tableName) ?? []) as readonly object[];
}

// A canceled transaction's reasons carry the items of its actions. Several definitions may be of one table, so its name does
// not tell which.
function reasonReader(
  tables: readonly DefinedTable<TableTypes>[],
  { onInvalid }: ConnectOptions,
): ItemReader {
  return readerOfEach((_, place) => {
    const table = tables[place as number];
    return table && itemDecoder(table, "TransactWriteItems", { onInvalid });
  });
}
