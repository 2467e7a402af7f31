/** What a rep may not undo of an approved deal: compliance's own conditions and dates, and what a colleague said of the licence. */

import { describe, expect, it } from 'vitest';
import { factCard } from '../../../../blocks/cards/facts.ts';
import { renewalsText } from '../../../../blocks/cards/reassessment-words.ts';
import { renamedItems } from '../../../../blocks/cards/renamed-words.ts';
import { settleConditionForm } from '../../../../blocks/forms/condition.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Condition, ExportLicence } from '../../../../flows/deal/deal.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const LOGS: Condition = { id: 'logs', text: 'Compliance reads the logs', owner: 'compliance-2', due: '2027-12-01' };
const approved = (...conditions: Condition[]): Story =>
  story(answeredDeal(), TIMED).vote(
    'compliance-1',
    conditions.length > 0 ? { outcome: 'approve-with-conditions', conditions } : {},
  );

describe('a condition that compliance has itself', () => {
  const give = (to: string): DealCommand => ({
    type: 'HandOverCondition',
    condition: 'logs',
    to,
    reason: 'Ours anyway',
  });
  const met: DealCommand = { type: 'MeetCondition', condition: 'logs', text: 'They were read.', sources: [] };

  it('is not taken over by the deal team, that could then say itself that it is done', () => {
    const told = approved(LOGS);
    told.when('rep-1', give('rep-1')).refused('not allowed', /of compliance has this condition/);
    told.when('rep-1', give('product-1')).refused('not allowed', /their colleagues off the deal/);
    told.when('compliance-2', give('product-1')).then('ConditionHandedOver');
    told.when('compliance-1', give('product-1')).then('ConditionHandedOver');
  });
  it('is a colleague’s to move on, and not the deal team’s, once its owner recused themself', () => {
    const left = approved(LOGS).and('compliance-2', { type: 'Recuse', reason: 'My sister works there' });
    left.when('rep-1', met).refused('not allowed', /only they can say that it is done/);
    left.when('rep-1', give('rep-1')).refused('not allowed', /their colleagues off the deal/);
    left.when('compliance-1', give('compliance-1')).then('ConditionHandedOver');
  });
  it('says whose it was to whoever judges what was done', () => {
    const judged = (told: Story, by: string) =>
      plain({ blocks: settleConditionForm(told.and(by, met).view, 'logs').blocks.filter((b) => b.kind !== 'input') });
    const handed = approved(LOGS).and('compliance-1', give('product-1'));
    expect(judged(handed, 'product-1')).toContain('by @compliance-1 from @compliance-2 to @product-1');
    // However often it is handed on, and whatever that fills.
    expect(judged(handed, 'product-1')).toContain('At first: @compliance-2, due 1 December 2027.');
    expect(judged(handed.and('rep-1', give('rep-1')), 'rep-1')).toContain('by @rep-1 from @product-1 to @rep-1');
  });
  it('reminds the deal team without buttons that it may not press', () => {
    const { view } = approved(LOGS);
    const card = (to: string) =>
      factCard(
        view,
        { fact: 'reminded', duty: 'condition:logs', owed: { kind: 'condition', condition: 'logs' }, of: 'overdue' },
        {},
        { to: 'person', person: to },
      );
    expect(plain(card('rep-1'))).toContain('only they can say that it is done');
    expect(JSON.stringify(card('rep-1'))).not.toMatch(/meet-condition|hand-over-condition/);
    expect(JSON.stringify(card('compliance-2'))).toMatch(/meet-condition/);
  });
});

describe('a renewal that compliance set', () => {
  const set = (on?: string, reason?: string): DealCommand => ({ type: 'SetRenewals', contract: on, reason });
  const told = approved().and('compliance-2', set('2028-03-20'));

  it('is moved away by nobody else', () => {
    told.when('rep-1', set('2028-11-20', 'Signed for longer')).refused('not allowed', /Compliance set 20 March 2028/);
    told.when('rep-1', set(undefined, 'One delivery')).refused('not allowed', /Compliance set 20 March 2028/);
    told.when('compliance-1', set('2028-11-20', 'I read it')).then('RenewalsSet');
  });
  it('is not moved away by way of an earlier day', () => {
    const sooner = told.and('rep-1', set('2028-02-01', 'Signed sooner'));
    sooner.when('rep-1', set('2028-11-20', 'Signed for longer')).refused('not allowed', /Compliance set 20 March 2028/);
    sooner.when('rep-1', set('2028-03-20', 'As it was')).then('RenewalsSet');
  });
  it('comes back where the deal was looked at again before an earlier day', () => {
    const again = told
      .and('rep-1', set('2027-04-01', 'Signed for two weeks'))
      .and('rep-1', { type: 'StartReassessment' });
    const ready = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
      again,
    );
    expect(renewalsText(again.view)).toContain('1 April 2027 (compliance set 20 March 2028)');
    expect(ready.vote('compliance-1').view.deal.renewals?.dates).toMatchObject([
      { of: 'contract', on: '2028-03-20', latest: '2028-03-20' },
    ]);
  });
  it('comes back where the deal was declined when it was looked at again, and reopened', () => {
    const again = ['scope', 'product', 'record'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }),
      told
        .and('rep-1', { type: 'ReportChange', what: 'major', why: 'A new head' })
        .and('rep-1', { type: 'StartReassessment' }),
    );
    const declined = again.vote('compliance-1', { outcome: 'decline', rationale: 'The new head is not named.' });
    expect(declined.view.deal.status).toBe('decided');
    const reopened = declined.and('compliance-1', { type: 'Reopen', reason: 'The head was named.' });
    expect(reopened.vote('compliance-1').view.deal.renewals?.dates).toMatchObject([
      { of: 'contract', on: '2028-03-20', latest: '2028-03-20' },
    ]);
  });
  it('is told with what it was', () => {
    const before = approved().and('rep-1', set('2028-03-20'));
    const notices = noticesBetween(before, before.and('rep-1', set('2028-11-20', 'Signed for longer')));
    expect(toldOf(notices, 'renewals set')).toContain('compliance-1');
    const fact = notices.flatMap((notice) => (notice.kind === 'fact' ? [notice.fact] : []))[0]!;
    expect(plain(factCard(before.view, fact, {}, { to: 'thread' }))).toContain(
      'Before: contract renewed on 20 March 2028',
    );
  });
});

describe('the licence of an approved deal', () => {
  const settle = (licence: ExportLicence, reason: string): DealCommand => ({ type: 'SetLicence', licence, reason });
  const done = story(pictureDeal({}, 'government'), pictureContext()).vote('compliance-1', weighed);

  it('stays to be read as a colleague said it where the rep says otherwise', () => {
    const { view } = done
      .and('compliance-2', settle('not-determined', 'I rang the authority.'))
      .and('rep-1', settle('granted', 'No. 12 of 3 March.'));
    const text = plain({ blocks: [{ kind: 'list', items: renamedItems(view) }] });
    expect(text).toMatch(/Export licence was .*not determined .*\(@compliance-2\) until/iu);
    expect(text).toContain('compliance-2');
  });
  it('says nothing more of what the rep said in turn', () => {
    const { view } = done
      .and('rep-1', settle('not-determined', 'We asked.'))
      .and('rep-1', settle('granted', 'No. 12.'));
    expect(renamedItems(view)).toEqual([]);
  });
});
