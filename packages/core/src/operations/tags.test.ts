import { expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { listTagsOfResource, tagResource, untagResource } from "./tags.ts";
import { itemReader } from "./item-reader.ts";

const reader = itemReader(numberReader());
const json = ({ body }: { body: string }) => JSON.parse(body) as unknown;

test("tags are put, taken away and listed", () => {
  const put = tagResource("arn:x", { team: "shop", ["__proto__"]: "data" });
  expect(put.operation).toBe("TagResource");
  expect(json(put)).toEqual({
    ResourceArn: "arn:x",
    Tags: [
      { Key: "team", Value: "shop" },
      { Key: "__proto__", Value: "data" },
    ],
  });
  expect(put.decode({}, reader)).toBeUndefined();

  const taken = untagResource("arn:x", ["team"]);
  expect(taken.operation).toBe("UntagResource");
  expect(json(taken)).toEqual({ ResourceArn: "arn:x", TagKeys: ["team"] });
  expect(taken.decode({}, reader)).toBeUndefined();

  const list = listTagsOfResource("arn:x", undefined);
  expect(list).toMatchObject({ operation: "ListTagsOfResource", body: '{"ResourceArn":"arn:x"}' });
  expect(json(listTagsOfResource("arn:x", "t"))).toEqual({ ResourceArn: "arn:x", NextToken: "t" });
  expect(list.decode({ Tags: [{ Key: "team", Value: "" }], NextToken: "t" }, reader)).toEqual({
    tags: { team: "" },
    nextToken: "t",
  });
  expect(list.decode({}, reader)).toEqual({ tags: {}, nextToken: undefined });
});
