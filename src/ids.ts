import { randomUUID } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U to misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One letter for each byte: for ids that people read out. */
export const spell = (bytes: Uint8Array): string => [...bytes].map((byte) => LETTERS[byte % 32]).join('');

/** Eight letters that can be read out on the phone. Node keeps UUIDs in stock; other random bytes it makes one by one. */
export const newTrace = (): string => spell(Buffer.from(randomUUID().replaceAll('-', '').slice(16), 'hex'));

const DEAL_ID = /\bD-[0-9A-Z]{6,20}\b/;

/** The first deal id among words, in capitals. Whoever asks whether words name a deal has to read them as the route does. */
export const dealNamedIn = (words: string): string | undefined => DEAL_ID.exec(words.toUpperCase())?.[0];
