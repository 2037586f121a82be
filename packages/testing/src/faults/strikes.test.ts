import { marshall } from "@fieldwise/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HandlerRequest, SentRequest } from "../recording/sent-request.ts";
import type { Fault } from "./plan.ts";
import { Strikes } from "./strikes.ts";

function requestOf(operation: string, input: object = { TableName: "orders" }): HandlerRequest {
  return {
    method: "POST",
    protocol: "http:",
    hostname: "localhost",
    path: "/",
    headers: { "x-amz-target": `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(input),
  };
}

/** Which fault strikes each of the requests. */
function struck(
  faults: readonly Fault[],
  requests: readonly HandlerRequest[],
  seed = 0,
): readonly (string | undefined)[] {
  const strikes = new Strikes(faults, seed);
  return requests.map(
    (request) => strikes.decide(request, new SentRequest(request)).strike?.fault.fault,
  );
}

const gets = (count: number) => Array.from({ length: count }, () => requestOf("GetItem"));

describe("a fault strikes", () => {
  it("every request, where nothing else is said", () => {
    expect(struck([{ fault: "throttling" }], gets(2))).toEqual(["throttling", "throttling"]);
  });

  it("by operation and by table", () => {
    const requests = [
      requestOf("GetItem"),
      requestOf("PutItem"),
      requestOf("PutItem", { TableName: "stock" }),
      requestOf("BatchGetItem", { RequestItems: { stock: {}, orders: {} } }),
      requestOf("TransactWriteItems", { TransactItems: [{ Put: { TableName: "stock" } }] }),
    ];
    const [throttling, no] = ["throttling", undefined];
    expect(struck([{ fault: "throttling", operations: ["PutItem"] }], requests)).toEqual([
      no,
      throttling,
      throttling,
      no,
      no,
    ]);
    expect(struck([{ fault: "throttling", tables: ["stock"] }], requests)).toEqual([
      no,
      no,
      throttling,
      throttling,
      throttling,
    ]);
    expect(
      struck([{ fault: "throttling", tables: ["orders"], operations: ["PutItem"] }], requests),
    ).toEqual([no, throttling, no, no, no]);
  });

  it("by the number among what its operations and tables select, and up to its limit", () => {
    const requests = [requestOf("GetItem"), ...gets(2), requestOf("PutItem"), ...gets(2)];
    expect(struck([{ fault: "throttling", nth: [2, 5] }], requests).map(Boolean)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(
      struck([{ fault: "throttling", nth: 1, operations: ["PutItem"] }], requests).map(Boolean),
    ).toEqual([false, false, false, true, false, false]);
    expect(struck([{ fault: "throttling", limit: 2 }], gets(4)).map(Boolean)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("first, of several that could; and another's strikes don't shift its turns", () => {
    expect(
      struck(
        [
          { fault: "resetBefore", nth: [1, 2] },
          { fault: "throttling", nth: [2, 3] },
        ],
        gets(4),
      ),
    ).toEqual(["resetBefore", "resetBefore", "throttling", undefined]);
  });

  it("not at all what can't happen to an operation", () => {
    expect(struck([{ fault: "unprocessed", share: 1 }], gets(1))).toEqual([undefined]);
    expect(struck([{ fault: "transactionConflict" }], gets(1))).toEqual([undefined]);
    const batch = requestOf("BatchWriteItem", { RequestItems: { orders: [{}] } });
    expect(struck([{ fault: "unprocessed", share: 1 }], [batch])).toEqual(["unprocessed"]);
    // A malformed batch is the server's to refuse.
    for (const input of [{}, { RequestItems: { orders: "x" } }, { RequestItems: [] }])
      expect(
        struck([{ fault: "unprocessed", share: 1 }], [requestOf("BatchWriteItem", input)]),
      ).toEqual([undefined]);
  });
});

describe("chance", () => {
  const plan: readonly Fault[] = [
    { fault: "throttling", probability: 0.2 },
    { fault: "resetAfter", probability: 0.2 },
  ];

  it("is the seed's: the same requests meet the same faults", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        expect(struck(plan, gets(100), seed)).toEqual(struck(plan, gets(100), seed));
      }),
      { numRuns: 20 },
    );
    expect(struck(plan, gets(100), 1)).not.toEqual(struck(plan, gets(100), 2));
  });

  it("keeps to the probability, each fault by itself", () => {
    const all = struck(plan, gets(20_000), 5);
    const count = (fault: string) => all.filter((one) => one === fault).length;
    // 4,000 give or take 57, and 20 % of the others: 3,200 give or take 52.
    expect(Math.abs(count("throttling") - 4_000)).toBeLessThan(280);
    expect(Math.abs(count("resetAfter") - 3_200)).toBeLessThan(260);
    expect(struck([{ fault: "throttling", probability: 0 }], gets(1_000))).not.toContain(
      "throttling",
    );
  });

  it("does not depend on requests that a fault does not select", () => {
    const puts = (request: HandlerRequest) =>
      struck(
        [{ fault: "throttling", probability: 0.5, operations: ["PutItem"] }],
        Array.from({ length: 200 }, (_, index) => (index % 2 ? requestOf("PutItem") : request)),
      ).filter((_, index) => index % 2);
    expect(puts(requestOf("GetItem"))).toEqual(
      struck(
        [{ fault: "throttling", probability: 0.5 }],
        Array.from({ length: 100 }, () => requestOf("PutItem")),
      ),
    );
  });
});

describe("a batch's division", () => {
  const entries = (table: string, count: number) =>
    Array.from({ length: count }, (_, id) => ({
      PutRequest: { Item: marshall({ id: `${table}-${id}` }) },
    }));
  const divide = (requestItems: object, share: number, seed: number, tables?: string[]) => {
    const request = requestOf("BatchWriteItem", { RequestItems: requestItems });
    const fault: Fault = { fault: "unprocessed", share, tables };
    const { strike } = new Strikes([fault], seed).decide(request, new SentRequest(request));
    if (strike === undefined) return { sent: requestItems, heldBack: {} };
    expect("division" in strike).toBe(true);
    return (strike as Extract<typeof strike, { readonly division: unknown }>).division;
  };
  const flat = (part: object): unknown[] =>
    Object.entries(part).flatMap(([table, list]) =>
      (list as unknown[]).map((entry) => [table, entry]),
    );
  const byText = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();

  it("holds back its share, and loses or doubles no entry", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("orders", "stock", "__proto__", "constructor"),
          fc.integer({ min: 1, max: 25 }),
          { minKeys: 1, noNullPrototype: true },
        ),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.maxSafeInteger(),
        (counts, share, seed) => {
          const all = Object.fromEntries(
            Object.entries(counts).map(([table, count]) => [table, entries(table, count)]),
          );
          const { sent, heldBack } = divide(all, share, seed);
          expect(byText([...flat(sent), ...flat(heldBack)])).toEqual(byText(flat(all)));
          const wanted = flat(all).length * share;
          expect([Math.floor(wanted), Math.ceil(wanted)]).toContain(flat(heldBack).length);
          for (const part of [sent, heldBack])
            for (const list of Object.values(part)) expect(list).not.toEqual([]);
        },
      ),
    );
  });

  it("is right on average where the share is no whole number", () => {
    let held = 0;
    for (let seed = 0; seed < 3_000; seed++)
      held += flat(divide({ orders: entries("orders", 1) }, 1 / 3, seed).heldBack).length;
    // 1,000 give or take 26.
    expect(Math.abs(held - 1_000)).toBeLessThan(130);
  });

  it("keeps to the tables that the fault names", () => {
    const all = { orders: entries("orders", 4), stock: entries("stock", 4) };
    const { sent, heldBack } = divide(all, 1, 0, ["stock"]);
    expect(sent).toEqual({ orders: all.orders });
    expect(heldBack).toEqual({ stock: all.stock });
  });
});
