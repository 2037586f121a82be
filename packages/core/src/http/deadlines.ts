import { monotonicTime } from "../monotonic-time.ts";
import { graceFor } from "./grace.ts";

/** Something that ends at a time, unless it is taken back before. */
export class Deadline {
  readonly #onOver: () => void;
  /** By `monotonicTime()`. */
  readonly time: number;
  readonly line: Line;
  previous: Deadline | undefined;
  next: Deadline | undefined;

  constructor(line: Line, time: number, onOver: () => void) {
    this.line = line;
    this.time = time;
    this.previous = undefined;
    this.next = undefined;
    this.#onOver = onOver;
  }

  over(): void {
    this.#onOver();
  }
}

/** Deadlines of the same length, and so in the order of their times, with one timer for the first. */
interface Line {
  readonly milliseconds: number;
  first: Deadline | undefined;
  last: Deadline | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The deadlines of requests, with one timer for all of the same length: nearly every one is taken back, and a timer of its own
 * for each would be made for nothing. There is no timer where nothing is under way.
 */
export class Deadlines {
  readonly #lines: Map<number, Line> = new Map();
  #recent: Line | undefined;

  /** Calls back in so many milliseconds. */
  add(milliseconds: number, onOver: () => void): Deadline {
    const line = this.#line(milliseconds);
    const deadline = new Deadline(line, monotonicTime() + milliseconds, onOver);
    const { last } = line;
    line.last = deadline;
    if (last !== undefined) {
      deadline.previous = last;
      last.next = deadline;
      return deadline;
    }
    line.first = deadline;
    this.#set(line, deadline, milliseconds);
    return deadline;
  }

  /** Takes a deadline back that is not over yet. */
  remove(deadline: Deadline): void {
    const { line, previous, next } = deadline;
    if (previous !== undefined) previous.next = next;
    else if (line.first === deadline) line.first = next;
    else return;
    if (next !== undefined) next.previous = previous;
    else line.last = previous;
    deadline.previous = deadline.next = undefined;
    if (line.first === undefined) this.#clear(line);
  }

  #line(milliseconds: number): Line {
    const recent = this.#recent;
    if (recent?.milliseconds === milliseconds) return recent;
    if (recent !== undefined && recent.first === undefined) this.#lines.delete(recent.milliseconds);
    let line = this.#lines.get(milliseconds);
    if (line === undefined) {
      line = { milliseconds, first: undefined, last: undefined, timer: undefined };
      this.#lines.set(milliseconds, line);
    }
    return (this.#recent = line);
  }

  #set(line: Line, first: Deadline, milliseconds: number): void {
    line.timer = setTimeout(() => {
      const grace = graceFor(first.time, line.milliseconds);
      if (grace === 0) this.#check(line, first);
      else line.timer = setTimeout(() => this.#check(line, first), grace);
    }, milliseconds);
  }

  #clear(line: Line): void {
    clearTimeout(line.timer);
    line.timer = undefined;
    // Callers that count time down give another length each time: none is kept but the one in use.
    if (line !== this.#recent) this.#lines.delete(line.milliseconds);
  }

  /** @param due what the timer was set for: it is over, whatever the clock says, which tests may not have faked as well. */
  #check(line: Line, due: Deadline): void {
    // Timers keep whole milliseconds, and may be early by a part of one.
    const now = monotonicTime() + 1;
    for (let { first } = line; first !== undefined; { first } = line) {
      if (first !== due && first.time > now) break;
      this.remove(first);
      first.over();
    }
    if (line.first !== undefined) {
      clearTimeout(line.timer);
      this.#set(line, line.first, Math.max(1, Math.ceil(line.first.time - monotonicTime())));
    }
  }
}
