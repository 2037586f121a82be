import type { HandlerRequest, SentRequest } from "../recording/sent-request.ts";
import type { WholeAnswer } from "../recording/answers.ts";
import { chance } from "./chance.ts";
import { skewAnswer } from "./clock-skew.ts";
import { conflictOperations } from "./error-answers.ts";
import { batchOperations, divideBatch, type Division } from "./held-back.ts";
import type { ClockSkewFault, Fault, UnprocessedFault } from "./plan.ts";

/** A fault that strikes a request, with what was worked out to tell that it does. */
export type Strike =
  | { readonly fault: Exclude<Fault, UnprocessedFault | ClockSkewFault> }
  | { readonly fault: UnprocessedFault; readonly division: Division }
  | { readonly fault: ClockSkewFault; readonly answer: WholeAnswer };

/** What is to become of a request. */
export interface Decision {
  readonly strike: Strike | undefined;
  /** How far the server's clock is to be ahead in the answer, in milliseconds. */
  readonly clock: number;
}

/** One fault of a plan, and what became of it so far. */
interface Entry {
  readonly fault: Fault;
  readonly operations: ReadonlySet<string> | undefined;
  readonly turns: ReadonlySet<number> | undefined;
  /** How many requests its operations and tables have selected. */
  selected: number;
  /** How often it struck. */
  struck: number;
}

/** Decides which fault strikes which request. */
export class Strikes {
  readonly #seed: number;
  readonly #entries: readonly Entry[];

  constructor(faults: readonly Fault[], seed: number) {
    this.#seed = seed;
    this.#entries = faults.map((fault) => ({
      fault,
      operations: selectedOperations(fault),
      turns: fault.nth === undefined ? undefined : new Set([fault.nth].flat()),
      selected: 0,
      struck: 0,
    }));
  }

  /** Whether no request is ever struck. */
  get none(): boolean {
    return this.#entries.length === 0;
  }

  decide(request: HandlerRequest, sent: SentRequest): Decision {
    let strike: Strike | undefined;
    let clock = 0;
    // Every fault counts every request, whether or not another strikes it: one fault's turns don't shift with another's.
    this.#entries.forEach((entry, index) => {
      if (!selects(entry, sent)) return;
      entry.selected++;
      if (strike !== undefined || !this.#hasItsTurn(entry, index)) return;
      const { fault } = entry;
      if (fault.fault === "clockSkew") clock ||= fault.milliseconds;
      strike = this.#strike(fault, index, entry.selected, request, sent);
      if (strike !== undefined) entry.struck++;
    });
    return { strike, clock };
  }

  #hasItsTurn({ fault, turns, selected, struck }: Entry, index: number): boolean {
    if (struck >= (fault.limit ?? Infinity) || turns?.has(selected) === false) return false;
    const { probability = 1 } = fault;
    return probability === 1 || chance(this.#seed, index, selected)() < probability;
  }

  #strike(
    fault: Fault,
    index: number,
    turn: number,
    request: HandlerRequest,
    sent: SentRequest,
  ): Strike | undefined {
    switch (fault.fault) {
      case "unprocessed": {
        const division = divideBatch(sent, fault, chance(this.#seed, index, turn, 1));
        return division === undefined ? undefined : { fault, division };
      }
      case "clockSkew": {
        const answer = skewAnswer(request, new Date(Date.now() + fault.milliseconds));
        return answer === undefined ? undefined : { fault, answer };
      }
      default:
        return { fault };
    }
  }
}

function selectedOperations({ fault, operations }: Fault): ReadonlySet<string> | undefined {
  if (operations !== undefined) return new Set(operations);
  if (fault === "unprocessed") return batchOperations;
  return fault === "transactionConflict" ? conflictOperations : undefined;
}

function selects({ fault, operations }: Entry, sent: SentRequest): boolean {
  if (operations?.has(sent.operation) === false) return false;
  const { tables } = fault;
  return tables === undefined || sent.tables.some((table) => tables.includes(table));
}
