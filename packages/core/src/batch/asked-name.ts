/** Finds the name that a table was asked for by. One that was asked for by its ARN may be answered by its name. */
export function askedName(answered: string, asked: readonly string[]): string {
  return asked.includes(answered)
    ? answered
    : (asked.find((name) => name.endsWith(`:table/${answered}`)) ?? answered);
}
