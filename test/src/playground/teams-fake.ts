/** A small double of the server behind the Teams page: it keeps messages, sends them live and answers as told. */

import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import express, { type Response } from 'express';
import { guard } from '../../../src/playground/guard.ts';
import type {
  CardJson,
  Pressed,
  ShownActivity,
  ShownDialog,
  TeamsDone,
  TeamsLive,
  TeamsStart,
} from '../../../src/playground/page/teams/wire.ts';
import type { SampleYear } from '../../../src/playground/page/year-wire.ts';

export const CHANNEL = '19:dealclearance@thread.tacv2';
export const PERSONAL = 'a:sample-personal';
export const GROUP = '19:samplegroup@thread.v2';
export const REP = '00000000-0000-4000-8000-000000000001';
export const COUNSEL = '00000000-0000-4000-8000-000000000008';

const BOT = { id: '28:sample', name: 'Clearthread' };
const START_AT = Date.parse('2027-03-01T09:00:00.000Z');
const PEOPLE = [
  { id: REP, name: 'Sample Rep', role: '', guest: false },
  { id: COUNSEL, name: 'Sample Counsel', role: '', guest: false },
];

export interface Posted {
  path: string;
  body: Record<string, unknown>;
}

export interface TeamsFake {
  url: string;
  heard: Posted[];
  /** Answers to the next acts. */
  answer: (posted: Posted) => Promise<TeamsDone> | TeamsDone;
  /** The viewer's own version of the card. */
  personal: (user: string, activity: string) => CardJson | undefined;
  dialog: ShownDialog | null;
  post(given: Partial<ShownActivity> & { author?: ShownActivity['author'] }): ShownActivity;
  edit(id: string, more: Partial<ShownActivity>): void;
  /** Holds back the next answer to `messages`, which is made before. */
  pause: (() => Promise<void>) | undefined;
  /** Runs it while no page is connected; the page reconnects by itself. */
  silently(change: () => void): void;
  remove(id: string): void;
  tell(live: TeamsLive): void;
  end(): Promise<void>;
}

export const openFake = async (pageDir: string): Promise<TeamsFake> => {
  const activities: ShownActivity[] = [];
  const streams = new Set<Response>();
  let posted = 0;
  const read = new Map<string, string>();
  const app = express();
  const ui = express.Router();
  const rendererDir = dirname(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js'));

  const tell = (live: TeamsLive): void => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(live)}\n\n`);
  };
  const start = (user: string): TeamsStart => {
    const unread = (conversation: string): number =>
      activities.filter((a) => a.conversation === conversation && a.id > (read.get(`${user} ${conversation}`) ?? ''))
        .length;
    return {
      tenant: 'Playground',
      bot: BOT,
      people: PEOPLE,
      conversations: [
        { id: PERSONAL, name: 'Clearthread', kind: 'personal', clearance: true, unread: unread(PERSONAL) },
        { id: GROUP, name: 'Sample group chat', kind: 'group', clearance: false, unread: unread(GROUP) },
        { id: CHANNEL, name: 'Deal clearance', kind: 'channel', clearance: true, unread: unread(CHANNEL) },
      ],
      commands: [
        { words: 'new deal', hint: 'Clear a new deal' },
        { words: 'help', hint: 'What Clearthread can do here' },
      ],
    };
  };
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');

  ui.get('/people', (_request, response) => void response.json(PEOPLE));
  ui.get('/start', ({ query }, response) => void response.json(start(text(query['user']))));
  ui.get('/messages', async ({ query }, response) => {
    const { conversation, thread } = query;
    const found = activities.filter(
      (a) =>
        a.conversation === conversation &&
        (thread === undefined ? a.thread === undefined : a.thread === thread || a.id === thread),
    );
    const answer = JSON.stringify(found);
    const { pause } = fake;
    fake.pause = undefined;
    await pause?.();
    response.type('json').send(answer);
  });
  ui.get('/dialog', (_request, response) => void response.json(fake.dialog));
  ui.get('/personal', ({ query }, response) => {
    const card = fake.personal(text(query['user']), text(query['activity']));
    response.json(card ? { card } : {});
  });
  ui.get('/events', (_request, response) => {
    response.set({ 'content-type': 'text/event-stream' });
    response.flushHeaders();
    response.write(': hello\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
  ui.post('/:path', express.json(), async ({ params, body }, response) => {
    const posted: Posted = { path: params.path, body: body as Record<string, unknown> };
    if (posted.path === 'read') {
      const { user, conversation, activity } = posted.body;
      read.set(`${text(user)} ${text(conversation)}`, text(activity));
    } else fake.heard.push(posted);
    response.json(await fake.answer(posted));
  });

  app.use(guard);
  app.get('/playground/tour', (_request, response) => void response.json({ offered: false }));
  app.get('/playground/year', (_request, response) => {
    response.json({ year: 2025, state: 'none', done: 0, all: 0 } satisfies SampleYear);
  });
  app.use('/playground/teams/ui', ui);
  app.get('/playground/teams/', (_request, response) => response.sendFile('teams/index.html', { root: pageDir }));
  app.get('/playground/teams/adaptivecards.js', (_request, response) =>
    response.sendFile('adaptivecards.js', { root: rendererDir }),
  );
  app.use('/playground', express.static(pageDir));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;

  const edited = (id: string, more: Partial<ShownActivity>): ShownActivity => {
    const known = activities.find((a) => a.id === id);
    if (!known) throw new Error(`no activity ${id}`);
    return Object.assign(known, more, { edited: true, version: known.version + 1 });
  };

  const fake: TeamsFake = {
    url: `http://127.0.0.1:${port}/playground/teams/`,
    heard: [],
    answer: () => ({}),
    personal: () => undefined,
    dialog: null,
    pause: undefined,
    post: (given) => {
      posted += 1;
      const id = String(START_AT + posted * 60_000);
      const activity: ShownActivity = {
        conversation: CHANNEL,
        id,
        author: { id: BOT.id, name: BOT.name, bot: true },
        text: '',
        edited: false,
        version: 1,
        at: new Date(Number(id)).toISOString(),
        replies: 0,
        ...given,
      };
      activities.push(activity);
      const root = activities.find((a) => a.id === activity.thread);
      if (root) root.replies += 1;
      tell({ kind: 'activity', activity });
      tell({ kind: 'conversations' });
      return activity;
    },
    edit: (id, more) => tell({ kind: 'activity', activity: edited(id, more) }),
    silently: (change) => {
      const ended = [...streams];
      streams.clear();
      change();
      for (const stream of ended) stream.end();
    },
    remove: (id) => {
      const at = activities.findIndex((a) => a.id === id);
      const [gone] = activities.splice(at, 1);
      if (gone) tell({ kind: 'gone', conversation: gone.conversation, id });
    },
    tell,
    end: async () => {
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
};

/** An opened dialog with a card. */
export const dialogOf = (title: string, card: CardJson, id: string = randomUUID()): ShownDialog => ({
  id,
  title,
  card,
});

export const pressedIn = (posted: Posted | undefined): Pressed['action'] | undefined =>
  posted?.body['action'] as Pressed['action'] | undefined;
