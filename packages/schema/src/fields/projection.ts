import { isExpressionPart, ExpressionError, type PathStep } from "@fieldwise/core";

/** The paths of a projection. */
export function pathsOf(project: readonly unknown[]): readonly (readonly PathStep[])[] {
  return project.map((part) => {
    if (isExpressionPart(part) && part.node.kind === "path") {
      return (part.node as unknown as { readonly steps: readonly PathStep[] }).steps;
    }
    throw new ExpressionError('A projection takes attributes of the table\'s F, such as F("name")');
  });
}
