/** A colleague's note under an answer that is asked again: left where it was, under another answer, it becomes nobody else's. */

import { expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, atOncePolicy, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const SECTION = atOncePolicy.question('K1')!.section;
const NOTE = 'Their captain told me that they will hunt strikers with it.';

const gives = (by: string, value: FactValue, note: string | undefined, why?: string): [string, DealCommand] => {
  const [, command] = answerPicture(SECTION, { K1: value });
  const { answers, ...rest } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
  const { note: _, ...given } = answers['K1']!;
  const K1 = { ...given, ...(note === undefined ? {} : { note }) };
  return [by, { ...rest, answers: { ...answers, K1 }, ...(why === undefined ? {} : { why }) } as DealCommand];
};

/** The colleague says that they know; the chief takes the stop back. */
const askedAgain = (): Story =>
  story(pictureDeal().slice(0, 2), pictureContext())
    .and('rep-1', { type: 'HandOverSection', section: SECTION, to: 'product-1' })
    .and(...gives('product-1', 'yes', NOTE))
    .and('chief-1', { type: 'Reopen', reason: 'The captain is gone.' });

const noted = ({ view }: Story) => view.deal.answers[SECTION]?.['K1']?.note;

it.each<[FactValue, string | undefined]>([
  ['unknown', 'She took it back to the chief.'],
  ['no', 'The captain is gone, as the chief says.'],
])('is taken from under “%s” that the rep gives, and stays to be read as the colleague’s', (value, why) => {
  const again = askedAgain();
  expect(again.view.deal.drafts[SECTION]?.['K1']?.note).toBe(NOTE);
  const given = again.and(...gives('rep-1', value, NOTE, why));
  expect(noted(given)).toBeUndefined();
  expect(given.view.deal.reworded).toMatchObject([{ question: 'K1', note: NOTE, by: 'product-1', changedBy: 'rep-1' }]);
  expect(JSON.stringify(saidBefore(given.view))).toContain(NOTE);
});

it('stays where the rep gives the same answer, as the colleague’s', () => {
  const given = askedAgain().and(...gives('rep-1', 'yes', NOTE));
  expect(given.view.deal.status).toBe('stopped');
  const { answers } = given.view.deal;
  expect(answers[SECTION]?.['K1']).toMatchObject({ note: NOTE, noted: { by: 'product-1' } });
});

it('is taken from a draft, too', () => {
  const [, given] = gives('rep-1', 'unknown', NOTE);
  const { answers } = given as Extract<DealCommand, { type: 'AnswerSection' }>;
  const saved = askedAgain().and('rep-1', { type: 'SaveSectionForLater', section: SECTION, answers });
  const on = saved.and(
    ...gives('rep-1', 'unknown', saved.view.deal.drafts[SECTION]?.['K1']?.note, 'She took it back.'),
  );
  expect(noted(on)).toBeUndefined();
  expect(JSON.stringify(saidBefore(on.view))).toContain(NOTE);
});

it('a source that the rep turns by its signs is the rep’s, and the colleague’s stays to be read', () => {
  const of = (name: string) => [{ name, year: 2026, url: 'https://reports.example.org/z' }];
  const [theirs, turned] = [
    'Register of strikers, farms no: phones are read.',
    'Register of strikers? Farms. No phones are read.',
  ];
  const given = (by: string, name: string): [string, DealCommand] => {
    const [, command] = answerPicture('scope');
    const { answers, ...rest } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
    const G1 = { ...answers['G1-capability']!, sources: of(name) };
    return [by, { ...rest, answers: { ...answers, 'G1-capability': G1 } } as DealCommand];
  };
  const deal = story(pictureDeal().slice(0, 1), pictureContext())
    .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
    .and(...given('product-1', theirs))
    .and(...given('rep-1', turned));
  expect(deal.view.deal.answers['scope']?.['G1-capability']?.sourced).toBeUndefined();
  expect(JSON.stringify(deal.view.deal.reworded)).toContain(theirs);
});

it('a source left under another answer stays the colleague’s, and is read where the rep takes it away after that', () => {
  const of = (name: string) => [{ name, year: 2026, url: 'https://reports.example.org/z' }];
  const theirs = 'Register of strikers whose phones are read with it';
  const given = (by: string, value: FactValue, name: string, why?: string): [string, DealCommand] => {
    const [, command] = answerPicture('scope');
    const { answers, ...rest } = command as Extract<DealCommand, { type: 'AnswerSection' }>;
    const G1 = { ...answers['G1-capability']!, value, sources: of(name) };
    return [by, { ...rest, answers: { ...answers, 'G1-capability': G1 }, ...(why ? { why } : {}) } as DealCommand];
  };
  const left = story(pictureDeal().slice(0, 1), pictureContext())
    .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
    .and(...given('product-1', 'unknown', theirs))
    .and(...given('rep-1', 'yes', theirs));
  expect(left.view.deal.answers['scope']?.['G1-capability']).toMatchObject({
    by: 'rep-1',
    sourced: { by: 'product-1' },
  });
  const gone = left.and(...given('rep-1', 'yes', 'Sample country report'));
  expect(JSON.stringify(gone.view.deal.reworded)).toContain(theirs);
  expect(JSON.stringify(saidBefore(gone.view))).toContain(theirs);
});
