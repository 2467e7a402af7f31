/** Reassessment of an approved deal in words: its cause, its progress, and the state of the old approval. */

import { describe, expect, it } from 'vitest';
import { conditionsCard } from '../../../blocks/cards/conditions.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { reassessmentText } from '../../../blocks/cards/reassessment-words.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { sectionCard } from '../../../blocks/cards/section.ts';
import type { Hold } from '../../../flows/hold.ts';
import { anOrganisation, aView, NOW } from '../../support/deal-builders.ts';
import { askedAgainDeal, decidedAgain, overTheYears, replacedApproval, toReassess } from '../../support/every-deal.ts';
import { actionsOf, plain, plainText } from './plain.ts';

const named = (name: string) => {
  const found = overTheYears.find(([of]) => of === name);
  if (!found) throw new Error(`no deal: ${name}`);
  return found[1];
};
const labels = (card: Parameters<typeof actionsOf>[0]): string[] => actionsOf(card).map(({ label }) => label);

describe('the root card', () => {
  it('says of what a sheet brings that it is of the product, or of the country', () => {
    const task = { trigger: 'A3' as const, why: 'It says worse', by: 'product-1', since: NOW, due: '2027-06-01' };
    const words = (id: string, trigger: 'A3' | 'A5') => plainText(reassessmentText(aView(), { ...task, id, trigger }));
    expect(words('sheet-product:analytics:2', 'A3')).toContain('Something new about the product: “It says worse”');
    expect(words('sheet-country:NO:2', 'A5')).toContain('Something new about the country: “It says worse”');
    expect(words('change-1', 'A3')).toContain('Something new with this customer');
  });
  it('says what asks for a reassessment, the earliest first, each with its point of the Guidance', () => {
    const card = rootCard(aView(toReassess));
    const text = plain(card);
    expect(text).toContain('Approved, reassessment overdue. Waiting for @rep-1.');
    expect(text).toMatch(
      /Overdue\. .*A country alert: “Elections were called off” Source: .*Guidance 7, bullet 2, item 4\./,
    );
    expect(text).toContain(
      'Something new with this customer: “They want to connect it to their border cameras” @senior-1.',
    );
    expect(text).toMatch(/The licence is renewed\. Reassess before 12 April 2027\.\S* ?Guidance 7, bullet 2, item 1\./);
    // Two years are left until the contract's.
    expect(text).not.toMatch(/The contract is renewed\./);
    expect(text).toContain('Renewals: licence renewed on 12 April 2027, contract renewed on 1 June 2029.');
    expect(labels(card)).toEqual([
      'Start the reassessment',
      'Something changed',
      'Export licence',
      'Why?',
      'Raise a flag',
      'More',
    ]);
    expect(card.blocks[0]).toMatchObject({ tone: 'attention' });
  });

  it('hides no report behind those of the deal’s own team', () => {
    const reported = toReassess.reassessments?.find(({ by }) => by === 'senior-1');
    if (!reported) throw new Error('nothing is reported');
    const own = Array.from({ length: 18 }, (_, i) => ({
      ...reported,
      id: `own-${i}`,
      by: 'rep-1',
      why: `New office address ${i}`,
      due: '2027-01-01',
    }));
    const text = plain(rootCard(aView({ ...toReassess, reassessments: [...own, reported] })));
    expect(text).toContain('They want to connect it to their border cameras');
    expect(text).toMatch(/And \d+ more, reported by who asked for the deal: the dossier has all\./);
  });

  it('asks for the renewal dates of an approved deal that has none', () => {
    const card = rootCard(aView(replacedApproval));
    expect(plain(card)).toContain('Renewals: not set. @rep-1: when is the licence or the contract renewed?');
    expect(labels(card)).toContain('Renewal dates');
    expect(plain(rootCard(aView(named('no renewal is foreseen'))))).toContain('Renewals: none. @rep-1: “Sold once”');
  });

  it('keeps the approval in sight while it is reassessed, with its conditions', () => {
    for (const deal of [askedAgainDeal, decidedAgain({ 'H-RF3': 'yes' })]) {
      const text = plain(rootCard(aView(deal)));
      expect(text).toContain('Approved on 12 March 2027; reassessment overdue, under way. Waiting for ');
      expect(text).toContain('End access on misuse');
      expect(labels(rootCard(aView(deal)))).not.toContain('Start the reassessment');
    }
  });

  it('says that the next section takes one click, where it does', () => {
    expect(plain(rootCard(aView(askedAgainDeal)))).toContain(
      'Next: confirm Product or change it (1 click if nothing changed).',
    );
  });

  it('names the conditions that ended with the approval of before', () => {
    const ended =
      /Open when the approval of 10 March 2027 ended, and not taken over\. Nobody has to keep this any more:/;
    for (const card of [rootCard, conditionsCard]) {
      expect(plain(card(aView(replacedApproval)))).toMatch(ended);
      expect(plain(card(aView(replacedApproval)))).toContain('Train the users');
    }
    for (const name of ['declined anew', 'out of scope after all']) {
      const text = plain(rootCard(aView(named(name))));
      expect(text).toContain('The approval of 10 March 2027 does not count any more.');
      expect(text).toContain('End access on misuse');
    }
  });
});

