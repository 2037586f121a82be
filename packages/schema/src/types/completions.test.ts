import { fileURLToPath } from "node:url";
import ts from "typescript-5.9";
import { beforeAll, describe, expect, it } from "vitest";

// The native compiler has no language service to be called from here yet; editors use either.
const file = fileURLToPath(new URL("../../test-support/completed.ts", import.meta.url));
const head = `import { Orders, db } from "./typed-tables.ts";
const { F } = Orders;
`;

const offers: readonly (readonly [code: string, names: string])[] = [
  [`F("…")`, "customerId,lines,note,orderId,placedAt,status,tags,total"],
  [`F("lines", 0, "…")`, "quantity,sku"],
  [`F("status").eq("…")`, "delivered,placed,shipped"],
  [`db.orders.index("…")`, "byNote,byPlace,byStatus,byTotal"],
  [`db.orders.query({ … })`, "customerId,orderId"],
  [`db.orders.query({ customerId: "c1", orderId: { … } })`, "beginsWith,between,eq,gt,gte,lt,lte"],
];
const program = head + offers.map(([code]) => code).join("\n");

describe("an editor offers, in place of the dots,", () => {
  const source = program.replaceAll("…", "");
  let service: ts.LanguageService;

  beforeAll(() => {
    service = languageService(source);
    service.getSemanticDiagnostics(file);
  }, 60_000);

  it.each(offers)("%s", (code, names) => {
    const before = program.slice(0, program.indexOf(code) + code.indexOf("…"));
    const position = before.replaceAll("…", "").length;
    const entries = service.getCompletionsAtPosition(file, position, {})?.entries ?? [];
    const offered = entries.map(({ name }) => name).toSorted();
    expect(offered.join(",")).toBe(names);
  });
});

function languageService(source: string): ts.LanguageService {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    customConditions: ["@fieldwise/source"],
    types: ["node"],
  };
  const host: ts.LanguageServiceHost = {
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const text = name === file ? source : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => fileURLToPath(new URL("../..", import.meta.url)),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  };
  return ts.createLanguageService(host);
}
