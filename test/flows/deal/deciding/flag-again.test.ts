/** A flag is dismissed of one party, and the rep then names another: the dismissal was said of the first one alone. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { factsOf } from '../../../../flows/deal/view.ts';
import { waitsOf } from '../../../../flows/lists/waits.ts';
import { answerPicture, pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';
import { openNamed } from '../../../support/twins.ts';

const TITLE = 'The Sierra Brigade beats prisoners, and may be behind this guard.';
const REASON = 'The Sierra Brigade is another one, this guard has nothing to do with it.';

const correct = (told: Story, more: Partial<DealDetails>): Story =>
  told.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...told.view.deal.details, ...more },
    reason: 'They sign the contract.',
  });
const idOf = (told: Story): string => told.view.deal.ownFlags[0]?.id ?? '';
const dismiss = (told: Story, reason = REASON): Story =>
  told.and('compliance-1', { type: 'DismissFlag', flag: idOf(told), reason });
const dismissed = (): Story =>
  dismiss(story(pictureDeal(), pictureContext()).and('product-1', { type: 'RaiseFlag', title: TITLE }));
const statusOf = ({ view }: Story): string | undefined => view.deal.ownFlags[0]?.status;
const { endUser } = dismissed().view.deal.details;
const CASES: [who: string, more: Partial<DealDetails>][] = [
  ['end-user', { endUser: { ...endUser, name: 'Sierra Brigade' } }],
  ['customer', { customer: 'Sierra Brigade' }],
  ['company in between', { intermediaries: [{ name: 'Sierra Brigade', role: 'agent' }] }],
];

describe('a flag that was dismissed', () => {
  it.each(CASES)('waits again, once, when the %s is another, and says why', (_who, more) => {
    const before = dismissed();
    expect(statusOf(before)).toBe('dismissed');
    const shown = flagShown(before.view, before.view.deal.ownFlags[0]!);
    const after = correct(before, more);
    expect(statusOf(after)).toBe('pending');
    const [flag] = after.view.deal.ownFlags;
    expect(flag).toMatchObject({ title: TITLE, by: 'product-1', again: { reason: REASON, settledBy: 'compliance-1' } });
    expect(flag).not.toHaveProperty('reason');
    // Compliance is told, since when it waits again, and what it said before.
    expect(toldOf(noticesBetween(before, after), 'own flag raised')).toEqual(
      expect.arrayContaining(['thread', 'compliance-1']),
    );
    expect(waitsOf(after.view).find(({ of }) => of === 'flag')?.since).toBe(flag?.again?.at);
    for (const drawn of [
      factCard(after.view, { fact: 'own flag raised', flag: idOf(after) }, {}, { to: 'thread' }),
      settleFlagForm(after.view, idOf(after)),
      whyForm(after.view),
    ]) {
      expect(JSON.stringify(drawn)).toContain('Dismissed before');
      expect(JSON.stringify(drawn)).toContain(REASON);
    }
    expect(contradictions(after.view).join()).toContain(TITLE);
    // A form of before dismisses it not of the other one.
    after
      .when('compliance-1', { type: 'DismissFlag', flag: idOf(after), reason: REASON, seen: shown })
      .refused('facts changed');
    const settled = dismiss(after, 'The brigade is in another country.');
    expect(statusOf(settled)).toBe('dismissed');
    expect(statusOf(correct(settled, { valueBand: 'under-50k' }))).toBe('dismissed');
    expect(statusOf(correct(settled, { valueBand: 'over-10m' }))).toBe('pending');
  });

  it('waits again where compliance sends a correction back, of which alone it was dismissed', () => {
    const [, more] = CASES[0]!;
    const corrected = correct(
      story(pictureDeal(), pictureContext()).and('product-1', { type: 'RaiseFlag', title: TITLE }),
      more,
    );
    const asOf = corrected.view.deal.lighterSaid?.at ?? '';
    expect(asOf).not.toBe('');
    const settled = dismiss(corrected, 'This is the other guard.');
    expect(statusOf(settled)).toBe('dismissed');
    const back = settled.and('compliance-1', { type: 'RefuseLighter', asOf, reason: 'Their contract says otherwise.' });
    expect(back.view.deal.details.endUser.name).toBe(endUser.name);
    expect(statusOf(back)).toBe('pending');
    expect(toldOf(noticesBetween(settled, back), 'own flag raised')).toContain('compliance-2');
  });

  it('waits again where the country, the kind of end-user or the product is another, too', () => {
    const before = dismissed();
    const kind = before.view.deal.details.endUser.kind === 'private' ? 'government' : 'private';
    for (const more of [
      { destination: 'SE' },
      { endUser: { ...endUser, kind } as const },
      { product: { id: 'other', name: 'Quadro lamp' } },
    ])
      expect(statusOf(correct(before, more))).toBe('pending');
  });

  it('stays so where nothing is another, and one that was admitted as the heaviest counts as before', () => {
    const before = dismissed();
    const customer = ` ${before.view.deal.details.customer.toUpperCase()}.`;
    expect(statusOf(correct(before, { customer }))).toBe('dismissed');
    const open = story(pictureDeal(), pictureContext()).and('product-1', { type: 'RaiseFlag', title: TITLE });
    const admitted = open.and('compliance-1', { type: 'AdmitFlag', flag: idOf(open), weight: 'severe' });
    expect(statusOf(correct(admitted, { customer: 'Sierra Brigade' }))).toBe('admitted');
  });

  it('waits again, and counts meanwhile as it was raised, where it was admitted of others as less than the heaviest', () => {
    const [, more] = CASES[0]!;
    const open = story(pictureDeal(), pictureContext()).and('product-1', { type: 'RaiseFlag', title: TITLE });
    const elsewhere = correct(open, more);
    const why = 'It speaks of another guard.';
    for (const weight of ['light', 'moderate'] as const) {
      const admitted = elsewhere.and('compliance-1', { type: 'AdmitFlag', flag: idOf(open), weight, reason: why });
      expect(factsOf(admitted.view.deal, admitted.view.policy).ownFlags).toMatchObject([{ weight }]);
      // The rep names the first party once more.
      const back = correct(admitted, { endUser });
      const [flag] = back.view.deal.ownFlags;
      expect(flag).toMatchObject({ status: 'pending', weight: 'moderate', again: { as: weight, reason: why } });
      expect(flag).not.toHaveProperty('waited');
      expect(factsOf(back.view.deal, back.view.policy).ownFlags).toMatchObject([{ weight: 'moderate' }]);
      expect(toldOf(noticesBetween(admitted, back), 'own flag raised')).toContain('compliance-1');
      const words = [
        factCard(back.view, { fact: 'own flag raised', flag: idOf(back) }, {}, { to: 'thread' }),
        settleFlagForm(back.view, idOf(back)),
        whyForm(back.view),
      ].map((drawn) => JSON.stringify(drawn));
      for (const drawn of words) {
        expect(drawn).toContain(`Counted as ${weight} before`);
        expect(drawn).toContain(why);
        expect(drawn).not.toContain('It does not count yet');
      }
      expect(words[0]).toContain('Until it is settled it counts as moderate.');
      const settled = back.and('compliance-2', { type: 'AdmitFlag', flag: idOf(back), weight: 'severe' });
      expect(settled.view.deal.ownFlags).toMatchObject([{ status: 'admitted', weight: 'severe' }]);
      expect(statusOf(correct(settled, more))).toBe('admitted');
    }
  });

  it('is as it was in a deal of before this was asked', () => {
    const after = correct(dismissed(), { customer: 'Sierra Brigade' });
    const old = after.events.map(({ ...event }) => {
      if (event.type === 'DetailsCorrected') delete event.flagsAgain;
      return event;
    });
    expect(replay(old)).toMatchObject({ ownFlags: [{ status: 'dismissed', reason: REASON }] });
  });
});

describe('a flag of a colleague to whom the rep handed a section', () => {
  const handed = story(pictureDeal(), pictureContext()).and('rep-1', {
    type: 'HandOverSection',
    section: 'product',
    to: 'product-1',
  });
  it('waits for compliance, who weigh it, as anybody else’s does', () => {
    expect(handed.view.deal.team).toContain('product-1');
    const told = handed.and('product-1', { type: 'RaiseFlag', title: TITLE });
    expect(told.view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
    const admitted = told.and('compliance-1', ({ deal }) => ({
      type: 'AdmitFlag',
      flag: deal.ownFlags[0]!.id,
      weight: 'severe',
    }));
    expect(admitted.view.deal.ownFlags).toMatchObject([{ status: 'admitted', weight: 'severe' }]);
  });
  it('waits where it is of who handed it over, too, and counts at once where they work alone', () => {
    const told = handed.and('rep-1', { type: 'RaiseFlag', title: TITLE });
    expect(told.view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
    const alone = story(pictureDeal(), pictureContext()).and('rep-1', { type: 'RaiseFlag', title: TITLE });
    expect(alone.view.deal.ownFlags).toMatchObject([{ status: 'admitted', weight: 'moderate' }]);
  });

  it.each<[string, DealCommand]>([
    ['hands a section over', { type: 'HandOverSection', section: 'product', to: 'product-1' }],
    ['gives the deal away', { type: 'ReassignOwner', to: 'product-1', reason: 'They know them best.' }],
  ])('waits once whoever raised it %s, and counts meanwhile', (_how, command) => {
    const alone = story(pictureDeal(), pictureContext()).and('rep-1', { type: 'RaiseFlag', title: TITLE });
    expect(alone.view.deal.ownFlags).toMatchObject([{ status: 'admitted' }]);
    const { view, events } = alone.and('rep-1', command);
    expect(view.deal.ownFlags).toMatchObject([{ status: 'pending', again: { as: 'moderate' } }]);
    expect(events.at(-1)).toMatchObject({
      type: 'FlagsAskedAgain',
      by: 'system',
      flagsAgain: [view.deal.ownFlags[0]!.id],
    });
    expect(JSON.stringify(settleFlagForm(view, view.deal.ownFlags[0]!.id))).toContain(
      'while nobody else worked on the deal',
    );
  });

  it('waits once somebody answers who acts for them while they are away', () => {
    const absences = [{ person: 'product-1', delegate: 'rep-1', from: '2027-02-01', until: '2027-06-01' }];
    const opened = openNamed('D-AWAY01', {}, pictureContext({ absences }), 'product-1');
    const raised = opened.and('product-1', { type: 'RaiseFlag', title: TITLE });
    expect(raised.view.deal.ownFlags).toMatchObject([{ status: 'admitted' }]);
    const { view } = raised.and('rep-1', answerPicture('scope', {}, 'private')[1]);
    expect(view.deal.team).toContain('rep-1');
    expect(view.deal.ownFlags).toMatchObject([{ status: 'pending', again: { as: 'moderate' } }]);
  });
});