describe('a section that is asked again', () => {
  it('shows what was said then, and one click for "still so" where nobody began to change it', () => {
    const card = sectionCard(aView(askedAgainDeal), 'product');
    expect(plain(card)).toContain('What was said when it was approved on 12 March 2027:');
    expect(plain(card)).toContain('How available is it?');
    expect(labels(card)).toEqual(['Nothing changed here', 'Change', 'Who might know?']);
    const begun = sectionCard(aView(askedAgainDeal), 'record');
    expect(labels(begun)).toEqual(['Change', 'Who might know?']);
    expect(plain(begun)).toContain('Are there reports of misuse by this end-user? Yes.');
    expect(plain(begun)).toContain('1 of 3 answered now, not counted yet.');
  });
});

describe('what approvers see', () => {
  it('is the difference first of all, or that there is none', () => {
    const changed = plain(reviewCard(aView(decidedAgain({ 'H-RF1': 'yes', 'H-RF3': 'yes' })), 0));
    expect(changed).toMatch(
      /What changed since the approval of 12 March 2027:.*\n.*Flag: Conflict in the region.*\n.*Is there a conflict in the region\?/,
    );
    expect(changed).not.toContain('Are there reports of misuse');
    expect(plain(reviewCard(aView(decidedAgain({ 'H-RF1': 'yes' })), 0))).toContain(
      'By its answers, nothing changed since the approval of 12 March 2027.',
    );
  });
});

it('the private message that calls them shows the difference, holds and alerts', () => {
  const hold = {
    id: 'h-1',
    on: { of: 'deal', deal: 'D-7K3QXM' },
    stop: ['support'],
    because: 'breach',
    reason: 'Sample reason',
    by: 'compliance-1',
    at: NOW,
    review: '2027-05-01',
  } as unknown as Hold;
  const deal = decidedAgain({ 'H-RF1': 'yes', 'H-RF3': 'yes' });
  const country = deal.details.destination;
  const alert = { id: 'a-1', country, why: 'Elections were called off', on: '2027-03-01', by: 'compliance-1', at: NOW };
  const organisation = { ...anOrganisation(), holds: [hold], alerts: [alert] };
  const call = { fact: 'review wanted', step: 0 } as const;
  const told = plain(factCard(aView(deal, { organisation }), call, {}, { to: 'person', person: 'compliance-1' }));
  expect(told).toMatch(/What changed since the approval of 12 March 2027:.*\n.*Flag: Conflict in the region/);
  expect(told).toContain('On hold: ');
  expect(told).toContain('Country alert: ');
});

describe('the new decision', () => {
  it('says what it takes the place of, and asks for the next renewal', () => {
    const told = { to: 'person', person: 'rep-1' } as const;
    const card = factCard(aView(replacedApproval), { fact: 'decided' }, {}, told);
    expect(plain(card)).toContain('This takes the place of the approval of 10 March 2027.');
    expect(plain(card)).toContain('Train the users');
    expect(plain(card)).toContain('Renewals: not set.');
    expect(labels(card)).toEqual(['Renewal dates', 'Why?']);
  });
});
