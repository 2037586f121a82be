import { appendFileSync } from "node:fs";

/** A number that a test has found, as it stands in the file of figures, one JSON text a line. */
export interface Figure {
  readonly test: string;
  readonly name: string;
  readonly value: number | string;
}

/**
 * Keeps a number for the table that `pnpm test:reliability` prints at its end. In the short form nothing is kept.
 *
 * @example recordFigure("mixed operations", "faults injected", handler.log.length);
 */
export function recordFigure(test: string, name: string, value: number | string): void {
  const file = process.env["FIELDWISE_FIGURES"];
  const figure: Figure = { test, name, value };
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}
