import { formatPath, type PathStep } from "../attribute-value/path.ts";
import { ExpressionError } from "../errors/input-errors.ts";

/**
 * Finds two paths of which one contains the other, or which are the same, or which read the same attribute as a list and
 * as a map. DynamoDB refuses such pairs in an update and in a projection (AWS, "Update expressions" and "Projection
 * expressions").
 */
export function overlap(
  paths: readonly (readonly PathStep[])[],
): readonly [readonly PathStep[], readonly PathStep[]] | undefined {
  if (paths.length < 2) return undefined;
  const root = new Branch();
  for (const steps of paths) {
    const other = root.insert(steps);
    if (other !== undefined) return [other, steps];
  }
  return undefined;
}

/** Says of two paths that `overlap` found why they can't stand together. */
export function overlapReason(one: readonly PathStep[], other: readonly PathStep[]): string {
  const fork = one.findIndex((step, index) => step !== other[index]);
  return fork === -1 || fork === other.length
    ? "one path contains the other"
    : "they take the same attribute for a list and for a map";
}

/**
 * @param twice - What is wrong with a path that comes twice.
 * @param together - What is wrong with two that overlap.
 * @throws ExpressionError where two paths overlap.
 */
export function refuseOverlap(
  paths: readonly (readonly PathStep[])[],
  twice: string,
  together: string,
): void {
  const found = overlap(paths);
  if (found === undefined) return;
  const [one, other] = found.map((steps) => formatPath(steps));
  throw new ExpressionError(
    one === other
      ? `${one} ${twice}`
      : `${one} and ${other} ${together}: ${overlapReason(...found)}`,
    one,
  );
}

class Branch {
  // Most paths end here.
  children: Map<PathStep, Branch> | undefined;
  /** The path that ends here. */
  end: readonly PathStep[] | undefined;
  /** Any path that goes through here. */
  through: readonly PathStep[] | undefined;

  /** Adds a path; returns the one that it meets, if any. */
  insert(steps: readonly PathStep[]): readonly PathStep[] | undefined {
    let branch = this as Branch;
    for (const step of steps) {
      if (branch.end !== undefined) return branch.end;
      const children = (branch.children ??= new Map<PathStep, Branch>());
      const [sibling] = children.keys();
      if (sibling !== undefined && typeof sibling !== typeof step) return branch.through;
      branch.through ??= steps;
      let child = children.get(step);
      if (child === undefined) {
        child = new Branch();
        children.set(step, child);
      }
      branch = child;
    }
    if (branch.end !== undefined || branch.through !== undefined)
      return branch.end ?? branch.through;
    branch.end = steps;
    return undefined;
  }
}
