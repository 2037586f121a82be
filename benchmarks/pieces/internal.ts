/** A module of the built `@fieldwise/core` that its users don't see. */
export async function internal<Module>(path: string): Promise<Module> {
  return (await import(new URL(path, import.meta.resolve("@fieldwise/core")).href)) as Module;
}
