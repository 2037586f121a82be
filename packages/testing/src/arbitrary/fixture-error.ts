import { FieldwiseError, type PathStep } from "@fieldwise/core";

/** Where in an item a value stands. */
export interface Place {
  readonly tableName: string;
  /** The names and indexes that lead there from the item; `*` stands for any element or member. */
  readonly path: readonly PathStep[];
}

/** No value was found that a schema takes: it names the attribute, and says what to do. */
export class FixtureError extends FieldwiseError {
  static {
    this.prototype.name = "FixtureError";
  }

  readonly tableName: string;
  /** The attribute, as it is written in messages: `lines[*].sku`; empty where it is about the whole item. */
  readonly path: string;

  constructor(place: Place, reason: string, options?: { readonly cause?: unknown }) {
    const path = pathText(place.path);
    super(
      path === ""
        ? `Table ${place.tableName}: ${reason}`
        : `Table ${place.tableName}, ${path}: ${reason}`,
      options,
    );
    this.tableName = place.tableName;
    this.path = path;
  }
}

const plainName = /^[A-Za-z_][\w-]*$/;

/** A path as it is written in messages. */
export function pathText(path: readonly PathStep[]): string {
  return path
    .map((step, index) => {
      if (typeof step === "number" || step === "*") return `[${step}]`;
      const name = plainName.test(step) ? step : JSON.stringify(step);
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}
