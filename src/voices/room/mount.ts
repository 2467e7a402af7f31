/**
 * The case room, at an address of its own: its page, and what that asks. Nothing rests on ambient authority: who is signed
 * in says so with a token in a header, which another page can't send. No log says whose case or which one.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { z } from 'zod';
import type { CaseClocks } from '../../../flows/voices/clocks.ts';
import type { Known } from '../../../flows/voices/steps.ts';
import type { Logger } from '../../log.ts';
import { assertionFrom, assertionShape, newKeyShape, type Site } from '../../signing/verify.ts';
import { pageHeaders } from '../../web/page-headers.ts';
import type { FileStore } from '../files/store.ts';
import type { Handler, Handlers } from '../handlers.ts';
import type { VoicesStore } from '../store.ts';
import { createCases } from './cases.ts';
import { createEntering } from './entering.ts';
import { createSendFile } from './files.ts';
import { readModules } from './modules.ts';
import { createVouching } from './vouching.ts';
import type { Act, AskLetIn, Problem } from './wire.ts';

export interface RoomOptions {
  store: VoicesStore;
  files: FileStore;
  handlers: Handlers;
  /** Its own, to which the handlers' passkeys belong. */
  site: Site;
  clock: () => Date;
  clocks: CaseClocks;
  /** Of the organisation file: of them are those who investigate. */
  people: readonly Known[];
  /** See `erasedOn` of flows/voices/retention.ts. */
  retentionDays: number;
  logger: Logger;
  /** Folder of the page's files, compiled. */
  root?: string | undefined;
}

const usualRoot = (): string => fileURLToPath(new URL('page/', import.meta.url));

const id = z.string().min(1).max(40);
const token = z.string().min(1).max(100);
const people = z.array(z.string().min(1).max(200)).max(500);
const shapes = {
  nothing: z.strictObject({}),
  token: z.strictObject({ token }),
  enrol: z.strictObject({
    token,
    credential: newKeyShape,
    recipient: z.string().max(3000),
    wrapped: z.string().max(1000),
  }),
  id: z.strictObject({ id }),
  file: z.strictObject({ id, file: id }),
  finish: z.strictObject({ id, ticket: z.string().max(200), credential: assertionShape }),
  vouch: z.strictObject({ id, typed: z.string().max(100), credential: assertionShape }),
  act: z.strictObject({
    id,
    events: z.int().min(0),
    action: z.union([
      z.strictObject({ do: z.enum(['acknowledge', 'answer', 'feedback', 'note']) }),
      z.strictObject({ do: z.literal('ask') }),
      z.strictObject({ do: z.literal('export') }),
      z.strictObject({ do: z.literal('close') }),
      z.strictObject({ do: z.literal('open again') }),
      z.strictObject({ do: z.literal('work'), due: z.iso.date().nullable().optional() }),
      z.strictObject({ do: z.literal('investigate'), who: people, not: people }),
    ]),
    message: z.strictObject({ forHandlers: z.string(), forReporter: z.string().optional() }).optional(),
  }) satisfies z.ZodType<Act>,
  letIn: z.strictObject({
    id,
    events: z.int().min(0),
    messages: z.int().min(1),
    reader: id,
    keys: z.string(),
  }) satisfies z.ZodType<AskLetIn>,
};

/** Two sealed messages of the greatest length, base64. */
const MOST_OF_ACT = '512kb';

const problem = (words: string): Problem => ({ problem: words });
const NOT_READ = problem('This could not be read. Nothing was kept. Please load the page again.');
const SIGN_IN = problem('You are not signed in any more. Please sign in again.');
const NO_CASE = problem('There is no such case.');
const STALE = problem('Something happened in this case meanwhile. Please look at it first.');
const TOO_LONG = problem('This is too long. Nothing was kept.');
const ILL = problem('Something is wrong on our side. Please try again in a moment.');

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'entity.too.large';

/** The page with its scripts, and the hash of the only one that stands in it. */
const readPage = (root: string) => {
  const modules = readModules(join(root, 'main.js'));
  const html = readFileSync(join(root, 'index.html'), 'utf8')
    .replace('<!-- import map -->', () => `<script type="importmap">${modules.importMap}</script>`)
    .replace('MAIN_MODULE', () => modules.main);
  return {
    html,
    headers: pageHeaders([createHash('sha256').update(modules.importMap).digest('base64')]),
    texts: modules.texts,
    sheets: new Map([
      ['/page.css', readFileSync(join(root, '../../../signing/page/page.css'), 'utf8')],
      ['/room.css', readFileSync(join(root, 'room.css'), 'utf8')],
    ]),
  };
};

type Answer = { status: number; body: object };

const ok = (body: object): Answer => ({ status: 'problem' in body ? 403 : 200, body });

