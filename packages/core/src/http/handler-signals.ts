/** Ends one request at its handler. */
export interface HandlerSignal {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
}

/** How many are kept: a handler may let go of one a little after its response has been read. */
const capacity = 32;

/**
 * Makes the signals that request handlers are given. An `AbortController` with its listener costs more than a signature, and
 * nearly none is ever aborted: one is used again for another request where the handler has removed all the listeners that it
 * had added. With a handler that leaves its own, as `fetch` does, each request gets a new one.
 */
export class HandlerSignals {
  readonly #kept: ReusableSignal[] = [];
  #abandoned = 0;

  take(): HandlerSignal {
    const oldest = this.#kept[0];
    if (oldest?.released === true) {
      this.#kept.shift();
      this.#abandoned = 0;
      return oldest;
    }
    return this.#abandoned > capacity ? new AbortController() : new ReusableSignal();
  }

  /** Takes back the signal of a request that ended without it. */
  giveBack(signal: HandlerSignal): void {
    if (!(signal instanceof ReusableSignal)) return;
    this.#kept.push(signal);
    if (this.#kept.length <= capacity) return;
    this.#kept.shift();
    // This handler won't let go of any.
    if (++this.#abandoned > capacity) this.#kept.length = 0;
  }
}

type Add = AbortSignal["addEventListener"];
type Listener = Parameters<Add>[1];
type Options = Parameters<Add>[2];

/** A real `AbortSignal` that knows whether somebody listens: its listeners are added to it when it is aborted. */
class ReusableSignal implements HandlerSignal {
  readonly signal: AbortSignal;
  readonly #controller: AbortController = new AbortController();
  readonly #listeners: Map<Listener, Options> = new Map();
  readonly #add: Add;
  #used = false;
  #reusable = true;

  constructor() {
    const { signal } = this.#controller;
    this.signal = signal;
    this.#add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: Listener, options?: Options) => {
      this.#used = true;
      if (
        type === "abort" &&
        typeof listener === "function" &&
        !signal.aborted &&
        isPlain(options)
      ) {
        if (!this.#listeners.has(listener)) this.#listeners.set(listener, options);
        return;
      }
      this.#reusable = false;
      this.#add(type, listener, options);
    };
    const removeListener: AbortSignal["removeEventListener"] = (type, listener, options) => {
      if (type !== "abort" || !this.#listeners.delete(listener)) remove(type, listener, options);
    };
    signal.removeEventListener = removeListener;
  }

  /** Whether the handler has listened, and does so no more. A handler that has not may follow the signal in another way. */
  get released(): boolean {
    const { aborted, onabort } = this.signal;
    return (
      this.#used && this.#reusable && this.#listeners.size === 0 && !aborted && onabort == null
    );
  }

  abort(reason: unknown): void {
    for (const [listener, options] of this.#listeners) this.#add("abort", listener, options);
    this.#listeners.clear();
    this.#controller.abort(reason);
  }
}

function isPlain(options: Options): boolean {
  return typeof options !== "object" || options === null || options.signal === undefined;
}
