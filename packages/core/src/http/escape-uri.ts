/** Writes text as a part of a URI: all but letters, digits and `-_.~` as the bytes of UTF-8, as RFC 3986 has it. */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
