import type { AttributeMap, AttributeValue, PathStep } from "@fieldwise/core";

type Asked = true | Map<PathStep, Asked>;

/** What DynamoDB answers to a projection: of lists, the elements that were asked for in a shorter list. */
export function projected(
  wire: AttributeMap,
  paths: readonly (readonly PathStep[])[],
): AttributeMap {
  const asked = new Map<PathStep, Asked>();
  for (const path of paths) {
    let at = asked;
    for (const [index, step] of path.entries()) {
      if (index === path.length - 1) at.set(step, true);
      else {
        const inside = at.get(step) ?? new Map<PathStep, Asked>();
        if (inside === true) break;
        at.set(step, inside);
        at = inside;
      }
    }
  }
  const found = part({ M: wire }, asked);
  return found !== undefined && "M" in found ? found.M : {};
}

function part(value: AttributeValue, asked: Asked): AttributeValue | undefined {
  if (asked === true) return value;
  if ("M" in value) {
    const members = Object.entries(value.M).flatMap(([name, member]) => {
      const inside = asked.get(name);
      const found = inside && part(member, inside);
      return found === undefined ? [] : [[name, found] as const];
    });
    return members.length === 0 ? undefined : { M: Object.fromEntries(members) };
  }
  if ("L" in value) {
    const members = value.L.flatMap((member, index) => {
      const inside = asked.get(index);
      const found = inside && part(member, inside);
      return found === undefined ? [] : [found];
    });
    return members.length === 0 ? undefined : { L: members };
  }
  return undefined;
}
