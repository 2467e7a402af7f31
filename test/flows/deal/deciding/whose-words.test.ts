/** What a vote asked for stays its voter's word: asked for after somebody did without, beside a colleague, or in a vote that did not count. */

import { describe, expect, it } from 'vitest';
import type { Ballot, Condition } from '../../../../flows/deal/deal.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { askersOf } from '../../../../flows/deal/rights/asked-together.ts';
import { openCarried } from '../../../../flows/deal/rights/carried.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { TIMED } from '../../../support/ticking.ts';

const LIMIT: Condition = { id: 'limit', text: 'Limit use', owner: 'product-1', due: '2027-06-01' };
const asking = (...conditions: Condition[]) =>
  ({ outcome: 'approve-with-conditions', conditions, leftOut: undefined }) satisfies Partial<Ballot>;
const without = (...ids: string[]) =>
  ({
    leftOut: ids.map((id) => ({ condition: { ...LIMIT, id }, askedBy: 'nobody', reason: 'It is done.' })),
  }) satisfies Partial<Ballot>;
const seniors = (organisation: Organisation, members: string[]): Organisation => ({
  ...organisation,
  groups: organisation.groups.map((g) => (g.id === 'senior' ? { ...g, members } : g)),
});
const context: DealContext = {
  ...TIMED,
  policy: aPolicy({ managerAlone: false, delegates: 'same-group', lighter: 'reason' }),
  organisation: seniors(TIMED.organisation, ['boss-1', 'senior-1']),
};
/** Compliance and a senior decide. */
const deal = (): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context);
const typo = (told: Story): Story =>
  told.and('rep-1', (v) => ({
    type: 'CorrectDetails',
    details: { ...v.deal.details, customer: `${v.deal.details.customer} B` },
    reason: 'A typing error',
  }));
/** `compliance-1, senior-1: Limit use`: whose word each is that the next vote takes over or leaves out. */
const open = ({ view }: Story): string[] =>
  openCarried(view).map(({ by, condition }) => `${askersOf({ askedBy: by, condition }).join(', ')}: ${condition.text}`);

describe('the same words', () => {
  it('of somebody who asks after a colleague did without wait, once that vote is void', () => {
    const told = typo(deal().vote('compliance-1', asking(LIMIT)))
      .vote('compliance-2', without('limit'))
      .vote('boss-1', asking({ ...LIMIT, id: 'theirs' }))
      .and('boss-1', { type: 'Recuse', reason: 'A cousin works there' });
    expect(open(told)).toEqual(['boss-1: Limit use']);
    told.when('senior-1', (v) => voteOf(v, { leftOut: undefined })).refused('not valid', /Sample Manager asked for/);
  });

  it('of two whose approval is reopened are both of theirs', () => {
    const told = deal()
      .vote('compliance-1', asking(LIMIT))
      .vote('senior-1', asking({ ...LIMIT, id: 'theirs' }));
    const { decision } = told.state as Extract<Story['state'], { status: 'decided' }>;
    expect(decision.conditions).toEqual([{ ...LIMIT, askedBy: 'compliance-1', askedAlso: ['senior-1'] }]);
    const again = told.and('compliance-2', { type: 'Reopen', reason: 'That was too easy' });
    expect(open(again)).toEqual(['compliance-1, senior-1: Limit use']);
  });

  it('of one who took them over, and asks for them by themself once somebody did without', () => {
    const four: DealContext = {
      ...context,
      organisation: seniors(TIMED.organisation, ['boss-1', 'senior-1', 'senior-2', 'counsel-1']),
    };
    const taken = story(answeredDeal({ 'H-RF1': 'yes' }), four)
      .vote('compliance-1')
      .vote('senior-1', asking(LIMIT))
      .and('senior-1', { type: 'Recuse', reason: 'A cousin works there' })
      .vote('senior-2', asking(LIMIT));
    expect(open(typo(taken))).toEqual(['senior-1: Limit use']);
    const own = typo(taken)
      .vote('compliance-1', without('limit'))
      .vote('senior-2', asking({ ...LIMIT, id: 'theirs', due: '2027-07-01' }));
    expect(open(typo(own))).toEqual(['senior-1, senior-2: Limit use']);
  });
});

describe('what a vote asked for that did not count', () => {
  it('waits where the others decided against the deal, and it is opened again', () => {
    const told = deal().vote('compliance-1').vote('boss-1', asking(LIMIT));
    const left: DealContext = { ...context, organisation: seniors(context.organisation, ['senior-1']) };
    const declined = story([], left).resume(told).vote('senior-1', { outcome: 'decline' });
    expect(declined.state).toMatchObject({ status: 'decided', decision: { outcome: 'declined' } });
    const again = declined.and('compliance-2', { type: 'Reopen', reason: 'They are back' });
    expect(open(again)).toEqual(['boss-1: Limit use']);
  });
});
