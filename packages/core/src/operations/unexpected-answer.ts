/** An answer is JSON, and not what the operation answers. `execute` makes it an `InvalidResponse` of its request. */
export class UnexpectedAnswer extends Error {}

/** Where to go on. @throws UnexpectedAnswer where that is where it began: each page would be followed by the same one. */
export function advanced(
  member: string,
  from: string | undefined,
  to: string | undefined,
): string | undefined {
  if (to === undefined || to !== from) return to;
  throw new UnexpectedAnswer(
    `the page ends where it began: its ${member} is what it was asked for`,
  );
}

/**
 * One response for each question, or none at all, as of writes.
 *
 * @throws UnexpectedAnswer where there are more or fewer: what was read would seem not to be there.
 */
export function responsesTo<Response>(
  questions: readonly unknown[],
  { Responses: responses = [] }: { readonly Responses?: readonly Response[] },
): readonly (Response | undefined)[] {
  if (responses.length === questions.length) return responses;
  if (responses.length === 0) return Array.from({ length: questions.length });
  throw new UnexpectedAnswer(
    `${questions.length} responses were to come, and ${responses.length} came`,
  );
}
