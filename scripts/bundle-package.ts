/**
 * Makes the JavaScript that a package publishes of its sources: one file for each of its entries, since a program that
 * loads a hundred small ones starts later. Run in the package's folder, after the compiler has written the declarations.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly exports: Readonly<Record<string, string | { readonly "@fieldwise/source"?: string }>>;
};

for (const name of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  // The compiler leaves the declarations of a source that is gone.
  const source = join("src", name.replace(/\.d\.ts(\.map)?$/, ".ts"));
  if (/\.js(\.map)?$/.test(name) || (source.endsWith(".ts") && !existsSync(source)))
    rmSync(join("dist", name));
}
const { outputFiles } = await build({
  entryPoints: Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : (entry["@fieldwise/source"] ?? []),
  ),
  outbase: "src",
  outdir: "dist",
  bundle: true,
  // What several entries hold, and what is imported on demand, has a file of its own.
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20.19",
  // A field without a value is a declaration and no more: constructors assign them.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  sourcemap: true,
  // The sources are published as well.
  sourcesContent: false,
  logLevel: "warning",
  write: false,
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  // An import for the sake of side effects, of which there are none, makes whoever bundles the package wonder.
  writeFileSync(path, text.replace(/^import "\.[^"]*";$/gm, ""));
}
