import { build } from "esbuild";
const [,,out,split,...ext]=process.argv;
for (const name of ["fieldwise-core","fieldwise-schema","document-client"]) {
  await build({ entryPoints:[`cold-start/programs/${name}.ts`], bundle:true, minify:true, format:"esm", platform:"node", target:"node20", splitting:split==="1", outdir:out+"/"+name, external:ext, banner:{js:'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);'} });
}
