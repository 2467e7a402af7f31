/** Fetches a list by https. Whatever goes wrong, the list in use stays. */

import { parsedUrl } from '../../flows/url.ts';
import { ListProblem, MOST_BYTES } from './read-list.ts';

export interface Fetched {
  bytes: AsyncIterable<Uint8Array>;
  /** When its publisher changed it, where they say so. */
  changed: string | undefined;
}

export type Get = (address: string, init: RequestInit) => Promise<Response>;

const MOST_REDIRECTS = 5;
/** For all of it: 34 MB over a slow line. */
const TIME_LIMIT_MS = 300_000;

/** What may be shown and recorded of an address: what follows `?` may hold a key. */
export const shownAddress = (address: string): string => {
  const { host, pathname } = new URL(address);
  return `https://${host}${pathname}`;
};

/** Returns the address where it is https without a name or password in it. Throws ListProblem. */
const secure = (text: string, base?: string): string => {
  const url = parsedUrl(text, base);
  if (url?.protocol !== 'https:')
    throw new ListProblem('Only an https address is fetched, also where one leads to another.');
  if (url.username !== '' || url.password !== '')
    throw new ListProblem('An address with a password in it is not fetched.');
  return url.href;
};

const broken = (address: string, error: unknown): ListProblem => {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const why = timedOut ? 'took too long' : 'could not be fetched whole';
  return new ListProblem(`${shownAddress(address)} ${why}.`, { cause: error });
};

async function* piecesOf(body: AsyncIterable<Uint8Array>, address: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw broken(address, error);
  }
}

/** Throws ListProblem; so does reading the bytes, where the connection breaks off. */
export const fetchList = async (
  asked: string,
  get: Get = fetch,
  signal: AbortSignal = AbortSignal.timeout(TIME_LIMIT_MS),
): Promise<Fetched> => {
  let address = secure(asked);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    let answer: Response;
    try {
      answer = await get(address, { redirect: 'manual', signal });
    } catch (error) {
      throw broken(address, error);
    }
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (next !== null) {
      await answer.body?.cancel();
      address = secure(next, address);
      continue;
    }
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel();
      throw new ListProblem(`${shownAddress(address)} answered ${answer.status}.`);
    }
    if (Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) {
      await answer.body.cancel();
      throw new ListProblem(`${shownAddress(address)} is longer than any list.`);
    }
    const changed = Date.parse(answer.headers.get('last-modified') ?? '');
    return {
      bytes: piecesOf(answer.body, address),
      changed: Number.isNaN(changed) ? undefined : new Date(changed).toISOString(),
    };
  }
  throw new ListProblem(`${shownAddress(asked)} leads on and on.`);
};
