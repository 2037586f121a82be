import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
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
  /** Whole programs that read one item, by the name of the program. */
  readonly programs: Readonly<Record<string, Size>>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const libraries = ["zod", "zod/*", "@aws-sdk/*", "@smithy/*"];
const core =
  'export { Client, Credentials, RetryConfig, F, and, or, not, isDynamoDBError } from "@fieldwise/core";';

/** Bundles each program into `bundled/` of the built folder, and tells how large the bundles are. */
export async function bundlePrograms(built: Built): Promise<BundleSizes> {
  const sizes: [string, Size][] = [];
  for (const name of programs) {
    const text = await bundle({ entryPoints: [join(root, `cold-start/programs/${name}.ts`)] });
    const file = join(built.folder, `bundled/${name}.js`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    sizes.push([name, sizeOf(text)]);
  }
  return {
    own: {
      core: sizeOf(await bundleText(core)),
      schema: sizeOf(await bundleText(`export * from "@fieldwise/schema"; ${core}`)),
    },
    programs: Object.fromEntries(sizes),
  };
}

function bundleText(contents: string): Promise<string> {
  return bundle({ stdin: { contents, resolveDir: root }, external: libraries });
}

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    // What the CommonJS modules in it require.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
  });
  return outputFiles?.[0]?.text ?? "";
}

function sizeOf(text: string): Size {
  return { minified: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
}
