/** Addresses in settings: where a server listens, and where people open its pages. */

import { parsedUrl } from '../../flows/url.ts';
import { text } from './setting.ts';

export interface ListenAddress {
  /** A name or an IP address, without brackets. */
  host: string;
  port: number;
}

/** `127.0.0.1:3001` or `[::1]:3001`. `words`: what to set, where it is none. */
export const listenAddress = (words: string) =>
  text
    .regex(/^(?:\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i, words)
    .transform((value): ListenAddress => {
      const colon = value.lastIndexOf(':');
      return { host: value.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(value.slice(colon + 1)) };
    })
    .refine((address) => address.port <= 65_535, words);

/**
 * The origin of pages with passkeys: those belong to a host's name, and browsers use them only where the way to it is
 * safe. `words`: what to set, where it is none. `onion`: also an onion service without TLS, which Tor Browser counts as safe.
 */
export const pagesOrigin = (words: string, { onion = false }: { onion?: boolean } = {}) =>
  text
    .refine((value) => {
      const url = parsedUrl(value);
      if (!url) return false;
      const { protocol, hostname, pathname, search, hash, username } = url;
      const bare = pathname === '/' && search === '' && hash === '' && username === '';
      const plain = hostname === 'localhost' || (onion && hostname.endsWith('.onion'));
      const isSafe = protocol === 'https:' || (protocol === 'http:' && plain);
      return bare && isSafe && /[a-z]/i.test(hostname) && !hostname.startsWith('[');
    }, words)
    .transform((value) => new URL(value).origin);
