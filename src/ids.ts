/** Crockford's base 32: no I, L, O, U to misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One letter for each byte: for ids that people read out. */
export const spell = (bytes: Uint8Array): string => [...bytes].map((byte) => LETTERS[byte % 32]).join('');
