/** Reads a header; its name is given in lower case. Most handlers give lower-case names already. */
export function readHeader(
  headers: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  const value = headers[name];
  if (value !== undefined) return value;
  for (const key of Object.keys(headers)) {
    if (key.length === name.length && key.toLowerCase() === name) return headers[key];
  }
  return undefined;
}
