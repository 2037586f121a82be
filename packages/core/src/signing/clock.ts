/** "Signature Version 4": a request is valid for five minutes around its date. A smaller difference is not what is wrong. */
const tolerated = 4 * 60 * 1000;

/** A date outside of these is nonsense, whatever server sent it. */
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2200, 0);

/** This machine's clock, corrected by what the server's answers say of the time. */
export class SigningClock {
  #offset = 0;

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /**
   * Sets the clock by a `date` header where it is more than four minutes off.
   *
   * @returns whether `signedAt`, the time that the refused request was signed with, was that far off: then it may be sent again.
   */
  correct(dateHeader: string | undefined, signedAt: number): boolean {
    const serverTime = Date.parse(dateHeader ?? "");
    if (!(serverTime >= earliest && serverTime <= latest)) return false;
    if (Math.abs(serverTime - this.now()) > tolerated) this.#offset = serverTime - Date.now();
    return Math.abs(serverTime - signedAt) > tolerated;
  }
}
