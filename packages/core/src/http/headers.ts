/** Headers by name, or as they came: names and values in turn. */
export type ReceivedHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly string[];

/** Reads a header, of one that came several times the first; its name is given in lower case. */
export function readHeader(headers: ReceivedHeaders, name: string): string | undefined {
  if (isList(headers)) {
    for (let index = 0; index < headers.length; index += 2) {
      if (isNamed(headers[index]!, name)) return headers[index + 1];
    }
    return undefined;
  }
  // Most handlers give lower-case names already.
  const value =
    headers[name] ?? headers[Object.keys(headers).find((key) => isNamed(key, name)) ?? name];
  return typeof value === "object" ? value[0] : value;
}

function isNamed(key: string, name: string): boolean {
  return key.length === name.length && key.toLowerCase() === name;
}

function isList(headers: ReceivedHeaders): headers is readonly string[] {
  return Array.isArray(headers);
}
