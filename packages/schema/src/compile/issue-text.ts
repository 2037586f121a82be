import { formatPath } from "@fieldwise/core";
import type * as z from "zod/v4/core";

const mostLines = 20;
const mostAlternatives = 3;

/** Writes a path as messages show it: `lines[0].quantity`; a name of other characters stands in quotes: `"a.b".c`. */
export function formatIssuePath(path: readonly PropertyKey[]): string {
  return formatPath(path.map((step) => (typeof step === "number" ? step : String(step))));
}

/** The issues as lines of text, `path: message` each. Of very many the last line says only how many more there are. */
export function issueLines(issues: readonly z.$ZodIssue[]): string[] {
  const lines = issues.slice(0, mostLines).map((issue) => {
    const path = formatIssuePath(issue.path);
    return path === "" ? issueMessage(issue) : `${path}: ${issueMessage(issue)}`;
  });
  if (issues.length > mostLines) lines.push(`and ${issues.length - mostLines} more`);
  return lines;
}

function issueMessage(issue: z.$ZodIssue): string {
  if (issue.message !== "Invalid input") return issue.message;
  // What zod/mini says of everything, and zod of unions.
  if (issue.code === "invalid_type") return `Invalid input: expected ${issue.expected}`;
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const alternatives = issue.errors
      .slice(0, mostAlternatives)
      .map((issues) => issueLines(issues.slice(0, 1)).join(""));
    const more = issue.errors.length > mostAlternatives ? " …" : "";
    return `Fits none of the ${issue.errors.length} alternatives: ${alternatives.join("; ")}${more}`;
  }
  return issue.message;
}
