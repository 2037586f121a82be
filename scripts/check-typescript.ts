/**
 * Type checks the type tests and an example against the built declarations, with the compilers that users have: run after
 * the build.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const compilers = [
  ["typescript-5.9", "lib/tsc.js"],
  ["typescript-6.0", "lib/tsc.js"],
  ["typescript", "bin/tsc"],
] as const;
const project = fileURLToPath(
  new URL("../packages/schema/tsconfig.declarations.json", import.meta.url),
);

for (const [name, program] of compilers) {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { version } = createRequire(import.meta.url)(manifest) as { readonly version: string };
  const { status } = spawnSync(
    process.execPath,
    [join(dirname(manifest), program), "-p", project],
    { stdio: "inherit" },
  );
  if (status === 0) console.log(`TypeScript ${version}: the declarations are in order.`);
  else process.exitCode = 1;
}
