import { defineTable } from "@fieldwise/schema";
import { fixtures, FixtureError } from "@fieldwise/testing";
import { expect, test } from "vitest";
import * as z from "zod";
import { Orders } from "../orders/tables.ts";

test("fixtures are what the schema says, and the same for the same seed", () => {
  const orders = fixtures(Orders, { seed: 7 });
  const order = orders.one({ status: "shipped", lines: [{ quantity: 3 }, {}] });
  expect(order).toMatchObject({ status: "shipped", lines: [{ quantity: 3 }, {}] });
  expect(order.placedAt).toBeInstanceOf(Date);

  const again = fixtures(Orders, { seed: 7 });
  expect(again.one({ status: "shipped", lines: [{ quantity: 3 }, {}] })).toEqual(order);
});

test("many of them, of a few customers, and no key twice", () => {
  const orders = fixtures(Orders, { seed: 7 }).many(50, (index) => ({
    customerId: `c${index % 5}`,
  }));
  expect(new Set(orders.map(({ customerId }) => customerId)).size).toBe(5);
  expect(new Set(orders.map((order) => JSON.stringify(Orders.keyOf(order)))).size).toBe(50);
});

test("what chance does not find is given", () => {
  const Accounts = defineTable({
    name: "accounts",
    schema: z.object({ account: z.string().refine(isIban, "must be an IBAN"), owner: z.string() }),
    partitionKey: "account",
  });
  expect(() => fixtures(Accounts).one()).toThrow(FixtureError);

  const accounts = fixtures(Accounts, {
    values: ({ faker }) => ({ account: faker.finance.iban() }),
  });
  expect(accounts.many(3).every(({ account }) => isIban(account))).toBe(true);
});

/** Whether the check digits are right: ISO 13616, remainder 1 of a division by 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(text)) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  const digits = turned.replaceAll(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
