/** The oracle of calls that are not posted finds one that is lost. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../flows/deal/telling/notices.ts';
import { answeredDeal, story, type Story } from '../../support/story.ts';
import { asksLost } from './asks-left.ts';

const CALL: Fact = { fact: 'review wanted', step: 1 };
const owed = (posted: boolean, person = 'senior-1', fact: Fact = CALL, id = 'n-1') => ({ id, fact, person, posted });
const high = (): Story => story(answeredDeal({ 'H-RF1': 'yes' })).vote('compliance-1');
const nowhere = (): boolean => false;

describe('a call for a vote that was not posted', () => {
  it('is lost where nothing else asks for it', () => {
    expect(asksLost(high().view, [owed(false)], nowhere)).toHaveLength(1);
    expect(asksLost(high().view, [owed(true, 'senior-2'), owed(false)], nowhere)).toHaveLength(1);
    // A later one counts, an earlier one may have been settled.
    expect(asksLost(high().view, [owed(true, 'senior-1', CALL, 'n-0'), owed(false)], nowhere)).toHaveLength(1);
  });
  it('is not where it was posted, or asked later, or stands in the list that is shown', () => {
    expect(asksLost(high().view, [owed(true)], nowhere)).toEqual([]);
    expect(asksLost(high().view, [owed(false), owed(true, 'senior-1', CALL, 'n-2')], nowhere)).toEqual([]);
    expect(asksLost(high().view, [owed(false)], (person) => person === 'senior-1')).toEqual([]);
    expect(asksLost(high().view, [owed(false)], (person) => person === 'senior-2')).toHaveLength(1);
  });
  it('is not once the vote is there or the step is over', () => {
    const voted = high().vote('senior-1');
    expect(asksLost(voted.view, [owed(false)], nowhere)).toEqual([]);
    expect(asksLost(voted.view, [owed(false, 'counsel-1')], nowhere)).toHaveLength(1);
    expect(asksLost(voted.vote('counsel-1').view, [owed(false, 'senior-2')], nowhere)).toEqual([]);
  });
});

it('whatever only tells something is lost where it was not posted', () => {
  expect(asksLost(high().view, [owed(false, 'rep-1', { fact: 'votes voided' })], nowhere)).toHaveLength(1);
});
