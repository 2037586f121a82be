import { inspect } from "node:util";

let number = 0;

/** Prints the heading of the next step. */
export function step(title: string): void {
  console.log(`\n${++number}. ${title}`);
}

/** Prints what came of it: a label, and values as Node would show them. */
export function show(label: string, ...values: readonly unknown[]): void {
  const texts = values.map((value) =>
    typeof value === "string"
      ? value
      : inspect(value, { depth: 6, breakLength: 100, sorted: true }),
  );
  console.log(`   ${label}: ${texts.join("  ").replaceAll("\n", "\n     ")}`);
}
