import type { Plugin } from "vite";

const probe = 'globalThis[Symbol.for("fieldwise.secret-watch")]?.';

/** What is written into the sources while tests run: before or after which text, in which file. */
const probes: readonly (readonly [file: string, at: string, replaced: string])[] = [
  [
    "core/src/errors/fieldwise-error.ts",
    "Object.defineProperty(this, brand, { value: true });",
    `$& ${probe}error(this);`,
  ],
  ["core/src/signing/signer.ts", "const date = this.#dateOf(time);", `${probe}signs(identity); $&`],
  [
    "core/src/signing/signer.ts",
    "#request(headers: Record<string, string>, body: string): HttpRequest {",
    `$& ${probe}sends(headers);`,
  ],
  ["core/src/client.ts", "this.#execute = execute;", `$& ${probe}object(this);`],
  ["core/src/table.ts", "this.#client = client;", `$& ${probe}object(this);`],
  ["core/src/transport.ts", "this.#monitor = options.healthMonitor;", `$& ${probe}object(this);`],
  ["core/src/credentials/cache.ts", "this.#properties = properties;", `$& ${probe}object(this);`],
  ["schema/src/table.ts", "this.#client = client;", `$& ${probe}object(this);`],
  ...["set-value", "update", "condition", "comparable", "key-condition"].map(
    (name) => [`core/src/expressions/${name}.ts`, "  debug(): string {", written("debug")] as const,
  ),
  ...["explain", "recorded-request"].map(
    (name) =>
      [`testing/src/recording/${name}.ts`, "  toString(): string {", written("toString")] as const,
  ),
];

// The method's own lines stay where they are, so that stacks name the right ones.
function written(method: string): string {
  const own = `${method}Unwatched`;
  return `  ${method}(): string { const text = this.${own}(); ${probe}text(text, "${method}()"); return text; } ${own}(): string {`;
}

/** Tells the watch of secrets of every error, object and text that the packages make. Where a probe finds no place, it fails. */
export function secretProbes(): Plugin {
  return {
    name: "fieldwise-secret-probes",
    enforce: "pre",
    transform(code, id) {
      const file = id.split("?", 1)[0]!.replaceAll("\\", "/");
      const own = probes.filter(([name]) => file.endsWith(`/packages/${name}`));
      if (own.length === 0) return undefined;
      let result = code;
      for (const [name, at, replaced] of own) {
        if (!result.includes(at))
          throw new Error(`secret-probes.ts finds no place in ${name}: ${at}`);
        result = result.replaceAll(at, () => replaced.replace("$&", () => at));
      }
      return { code: result, map: null };
    },
  };
}
