/** Whoever sets aside what a colleague said of another deal, or in a hold on a like name, or makes a flag of theirs lighter, does not decide alone. */

import { describe, expect, it } from 'vitest';
import { allReadable } from '../../../../blocks/cards/others-words.ts';
import { asideItems } from '../../../../blocks/cards/set-aside.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { worriesOf } from '../../../../flows/deal/context/worries.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { evolve } from '../../../../flows/deal/evolve.ts';
import { scopeOwed } from '../../../../flows/deal/owing/confirmations.ts';
import type { OwnFlag } from '../../../../flows/deal/own-flag.ts';
import { scopeLeft } from '../../../../flows/deal/refusing/confirming.ts';
import { dismissersOf, settersAside } from '../../../../flows/deal/rights/set-aside.ts';
import type { ScopeSaid } from '../../../../flows/deal/said-shapes.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { PersonId } from '../../../../flows/ids.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import { aHold } from '../../../support/holds.ts';
import { pictureContext, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { dealNamed as dealOf, NOW, noteOf, told } from '../../../support/twins.ts';

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
  it('says what was said there to those who may read that deal or decide on this one, and no more than its kind to others', () => {
    const { view } = twin('compliance-2').and('compliance-1', dismiss);
    const reads = JSON.stringify(asideItems(view, allReadable(view)));
    expect(reads).toContain('A red flag was raised there (D-F1RST1): “It is a front of the secret police”');
    expect(reads).toContain('"person":"compliance-2"');
    const everybody = JSON.stringify(asideItems(view));
    expect(everybody).toContain('A red flag was raised there');
    expect(everybody).not.toMatch(/secret police|D-F1RST1/);
    // Whoever decides here reads the words, and not where they stand.
    expect(confirmPage(view)).toContain('A red flag was raised there: “It is a front of the secret police”');
    expect(confirmPage(view)).not.toContain('D-F1RST1');
  });
  it('was set aside in the words that stood there then', () => {
    const LATER = 'They will pick out marchers with it';
    const first = twin('compliance-2').and('compliance-1', dismiss);
    const again = told(first, flagged('compliance-2').and('senior-2', { ...FLAG, title: LATER }));
    expect(again.view.deal.ownFlags.map(({ status }) => status)).toEqual(['dismissed', 'pending']);
    const aside = JSON.stringify(asideItems(again.view, allReadable(again.view), true));
    expect(aside).toContain(FLAG.title);
    expect(aside).not.toContain(LATER);
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

describe('whoever set aside what others said of another deal', () => {
  // What was dismissed of another sale waits for itself.
  const SAME = { customer: 'Sample Road Agency' };
  const there = (by: string, settler = 'compliance-1', details = {}): Story =>
    dealOf('D-F1RST1', {}, { ...SAME, ...details })
      .and(by, FLAG)
      .and(settler, (view) => ({ type: 'DismissFlag', flag: view.deal.ownFlags.at(-1)!.id, reason: REASON }));
  const twin = (first: Story, details = {}): Story => told(dealOf('D-TW1N11', {}, { ...SAME, ...details }), first);

  it('does not decide alone on the next one with that end-user, and a colleague does', () => {
    const voted = twin(there('senior-2')).vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
    expect(missing(voted)).toBe(
      '1 more vote from somebody who did not set aside what others said of another deal with this end-user',
    );
    expect(isOver(voted.vote('compliance-2', weighed))).toBe(true);
    expect(isOver(twin(there('senior-2')).vote('compliance-2', weighed))).toBe(true);
  });
  it('is so where the end-user may be the same, and not where only the product and a company are', () => {
    const named = (name: string, more = {}) => ({ endUser: { name, kind: 'private' }, ...more });
    const first = there('senior-2', 'compliance-1', named('Sample Gulf Marines'));
    const like = twin(first, named('Gulf Marines Corps'));
    const voted = like.vote('compliance-1', weighed);
    expect(isOver(voted)).toBe(false);
    expect(missing(voted)).toContain('set aside what others said of another deal whose end-user may be the same');
    const { others } = like.view.deal;
    const sale = others!.worries!.map((worry) => ({ ...worry, shares: 'sale' as const }));
    expect(settersAside({ ...like.view.deal, others: { ...others!, worries: sale } })).toEqual([]);
  });
  it('is one who took a report back or lifted a hold of a colleague there, and not who lifted a suspension', () => {
    const ended = (of: 'hold' | 'report' | 'suspension', from: string): PersonId[] | undefined => {
      const { view } = dealOf('D-F1RST1');
      const one = { of, from, by: 'compliance-1', at: NOW, why: 'They shoot', reason: REASON };
      return worriesOf({ ...view, deal: { ...view.deal, endedAgainst: [one] } })[0]?.setAsideBy;
    };
    expect([ended('hold', 'compliance-2'), ended('report', 'senior-2')]).toEqual([['compliance-1'], ['compliance-1']]);
    expect([ended('hold', 'compliance-1'), ended('suspension', 'compliance-2')]).toEqual([undefined, undefined]);
  });
  it('is heard of though the later flag there was dismissed before, by somebody else', () => {
    const both = dealOf('D-F1RST1')
      .and('senior-2', FLAG)
      .and('senior-1', { ...FLAG, title: 'It is theirs, too' });
    const dismissed = (deal: Story, by: string, n: number): Story =>
      deal.and(by, ({ deal: { ownFlags } }) => ({ type: 'DismissFlag', flag: ownFlags[n]!.id, reason: REASON }));
    const one = dismissed(both, 'compliance-2', 1);
    const next = twin(one);
    expect(settersAside(next.view.deal)).toEqual(['compliance-2']);
    const after = told(next, dismissed(one, 'compliance-1', 0));
    expect(settersAside(after.view.deal).toSorted()).toEqual(['compliance-1', 'compliance-2']);
    expect(noteOf(after, dismissed(one, 'compliance-1', 0))).toBeUndefined();
  });
  it('leaves it to a colleague to confirm that it is out of scope', () => {
    const { view } = twin(there('senior-2'));
    expect(scopeLeft(view, 'compliance-1')).toBe(
      'You set aside what others said of another deal that this one has heard of, so a colleague confirms that it is out of scope: Sample Compliance Two.',
    );
    expect(scopeLeft(view, 'compliance-2')).toBeUndefined();
  });
  it('leaves it to the chief where each officer set aside another flag', () => {
    const raised = dealOf('D-F1RST1')
      .and('senior-2', FLAG)
      .and('senior-1', { ...FLAG, title: 'Their logo looks like that of a bank' });
    const by = (deal: Story, officer: string, n: number): Story =>
      deal.and(officer, ({ deal: { ownFlags } }) => ({ type: 'DismissFlag', flag: ownFlags[n]!.id, reason: REASON }));
    const one = by(raised, 'compliance-1', 0);
    expect(scopeLeft(one.view, 'compliance-1')).toContain('Sample Compliance Two.');
    const { view } = by(one, 'compliance-2', 1);
    for (const officer of ['compliance-1', 'compliance-2']) expect(scopeLeft(view, officer)).toContain('Sample Chief');
    expect(scopeLeft(view, 'chief-1')).toBeUndefined();
    const gone = [{ person: 'chief-1', delegate: 'compliance-1', from: '2027-02-01', until: '2027-04-01' }];
    const waits = { ...view, organisation: { ...view.organisation, absences: gone } };
    expect(scopeLeft(waits, 'compliance-1')).toContain('Sample Chief');
    expect(scopeOwed(view, { at: NOW } as ScopeSaid)[0]?.owers.map(({ person }) => person)).toContain('chief-1');
    // Nor is a third one, which the chief dismisses: then nobody confirms it alone.
    const third = by(
      by(raised.and('senior-1', { ...FLAG, title: 'Their door is painted in green' }), 'compliance-1', 0),
      'compliance-2',
      1,
    );
    const all = by(third, 'chief-1', 2).view;
    for (const officer of ['compliance-1', 'compliance-2', 'chief-1'])
      expect(scopeLeft(all, officer)).toMatch(/Everybody who could confirm it set aside/);
    // A holiday of the other is no way around it.
    const absences = [{ person: 'compliance-2', delegate: 'compliance-1', from: '2027-02-01', until: '2027-04-01' }];
    const alone = { ...one.view, organisation: { ...one.view.organisation, absences } };
    expect(scopeLeft(alone, 'compliance-1')).toContain('Sample Chief');
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
