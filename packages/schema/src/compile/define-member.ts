/** Sets a member of any name as data: assigning `__proto__` would set the prototype instead. */
export function defineMember(target: object, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else (target as Record<string, unknown>)[name] = value;
}

/** A member's own value: never one that every object inherits, like `constructor`. */
export function ownMember(source: object, name: string): unknown {
  return Object.hasOwn(source, name) ? (source as Record<string, unknown>)[name] : undefined;
}

/** Whether objects inherit a member of this name, which then seems to be there although nobody set it. */
export function isInheritedName(name: string): boolean {
  return name in Object.prototype;
}
