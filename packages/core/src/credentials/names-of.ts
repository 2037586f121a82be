/** What an imported package of AWS's exports: bundlers that split code leave it under `default`, for those are CommonJS. */
export function namesOf<Module extends object>(module: Module): Module {
  return (module as { readonly default?: Module }).default ?? module;
}
