/** One step of an attribute path: an attribute's or member's name, or a list index. */
export type PathStep = string | number;

const plainName = /^[A-Za-z_][\w-]*$/;

/** Writes a path as messages show it: `lines[0].quantity`; a name of other characters stands in quotes: `"a.b".c`. */
export function formatPath(steps: readonly PathStep[]): string {
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else text += `${text === "" ? "" : "."}${plainName.test(step) ? step : JSON.stringify(step)}`;
  }
  return text;
}
