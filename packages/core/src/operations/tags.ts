import type { Tag } from "../wire/tables.ts";
import { type Call, plainCall } from "./call.ts";
import { tagList } from "./table-definition.ts";
import { advanced } from "./unexpected-answer.ts";

/** Tags: values by key. */
export type Tags = Readonly<Record<string, string>>;

export function tagResource(arn: string, tags: Tags): Call<object, void> {
  return plainCall("TagResource", { ResourceArn: arn, Tags: tagList(tags) }, () => undefined);
}

export function untagResource(arn: string, keys: readonly string[]): Call<object, void> {
  return plainCall("UntagResource", { ResourceArn: arn, TagKeys: keys }, () => undefined);
}

/** One page of a resource's tags. */
export interface TagPage {
  readonly tags: Tags;
  readonly nextToken: string | undefined;
}

export function listTagsOfResource(
  arn: string,
  nextToken: string | undefined,
): Call<{ readonly Tags?: readonly Tag[]; readonly NextToken?: string }, TagPage> {
  const input = { ResourceArn: arn, NextToken: nextToken };
  return plainCall("ListTagsOfResource", input, (output) => ({
    tags: Object.fromEntries((output.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    nextToken: advanced("NextToken", nextToken, output.NextToken),
  }));
}
