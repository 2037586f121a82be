/** What a program of a cold start exports. */
export interface Program {
  /** Imports nothing more than it needs, takes keys and Region from the environment, and reads one order. */
  readonly firstAnswer: (endpoint: string) => Promise<unknown>;
}

/** What one start showed. Times in milliseconds. */
export interface Start {
  /** From before the import to the first answer. */
  readonly time: number;
  /** CPU time of the process in between. */
  readonly cpu: number;
  /** The packages that code was loaded from, with the number of files and thousands of characters, where asked for. */
  readonly loaded?: Readonly<Record<string, readonly [files: number, kilobytes: number]>>;
}
