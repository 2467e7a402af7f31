/** Links to Clearthread's own pages: what one is for is sealed, so that it says nothing of a deal, and nobody makes one. */

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const shared = { person: z.string(), expires: z.string(), nonce: z.string() };
const link = z.discriminatedUnion('for', [
  /** `nonce`: that of the pending vote. */
  z.strictObject({ for: z.literal('vote'), deal: z.string(), ...shared }),
  z.strictObject({ for: z.literal('new key'), ...shared }),
  z.strictObject({ for: z.literal('vouching'), key: z.string(), ...shared }),
]);
/** One person's, until it expires. */
export type Link = z.infer<typeof link>;

export interface Links {
  seal(link: Link): string;
  /** Undefined where this installation did not make it. */
  open(token: string): Link | undefined;
}

const IV = 12;
const TAG = 16;
const MOST = 3000;

export const newNonce = (): string => randomBytes(16).toString('base64url');

/** `dataKey`: the installation's, the same in every bot. */
export const createLinks = (dataKey: Buffer): Links => {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'clearthread link 1', 32));
  return {
    seal: (made) => {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
      const body = Buffer.concat([cipher.update(JSON.stringify(made)), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (token) => {
      if (token.length > MOST || !/^[\w-]+$/.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      // One spelling for one token.
      if (bytes.length < IV + TAG || bytes.toString('base64url') !== token) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG });
        decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
        const text = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
        return link.parse(JSON.parse(text.toString('utf8')));
      } catch {
        return undefined;
      }
    },
  };
};
