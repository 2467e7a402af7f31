/** Links in cards and texts: our own open in this pane, Slack's messages in the other, the web in a new tab. */

import { fetchable } from '../file-links.ts';
import { isOwnServer } from '../own-server.ts';
import { isOwnAddress } from './session.ts';

let openHere: (url: URL) => void = () => undefined;

/** Registers the page's way to open one of its own addresses. */
export const whenFollowed = (open: (url: URL) => void): void => {
  openHere = open;
};

export const follow = (address: string): void => {
  if (!URL.canParse(address, location.href)) return;
  const url = new URL(fetchable(address), location.href);
  if (isOwnAddress(url.href)) openHere(url);
  else if (isOwnServer(url) && url.pathname.startsWith('/archives/')) location.assign(url.pathname);
  else if (url.protocol === 'https:' || url.protocol === 'http:') window.open(url, '_blank', 'noopener,noreferrer');
};
