import { inspect } from "node:util";
import type { AwsCredentialIdentity } from "@smithy/types";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CredentialsError } from "../errors/input-errors.ts";
import { CredentialsCache } from "./cache.ts";

type Provide = (properties?: Record<string, unknown>) => Promise<AwsCredentialIdentity>;

const minutes = 60_000;
const start = Date.UTC(2026, 0, 1);

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

function identity(name: string, life?: number): AwsCredentialIdentity {
  const keys = { accessKeyId: name, secretAccessKey: "secret" };
  return life === undefined ? keys : { ...keys, expiration: new Date(Date.now() + life) };
}

/** A provider whose n-th answer is named n and lives for as long. */
function provider(life?: number) {
  let calls = 0;
  return vi.fn<Provide>(async () => identity(String(++calls), life));
}

/** Lets what was begun in the background end. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("a cache of credentials", () => {
  test("asks once, for as many as want them, and then has them at once", async () => {
    const provide = provider();
    const cache = new CredentialsCache(provide);
    const all = await Promise.all(Array.from({ length: 200 }, async () => cache.get()));
    expect(provide).toHaveBeenCalledTimes(1);
    expect(new Set(all)).toHaveLength(1);
    expect(cache.get()).toBe(all[0]);
    vi.advanceTimersByTime(1_000_000 * minutes);
    expect(cache.get()).toBe(all[0]);
  });

  test("takes credentials as well as a provider", async () => {
    const keys = identity("static");
    const cache = new CredentialsCache(keys);
    expect(await cache.get()).toBe(keys);
    expect(await cache.replace(keys)).toBe(false);
  });

  test("hands its properties to the provider", async () => {
    const provide = provider();
    await new CredentialsCache(provide, { region: "eu-west-1" }).get();
    expect(provide).toHaveBeenCalledWith({ region: "eu-west-1" });
  });

  test("does not keep a failure", async () => {
    const provide = provider();
    provide.mockRejectedValueOnce(new Error("later"));
    const cache = new CredentialsCache(provide);
    const results = await Promise.allSettled([cache.get(), cache.get()]);
    for (const result of results) expect(result).toMatchObject({ status: "rejected" });
    expect(provide).toHaveBeenCalledTimes(1);
    expect(await cache.get()).toMatchObject({ accessKeyId: "1" });
  });

  test("makes a CredentialsError of what a provider throws", async () => {
    const cause = new Error("vault is sealed");
    const cache = new CredentialsCache(() => Promise.reject(cause));
    const error = await Promise.resolve(cache.get()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({
      message: "the provider of credentials failed: vault is sealed",
      cause,
    });
    const own = new CredentialsError("mine");
    await expect(new CredentialsCache(() => Promise.reject(own)).get()).rejects.toBe(own);
    await expect(
      new CredentialsCache(() => {
        throw new Error("at once");
      }).get(),
    ).rejects.toThrow(CredentialsError);
  });

  test.each<[string, unknown]>([
    ["not an object", undefined],
    ["not an object", "keys"],
    ["no accessKeyId", {}],
    ["no accessKeyId", { accessKeyId: "", secretAccessKey: "hunter2" }],
    ["no secretAccessKey", { accessKeyId: "AKID" }],
    ["no secretAccessKey", { accessKeyId: "AKID", secretAccessKey: 42 }],
    [
      "sessionToken holds",
      { accessKeyId: "AKID", secretAccessKey: "hunter2", sessionToken: "hunter2\n" },
    ],
    ["accessKeyId holds", { accessKeyId: "AK ID", secretAccessKey: "hunter2" }],
    ["secretAccessKey holds", { accessKeyId: "AKID", secretAccessKey: "hunter2é" }],
    ["no sessionToken", { accessKeyId: "AKID", secretAccessKey: "hunter2", sessionToken: 42 }],
    [
      "expiration is not",
      { accessKeyId: "AKID", secretAccessKey: "hunter2", expiration: new Date("never") },
    ],
    [
      "expiration is not",
      { accessKeyId: "AKID", secretAccessKey: "hunter2", expiration: "2026-01-01" },
    ],
  ])("refuses what can't sign: %s (%#)", async (reason, wrong) => {
    const error = await Promise.resolve(
      new CredentialsCache(async () => wrong as never).get(),
    ).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CredentialsError);
    expect((error as Error).message).toContain(reason);
    expect(inspect(error, { depth: null })).not.toContain("hunter2");
  });

  test("shows no secret", async () => {
    const cache = new CredentialsCache({ accessKeyId: "AKID", secretAccessKey: "hunter2" });
    await cache.get();
    expect(inspect(cache, { depth: null, showHidden: true })).not.toContain("hunter2");
    expect(JSON.stringify(cache)).toBe("{}");
  });
});

describe("before credentials expire", () => {
  test("new ones are fetched in the background, once, while the old ones serve", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    vi.setSystemTime(start + 54 * minutes);
    expect(cache.get()).toBe(first);
    expect(provide).toHaveBeenCalledTimes(1);
    vi.setSystemTime(start + 56 * minutes);
    for (let i = 0; i < 200; i++) expect(cache.get()).toBe(first);
    expect(provide).toHaveBeenCalledTimes(2);
    await settle();
    expect(cache.get()).toMatchObject({ accessKeyId: "2" });
  });

  test("a failed refresh keeps the old ones, and is tried again after a while", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    provide.mockRejectedValueOnce(new Error("later"));
    vi.setSystemTime(start + 56 * minutes);
    expect(cache.get()).toBe(first);
    await settle();
    expect(cache.get()).toBe(first);
    expect(provide).toHaveBeenCalledTimes(2);
    vi.setSystemTime(start + 57 * minutes);
    expect(cache.get()).toBe(first);
    await settle();
    expect(cache.get()).toMatchObject({ accessKeyId: "2" });
  });

  test("those of a short life are not refreshed all the time", async () => {
    const provide = provider(2 * minutes);
    const cache = new CredentialsCache(provide);
    await cache.get();
    for (let second = 0; second < 59; second++) {
      vi.setSystemTime(start + second * 1000);
      await cache.get();
    }
    expect(provide).toHaveBeenCalledTimes(1);
    vi.setSystemTime(start + 61_000);
    await cache.get();
    expect(provide).toHaveBeenCalledTimes(2);
  });
});

describe("expired credentials", () => {
  test("are not used: everybody waits for the new ones", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    await cache.get();
    vi.setSystemTime(start + 60 * minutes - 5_000);
    const all = await Promise.all(Array.from({ length: 200 }, async () => cache.get()));
    expect(provide).toHaveBeenCalledTimes(2);
    for (const one of all) expect(one).toMatchObject({ accessKeyId: "2" });
  });

  test("that come so are used all the same for a moment: this machine's clock may be wrong", async () => {
    const provide = provider(-60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    expect(cache.get()).toBe(first);
    vi.setSystemTime(start + 6_000);
    await cache.get();
    expect(provide).toHaveBeenCalledTimes(2);
  });
});

describe("rejected credentials", () => {
  test("are replaced once, however many requests were rejected", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    const replaced = await Promise.all(Array.from({ length: 200 }, () => cache.replace(first)));
    expect(new Set(replaced)).toEqual(new Set([true]));
    expect(provide).toHaveBeenCalledTimes(2);
    expect(provide).toHaveBeenLastCalledWith({ forceRefresh: true });
    expect(cache.get()).toMatchObject({ accessKeyId: "2" });
  });

  test("are not replaced where they are no longer the ones in use", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    await cache.replace(first);
    expect(await cache.replace(first)).toBe(true);
    expect(provide).toHaveBeenCalledTimes(2);
  });

  test("that the provider gives again are not worth another request, nor another question at once", async () => {
    const provide = vi.fn<Provide>(async () => identity("same"));
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    expect(await cache.replace(first)).toBe(false);
    expect(await cache.replace(first)).toBe(false);
    expect(provide).toHaveBeenCalledTimes(2);
    vi.setSystemTime(start + minutes);
    expect(await cache.replace(first)).toBe(false);
    expect(provide).toHaveBeenCalledTimes(3);
  });

  test("may be replaced by a refresh that is on its way", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    vi.setSystemTime(start + 56 * minutes);
    await cache.get();
    expect(await cache.replace(first)).toBe(true);
    expect(provide).toHaveBeenCalledTimes(2);
  });

  test("are replaced by force where the refresh on its way brings the same", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    provide.mockResolvedValueOnce({ ...first });
    vi.setSystemTime(start + 56 * minutes);
    await cache.get();
    expect(await cache.replace(first)).toBe(true);
    expect(provide).toHaveBeenCalledTimes(3);
    expect(provide).toHaveBeenLastCalledWith({ forceRefresh: true });
  });

  test("that can't be replaced are an error", async () => {
    const provide = provider(60 * minutes);
    const cache = new CredentialsCache(provide);
    const first = await cache.get();
    provide.mockRejectedValueOnce(new Error("later"));
    await expect(cache.replace(first)).rejects.toThrow(CredentialsError);
    expect(await cache.replace(first)).toBe(true);
  });
});
