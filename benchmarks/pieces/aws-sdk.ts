import { createHash, createHmac } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Checksum, SourceData } from "@smithy/types";
import { orderOf, plainOrder } from "../data/orders.ts";
import { credentials, getBody, host, pageText, wireItem } from "./page-text.ts";
import type { Pieces } from "./pieces.ts";

type WireItem = Record<string, AttributeValue>;

/** The AWS SDK's own pieces: `@smithy/signature-v4` and `@aws-sdk/util-dynamodb`. It has nothing for expressions. */
export function createPieces(): Pieces {
  const signer = new SignatureV4({
    credentials,
    region: "eu-west-1",
    service: "dynamodb",
    sha256: Sha256,
  });
  const request = {
    method: "POST",
    protocol: "https:",
    hostname: host,
    path: "/",
    query: {},
    headers: {
      host,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.GetItem",
    },
    body: getBody,
  };
  const order = plainOrder(orderOf(0));
  const item = wireItem as unknown as WireItem;
  return {
    sign: () => signer.sign({ ...request, headers: { ...request.headers } }),
    encode: () => JSON.stringify(marshall(order)),
    decode: () => unmarshall(item),
    decodePage: () =>
      (JSON.parse(pageText) as { Items: WireItem[] }).Items.map((wire) => unmarshall(wire)),
  };
}

/** By `node:crypto`, as the SDK does on Node. */
class Sha256 implements Checksum {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Uint8Array };

  constructor(secret?: SourceData) {
    this.#hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error("A hash is used once");
  }
}
