import type { PathStep } from "../attribute-value/path.ts";
import { ExpressionError } from "../errors/input-errors.ts";
import type { PathNode } from "./nodes.ts";
import { refuseOverlap } from "./overlap.ts";
import { checkedExpression, type Notation } from "./placeholders.ts";
import { shown } from "./shown.ts";
import { isExpressionPart, type PartOf } from "./expression-part.ts";

/** The attributes to read: a list of paths, or of names of top-level attributes. */
export type Projection = readonly (PartOf<PathNode> | string)[];

/** Writes the paths as the request's projection expression. */
export function projectionExpression(projection: Projection, notation: Notation): string {
  const paths = projectionPaths(projection);
  return checkedExpression("projection", paths.map((steps) => notation.path(steps)).join(", "));
}

/** The paths of a projection. @throws ExpressionError for none, or for paths that DynamoDB won't take together. */
export function projectionPaths(projection: Projection): readonly (readonly PathStep[])[] {
  if (!Array.isArray(projection) || projection.length === 0) {
    throw new ExpressionError(
      `A projection is a list of at least one path, such as [F("name")], not ${shown(projection)}; leave it out to read all`,
    );
  }
  const paths = (projection as Projection).map((part) => {
    if (typeof part === "string" && part !== "" && part.isWellFormed()) return [part];
    if (isExpressionPart(part) && part.node.kind === "path") return part.node.steps;
    throw new ExpressionError(
      `A projection takes paths, such as F("name"), and names, not ${shown(part)}`,
    );
  });
  refuseOverlap(paths, "stands twice in one projection", "can't stand in one projection");
  return paths;
}
