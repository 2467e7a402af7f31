/** Clearthread's own pages, at `/passkey`. A GET shows an empty page and uses up nothing: chats fetch previews of links. */

import { fileURLToPath } from 'node:url';
import express from 'express';
import { z } from 'zod';
import type { Logger } from '../log.ts';
import { pageHeaders } from '../web/page-headers.ts';
import type { Keys } from './keys.ts';
import type { Link, Links } from './links.ts';
import type { Shown } from './page/wire.ts';
import { assertionFrom, assertionShape, newKeyShape, type Site } from './verify.ts';
import { nothing, OVER, type SignedVotes } from './votes.ts';

export interface PageOptions {
  site: Site;
  links: Links;
  votes: SignedVotes;
  keys: Keys;
  logger: Logger;
  /** Folder of the page's files. */
  root?: string | undefined;
}

const HEADERS = pageHeaders();

const usualRoot = (): string => fileURLToPath(new URL('page/', import.meta.url));

const token = z.string().min(1).max(3000);
const looks = z.strictObject({ token });
const finishes = z.strictObject({
  token,
  credential: z.unknown(),
  typed: z.string().max(100).default(''),
});

const ILL: Shown = nothing('That did not work', 'Something is wrong on our side. Please try again in a moment.');

/** What the link's person sees. */
const look = (link: Link, { votes, keys }: PageOptions): Promise<Shown> => {
  switch (link.for) {
    case 'vote':
      return votes.show(link);
    case 'new key':
      return keys.showNew(link);
    case 'vouching':
      return keys.showVouching(link);
    default: {
      const never: never = link;
      return never;
    }
  }
};

const NOT_READ: Shown = nothing('Not signed', 'The answer of your browser could not be read. Nothing was signed.');

const finish = async (
  link: Link,
  { credential, typed }: z.infer<typeof finishes>,
  { votes, keys }: PageOptions,
): Promise<Shown> => {
  if (link.for === 'new key') {
    const made = newKeyShape.safeParse(credential);
    return made.success ? keys.propose(link, made.data) : NOT_READ;
  }
  const read = assertionShape.safeParse(credential);
  if (!read.success) return NOT_READ;
  const assertion = assertionFrom(read.data);
  return link.for === 'vote' ? votes.cast(link, assertion) : keys.vouch(link, assertion, typed);
};

export const mountPages = (app: express.Express, options: PageOptions): void => {
  const { site, links, logger, root = usualRoot() } = options;
  const pages = express.Router();
  pages.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  pages.get('/', (_request, response) => response.sendFile('index.html', { root, cacheControl: false }));
  const answers =
    <Asked extends { token: string }>(shape: z.ZodType<Asked>, to: (link: Link, asked: Asked) => Promise<Shown>) =>
    async (request: express.Request, response: express.Response): Promise<void> => {
      // Browsers name the origin of every POST: another page's, or a program's without one, has no business here.
      if (request.get('origin') !== site.origin || !request.is('application/json')) {
        response.status(403).json(nothing('Not from here', `Please open the link at ${site.origin}.`));
        return;
      }
      const asked = shape.safeParse(request.body);
      const link = asked.success ? links.open(asked.data.token) : undefined;
      if (!asked.success || !link) {
        response.json(OVER);
        return;
      }
      try {
        response.json(await to(link, asked.data));
      } catch (error) {
        logger.error('passkeys.page-failed', { error });
        response.status(500).json(ILL);
      }
    };
  const json = express.json({ limit: '64kb' });
  pages.post(
    '/look',
    json,
    answers(looks, (link) => look(link, options)),
  );
  pages.post(
    '/finish',
    json,
    answers(finishes, (link, asked) => finish(link, asked, options)),
  );
  pages.use(express.static(root, { index: false, cacheControl: false }));
  // What is sent there is not shown anywhere.
  pages.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    logger.error('passkeys.page-failed', { error });
    response.status(400).json(NOT_READ);
  });
  app.use('/passkey', pages);
};
