import type { Socket } from "node:net";
import { monotonicTime } from "../monotonic-time.ts";
import { graceFor } from "./grace.ts";

/** Gives a connection so many milliseconds to be made, with one more chance where the process itself was late. */
export function limitConnecting(socket: Socket, milliseconds: number): void {
  if (!socket.connecting) return;
  const due = monotonicTime() + milliseconds;
  const giveUp = (): void => {
    socket.destroy(new ConnectTimedOut(`no connection within ${milliseconds} ms`));
  };
  let timer = setTimeout(() => {
    const grace = graceFor(due, milliseconds);
    if (grace === 0) giveUp();
    else timer = setTimeout(giveUp, grace);
  }, milliseconds);
  const clear = (): void => clearTimeout(timer);
  socket.once("connect", clear).once("close", clear);
}

class ConnectTimedOut extends Error {
  static {
    this.prototype.name = "TimeoutError";
  }
}
