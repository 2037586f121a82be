import { F, RetryConfig } from "@fieldwise/core";
import { type Fault, recordRequests, withFaults } from "@fieldwise/testing";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

describeOnEachServer("faults around any handler", ({ client: direct, createTable, newClient }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  /** Resolves once the server has an item. */
  const arrived = async (id: string): Promise<void> => {
    while ((await direct.get(table, { id }, { consistentRead: true })) === undefined);
  };

  describe.each([
    ["NodeHttpHandler", () => new NodeHttpHandler()],
    ["FetchHttpHandler", () => new FetchHttpHandler()],
    ["UndiciHttpHandler", () => new UndiciHttpHandler()],
  ])("%s", (name, make) => {
    it.each<[Fault, delivered: number]>([
      [{ fault: "throttling" }, 1],
      [{ fault: "internalServerError" }, 1],
      [{ fault: "serviceUnavailable" }, 1],
      [{ fault: "resetBefore" }, 1],
      [{ fault: "resetAfter" }, 2],
      [{ fault: "timeout" }, 1],
      [{ fault: "timeout", served: true }, 2],
      [{ fault: "slow", milliseconds: 5 }, 1],
      [{ fault: "truncated" }, 2],
      [{ fault: "wrongChecksum" }, 2],
      [{ fault: "duplicated" }, 2],
      [{ fault: "transactionConflict" }, 1],
    ])("%o", async (fault, delivered) => {
      const inner = make();
      const recorder = recordRequests(inner);
      const handler = withFaults(recorder, { faults: [{ ...fault, nth: 1 }] });
      const client = newClient({
        requestHandler: handler,
        retry: RetryConfig.static({ delay: 1 }),
        requestTimeout: fault.fault === "timeout" ? 500 : 10_000,
      });
      const id = `${name} ${JSON.stringify(fault)}`;
      const tags = new Set(["é😀"]);
      await client.update(table, { id }, [F("n").add(1), F("tags").add(tags)]);
      const item = await direct.get(table, { id }, { consistentRead: true });
      expect(item).toEqual({ id, n: delivered, tags });
      expect(recorder.requests).toHaveLength(delivered);
      expect(handler.log.map((entry) => entry.fault)).toEqual([fault.fault]);
      // The connection goes on to serve.
      expect(await client.get(table, { id }, { consistentRead: true })).toEqual(item);
      handler.destroy();
    });

    it("ends with the caller's signal, wherever it is", async () => {
      const handler = withFaults(make(), {
        faults: [
          { fault: "timeout", nth: [1, 2], served: true },
          { fault: "slow", milliseconds: 1_000_000 },
        ],
      });
      const client = newClient({ requestHandler: handler });
      const reason = new Error("enough");
      for (let turn = 0; turn < 6; turn++) {
        const controller = new AbortController();
        const id = `${name} aborted ${turn}`;
        const waiting = client.put(table, { id }, { signal: controller.signal });
        // Sometimes before the server has it, sometimes while the answer is held back.
        await (turn % 2 === 0 ? new Promise(setImmediate) : arrived(id));
        controller.abort(reason);
        await expect(waiting).rejects.toBe(reason);
      }
      handler.destroy();
    });
  });
});
