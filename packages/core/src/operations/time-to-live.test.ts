import { expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { describeTimeToLive, updateTimeToLive } from "./time-to-live.ts";
import { itemReader } from "./item-reader.ts";

const reader = itemReader(numberReader());

test("UpdateTimeToLive", () => {
  const call = updateTimeToLive("orders", "expires", true);
  expect(call).toMatchObject({ operation: "UpdateTimeToLive", tableName: "orders" });
  expect(JSON.parse(call.body)).toEqual({
    TableName: "orders",
    TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
  });
  expect(JSON.parse(updateTimeToLive("orders", "expires", false).body)).toMatchObject({
    TimeToLiveSpecification: { Enabled: false },
  });
  expect(call.decode({}, reader)).toBeUndefined();
});

test("DescribeTimeToLive", () => {
  const call = describeTimeToLive("orders");
  expect(call).toMatchObject({ operation: "DescribeTimeToLive", body: '{"TableName":"orders"}' });
  const description = { TimeToLiveStatus: "ENABLING", AttributeName: "expires" } as const;
  expect(call.decode({ TimeToLiveDescription: description }, reader)).toEqual({
    status: "ENABLING",
    attribute: "expires",
  });
  expect(call.decode({}, reader)).toEqual({ status: "DISABLED", attribute: undefined });
});
