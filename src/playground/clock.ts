/** The playground's clock for business: the machine's, plus the time that somebody travelled. */

import express, { type ErrorRequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { openPlaygroundDatabase } from './database.ts';
import { fromThePage } from './guard.ts';
import type { Travel, Travelled } from './page/travel-wire.ts';

export interface PlaygroundClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls the listener after each journey. Returns what ends it. */
  watch(listener: () => void): () => void;
  /** Tells a page the time, now and after each journey, in its stream of server-sent events. Returns what ends it. */
  tell(stream: Response): () => void;
  /** `POST /`: `Travel` → `Travelled`. */
  router: Router;
  close(): void;
}

/** Far enough for everybody, and a year of five digits is no date for a form. */
const FURTHEST_MS = 20 * 366 * 24 * 60 * 60_000;
const travel: z.ZodType<Travel> = z.strictObject({ to: z.iso.datetime() });

const SCHEMA = 'create table if not exists travel (one integer primary key check (one = 1), ahead_ms integer not null)';

const UNCLEAR = 'The playground does not understand this date.';
const BACKWARDS = 'Time goes only forwards: choose a later date.';
const TOO_FAR = 'That is too far ahead: choose a date within 20 years.';

/** Opens the clock. The journey is kept with the conversations, so that a restart stays in the future. */
export const openClock = (dataDir: string, real: () => number): PlaygroundClock => {
  const db = openPlaygroundDatabase(dataDir, SCHEMA);
  const put = db.prepare(
    'insert into travel (one, ahead_ms) values (1, ?) on conflict (one) do update set ahead_ms = ?',
  );
  let ahead = z.int().catch(0).parse(db.prepare('select ahead_ms from travel').pluck().get());
  const now = (): number => real() + ahead;
  const listeners = new Set<() => void>();

  const refusal = (to: number): string | undefined => {
    if (to <= now()) return BACKWARDS;
    return to - real() > FURTHEST_MS ? TOO_FAR : undefined;
  };

  const router = express.Router();
  router.post('/', fromThePage, express.json({ limit: '1kb' }), (request, response) => {
    const parsed = travel.safeParse(request.body);
    const to = parsed.success ? Date.parse(parsed.data.to) : Number.NaN;
    const error = Number.isNaN(to) ? UNCLEAR : refusal(to);
    if (error === undefined) {
      const wanted = to - real();
      put.run(wanted, wanted);
      ahead = wanted;
      for (const listener of listeners) listener();
    }
    response
      .status(error === undefined ? 200 : 400)
      .json({ now: new Date(now()).toISOString(), ...(error === undefined ? {} : { error }) } satisfies Travelled);
  });

  const failed: ErrorRequestHandler = (_error: unknown, _request, response, _next) => {
    response.status(400).json({ now: new Date(now()).toISOString(), error: UNCLEAR } satisfies Travelled);
  };
  router.use(failed);

  const watch: PlaygroundClock['watch'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    now,
    watch,
    tell: (stream) => {
      const say = (): void => void stream.write(`event: clock\ndata: ${now()}\n\n`);
      say();
      return watch(say);
    },
    router,
    close: () => db.close(),
  };
};
