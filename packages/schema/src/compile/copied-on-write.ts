import { defineMember, isInheritedName, ownMember } from "./define-member.ts";

/**
 * An object that is copied when it is first changed.
 *
 * @param bare - Whether the copy shall inherit nothing, so that what objects inherit does not seem to be a member.
 * @param names - Members that an instance of a class may have by a getter.
 */
export class CopiedOnWrite {
  value: object;
  #copied: boolean;
  readonly #names: readonly string[];
  readonly #bare: boolean;

  constructor(value: object, bare: boolean, names: readonly string[]) {
    this.value = value;
    this.#copied = false;
    this.#names = names;
    this.#bare = bare;
    if (bare) this.#copy();
  }

  get(name: string): unknown {
    return isInheritedName(name)
      ? ownMember(this.value, name)
      : (this.value as Record<string, unknown>)[name];
  }

  set(name: string, value: unknown): void {
    if (!this.#copied) this.#copy();
    defineMember(this.value, name, value);
  }

  #copy(): void {
    const original = this.value as Record<string, unknown>;
    // Not by Object.assign, which would set the prototype where a member is named __proto__.
    const bare = this.#bare || Object.getPrototypeOf(original) === null;
    const copy: object = bare ? { __proto__: null, ...original } : { ...original };
    for (const name of this.#names) {
      if (!isInheritedName(name) && name in original && !Object.hasOwn(copy, name)) {
        defineMember(copy, name, original[name]);
      }
    }
    this.value = copy;
    this.#copied = true;
  }
}
