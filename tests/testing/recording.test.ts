import { debugUpdate, F, partitionKey, type UpdateAction } from "@fieldwise/core";
import { explain, recordRequests } from "@fieldwise/testing";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { itemAndConditions } from "../support/condition-arbitraries.ts";
import { buildCondition } from "../support/condition-tree.ts";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

describeOnEachServer("what was sent", ({ newClient, createTable }) => {
  const handler = new NodeHttpHandler();
  afterAll(() => handler.destroy());

  it("is what explain() says of the same operations", async () => {
    const table = await createTable();
    const requestHandler = recordRequests(handler);
    const client = newClient({ requestHandler });
    const operations = async (to: typeof client): Promise<void> => {
      await to.put(table, { id: "a", n: 1, "x.y": [{ z: "#n0 :v0" }] });
      await to.update(table, { id: "a" }, [F("n").increment(2), F("x.y", 0, "z").set(":v1")], {
        condition: F("n").between(0, 5),
      });
      await to.batchWrite({ [table]: { put: [{ id: "b" }], delete: [{ id: "c" }] } });
      await to.transactWrite([
        { check: table, key: { id: "a" }, condition: F("n").eq(3) },
        { delete: table, key: { id: "b" } },
      ]);
      await to.query(table, partitionKey("id").eq("a"), { filter: F("n").gt(0) }).toArray();
      await to.scan(table, { projection: [F("x.y", 0, "z")] }).toArray();
      await to.executeStatement(`SELECT * FROM "${table}" WHERE id = ?`, ["a"]);
    };
    await operations(client);
    const { requests } = await explain(operations);
    expect(requestHandler.requests.map(String)).toEqual(requests.map(String));
    expect(requestHandler.requests.map(String)).toHaveLength(7);
    for (const { tableName } of requests) expect(tableName).toBe(table);
  });
});

describe("an expression reads as debug() writes it", () => {
  const key = { id: "a" };

  it("any condition", async () => {
    await fc.assert(
      fc.asyncProperty(itemAndConditions(5), async ([, trees]) => {
        for (const condition of trees.map(buildCondition)) {
          const explained = await explain((client) => client.delete("orders", key, { condition }));
          expect(String(explained)).toBe(
            `DeleteItem on orders\n  key: id = "a"\n  condition: ${condition.debug()}`,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("any update", async () => {
    const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("#n1", ":v0", "a.b", "$&"));
    const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom("#n0", ":v1", ":v10"));
    const action = (attribute: string): fc.Arbitrary<UpdateAction> =>
      fc.oneof(
        value.map((to) => F(attribute).set(to)),
        fc.tuple(name, value).map(([member, to]) => F(attribute, member, 3).setIfNotExists(to)),
        fc.integer().map((by) => F(attribute).increment(by)),
        fc.integer().map((by) => F(attribute).add(by)),
        value.map((to) => F(attribute).append([to])),
        fc.constant(F(attribute).remove()),
      );
    // More than ten, so that there are #n1 and #n10.
    const updates = fc
      .uniqueArray(name, { minLength: 1, maxLength: 15 })
      .chain((names) => fc.tuple(...names.map(action)));
    await fc.assert(
      fc.asyncProperty(updates, async (actions) => {
        const explained = await explain((client) => client.update("orders", key, actions));
        expect(String(explained)).toBe(
          `UpdateItem on orders\n  key: id = "a"\n  update: ${debugUpdate(actions)}`,
        );
      }),
    );
  });
});
