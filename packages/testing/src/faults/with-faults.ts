import { ConfigurationError, type RequestHandler } from "@fieldwise/core";
import {
  type HandlerOptions,
  type HandlerRequest,
  SentRequest,
} from "../recording/sent-request.ts";
import { PassingHandler, type SmithyHandler } from "../recording/passing-handler.ts";
import type { Exchange } from "../recording/answers.ts";
import { checkFaults, checkPlan } from "./check-plan.ts";
import { inject } from "./inject.ts";
import { ownHandler } from "./own-handler.ts";
import type { Fault, FaultName, FaultPlan } from "./plan.ts";
import { Strikes } from "./strikes.ts";
import { abortError, Waits } from "./waits.ts";

/** What was done to one request. */
export interface InjectedFault {
  /** Which request it was, of all that the handler was given, counted from 1. */
  readonly number: number;
  readonly fault: FaultName;
  readonly operation: string;
  /** The tables that the request names. */
  readonly tables: readonly string[];
}

/** A request handler with faults, for Fieldwise's client and for any other that takes smithy's handlers. */
export interface FaultyHandler extends SmithyHandler {
  /** What was done so far, in the order of the requests. */
  readonly log: readonly InjectedFault[];
  /** How many requests the handler was given so far. */
  readonly requests: number;
  /**
   * What goes wrong from now on. To set it begins every fault's counts anew; `[]` ends all faults, as where an outage is over. The
   * log stays.
   */
  faults: readonly Fault[];
  /** Ends what is waited for, and destroys the handler behind. */
  destroy(): void;
}

/**
 * Puts the failures of production before a server: a request handler around another, or around one of its own, that does
 * to some requests what the plan says, and passes the others on as they are.
 *
 * @param handler - What sends the requests: any smithy request handler.
 * @throws ConfigurationError for a plan that can't be meant: a fault that does not exist, a probability above 1.
 *
 * @example
 * const requestHandler = withFaults(new NodeHttpHandler(), {
 *   seed: 7,
 *   faults: [
 *     { fault: "throttling", probability: 0.1 },
 *     { fault: "resetAfter", operations: ["TransactWriteItems"], nth: 1 },
 *     { fault: "unprocessed", tables: ["orders"], share: 1 / 3 },
 *   ],
 * });
 * const client = new Client({ requestHandler });
 */
export function withFaults(plan: FaultPlan): FaultyHandler;
export function withFaults(handler: RequestHandler, plan: FaultPlan): FaultyHandler;
export function withFaults(first: RequestHandler | FaultPlan, second?: FaultPlan): FaultyHandler {
  if (second !== undefined) return new FaultInjector(first as RequestHandler, second);
  if (typeof first === "object" && first !== null && "handle" in first)
    throw new ConfigurationError("withFaults() takes a plan: withFaults(handler, { faults: […] })");
  return new FaultInjector(ownHandler(), first);
}

class FaultInjector extends PassingHandler implements FaultyHandler {
  readonly log: InjectedFault[] = [];
  readonly #seed: number;
  readonly #waits: Waits = new Waits();
  #faults: readonly Fault[] = [];
  #strikes: Strikes;
  #requests = 0;

  constructor(handler: RequestHandler, plan: FaultPlan) {
    super(handler);
    checkPlan(plan);
    this.#seed = plan.seed ?? 0;
    this.#faults = [...plan.faults];
    this.#strikes = new Strikes(this.#faults, this.#seed);
  }

  get requests(): number {
    return this.#requests;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  set faults(faults: readonly Fault[]) {
    checkFaults(faults);
    this.#faults = [...faults];
    this.#strikes = new Strikes(this.#faults, this.#seed);
  }

  override handle(request: HandlerRequest, options: HandlerOptions = {}): Promise<Exchange> {
    const number = ++this.#requests;
    if (this.#strikes.none) return this.inner.handle(request, options);
    return this.#handle(number, request, options);
  }

  override destroy(): void {
    this.#waits.endAll();
    super.destroy();
  }

  async #handle(
    number: number,
    request: HandlerRequest,
    options: HandlerOptions,
  ): Promise<Exchange> {
    const sent = new SentRequest(request);
    const { strike, clock } = this.#strikes.decide(request, sent);
    if (strike === undefined) {
      const exchange = await this.inner.handle(request, options);
      return clock === 0 ? exchange : withDate(exchange, new Date(Date.now() + clock));
    }
    const { operation, tables } = sent;
    this.log.push({ number, fault: strike.fault.fault, operation, tables });
    if (options.abortSignal?.aborted) throw abortError(options.abortSignal);
    const struck = {
      request,
      sent,
      waits: this.#waits,
      patience: { ...options, began: performance.now() },
      deliver: async (delivered: HandlerRequest) => this.inner.handle(delivered, options),
      now: () => new Date(Date.now() + clock),
    };
    const exchange = await inject(strike, struck);
    return clock === 0 ? exchange : withDate(exchange, struck.now());
  }
}

function withDate({ response }: Exchange, date: Date): Exchange {
  const { statusCode, headers, body, reason } = response;
  const dated = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== "date"),
  );
  dated["date"] = date.toUTCString();
  return {
    response: { statusCode, headers: dated, body, ...(reason !== undefined && { reason }) },
  };
}
