import { events } from "./node-modules.ts";

/** Lets one signal end any number of requests at once: Node would take that many listeners for a leak, and warn. */
export function allowListeners(signal: AbortSignal | undefined): void {
  // A stand-in for a signal may be no EventTarget, and then warns of nothing.
  if (signal instanceof EventTarget) events.setMaxListeners(0, signal);
}
