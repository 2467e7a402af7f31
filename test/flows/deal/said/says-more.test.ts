/** The rep who asks a colleague for harmless favours, so that her grave word is pushed off by her own. */

import { describe, expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import { saidBeside } from '../../../../flows/deal/context/words-said.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, openNamed } from '../../../support/twins.ts';

const BUREAU = { name: 'Sluice Watch Bureau', role: 'operator for the secret police' };
const WHY = 'Their clerk told me that it lists who goes to the mosque.';
const FAVOURS = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta'];

const opened = (by: string): Story =>
  openNamed(
    'D-F1RST1',
    { endUser: { name: 'Kairat Water Works', kind: 'government' }, intermediaries: [] },
    pictureContext(),
    by,
  );
const correct = (deal: Story, by: string, more: Partial<DealDetails>, reason: string): Story =>
  deal.and(by, { type: 'CorrectDetails', details: { ...deal.view.deal.details, ...more }, reason });
const adds = (deal: Story, by: string, name: string, role: string, reason: string): Story =>
  correct(deal, by, { intermediaries: [...deal.view.deal.details.intermediaries, { name, role }] }, reason);

/** The colleague opens it, names the Bureau, does favours, and gives it to the rep, who takes out all of them. */
const played = (favours: readonly string[]): Story => {
  const named = adds(opened('product-1'), 'product-1', BUREAU.name, BUREAU.role, WHY);
  const more = favours.reduce((deal, name) => adds(deal, 'product-1', name, 'reseller', `Please add ${name}.`), named);
  const given = more.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'It is yours now.' });
  return correct(given, 'rep-1', { intermediaries: [] }, 'They sell to us directly now.');
};
/** Then she corrects the day of signing for the rep, many times. */
const withDays = (deal: Story): Story =>
  Array.from({ length: 14 }, (_, n) => n + 10)
    .reduce(
      (all, day) => correct(all, 'product-1', { expectedSigning: `2028-01-${day}` }, `Offer number ${day}.`),
      deal.and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please do the offers.' }),
    )
    .and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'Yours again.' });

describe('a colleague’s reason for a company in between', () => {
  it.each([
    ['alone', played([])],
    ['among her favours', played(FAVOURS)],
    ['among her favours and many offers', withDays(played(FAVOURS))],
  ])('stands first among hers: %s', (_, deal) => {
    const form = JSON.stringify(confirmLighterForm(deal.view));
    expect(form).toContain(`operator for the secret police`);
    const against = contradictions(deal.view).join('\n');
    expect(against).toMatch(/named “Sluice Watch Bureau, operator[^\n]*here \(“Their clerk/u);
    expect(against).toMatch(/wrote beside what they did here: “Their clerk/u);
    const first = saidBeside(deal.view, deal.events).find(({ by }) => by === 'product-1');
    expect(first).toMatchObject({ text: WHY });
    expect(JSON.stringify(saidBefore(deal.view))).toContain(WHY);
  });

  it('is kept with its day where she asked for the deal and another takes it out', () => {
    expect(played([]).view.deal.putIn).toMatchObject([{ ...BUREAU, by: 'product-1', why: WHY }]);
  });
});

it('what moved the deal goes before what did not, then the latest', () => {
  const deal = withDays(
    adds(opened('product-1'), 'product-1', 'Kairat Carriers', 'carrier', 'They carry it.').and('product-1', {
      type: 'ReassignOwner',
      to: 'rep-1',
      reason: 'Yours.',
    }),
  );
  const hers = saidBeside(deal.view, deal.events).flatMap(({ by, text }) => (by === 'product-1' ? [text] : []));
  expect(hers.slice(0, 3)).toEqual(['They carry it.', 'Yours again.', 'Offer number 23.']);
});

it('what moved the deal is kept however much is written after it', () => {
  const moved = adds(opened('product-1'), 'product-1', 'Kairat Carriers', 'carrier', 'They carry it.');
  const days = Array.from({ length: 45 }, (_, n) => new Date(Date.UTC(2028, 0, n + 1)).toISOString().slice(0, 10));
  const deal = days.reduce((all, day) => correct(all, 'product-1', { expectedSigning: day }, `For ${day}.`), moved);
  const { remarks = [] } = deal.view.deal;
  expect(remarks.map(({ text }) => text)).toContain('They carry it.');
  expect(remarks).toHaveLength(40);
});

it('a condition that was accepted as met is read in a reassessment, which asks for none of it', () => {
  const text = 'Have the board sign a clause on wardens.';
  const approved = dealNamed('D-F1RST1', { 'H-RF1': 'no' }, { endUser: { name: 'Knot Works', kind: 'private' } }).vote(
    'compliance-1',
    {
      outcome: 'approve-with-conditions',
      noStake: true,
      conditions: [{ id: 'c1', text, owner: 'rep-1', due: '2027-06-01' }],
    },
  );
  const wordsIn = ({ view, events }: Story): string[] => saidBeside(view, events).map((one) => one.text);
  const met = approved.and('rep-1', { type: 'MeetCondition', condition: 'c1', text: 'They signed it.', sources: [] });
  expect(wordsIn(met)).not.toContain(text);
  const accepted = met.and('compliance-1', { type: 'AcceptCondition', condition: 'c1' });
  expect(saidBeside(accepted.view, accepted.events)).toContainEqual(
    expect.objectContaining({ of: 'condition', text, by: 'compliance-1' }),
  );
});
