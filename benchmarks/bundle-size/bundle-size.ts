import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions, type BuildResult, type Metafile } from "esbuild";
import { programs } from "../cold-start/cold-start.ts";
import type { Built } from "../measuring/build.ts";

/** Bytes, minified by esbuild. */
export interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

export interface BundleSizes {
  /** Our code without the libraries that it loads, as `pnpm bench:size` holds it. */
  readonly own: { readonly core: Size; readonly schema: Size };
  /** What our own code consists of: bytes of it minified, by package and folder of its sources, the largest first. */
  readonly parts?: Readonly<Record<string, number>>;
  /** Whole programs that read one item, by the name of the program. */
  readonly programs: Readonly<Record<string, ProgramSize>>;
}

export interface ProgramSize {
  /** What is loaded when the program is imported. */
  readonly loaded: Size;
  /** With what is imported on demand. */
  readonly whole: Size;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const libraries = ["zod", "zod/*", "@aws-sdk/*", "@smithy/*"];
const core =
  'export { Client, Credentials, RetryConfig, F, and, or, not, isDynamoDBError } from "@fieldwise/core";';

/**
 * Bundles each program into `bundled/` of the built folder, in every form of a cold start, and tells how large the bundles
 * that are split are.
 */
export async function bundlePrograms(built: Built): Promise<BundleSizes> {
  const sizes: [string, ProgramSize][] = [];
  for (const name of programs) {
    const entryPoints = [join(root, `cold-start/programs/${name}.ts`)];
    const folder = join(built.folder, "bundled", name);
    const { metafile } = await bundle({ entryPoints, outdir: folder, splitting: true });
    await bundle({
      entryPoints,
      outdir: `${folder}-modules`,
      splitting: true,
      mainFields: ["module", "main"],
    });
    await bundle({ entryPoints, outfile: `${folder}-whole.js` });
    const files = Object.keys(metafile.outputs);
    const entry = files.find((file) => metafile.outputs[file]?.entryPoint?.includes(name) === true);
    sizes.push([
      name,
      { loaded: sizeOf(importedBy(metafile, [entry ?? ""])), whole: sizeOf(files) },
    ]);
  }
  const schema = `export * from "@fieldwise/schema"; ${core}`;
  return {
    own: { core: await ownSize(core), schema: await ownSize(schema) },
    parts: await partsOf(schema),
    programs: Object.fromEntries(sizes),
  };
}

async function ownSize(contents: string): Promise<Size> {
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: root },
    external: libraries,
    write: false,
  });
  return sizeOfText(outputFiles?.[0]?.text ?? "");
}

async function partsOf(contents: string): Promise<Record<string, number>> {
  const { metafile } = await bundle({
    stdin: { contents, resolveDir: root },
    external: libraries,
    // What is built is one file for each package.
    conditions: ["@fieldwise/source"],
    write: false,
  });
  const parts = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const [, packageName, folder] = /packages\/(\w+)\/src\/(?:([\w-]+)\/)?/.exec(file) ?? [];
      if (packageName === undefined) continue;
      const part = `${packageName}, ${folder ?? "at the top"}`;
      parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    }
  }
  return Object.fromEntries([...parts].toSorted(([, a], [, b]) => b - a));
}

function bundle(options: BuildOptions): Promise<BuildResult<{ metafile: true }>> {
  return build({ ...common, ...options, metafile: true });
}

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // What the CommonJS modules in it require. An import of `node:module` would take a millisecond longer.
  banner: {
    js: 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);',
  },
} as const satisfies BuildOptions;

/** These files and all that they import at once. */
function importedBy({ outputs }: Metafile, files: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (file: string): void => {
    const output = outputs[file];
    if (output === undefined || found.has(file)) return;
    found.add(file);
    for (const { path, kind } of output.imports) if (kind === "import-statement") add(path);
  };
  files.forEach(add);
  return [...found];
}

function sizeOf(files: readonly string[]): Size {
  const sizes = files.map((file) => sizeOfText(readFileSync(join(root, file), "utf8")));
  return {
    minified: sizes.reduce((sum, { minified }) => sum + minified, 0),
    gzipped: sizes.reduce((sum, { gzipped }) => sum + gzipped, 0),
  };
}

function sizeOfText(text: string): Size {
  return { minified: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
}
