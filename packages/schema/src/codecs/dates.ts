import * as z from "zod";

/**
 * A `Date` in the application, an ISO 8601 string in UTC with milliseconds in the table: `2026-01-31T12:00:00.000Z`. The
 * strings sort by time, and so do items with one as sort key. Years are 0 to 9999.
 *
 * What others wrote is read with fewer decimals too; microseconds, which a `Date` can't hold, are an issue.
 */
export function isoDate(): z.ZodCodec<z.ZodISODateTime, z.ZodDate> {
  const codec = z.codec(z.iso.datetime(), z.date(), {
    decode(text, context) {
      if (/\.\d{3}\d*[1-9]/.test(text)) {
        context.issues.push({
          code: "custom",
          input: text,
          message: "Invalid input: a Date holds milliseconds, and this has more decimals",
        });
        return z.NEVER;
      }
      return new Date(text);
    },
    encode: (date) => date.toISOString(),
  });
  isoDates.add(codec);
  return codec;
}

const isoDates = new WeakSet<object>();

/** Whether `isoDate` made the schema, and nothing was added to it. */
export function isIsoDate(schema: object): boolean {
  return isoDates.has(schema);
}

/**
 * A `Date` in the application, whole seconds since 1970 in the table: what DynamoDB's time to live asks for. A part of a
 * second is rounded down, so that nothing lives longer than was said; `epochMilliseconds()` keeps it.
 */
export function epochSeconds(): z.ZodCodec<z.ZodNumber, z.ZodDate> {
  return z.codec(z.number(), z.date(), {
    decode: (seconds) => new Date(seconds * 1000),
    encode: (date) => Math.floor(date.getTime() / 1000),
  });
}

/** A `Date` in the application, milliseconds since 1970 in the table: a number, exact and sortable. */
export function epochMilliseconds(): z.ZodCodec<z.ZodInt, z.ZodDate> {
  return z.codec(z.int(), z.date(), {
    decode: (milliseconds) => new Date(milliseconds),
    encode: (date) => date.getTime(),
  });
}
