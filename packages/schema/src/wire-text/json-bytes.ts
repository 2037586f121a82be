/** The bytes that stand between the values of a JSON text. */
export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const closeBracket = 0x5d;
