/** The sample year of a playground: asked for by its page, written in the background, once for each year. */

import express, { type ErrorRequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../log.ts';
import { openPlaygroundDatabase } from './database.ts';
import { fromThePage } from './guard.ts';
import type { SampleYear } from './page/year-wire.ts';
import { layOutYear, noSampleYear, type YearParts } from './samples/sample-year.ts';

export interface SampleYearsOptions {
  dataDir: string;
  /** Milliseconds since 1970, in the playground. */
  now: () => number;
  logger: Logger;
}

/** `added`: there is something to look at. */
export type YearsParts = YearParts & { added: () => Promise<void> };

export interface SampleYears {
  /** `GET /` and `POST /`: SampleYear. */
  router: Router;
  /** From now on years can be added. */
  begin(parts: YearsParts): void;
  /** Ends, after the act under way: the next press goes on there. */
  close(): Promise<void>;
}

const SCHEMA = 'create table if not exists sample_years (year integer primary key)';
const asked = z.strictObject({ year: z.int() });
const FAILED = 'The sample year could not be added: the policy in use and the sample do not fit.';

class Ended extends Error {}

export const openSampleYears = ({ dataDir, now, logger }: SampleYearsOptions): SampleYears => {
  const db = openPlaygroundDatabase(dataDir, SCHEMA);
  const known = db.prepare('select 1 from sample_years where year = ?').pluck();
  const put = db.prepare('insert or ignore into sample_years (year) values (?)');
  let ready: (parts: YearsParts) => void = () => {};
  /** The page is there before the bot is. */
  const parts = new Promise<YearsParts>((resolve) => {
    ready = resolve;
  });
  let running: (SampleYear & { work: Promise<void> }) | undefined;
  let failed: { year: number; error: string } | undefined;
  let [begun, isEnded] = [false, false];

  const lastYear = (): number => new Date(now()).getUTCFullYear() - 1;
  const standing = (year: number): SampleYear => {
    if (running) {
      const { work: _work, ...said } = running;
      return said;
    }
    const none = { year, done: 0, all: 0 };
    if (known.get(year) === 1) return { ...none, state: 'there' };
    return failed?.year === year ? { ...none, state: 'failed', error: failed.error } : { ...none, state: 'none' };
  };

  const add = async (of: SampleYear): Promise<void> => {
    const { year } = of;
    const given = await parts;
    try {
      const no = noSampleYear(given.organisation());
      if (no !== undefined) {
        failed = { year, error: no };
        return;
      }
      await layOutYear(given, {
        year,
        progress: (done, all) => {
          [of.done, of.all] = [done, all];
          if (isEnded) throw new Ended();
        },
      });
      put.run(year);
    } catch (error) {
      if (!(error instanceof Ended)) {
        failed = { year, error: FAILED };
        logger.error('playground.no-sample-year', { error });
      }
    } finally {
      running = undefined;
      if (!isEnded) await given.added().catch((error: unknown) => logger.error('playground.year-not-seen', { error }));
    }
  };

  const begin = (year: number): SampleYear => {
    const found = standing(year);
    if (found.state === 'there' || found.state === 'adding') return found;
    const of: SampleYear & { work: Promise<void> } = {
      year,
      state: 'adding',
      done: 0,
      all: 0,
      work: Promise.resolve(),
    };
    running = of;
    of.work = add(of);
    return standing(year);
  };

  const router = express.Router();
  router.get('/', (_request, response) => response.json(standing(lastYear())));
  router.post('/', fromThePage, express.json({ limit: '1kb' }), (request, response) => {
    const parsed = asked.safeParse(request.body);
    // A page that was left open names the year before.
    if (!parsed.success || parsed.data.year !== lastYear()) response.status(400).json(standing(lastYear()));
    else response.json(begin(parsed.data.year));
  });
  const failedRequest: ErrorRequestHandler = (_error: unknown, _request, response, _next) => {
    response.status(400).json(standing(lastYear()));
  };
  router.use(failedRequest);

  return {
    router,
    begin: (all) => {
      begun = true;
      ready(all);
    },
    close: async () => {
      isEnded = true;
      // Before the bot is ready nothing is written.
      if (begun) await running?.work;
      db.close();
    },
  };
};
