/** Three sample deals, made-up data on countries and a made-up list, for whoever opens a playground for the first time, made by the commands that people give. */

import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays } from '../../../flows/calendar.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Home } from '../../../flows/deal/deal.ts';
import { clearanceChannelsIn, SYSTEM, type Organisation } from '../../../flows/organisation.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { readIndicators } from '../../indicators/read-indicators.ts';
import type { Logger } from '../../log.ts';
import type { Deals } from '../../streams/deals.ts';
import type { Registers } from '../../streams/registers.ts';
import { openPlaygroundDatabase } from '../database.ts';
import { answersTo, SampleRefused } from './answering.ts';
import { SAMPLE_COUNSEL, SAMPLE_DEALS, SAMPLE_REP, type SampleDeal } from './sample-deals.ts';
import { takeSampleList } from './sample-list.ts';

export interface SamplesOptions {
  dataDir: string;
  store: Pick<EventStore, 'list' | 'putDraft' | 'draft' | 'dropDraft'>;
  deals: Pick<Deals, 'open' | 'handle' | 'done' | 'view' | 'numberFor'>;
  registers: Pick<Registers, 'countries' | 'indicators' | 'screening' | 'policy'>;
  organisation: Organisation;
  clock: () => Date;
  logger: Logger;
}

const SCHEMA = 'create table if not exists samples (one integer primary key check (one = 1), done integer not null)';

/** The samples speak of the people of the sample organisation, under the default policy. */
export const sampleHome = (organisation: Organisation): Home | undefined => {
  const [channel] = clearanceChannelsIn(organisation, 'slack');
  return channel && { platform: 'slack', channel: channel.id };
};

const causeOf = (name: string, step: string): string => `sample:${name}:${step}`;

const MADE_UP = fileURLToPath(new URL('made-up-v-dem.csv', import.meta.url));

/** Data on the countries of the samples, so that a brief on one of them shows what it suggests. */
const importMadeUp = async ({ registers, clock }: SamplesOptions): Promise<void> => {
  const indicators = registers.policy()?.indicators ?? [];
  if (indicators.length === 0) return;
  const { version } = await readIndicators(createReadStream(MADE_UP), indicators, clock().getUTCFullYear());
  const imported = await registers.indicators.handle(
    {
      type: 'ImportIndicators',
      version: { ...version, from: basename(MADE_UP) },
      concerned: [],
      older: false,
      shorter: false,
    },
    { actor: SYSTEM, cause: causeOf('made-up', 'indicators') },
  );
  if (imported.kind === 'refused' && imported.refusal.code !== 'not now')
    throw new SampleRefused('indicators', imported.refusal.text);
};

const layOut = async (options: SamplesOptions): Promise<void> => {
  const { deals, registers, organisation, clock } = options;
  const place = sampleHome(organisation);
  if (!place) return;
  await importMadeUp(options);
  const layOutOne = async (name: string, { details, sections, handedOver, votes }: SampleDeal): Promise<void> => {
    const cause = (step: string): string => causeOf(name, step);
    const note = await registers.countries.handle(
      { type: 'NoteLaws', country: details.destination, looked: 'Sample note: the laws were looked at.' },
      { actor: SAMPLE_COUNSEL, cause: cause('laws') },
    );
    if (note.kind === 'refused') throw new SampleRefused('laws', note.refusal.text);
    const opened = await deals.open(
      { type: 'OpenDeal', home: place, details },
      { actor: SAMPLE_REP, cause: cause('open') },
    );
    if (opened.kind === 'refused') throw new SampleRefused('open', opened.refusal.text);
    let { view } = opened;
    /** What was done before a restart is not done again: people may have gone on since, and days have passed. */
    const act = async (step: string, actor: string, command: () => DealCommand): Promise<void> => {
      if (await deals.done(view.deal.id, cause(step))) return;
      const done = await deals.handle(view.deal.id, command(), { actor, cause: cause(step) });
      if (done.kind === 'refused') throw new SampleRefused(step, done.refusal.text);
      ({ view } = done);
    };
    for (const [section, given] of sections) {
      await act(section, SAMPLE_REP, () => ({
        type: 'AnswerSection',
        section,
        answers: answersTo(view, section, given),
      }));
    }
    if (handedOver) await act('hand-over', SAMPLE_REP, () => ({ type: 'HandOverSection', ...handedOver }));
    for (const { by, ballot, conditions = [] } of votes) {
      await act(`vote:${by}`, by, () => {
        if (view.deal.status !== 'deciding') throw new SampleRefused(by, 'nothing is to be decided');
        return {
          type: 'CastVote',
          step: view.deal.step,
          factsHash: view.deal.route.factsHash,
          ballot: {
            ...ballot,
            flags: Object.fromEntries(view.assessment.flags.map(({ id }) => [id, { opinion: 'uphold' as const }])),
            conditions: conditions.map(({ text, owner, dueInDays }, n) => ({
              id: `sample-${n + 1}`,
              text,
              owner,
              due: addDays(clock().toISOString().slice(0, 10), dueInDays),
            })),
          },
        };
      });
    }
  };
  for (const [name, sample] of Object.entries(SAMPLE_DEALS)) await layOutOne(name, sample);
};

/** Tells whether a sample deal is there: a data folder that had deals before never got any. */
const areThere = async ({ deals }: SamplesOptions): Promise<boolean> => {
  for (const name of Object.keys(SAMPLE_DEALS)) {
    if (await deals.view(deals.numberFor(causeOf(name, 'open')))) return true;
  }
  return false;
};

/**
 * Lays the samples out, once for each data folder and only where no deal is yet; goes on where it was cut off. Never
 * throws: a playground without samples still works. Resolves with whether there are any now.
 */
export const layOutSamples = async (options: SamplesOptions): Promise<boolean> => {
  const db = openPlaygroundDatabase(options.dataDir, SCHEMA);
  const put = db.prepare(
    'insert into samples (one, done) values (1, ?) on conflict (one) do update set done = excluded.done',
  );
  try {
    const done = db.prepare('select done from samples').pluck().get();
    if (done !== 1) {
      const isNew = done === undefined && (await options.store.list({ kind: 'deal', limit: 1 })).length === 0;
      if (isNew) put.run(0);
      if (isNew || done === 0) {
        await layOut(options);
        await takeSampleList(options.store, options.registers, options.clock);
      }
      put.run(1);
    }
    return await areThere(options);
  } catch (error) {
    options.logger.error('playground.no-samples', { error });
    return false;
  } finally {
    db.close();
  }
};
