/** Whoever sets aside what a colleague said of another deal, or in a hold on a like name, or makes a flag of theirs lighter, does not decide alone. */

import { describe, expect, it } from 'vitest';
import { allReadable } from '../../../../blocks/cards/others-words.ts';
import { asideItems } from '../../../../blocks/cards/set-aside.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { evolve } from '../../../../flows/deal/evolve.ts';
import type { OwnFlag } from '../../../../flows/deal/own-flag.ts';
import { dismissersOf, settersAside } from '../../../../flows/deal/rights/set-aside.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import { aHold } from '../../../support/holds.ts';
import { pictureContext, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { dealNamed as dealOf, NOW, told } from '../../../support/twins.ts';

const FLAG = { type: 'RaiseFlag', title: 'It is a front of the secret police' } as const;
const REASON = 'Nothing of the kind here';
const waiting = ({ deal }: DealView): OwnFlag => deal.ownFlags.findLast(({ status }) => status === 'pending')!;
const dismiss = (view: DealView): DealCommand => {
  const flag = waiting(view);
  return { type: 'DismissFlag', flag: flag.id, reason: REASON, seen: flagShown(view, flag) };
};
const admit =
  (weight: 'light' | 'moderate' | 'severe') =>
  (view: DealView): DealCommand => ({
    type: 'AdmitFlag',
    flag: waiting(view).id,
    seen: flagShown(view, waiting(view)),
    weight,
    reason: 'Our office often says so',
  });
const isOver = (deal: Story): boolean => deal.view.deal.status !== 'deciding' || deal.view.deal.step > 0;
const missing = ({ view }: Story): string => missingWords(view, view.deal as DecidingDeal);

describe('a flag that tells what a colleague said of another deal', () => {
  const flagged = (...by: string[]): Story => by.reduce((deal, one) => deal.and(one, FLAG), dealOf('D-F1RST1'));
  const twin = (...by: string[]): Story => told(dealOf('D-TW1N11'), flagged(...by));

  it('is not dismissed and the deal then approved by one alone', () => {
    const voted = twin('compliance-2').and('compliance-1', dismiss).vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
    expect(missing(voted)).toBe('1 more vote from somebody who did not dismiss a flag that others raised');
    expect(isOver(voted.vote('compliance-2', weighed))).toBe(true);
  });
  it('is so where they raised one there themself, too', () => {
    const voted = twin('compliance-2', 'compliance-1').and('compliance-1', dismiss).vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
  });
  it('costs nobody a vote where it is their own', () => {
    const voted = twin('compliance-1').and('compliance-1', dismiss).vote('compliance-1', weighed);
    expect(voted.view.deal.ownFlags[0]).not.toHaveProperty('over');
    expect(isOver(voted)).toBe(true);
  });
  it('is not admitted as light by one alone either', () => {
    const voted = twin('compliance-2').and('compliance-1', admit('light')).vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
  });
  it('says what was said there to those who may read that deal, and no more than its kind to others', () => {
    const { view } = twin('compliance-2').and('compliance-1', dismiss);
    const reads = JSON.stringify(asideItems(view, allReadable(view)));
    expect(reads).toContain('A red flag was raised there (D-F1RST1): “It is a front of the secret police”');
    expect(reads).toContain('"person":"compliance-2"');
    for (const words of [JSON.stringify(asideItems(view)), confirmPage(view)]) {
      expect(words).toContain('A red flag was raised there');
      expect(words).not.toMatch(/secret police|D-F1RST1/);
    }
  });
  it('says before it is dismissed what that means', () => {
    const { view } = twin('compliance-2');
    const form = JSON.stringify(settleFlagForm(view, view.deal.ownFlags[0]!.id, { verdict: 'dismiss' }));
    expect(form).toContain('If you dismiss it, you do not decide alone after that');
  });
});

describe('a colleague’s hold on somebody called much like a party', () => {
  const HOLD = aHold({
    id: 'hold-9',
    on: { of: 'end-user', name: 'Mellieha Ridge Guard', key: 'melliehaRidgeguard' },
    by: 'compliance-2',
    reason: 'They guard the camps',
  });
  const asked = (): Story => {
    const context = pictureContext({ holds: [HOLD] });
    const deal = dealOf('D-L1KE11', {}, {}, context);
    const raised: DealEvent = {
      type: 'FlagRaised',
      flag: 'like-1',
      title: 'Is it them?',
      pending: true,
      weight: 'severe',
      hit: true,
      like: { hold: HOLD.id, party: 'Mellieha Ridges Guard', as: ['end-user'], destination: 'NO' },
      by: 'system',
      at: NOW,
    };
    return story([], context).resume({ state: evolve(deal.state, raised), events: [...deal.events, raised] });
  };
  it('is among what was set aside where somebody says that it is another party', () => {
    const { view } = asked().and('compliance-1', dismiss);
    expect(dismissersOf(view.deal)).toEqual(['compliance-1']);
    expect(JSON.stringify(asideItems(view, new Set()))).toMatch(
      /much like somebody on hold.*Mellieha Ridges Guard.*They guard the camps.*compliance-2.*Nothing of the kind here/,
    );
    expect(JSON.stringify(asideItems(view))).not.toContain('They guard the camps');
    expect(confirmPage(view)).toContain('They guard the camps');
  });
});

describe('a flag that somebody else raised', () => {
  const raised = (): Story => dealOf('D-F1RST1').and('compliance-2', FLAG);
  it('is not made lighter and the deal then approved by one alone', () => {
    const voted = raised().and('compliance-1', admit('light')).vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
    expect(missing(voted)).toBe(
      '1 more vote from somebody who did not admit a flag of others as lighter than it waited',
    );
    expect(isOver(voted.vote('compliance-2', weighed))).toBe(true);
  });
  it('stands on the page that is signed as it waited, with who made it lighter and why', () => {
    const page = confirmPage(raised().and('compliance-1', admit('light')).view);
    expect(page).toMatch(
      /A flag was admitted as light \(it waited as moderate\).*secret police.*Our office often says so/,
    );
  });
  it('costs nothing where it is admitted as heavy as it waited, or heavier', () => {
    for (const weight of ['moderate', 'severe'] as const)
      expect(settersAside(raised().and('compliance-1', admit(weight)).view.deal)).toEqual([]);
  });
});
