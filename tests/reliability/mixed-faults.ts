import type { Fault } from "@fieldwise/testing";

/**
 * Every fault there is, on two of ten requests. What is damaged or lost after the server has acted makes up four of ten
 * faults, for those are the ones that a client can get wrong.
 */
export const mixedFaults: readonly Fault[] = [
  { fault: "unprocessed", share: 1 / 3, probability: 0.2 },
  { fault: "transactionConflict", operations: ["TransactWriteItems"], probability: 0.05 },
  { fault: "throttling", probability: 0.03 },
  { fault: "throttling", errorName: "ProvisionedThroughputExceededException", probability: 0.01 },
  { fault: "internalServerError", probability: 0.03 },
  { fault: "serviceUnavailable", probability: 0.02 },
  { fault: "resetBefore", probability: 0.025 },
  { fault: "resetAfter", probability: 0.03 },
  { fault: "truncated", probability: 0.015 },
  { fault: "wrongChecksum", probability: 0.015 },
  { fault: "duplicated", probability: 0.01 },
  { fault: "slow", milliseconds: 20, probability: 0.01 },
  { fault: "expiredToken", probability: 0.003 },
  // One after the other, each finds the client's clock set to the one before.
  { fault: "clockSkew", milliseconds: 600_000, probability: 0.002 },
  { fault: "clockSkew", milliseconds: -600_000, probability: 0.002 },
  { fault: "timeout", probability: 0.002 },
  { fault: "timeout", served: true, probability: 0.002 },
];
