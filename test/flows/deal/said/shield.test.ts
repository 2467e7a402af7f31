/** A product that protects, for an end-user in a repressive country: what the deal itself makes of it. */

import { describe, expect, it } from 'vitest';
import { catalogueAgainst } from '../../../../flows/deal/said/product-against.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, openPicture, pictureContext } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { walk, best, defaultPolicy } from '../../policy/deals.ts';

const REPRESSIVE: Record<string, FactValue> = Object.fromEntries(
  [
    'H-RF2',
    'H-RF3-conflict',
    'H-RF4',
    'H-RF5-oversight',
    'L-RF1',
    'L-RF2',
    'L-RF4-arbitrary',
    'L-RF8-control',
    'S5',
  ].map((id) => [id, 'yes']),
);
const SHIELD = { id: 'shield', name: 'Sample network protection', category: 'Network security' };

const opened = (): Line => {
  const [actor, command] = openPicture();
  if (command.type !== 'OpenDeal') throw new Error(command.type);
  return [actor, { ...command, details: { ...command.details, product: { id: SHIELD.id, name: SHIELD.name } } }];
};

const deal = (
  changed: Record<string, FactValue> = {},
  {
    able,
    category = SHIELD.category,
    edit = (line) => line,
  }: {
    able?: boolean;
    category?: string;
    edit?: (line: Line) => Line;
  } = {},
): Story => {
  const products: Organisation['products'] = [{ ...SHIELD, category, ...(able === undefined ? {} : { able }) }];
  const all = { ...REPRESSIVE, ...changed };
  const { asked } = walk(
    defaultPolicy,
    { endUser: 'government', intermediaries: false },
    (q) => all[q.id] ?? (q.kind === 'choices' ? [q.options[0]!.value] : best(q)),
  );
  const lines = [...new Set(asked.map((q) => q.section))].map((section) => edit(answerPicture(section, all)));
  return story([opened(), ...lines], pictureContext({ products }));
};
const tierOf = ({ view }: Story) => [view.assessment.tier, view.assessment.placed?.row];

describe('a DDoS shield for an election commission in a repressive country', () => {
  it('is elevated, and waits for nobody', () => {
    const told = deal();
    expect(tierOf(told)).toEqual(['elevated', 'no-people']);
    expect(told.view.assessment.placed?.column).toBe('serious');
    expect(told.view.assessment.openQuestions).toEqual([]);
    expect(told.state.status).toBe('deciding');
    expect(catalogueAgainst(told.view, told.view.facts.answers)).toEqual([]);
  });

  it('is high where P1 is not known, and no gap of it can be accepted', () => {
    const told = deal({ P1: 'unknown' });
    expect(tierOf(told)).toEqual(['high', 'collects']);
    told
      .when('compliance-1', { type: 'AcceptGaps', questions: ['P1'], reason: 'The customer told us so last week' })
      .refused('not now', /must be known/);
  });

  it.each<[string, object]>([
    ['nothing', { sources: [] }],
    ['a name alone', { sources: [{ name: 'Data sheet' }] }],
    [
      'a page of our own network',
      { sources: [{ name: 'Data sheet', year: 2026, url: 'https://wiki.internal/shield' }] },
    ],
  ])('is high where what it can do stands on %s', (_, stands) => {
    const told = deal(
      {},
      {
        edit: ([actor, command]) => {
          if (command.type !== 'AnswerSection' || command.section !== 'product') return [actor, command];
          const answers = Object.fromEntries(
            Object.entries(command.answers).map(([id, answer]) => [id, { ...answer, ...stands }]),
          );
          return [actor, { ...command, answers }];
        },
      },
    );
    expect(tierOf(told)).toEqual(['high', 'derives']);
    expect(told.view.assessment.openQuestions.map(({ id, why }) => [id, why])).toEqual(
      expect.arrayContaining([
        ['P1', 'no basis'],
        ['P2', 'no basis'],
      ]),
    );
  });

  it('counts as able where the catalogue has it in an able category, until somebody says why not, or marks it', () => {
    expect(() => deal({}, { category: 'Biometric identification' })).toThrow(/among those that can gather or analyse/);
    const told = deal({}, { category: 'Biometric identification', able: false });
    expect(tierOf(told)).toEqual(['elevated', 'no-people']);
    expect(catalogueAgainst(told.view, told.view.facts.answers)).toHaveLength(1);
    expect(tierOf(deal({ P2: 'yes' }, { able: true }))).toEqual(['high', 'derives']);
  });

  it('stays in scope: a "no" there waits for compliance, whatever the catalogue says', () => {
    for (const able of [true, false, undefined]) {
      const products = [{ ...SHIELD, ...(able === undefined ? {} : { able }) }];
      const told = story([opened(), answerPicture('scope', { 'G1-capability': 'no' })], pictureContext({ products }));
      expect(told.state.status).toBe('answering');
      expect(told.state).toHaveProperty('scopeSaid');
    }
  });
});
