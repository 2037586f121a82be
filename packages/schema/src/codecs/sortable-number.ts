import * as z from "zod";

const negativeZero = 0x8000_0000_0000_0000n;
const allBits = 0xffff_ffff_ffff_ffffn;

/**
 * A number in the application, 16 hexadecimal digits in the table that sort as the numbers do, negative ones and
 * fractions too: for a number in a string key, alone or in a template. It holds every finite number exactly.
 *
 * A number attribute of its own sorts rightly as it is, and needs no codec.
 */
export function sortableNumber(): z.ZodCodec<z.ZodString, z.ZodNumber> {
  return z.codec(z.string().regex(/^[0-9a-f]{16}$/), z.number(), {
    decode: (text) => fromBits(BigInt(`0x${text}`)),
    encode: (value) => toBits(value).toString(16).padStart(16, "0"),
  });
}

// IEEE 754 doubles sort like their bits, once positive ones have the sign bit set and negative ones are inverted.
function toBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  return bits < negativeZero ? bits | negativeZero : bits ^ allBits;
}

function fromBits(sortable: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, sortable >= negativeZero ? sortable ^ negativeZero : sortable ^ allBits);
  return view.getFloat64(0);
}
