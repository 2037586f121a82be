import { getEventListeners } from "node:events";
import { type Client, CredentialsError, type RequestHandler } from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { recordFigure } from "./figures.ts";
import { profile } from "./profile.ts";

const minute = 60_000;
const concurrent = 200;

/** Gives credentials that live for a while, and knows which are still good. */
class Issuer {
  issued = 0;
  asked = 0;
  life = Infinity;
  /** What happens before credentials are given. */
  before: () => Promise<void> | void = () => {};
  readonly #expirations = new Map<string, number>();

  readonly provider = async () => {
    this.asked++;
    await this.before();
    const accessKeyId = `AKIDISSUED${++this.issued}`;
    const end = Date.now() + this.life;
    this.#expirations.set(accessKeyId, end);
    return {
      accessKeyId,
      secretAccessKey: `secret-of-${accessKeyId}-that-nobody-may-see`,
      sessionToken: `token-of-${accessKeyId}-that-nobody-may-see`,
      ...(this.life !== Infinity && { expiration: new Date(end) }),
    };
  };

  revokeAll(): void {
    for (const id of this.#expirations.keys()) this.#expirations.set(id, -Infinity);
  }

  isGood(accessKeyId: string): boolean {
    return (this.#expirations.get(accessKeyId) ?? -Infinity) > Date.now();
  }
}

/** A server that knows its credentials: it refuses those that are no longer good. */
class Gate implements RequestHandler {
  requests = 0;
  refused = 0;
  /** The credentials of each request, the last ones last. */
  readonly keys: string[] = [];
  onRequest: () => void = () => {};
  readonly #issuer: Issuer;
  readonly #inner = new NodeHttpHandler();

  constructor(issuer: Issuer) {
    this.#issuer = issuer;
  }

  async handle(
    request: Parameters<RequestHandler["handle"]>[0],
    options: Parameters<RequestHandler["handle"]>[1] = {},
  ): ReturnType<RequestHandler["handle"]> {
    this.requests++;
    this.onRequest();
    const key = /Credential=(\w+)\//.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
    this.keys.push(key);
    if (this.#issuer.isGood(key)) return this.#inner.handle(request as never, options);
    this.refused++;
    const body = JSON.stringify({
      __type: "com.amazon.coral.service#ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
    return { response: { statusCode: 400, headers: {}, body } };
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

describeOnEachServer("credentials", ({ newClient, createTable, server }) => {
  let table = "";
  let issuer: Issuer;
  let gate: Gate;
  let client: Client;
  const figures = { requests: 0, refused: 0, refreshes: 0, operations: 0 };

  beforeAll(async () => {
    table = await createTable();
  });
  beforeEach(() => {
    issuer = new Issuer();
    gate = new Gate(issuer);
    client = newClient({ credentials: issuer.provider, requestHandler: gate });
  });
  afterEach(() => {
    vi.useRealTimers();
    gate.destroy();
    figures.requests += gate.requests;
    figures.refused += gate.refused;
    figures.refreshes += issuer.issued;
  });
  afterAll(() => {
    for (const [name, value] of Object.entries(figures))
      recordFigure(`credentials [${server.name}]`, name, value);
  });

  const put = (n: number) => {
    figures.operations++;
    return client.put(table, { id: `i${n}` });
  };
  const putMany = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => put(n)));

  it("are asked for once by two hundred requests at the same time, and once more when they expire", async () => {
    issuer.before = () => new Promise((resolve) => setTimeout(resolve, 20));
    await putMany(concurrent);
    expect(issuer.asked).toBe(1);
    expect(gate.refused).toBe(0);
    issuer.revokeAll();
    await putMany(concurrent);
    expect(issuer.asked).toBe(2);
    expect(gate.refused).toBe(concurrent);
    expect(gate.requests).toBe(3 * concurrent);
  });

  it("that the server calls expired in the middle of a run cost one refresh and no operation", async () => {
    const operations = profile.pick(1_500, 20_000);
    const random = profile.random("credentials");
    let revocations = 0;
    let next = 250;
    gate.onRequest = () => {
      if (gate.requests < next || gate.requests > operations) return;
      next = gate.requests + 250 + Math.floor(random() * 250);
      revocations++;
      issuer.revokeAll();
    };
    let started = 0;
    const worker = async (): Promise<void> => {
      while (started < operations) await put(started++);
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    expect(revocations).toBeGreaterThan(2);
    expect(issuer.issued).toBe(1 + revocations);
    expect(gate.requests).toBe(operations + gate.refused);
    // Each revocation meets what is on its way.
    expect(gate.refused).toBeLessThanOrEqual(revocations * 50);
    expect(await client.scanCount(table)).toBeGreaterThanOrEqual(operations);
  }, 120_000);

  describe("that say when they expire", () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ["Date"] });
      issuer.life = 60 * minute;
    });

    it("are renewed before, and no request is signed with expired ones", async () => {
      for (let passed = 0; passed < 180; passed += 2) {
        await putMany(10);
        vi.setSystemTime(Date.now() + 2 * minute);
      }
      expect(gate.refused).toBe(0);
      // Three hours, and each lives for one less the five minutes before its end.
      expect(issuer.asked).toBe(4);
    });

    it("are used while new ones are slow to come", async () => {
      await put(0);
      let give = (): void => {};
      issuer.before = () => new Promise((resolve) => (give = resolve));
      vi.setSystemTime(Date.now() + 56 * minute);
      await putMany(concurrent);
      expect(issuer.asked).toBe(2);
      expect(new Set(gate.keys)).toEqual(new Set(["AKIDISSUED1"]));
      give();
      await vi.waitFor(() => expect(issuer.issued).toBe(2));
      await putMany(concurrent);
      expect(issuer.asked).toBe(2);
      expect(new Set(gate.keys.slice(-concurrent))).toEqual(new Set(["AKIDISSUED2"]));
    });

    it("are used while new ones can't be had, and a typed error says so when they have expired", async () => {
      await put(0);
      issuer.before = () => Promise.reject(new Error("the source is down"));
      vi.setSystemTime(Date.now() + 56 * minute);
      await putMany(concurrent);
      expect(gate.refused).toBe(0);
      vi.setSystemTime(Date.now() + 4 * minute);
      const sent = gate.requests;
      const results = await Promise.allSettled(
        Array.from({ length: concurrent }, (_, n) => put(n)),
      );
      for (const result of results) {
        expect(result).toMatchObject({ status: "rejected", reason: { name: "CredentialsError" } });
      }
      expect(gate.requests).toBe(sent);
      await expect(put(0)).rejects.toThrow(CredentialsError);
      issuer.before = () => {};
      await putMany(concurrent);
      expect(issuer.issued).toBe(2);
      expect(gate.refused).toBe(0);
    });
  });

  it("that are slow to come keep nobody who has gone", async () => {
    let give = (): void => {};
    issuer.before = () => new Promise((resolve) => (give = resolve));
    const reason = new Error("gone");
    const controllers = Array.from({ length: concurrent }, () => new AbortController());
    const waiting = controllers.map(({ signal }, n) =>
      client.put(table, { id: `i${n}` }, { signal }),
    );
    const settled = Promise.allSettled(waiting);
    await vi.waitFor(() => expect(issuer.asked).toBe(1));
    const gone = controllers.filter((_, n) => n % 2 === 0);
    for (const controller of gone) controller.abort(reason);
    for (let n = 0; n < concurrent; n += 2) await expect(waiting[n]).rejects.toBe(reason);
    expect(gate.requests).toBe(0);
    give();
    const results = await settled;
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(concurrent / 2);
    expect(issuer.asked).toBe(1);
    expect(gate.requests).toBe(concurrent / 2);
    for (const { signal } of controllers) expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
