import type { NumberValue } from "@fieldwise/schema";
import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { bytes } from "./bytes.ts";
import { epochMilliseconds, epochSeconds, isoDate } from "./dates.ts";
import { decimal } from "./decimal.ts";
import { jsonString } from "./json-string.ts";
import { sortableNumber } from "./sortable-number.ts";

test("what the application holds is the output, what is stored the input", () => {
  const schema = z.object({
    at: isoDate().optional(),
    until: epochSeconds().default(() => new Date()),
    since: epochMilliseconds(),
    price: decimal().brand("Price"),
    image: bytes(),
    order: sortableNumber(),
    json: jsonString(z.object({ at: isoDate() })),
  });
  expectTypeOf<z.output<typeof schema>["at"]>().toEqualTypeOf<Date | undefined>();
  expectTypeOf<z.input<typeof schema>["at"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<z.output<typeof schema>["until"]>().toEqualTypeOf<Date>();
  expectTypeOf<z.input<typeof schema>["since"]>().toEqualTypeOf<number>();
  expectTypeOf<z.input<typeof schema>["price"]>().toEqualTypeOf<NumberValue>();
  expectTypeOf<z.output<typeof schema>["price"]>().toExtend<string>();
  expectTypeOf<z.output<typeof schema>["image"]>().toEqualTypeOf<Uint8Array>();
  expectTypeOf<z.output<typeof schema>["order"]>().toEqualTypeOf<number>();
  expectTypeOf<z.output<typeof schema>["json"]>().toEqualTypeOf<{ at: Date }>();
  expectTypeOf<z.input<typeof schema>["json"]>().toEqualTypeOf<string>();
});
