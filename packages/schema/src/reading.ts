import {
  type AttributeMap,
  F as untypedF,
  InvalidInput,
  type Item,
  type ItemReader,
  NumberValue,
  type PathStep,
  type Projection,
  type TextReader,
  unmarshall,
} from "@fieldwise/core";
import type { Decoded } from "./compile/decoder.ts";
import { keyIn } from "./compile/key-codec.ts";
import type { ItemCodec, PartDecoder, ProjectionDecoder } from "./compile/item-codec.ts";
import type { DefinedTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import type { OnInvalid } from "./types/options.ts";
import type { TableTypes } from "./types/table-types.ts";
import { pathsOf } from "./fields/projection.ts";

/** How what one call reads is decoded. */
export interface ReadSettings {
  readonly validate?: boolean | undefined;
  readonly onInvalid?: OnInvalid | undefined;
  readonly project?: readonly unknown[] | undefined;
}

/** Decodes one stored item, or a part of one; `undefined` to leave it out. */
export type Decode = (wire: AttributeMap) => Item | undefined;

/** How one call reads items. */
export interface ItemReading {
  /** What it asks for: with the discriminators that tell how to read what `project` names. */
  readonly projection: Projection | undefined;
  readonly decode: Decode;
  /** Reads from an answer's text what `decode` would give. */
  readonly text: TextReader | undefined;
  /** The same for core, where it is made already. */
  readonly reader?: ItemReader;
}

const wholes = new WeakMap<DefinedTable<TableTypes>, Map<string, ItemReading>>();

/** What reads whole items of a table: the same one for all calls that say no more. */
function wholeReading(
  table: DefinedTable<TableTypes>,
  operation: string,
  { validate, onInvalid }: Pick<ReadSettings, "validate" | "onInvalid">,
): ItemReading {
  let readings = wholes.get(table);
  if (readings === undefined) wholes.set(table, (readings = new Map<string, ItemReading>()));
  const name = [operation, validate !== false, onInvalid].join(" ");
  let reading = readings.get(name);
  if (reading === undefined) {
    const made = makeReading(table, operation, { validate, onInvalid }, wholeOf(table));
    reading = Object.assign(made, { reader: readerOf(made) });
    readings.set(name, reading);
  }
  return reading;
}

function wholeOf({ codec }: DefinedTable<TableTypes>): PartDecoder {
  return {
    decode: (wire) => codec.decodeItem(wire),
    get text() {
      return codec.itemText;
    },
  };
}

/**
 * Makes what reads whole items of a table, or what a projection asks for.
 *
 * @param held - The attributes that are there, where an index has not all of them.
 */
export function itemReading(
  table: DefinedTable<TableTypes>,
  operation: string,
  settings: ReadSettings,
  whole?: PartDecoder,
  held?: ReadonlySet<string>,
): ItemReading {
  if (settings.project === undefined && typeof settings.onInvalid !== "function" && !whole)
    return wholeReading(table, operation, settings);
  return makeReading(table, operation, settings, whole ?? wholeOf(table), held);
}

function makeReading(
  table: DefinedTable<TableTypes>,
  operation: string,
  settings: ReadSettings,
  whole: PartDecoder,
  held?: ReadonlySet<string>,
): ItemReading {
  const { project } = settings;
  if (settings.validate === false) {
    const read = (wire: AttributeMap): Item => table.codec.readStored(wire);
    return {
      projection: project as Projection | undefined,
      decode: project === undefined ? read : (wire) => partOf(read(wire), wire),
      get text() {
        return project === undefined ? table.codec.storedText : table.codec.storedPartText;
      },
    };
  }
  const asked = project && pathsOf(project);
  const projected = asked && projectionDecoder(table.codec, asked);
  const decoder = projected ?? whole;
  // AWS, "Query": a global secondary index is asked only for what it holds. What the caller asks for is DynamoDB's to refuse.
  const paths = projected?.paths.filter(
    ([name]) =>
      held === undefined || held.has(String(name)) || asked?.some(([other]) => other === name),
  );
  return {
    projection: paths?.map(([name, ...steps]) => untypedF(String(name), ...steps)),
    decode: withPolicy(table, operation, settings.onInvalid, (wire) => decoder.decode(wire)),
    get text() {
      return decoder.text;
    },
  };
}

// What was not asked for is not missing: no empty set stands for it.
function partOf(item: Item, wire: AttributeMap): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => Object.hasOwn(wire, name)));
}

