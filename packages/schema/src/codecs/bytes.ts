import * as z from "zod";
import { storedAs } from "../compile/stored-as.ts";

const { types } = process.getBuiltinModule("node:util");

/** Bytes: a `Uint8Array` (or `Buffer`) in the application, binary (B) in the table. Read back as `Uint8Array`. */
export function bytes(): z.ZodCustom<Uint8Array, Uint8Array> {
  const schema = z.custom<Uint8Array>(isBytes, "Invalid input: expected Uint8Array");
  return storedAs(schema, "B");
}

function isBytes(value: unknown): boolean {
  return types.isUint8Array(value);
}
