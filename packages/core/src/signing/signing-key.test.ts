import { inspect } from "node:util";
import { expect, test } from "vitest";
import { SigningKeys } from "./signing-key.ts";

const identity = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

test("the key is the one that AWS publishes for its example", () => {
  // "Examples of how to derive a signing key for Signature Version 4" in the AWS General Reference.
  const key = new SigningKeys("iam").get(identity, "20150830", "us-east-1");
  expect(Buffer.from(key).toString("hex")).toBe(
    "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
  );
});

test("a key is derived once", () => {
  const keys = new SigningKeys("dynamodb");
  const key = keys.get(identity, "20260101", "eu-west-1");
  expect(keys.get({ ...identity }, "20260101", "eu-west-1")).toBe(key);
});

test("each day, Region and secret has its own", () => {
  const keys = new SigningKeys("dynamodb");
  const all = [
    keys.get(identity, "20260101", "eu-west-1"),
    keys.get(identity, "20260102", "eu-west-1"),
    keys.get(identity, "20260101", "eu-west-2"),
    keys.get({ ...identity, secretAccessKey: "other" }, "20260101", "eu-west-1"),
  ];
  expect(new Set(all.map((key) => Buffer.from(key).toString("hex"))).size).toBe(4);
});

test("only the last few keys are kept", () => {
  const keys = new SigningKeys("dynamodb");
  const first = keys.get(identity, "20260110", "eu-west-1");
  const last = [26, 27, 28, 29].map((day) => keys.get(identity, `202601${day}`, "eu-west-1"));
  expect(keys.get(identity, "20260126", "eu-west-1")).toBe(last[0]);
  const again = keys.get(identity, "20260110", "eu-west-1");
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test("an inspected key cache shows no secret", () => {
  const keys = new SigningKeys("dynamodb");
  keys.get(identity, "20260101", "eu-west-1");
  expect(inspect(keys, { depth: null, showHidden: true })).not.toContain("wJalr");
});