/** Makes what decodes whole items of a table. */
export function itemDecoder(
  table: DefinedTable<TableTypes>,
  operation: string,
  { onInvalid }: Pick<ReadSettings, "onInvalid">,
): ItemReading {
  return itemReading(table, operation, { onInvalid });
}

const projections = new WeakMap<ItemCodec, Map<string, ProjectionDecoder>>();
const maximumProjections = 200;

/**
 * What reads a projection, the same one for the same paths: to compile it costs far more than to read with it, and most
 * calls ask for the same few.
 */
export function projectionDecoder(
  codec: ItemCodec,
  paths: readonly (readonly PathStep[])[],
): ProjectionDecoder {
  const known = projections.get(codec) ?? new Map<string, ProjectionDecoder>();
  projections.set(codec, known);
  const name = JSON.stringify(paths);
  let decoder = known.get(name);
  if (decoder === undefined) {
    if (known.size >= maximumProjections) known.clear();
    decoder = codec.project(paths);
    known.set(name, decoder);
  }
  return decoder;
}

/** Makes what decodes the parts that an update returns. */
export function partDecoder(
  table: DefinedTable<TableTypes>,
  operation: string,
  settings: ReadSettings,
): ItemReading {
  const partial = table.codec.partial();
  const decode = withPolicy(table, operation, settings.onInvalid, (wire) => partial.decode(wire));
  return {
    projection: undefined,
    decode,
    get text() {
      return partial.text;
    },
  };
}

function withPolicy(
  table: DefinedTable<TableTypes>,
  operation: string,
  onInvalid: OnInvalid = "throw",
  decode: (wire: AttributeMap) => Decoded,
): Decode {
  checkPolicy(onInvalid);
  return (wire) => {
    const decoded = decode(wire);
    if (decoded.ok) return decoded.item as Item;
    if (onInvalid === "skip") return undefined;
    if (onInvalid === "throw") {
      const key = keyIn(decoded.raw, table.keys.primary);
      throw new InvalidItem(table.name, decoded.issues, `An item that ${operation} read`, { key });
    }
    return onInvalid(decoded.raw, decoded.issues, { tableName: table.name, operation }) as
      | Item
      | undefined;
  };
}

/** Refuses a policy that there is not before an item does not fit, which may take until production. */
export function checkPolicy(onInvalid: unknown): void {
  if (onInvalid === undefined || onInvalid === "throw" || onInvalid === "skip") return;
  if (typeof onInvalid === "function") return;
  throw new InvalidInput(`onInvalid must be "throw", "skip" or a function`);
}

/**
 * The options of a call with what reads its answer, as core takes them. Assigned, not spread: where options are of ever other
 * shapes, spreading them takes longer, and so does whatever reads the result.
 */
export function readBy<Options extends object>(
  options: Options,
  reading: ItemReading,
): Options & Pick<ItemReading, "projection"> & { readonly reader: ItemReader } {
  const { projection } = reading;
  return Object.assign({}, options, { projection, reader: readerOf(reading) });
}

/** Reads items by a decoder, and keys without losing a digit. */
export function readerOf(reading: Pick<ItemReading, "decode" | "text" | "reader">): ItemReader {
  return (
    reading.reader ?? {
      item: reading.decode,
      key: exactKey,
      get text() {
        return reading.text;
      },
    }
  );
}

/** Reads items of several tables, or of several actions, each by its own; what is of none comes as it stands. */
export function readerOfEach(
  readingOf: (tableName?: string, place?: number) => ItemReading | undefined,
): ItemReader {
  return {
    item(wire, ...of) {
      const reading = readingOf(...of);
      return reading === undefined ? wire : reading.decode(wire);
    },
    key: exactKey,
    textOf: (...of) => readingOf(...of)?.text,
  };
}

function exactKey(wire: AttributeMap): Item {
  return unmarshall(wire, NumberValue.from);
}

/** Notes whether an item came back: one that does not fit its schema is there, too. */
export function noting(reader: ItemReader): { readonly reader: ItemReader; found(): boolean } {
  let found = false;
  return {
    reader: {
      ...reader,
      // Every item is to come by.
      text: undefined,
      item(wire) {
        found = true;
        return reader.item(wire);
      },
    },
    found: () => found,
  };
}