/** Mounts the case room at `/` of an app of its own. */
export const mountRoom = (app: express.Express, options: RoomOptions): void => {
  const { handlers, site, clock, logger, root = usualRoot() } = options;
  const entering = createEntering(handlers, site, clock);
  const vouching = createVouching(handlers, site, clock);
  const cases = createCases(options);
  const sendFile = createSendFile(options.store, options.files);
  let read: ReturnType<typeof readPage> | undefined;
  const page = (): ReturnType<typeof readPage> => (read ??= readPage(root));

  app.use((_request, response, next) => {
    response.set(pageHeaders());
    next();
  });

  const answer =
    <Asked>(shape: z.ZodType<Asked>, to: (asked: Asked, response: express.Response) => Answer | Promise<Answer>) =>
    async (request: express.Request, response: express.Response): Promise<void> => {
      const asked = shape.safeParse(request.body);
      const { status, body } = asked.success ? await to(asked.data, response) : { status: 400, body: NOT_READ };
      response.status(status).json(body);
    };
  /** For those who are not signed in. */
  const anybody = <Asked>(
    path: string,
    shape: z.ZodType<Asked>,
    to: (asked: Asked) => object | Promise<object>,
  ): void =>
    void app.post(
      `/api/${path}`,
      express.json({ limit: '64kb' }),
      answer(shape, async (asked) => ok(await to(asked))),
    );
  const tokenOf = (request: express.Request): string =>
    /^Bearer ([\w-]{43})$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const meOf = (response: express.Response): Handler => (response.locals as { me: Handler }).me;
  /** A stranger's body is not even read. */
  const guard: express.RequestHandler = (request, response, next) => {
    const me = entering.signedIn(tokenOf(request));
    if (!me) return void response.status(401).json(SIGN_IN);
    response.locals['me'] = me;
    next();
  };
  const member = <Asked>(
    path: string,
    shape: z.ZodType<Asked>,
    to: (me: Handler, asked: Asked) => Answer | Promise<Answer>,
    limit = '64kb',
  ): void =>
    void app.post(
      `/api/${path}`,
      guard,
      express.json({ limit }),
      answer(shape, (asked, response) => to(meOf(response), asked)),
    );

  anybody('invited', shapes.token, (asked) => entering.invited(asked.token));
  anybody('enrol', shapes.enrol, ({ token: invitation, ...made }) => entering.enrol(invitation, made));
  anybody('names', shapes.nothing, () => ({ names: entering.names() }));
  anybody('sign-in/begin', shapes.id, (asked) => entering.begin(asked.id));
  anybody('sign-in/finish', shapes.finish, (asked) =>
    entering.finish(asked.id, asked.ticket, assertionFrom(asked.credential)),
  );
  app.post('/api/leave', (request, response) => {
    entering.leave(tokenOf(request));
    response.json({});
  });
  member('stay', shapes.nothing, () => ok({}));
  member('room', shapes.nothing, async (me) => ok(await cases.overview(me)));
  member('people', shapes.nothing, () => ok({ people: options.people }));
  member('vouch/begin', shapes.id, (me, asked) => ok(vouching.begin(me, asked.id)));
  member('vouch/finish', shapes.vouch, async (me, asked) =>
    ok(await vouching.finish(me, asked.id, asked.typed, assertionFrom(asked.credential))),
  );
  member('case', shapes.id, async (me, asked) => {
    const shown = await cases.show(me, asked.id);
    return shown ? ok(shown) : { status: 404, body: NO_CASE };
  });
  const done = (outcome: Awaited<ReturnType<typeof cases.act>>): Answer => {
    if ('missing' in outcome) return { status: 404, body: NO_CASE };
    return 'stale' in outcome ? { status: 409, body: STALE } : ok(outcome);
  };
  member('act', shapes.act, async (me, asked) => done(await cases.act(me, asked)), MOST_OF_ACT);
  member('let-in', shapes.letIn, async (me, asked) => done(await cases.letIn(me, asked)), MOST_OF_ACT);

  app.post('/api/file', guard, express.json({ limit: '64kb' }), async (request, response) => {
    const asked = shapes.file.safeParse(request.body);
    if (!asked.success) return void response.status(400).json(NOT_READ);
    if (!(await sendFile(meOf(response), asked.data, response))) response.status(404).json(NO_CASE);
  });

  app.get('/', (_request, response) => {
    const { html, headers } = page();
    response.set(headers).type('html').send(html);
  });
  app.get(/^\/(?:modules\/.+\.js|\w+\.css)$/, (request, response, next) => {
    const { texts, sheets } = page();
    const text = texts.get(request.path) ?? sheets.get(request.path);
    if (text === undefined) return next();
    // It is the same for everybody: a browser asks whether it changed, and need not fetch a megabyte each time.
    response.set('cache-control', 'no-cache');
    response.type(request.path.endsWith('.css') ? 'css' : 'js').send(text);
  });
  app.use((_request, response) => void response.status(404).json(problem('There is nothing here.')));
  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    if (isTooLarge(error)) return void response.status(413).json(TOO_LONG);
    // Only bodies that are no JSON have a status of their own.
    const known = error instanceof Error && 'status' in error && error.status === 400;
    if (!known) logger.error('voices.room-failed', { error });
    response.status(known ? 400 : 500).json(known ? NOT_READ : ILL);
  });
};
