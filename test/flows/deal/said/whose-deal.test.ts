/** A colleague who asked for a deal, or is given it back by the rep, sells it no more than the rep does: what they say is no slip of theirs. */

import { describe, expect, it } from 'vitest';
import { endedLines, inOrder } from '../../../../blocks/cards/ended-words.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { colleaguesReports, endersOf, isOwnSlip, isOwnWord } from '../../../../flows/deal/rights/set-aside.ts';
import type { EndedAgainst } from '../../../../flows/deal/said-shapes.ts';
import { whoSaid } from '../../../../flows/deal/said/said-order.ts';
import { isSaidUnread } from '../../../../flows/deal/said/unread.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { openNamed } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const SECTION = defaultPolicy.question('K1')!.section;
const WORDS = 'Their boss reads the letters of strikers.';
const details = { endUser: { name: 'Aral Loom House', kind: 'private' } } as const;
const give = (to: string): DealCommand => ({ type: 'ReassignOwner', to, reason: 'They know them best.' });
const saved = ((): DealCommand => {
  const [, given] = answerPicture(SECTION, { K1: 'yes' }, 'private');
  if (given.type !== 'AnswerSection') throw new Error('no answers');
  return { ...given, type: 'SaveSectionForLater', answers: { K1: { ...given.answers['K1']!, note: WORDS } } };
})();
const out = answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')[1];

/** Who opens it hands the scope to the other, and saves what would stop the deal; the other says that it is out of scope. */
const played = (asks: string, says: string): Story =>
  openNamed('D-WH0SE1', details, pictureContext(), asks)
    .and(asks, { type: 'HandOverSection', section: 'scope', to: says })
    .and(asks, saved)
    .and(says, out);
/** The same, given to the other and back. */
const givenBack = (): Story => {
  const given = openNamed('D-WH0SE1', details, pictureContext(), 'product-1')
    .and('product-1', saved)
    .and('product-1', give('rep-1'));
  return given.and('rep-1', out).and('rep-1', give('product-1'));
};

describe('what a colleague saved who asked for the deal', () => {
  it.each<[string, () => Story]>([
    ['and hands the scope over', () => played('product-1', 'rep-1')],
    ['gives it to the rep, and gets it back', givenBack],
  ])('%s is read by whoever confirms that it is out of scope', (_how, play) => {
    const { view } = play();
    expect(view.deal.owner).toBe('product-1');
    for (const form of [confirmScopeForm(view, {}, {}, { reader: 'compliance-2' }), whyForm(view)]) {
      expect(JSON.stringify(form)).toContain('It would stop the deal');
    }
    expect(isSaidUnread(view)).toBe(true);
  });

  it('is a slip of the rep’s own where nobody else says that it is out of scope', () => {
    const { view } = openNamed('D-WH0SE1', details, pictureContext(), 'rep-1').and('rep-1', saved).and('rep-1', out);
    expect(isSaidUnread(view)).toBe(false);
  });
});

