import { ConfigurationError } from "@fieldwise/core";
import { inspect } from "node:util";
import { batchOperations } from "./held-back.ts";
import { conflictOperations } from "./error-answers.ts";
import { skewTolerated } from "./clock-skew.ts";
import { longestTimer } from "./waits.ts";
import type { Fault, FaultName, FaultPlan } from "./plan.ts";

const selectionMembers = ["operations", "tables", "nth", "probability", "limit"] as const;

/** Every fault, and the members of its own that it takes. */
const faultMembers: Readonly<Record<FaultName, readonly string[]>> = {
  throttling: ["errorName"],
  internalServerError: [],
  serviceUnavailable: [],
  resetBefore: [],
  resetAfter: [],
  timeout: ["served"],
  slow: ["milliseconds"],
  truncated: [],
  wrongChecksum: [],
  unprocessed: ["share"],
  expiredToken: [],
  clockSkew: ["milliseconds"],
  duplicated: [],
  transactionConflict: [],
};

const throttlingNames: ReadonlySet<unknown> = new Set([
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
]);

/** Refuses a plan that can't be meant. @throws ConfigurationError */
export function checkPlan(plan: FaultPlan): void {
  if (typeof plan !== "object" || plan === null)
    throw refusal("a fault plan", "is an object with a list of faults", plan);
  const { seed } = plan;
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw refusal("seed", "must be a whole number", seed);
  checkFaults(plan.faults);
}

/** Refuses faults that can't be meant. @throws ConfigurationError */
export function checkFaults(faults: readonly Fault[]): void {
  if (!Array.isArray(faults)) throw refusal("faults", "must be a list", faults);
  (faults as readonly Fault[]).forEach((fault, index) => checkFault(fault, `faults[${index}]`));
}

function checkFault(fault: Fault, place: string): void {
  if (typeof fault !== "object" || fault === null)
    throw refusal(place, 'must be an object such as { fault: "throttling" }', fault);
  if (typeof fault.fault !== "string" || !Object.hasOwn(faultMembers, fault.fault)) {
    const names = Object.keys(faultMembers).join(", ");
    throw refusal(`${place}.fault`, `must be one of ${names}`, fault.fault);
  }
  const members = faultMembers[fault.fault];
  for (const member of Object.keys(fault)) {
    if (member === "fault" || members.includes(member)) continue;
    if ((selectionMembers as readonly string[]).includes(member)) continue;
    const known = [...members, ...selectionMembers].join(", ");
    throw new ConfigurationError(
      `${place}: ${fault.fault} takes no ${JSON.stringify(member)}, but ${known}`,
    );
  }
  checkSelection(fault, place);
  checkOwn(fault, place);
}

function checkSelection(fault: Fault, place: string): void {
  const { probability, operations, tables, nth, limit } = fault;
  if (probability !== undefined && !(probability >= 0 && probability <= 1))
    throw refusal(`${place}.probability`, "must be from 0 to 1", probability);
  checkNames(`${place}.operations`, operations);
  checkNames(`${place}.tables`, tables);
  const only =
    fault.fault === "unprocessed"
      ? batchOperations
      : fault.fault === "transactionConflict"
        ? conflictOperations
        : undefined;
  const other = operations?.find((operation) => only?.has(operation) === false);
  if (other !== undefined) {
    throw new ConfigurationError(
      `${place}.operations: ${fault.fault} can't happen to ${other}, only to ${[...only!].join(", ")}`,
    );
  }
  const turns = typeof nth === "object" ? nth : nth === undefined ? [] : [nth];
  if (!Array.isArray(turns) || (typeof nth === "object" && turns.length === 0))
    throw refusal(`${place}.nth`, "must be a number, or a list of some", nth);
  for (const turn of turns as readonly unknown[]) {
    if (!Number.isSafeInteger(turn) || (turn as number) < 1)
      throw refusal(`${place}.nth`, "counts from 1, in whole numbers", turn);
  }
  if (limit !== undefined && limit !== Infinity && (!Number.isSafeInteger(limit) || limit < 0))
    throw refusal(`${place}.limit`, "must be a whole number from 0", limit);
}

function checkNames(place: string, names: readonly string[] | undefined): void {
  if (names === undefined) return;
  const valid = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (!valid || names.length === 0)
    throw refusal(place, "must be a list of at least one name", names);
}

function checkOwn(fault: Fault, place: string): void {
  switch (fault.fault) {
    case "throttling":
      if (fault.errorName !== undefined && !throttlingNames.has(fault.errorName))
        throw refusal(
          `${place}.errorName`,
          `must be one of ${[...throttlingNames].join(", ")}`,
          fault.errorName,
        );
      return;
    case "timeout":
      if (fault.served !== undefined && typeof fault.served !== "boolean")
        throw refusal(`${place}.served`, "must be true or false", fault.served);
      return;
    case "slow":
      if (!(fault.milliseconds >= 0 && fault.milliseconds <= longestTimer))
        throw refusal(
          `${place}.milliseconds`,
          "must be from 0, at most 24 days",
          fault.milliseconds,
        );
      return;
    case "clockSkew":
      if (!Number.isFinite(fault.milliseconds) || Math.abs(fault.milliseconds) <= skewTolerated)
        throw refusal(
          `${place}.milliseconds`,
          `must be more than five minutes (${skewTolerated}) either way, which DynamoDB tolerates`,
          fault.milliseconds,
        );
      return;
    case "unprocessed":
      if (!(fault.share > 0 && fault.share <= 1))
        throw refusal(`${place}.share`, "must be above 0 and at most 1", fault.share);
      return;
    default:
  }
}

function refusal(place: string, rule: string, value: unknown): ConfigurationError {
  const given = inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 80 });
  return new ConfigurationError(`${place} ${rule}, not ${given}`);
}
