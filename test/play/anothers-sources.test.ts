/**
 * The rep who names a source and hands the next section over: whoever answers it vouches for what they named, and for nothing that the form
 * took along from the rep.
 */

import { expect, it } from 'vitest';
import { sourcesOf, whoseSource } from '../../flows/deal/said/first-said.ts';
import { severalDeals } from '../support/between-deals.ts';
import { givesAll, PARTIES, playOf, type Play } from '../support/said-matrix-play.ts';

const SOURCE = { name: 'Annual survey', year: 2026, url: 'https://survey.example.org/a' };
const LAST = 'stakeholders';

/** The rep gave the sections before it on that source. */
const started = async (deals: ReturnType<typeof severalDeals>): Promise<Play> => {
  const play = playOf(deals, await deals.open(PARTIES), 'ordinary');
  await givesAll(play, ['end-user', LAST, 'context']);
  await play.gives('rep-1', 'end-user', { 'H-RF2': { value: 'no', sources: [], basis: { sources: [SOURCE] } } });
  return play;
};

const namedIn = async (play: Play, by: string): Promise<string[]> => {
  const opened = await play.form(by, 'deal.answer', LAST);
  const input = opened?.inputs.find(({ name }) => name === 'b:sources');
  expect(input).toBeDefined();
  const before = input && 'initial' in input.control ? input.control.initial : undefined;
  return [typeof before === 'string' ? before : ''].filter((text) => text !== '');
};

it('starts the next section of whoever named a source from it', async () => {
  const deals = severalDeals();
  try {
    expect(await namedIn(await started(deals), 'rep-1')).toEqual([expect.stringContaining(SOURCE.name)]);
  } finally {
    await deals.end();
  }
});

it('starts nobody else’s from it', async () => {
  const deals = severalDeals();
  try {
    const play = await started(deals);
    await play.does('rep-1', { type: 'HandOverSection', section: LAST, to: 'legal-1' });
    expect(await namedIn(play, 'legal-1')).toEqual([]);
    const opened = await play.form('legal-1', 'deal.answer', LAST);
    await opened!.send({ 'q:S1': 'They open letters for the security police.' });
    const { deal } = await play.view();
    const given = { ...deal.answers[LAST], ...deal.drafts[LAST] };
    expect(Object.values(given).flatMap(sourcesOf)).toEqual([]);
  } finally {
    await deals.end();
  }
});

it('says who named one with which the section was begun, under whatever stands on it', async () => {
  const deals = severalDeals();
  try {
    const play = await started(deals);
    const begun = { S3: { value: 'no' as const, sources: [], basis: { sources: [SOURCE] } } };
    await play.does('rep-1', { type: 'SaveSectionForLater', section: LAST, answers: begun });
    await play.does('rep-1', { type: 'HandOverSection', section: LAST, to: 'legal-1' });
    const basis = { sources: [SOURCE] };
    for (const type of ['SaveSectionForLater', 'AnswerSection'] as const) {
      const given = { S4: { value: 'no' as const, sources: [], basis } };
      await play.gives('legal-1', LAST, { S3: begun.S3, ...given }, type);
      const { deal } = await play.view();
      const answers = { ...deal.answers[LAST], ...deal.drafts[LAST] };
      expect(whoseSource(deal, answers['S4']!, SOURCE).by).toBe('rep-1');
    }
  } finally {
    await deals.end();
  }
});
