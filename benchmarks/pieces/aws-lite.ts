import aws4 from "aws4";
import { credentials, getBody, host } from "./page-text.ts";
import type { Pieces } from "./pieces.ts";

/** `aws4`, which aws-lite signs with. */
export function createPieces(): Pieces {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.GetItem",
  };
  return {
    sign: () =>
      aws4.sign(
        {
          service: "dynamodb",
          region: "eu-west-1",
          host,
          path: "/",
          method: "POST",
          headers: { ...headers },
          body: getBody,
        },
        credentials,
      ),
  };
}
