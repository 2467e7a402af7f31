/** This machine has two names, and messages link to it by one: both are this server. */

const NAMES: readonly string[] = ['127.0.0.1', 'localhost'];

const isNamed = ({ hostname }: { hostname: string }): boolean => NAMES.includes(hostname);

/** Tells whether an address is on this page's own server. */
export const isOwnServer = (url: URL): boolean =>
  url.origin === location.origin ||
  (url.protocol === location.protocol && url.port === location.port && isNamed(url) && isNamed(location));
