import type {
  TimeToLiveDescriptionOutput,
  TimeToLiveSpecification,
  TimeToLiveStatus,
} from "../wire/tables.ts";
import { type Call, tableCall } from "./call.ts";

/** Whether a table deletes items by age, and by which attribute: a number of seconds since 1970. */
export interface TimeToLiveDescription {
  readonly status: TimeToLiveStatus;
  readonly attribute: string | undefined;
}

export function updateTimeToLive(
  tableName: string,
  attribute: string,
  enabled: boolean,
): Call<{ readonly TimeToLiveSpecification?: TimeToLiveSpecification }, void> {
  return tableCall(
    "UpdateTimeToLive",
    tableName,
    () => ({
      TableName: tableName,
      TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled },
    }),
    () => undefined,
  );
}

export function describeTimeToLive(
  tableName: string,
): Call<{ readonly TimeToLiveDescription?: TimeToLiveDescriptionOutput }, TimeToLiveDescription> {
  return tableCall(
    "DescribeTimeToLive",
    tableName,
    () => ({ TableName: tableName }),
    ({ TimeToLiveDescription: description = {} }) => ({
      status: description.TimeToLiveStatus ?? "DISABLED",
      attribute: description.AttributeName,
    }),
  );
}
