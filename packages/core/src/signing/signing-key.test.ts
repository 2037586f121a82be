import { inspect } from "node:util";
import { expect, test } from "vitest";
import { SigningKeys } from "./signing-key.ts";

const identity = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

test("the key is the one that AWS publishes for its example", async () => {
  // "Examples of how to derive a signing key for Signature Version 4" in the AWS General Reference.
  const key = await new SigningKeys("iam").get(identity, "20150830", "us-east-1");
  expect(Buffer.from(key).toString("hex")).toBe(
    "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
  );
});

test("a key is derived once, even when many ask at the same time", async () => {
  const keys = new SigningKeys("dynamodb");
  const first = keys.get(identity, "20260101", "eu-west-1");
  expect(keys.get({ ...identity }, "20260101", "eu-west-1")).toBe(first);
  const key = await first;
  expect(keys.get(identity, "20260101", "eu-west-1")).toBe(key);
});

test("only the last few keys are kept", async () => {
  const keys = new SigningKeys("dynamodb");
  for (let day = 10; day < 30; day++) await keys.get(identity, `202601${day}`, "eu-west-1");
  expect(keys.get(identity, "20260129", "eu-west-1")).toBeInstanceOf(Uint8Array);
  expect(keys.get(identity, "20260110", "eu-west-1")).toBeInstanceOf(Promise);
});

test("an inspected key cache shows no secret", async () => {
  const keys = new SigningKeys("dynamodb");
  await keys.get(identity, "20260101", "eu-west-1");
  expect(inspect(keys, { depth: null, showHidden: true })).not.toContain("wJalr");
});