describe('whose word it is', () => {
  it('is the seller’s own where nobody else looked after the deal, nor says otherwise', () => {
    const deal = openNamed('D-WH0SE1', details, pictureContext(), 'product-1');
    const { deal: own } = deal.view;
    expect(isOwnWord(own, 'product-1')).toBe(true);
    expect(isOwnSlip(own, 'product-1', ['product-1', undefined])).toBe(true);
    expect(isOwnSlip(own, 'product-1', ['rep-1'])).toBe(false);
    // Whoever opened it at the rep's wish, and answers nothing of it.
    expect(isOwnWord(played('product-1', 'rep-1').view.deal, 'product-1')).toBe(false);
    const back = deal.and('product-1', give('rep-1')).and('rep-1', give('product-1')).view;
    expect(back.deal).toMatchObject({ requester: 'product-1', owner: 'product-1' });
    expect(isOwnWord(back.deal, 'product-1')).toBe(false);
    expect(saidElsewhere(back)).toMatchObject({ askedBy: 'product-1' });
  });

  it('reported what a judge set aside, where others give the answers', () => {
    const report = { of: 'report', from: 'product-1', by: 'compliance-2', why: WORDS, reason: 'It was not them' };
    const { deal: own } = openNamed('D-WH0SE1', details, pictureContext(), 'product-1').and('product-1', out).view;
    const { deal: others } = played('product-1', 'rep-1').view;
    const endedAgainst = [{ ...report, at: own.openedAt }] as EndedAgainst[];
    expect(endersOf({ ...own, endedAgainst })).toEqual([]);
    expect(endersOf({ ...others, endedAgainst })).toEqual(['compliance-2']);
  });

  it('named a company in between that the rep takes out', () => {
    const between = [{ name: 'Delta Freight', role: `passes it on: ${WORDS}` }];
    const opened = openNamed('D-WH0SE1', { ...details, intermediaries: between }, pictureContext(), 'product-1');
    const { view } = opened
      .and('product-1', { type: 'HandOverSection', section: 'scope', to: 'rep-1' })
      .and('rep-1', {
        type: 'CorrectDetails',
        details: { ...opened.view.deal.details, intermediaries: [] },
        reason: 'They have no part in it.',
      })
      .and('rep-1', out);
    expect(JSON.stringify(confirmScopeForm(view, {}, {}, { reader: 'compliance-2' }))).toContain(WORDS);
  });

  it('is nobody’s own where several answer: one press of hers makes nobody the seller', () => {
    const opened = openNamed('D-WH0SE1', details, pictureContext(), 'product-1').and(
      'product-1',
      answerPicture('scope', {}, 'private')[1],
    );
    expect(isOwnWord(opened.view.deal, 'product-1')).toBe(true);
    const both = opened
      .and('product-1', { type: 'HandOverSection', section: SECTION, to: 'rep-1' })
      .and('rep-1', answerPicture(SECTION, {}, 'private')[1]);
    const { deal } = both.view;
    expect(['product-1', 'rep-1'].map((id) => isOwnWord(deal, id))).toEqual([false, false]);
    const reports = [{ id: 'r', trigger: 'A3', why: WORDS, by: 'product-1', since: '', due: '2027-04-01' }] as never;
    expect(colleaguesReports({ ...deal, reassessments: reports })).toHaveLength(1);
    const left = both.and('product-1', { type: 'Withdraw', reason: WORDS });
    expect(saidElsewhere(left.view).ended).toMatchObject({ how: 'withdrawn', after: 'team' });
  });

  it('stays named beside who says the same against the deal after them', () => {
    const RECORD = defaultPolicy.question('H-RF1')!.section;
    const said = answerPicture(RECORD, { 'H-RF1': 'yes' }, 'private')[1];
    const people = [...pictureContext().organisation.people, { id: 'product-2', name: 'Sample Engineer' }];
    const seconded = openNamed('D-WH0SE1', details, pictureContext({ people }), 'rep-1')
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-2' })
      .and('product-2', answerPicture('scope', {}, 'private')[1])
      .and('rep-1', said)
      .and('rep-1', { type: 'HandOverSection', section: RECORD, to: 'product-1' })
      .and('product-1', said);
    const answer = seconded.view.deal.answers[RECORD]!['H-RF1'];
    expect(answer).toMatchObject({ by: 'product-1', also: ['rep-1'] });
    const lighter = seconded.and('rep-1', {
      ...answerPicture(RECORD, {}, 'private')[1],
      why: 'They told me that it is not so.',
    } as DealCommand);
    expect(lighter.view.deal.was).toMatchObject([{ question: 'H-RF1', by: 'product-1', also: ['rep-1'] }]);
    expect(whoSaid(lighter.view, 'H-RF1', 'yes')).toMatchObject({ said: { by: 'product-1' }, also: ['rep-1'] });
  });

  it('is nobody’s own where somebody else only saves for later', () => {
    const saving = openNamed('D-WH0SE1', details, pictureContext(), 'product-1')
      .and('product-1', { type: 'HandOverSection', section: 'scope', to: 'rep-1' })
      .and('rep-1', { ...out, type: 'SaveSectionForLater' } as DealCommand);
    const left = saving.and('product-1', { type: 'Withdraw', reason: WORDS });
    expect(saidElsewhere(left.view).ended).toMatchObject({ how: 'withdrawn', after: 'team' });
  });

  it('reports against what others answer, unless they answered all', () => {
    const reports = [{ id: 'r', trigger: 'A3', why: WORDS, by: 'product-1', since: '', due: '2027-04-01' }] as never;
    const { deal: own } = openNamed('D-WH0SE1', details, pictureContext(), 'product-1').and('product-1', out).view;
    expect(colleaguesReports({ ...own, reassessments: reports })).toHaveLength(0);
    expect(colleaguesReports({ ...played('product-1', 'rep-1').view.deal, reassessments: reports })).toHaveLength(1);
  });

  it('takes turns with what others of the team say', () => {
    const { view } = openNamed('D-WH0SE1', details, pictureContext(), 'product-1').and('product-1', {
      type: 'HandOverSection',
      section: 'scope',
      to: 'rep-1',
    });
    const taken = (from: string, why: string): EndedAgainst =>
      ({ of: 'report', from, by: from, why, reason: 'It is as it was', at: view.now }) as EndedAgainst;
    const endedAgainst = [
      ...Array.from({ length: 30 }, (_, n) => taken('rep-1', `The cable is ${n} metres long`)),
      taken('product-1', WORDS),
    ];
    const told = { ...view, deal: { ...view.deal, endedAgainst } } as typeof view;
    expect(JSON.stringify(inOrder(told, endedLines(told)).slice(0, 2))).toContain(WORDS);
  });
});
