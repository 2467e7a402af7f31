/** A rep who has one deal approved turns it into another while it is reassessed: the approval does not follow. */

import { describe, expect, it } from 'vitest';
import { conditionMetTold } from '../../../../blocks/cards/facts-conditions.ts';
import { statusLine } from '../../../../blocks/cards/next-line.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { settleConditionForm } from '../../../../blocks/forms/condition.ts';
import { isSuspended } from '../../../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { Condition, DealDetails } from '../../../../flows/deal/deal.ts';
import { dutiesOf } from '../../../../flows/deal/owing/duties.ts';
import { conditionStanding } from '../../../../flows/deal/rights/whose-turn.ts';
import { summaryOf } from '../../../../flows/lists/summary.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const begun = (): Story =>
  story(answeredDeal(), TIMED)
    .vote('compliance-1')
    .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it', on: undefined })
    .and('rep-1', { type: 'StartReassessment' });
const correct = (told: Story, more: Partial<DealDetails>): Story =>
  told.and('rep-1', {
    type: 'CorrectDetails',
    details: { ...told.view.deal.details, ...more },
    reason: 'It was a mistake',
  });
const words = (told: Story): string =>
  statusLine(told.view)
    .map((span) => (typeof span === 'string' ? span : ''))
    .join('');
const { endUser } = begun().view.deal.details;

describe('an approval', () => {
  it.each<[what: string, more: Partial<DealDetails>, said: string]>([
    ['product', { product: { id: 'other', name: 'Sample face finder' } }, 'Sample'],
    ['country', { destination: 'BV' }, 'Norway'],
    ['end-user', { endUser: { ...endUser, name: 'Sample Border Guard' } }, endUser.name],
    ['kind of end-user', { endUser: { ...endUser, kind: 'private' } }, endUser.name],
    ['customer', { customer: 'Sample Somebody Else' }, 'customer'],
    ['value: a higher one', { valueBand: 'over-10m' }, 'a value of'],
    ['company in between', { intermediaries: [{ name: 'Sample Shell Trading', role: 'agent' }] }, 'nobody in between'],
  ])('does not count for another %s, and compliance and the chief are told', (_what, more, said) => {
    const before = begun();
    expect(isSuspended(before.view.deal)).toBe(false);
    const after = correct(before, more);
    expect(isSuspended(after.view.deal)).toBe(true);
    expect(words(after)).toMatch(/^Approved on 1 March 2027 for .*, which does not count for this; reassessment/);
    expect(words(after)).toContain(said);
    expect(plain(rootCard(after.view))).toContain('which does not count for this');
    expect(summaryOf(after.view)).toMatchObject({ suspended: true, reassessed: true });
    const told = toldOf(noticesBetween(before, after), 'details corrected');
    expect(told).toEqual(expect.arrayContaining(['thread', 'compliance-1', 'compliance-2', 'chief-1']));
  });
  it('counts for the same in other letters, and again once the details are what they were', () => {
    const before = begun();
    const { customer, destination } = before.view.deal.details;
    const same = correct(before, { customer: `${customer.toUpperCase()}.` });
    expect(isSuspended(same.view.deal)).toBe(false);
    expect(toldOf(noticesBetween(before, same), 'details corrected')).toEqual(['thread']);
    expect(isSuspended(correct(before, { valueBand: 'under-50k' }).view.deal)).toBe(false);
    const back = correct(correct(before, { destination: 'BV' }), { destination });
    expect(isSuspended(back.view.deal)).toBe(false);
    expect(words(back)).toMatch(/^Approved on 1 March 2027; reassessment/);
  });
  it('is told of once, not with each further correction', () => {
    const once = correct(begun(), { destination: 'BV' });
    expect(toldOf(noticesBetween(once, correct(once, { valueBand: '1m-10m' })), 'details corrected')).toEqual([
      'thread',
    ]);
  });
});

describe('what is handed in for a condition while the deal is of another', () => {
  const LIMIT: Condition = { id: 'limit', text: 'Limit use in the contract', owner: 'rep-1', due: '2027-06-01' };
  const meet: DealCommand = { type: 'MeetCondition', condition: 'limit', text: 'Clause 7 limits it.', sources: [] };
  const accept: DealCommand = { type: 'AcceptCondition', condition: 'limit' };
  const bound = (): Story =>
    story(answeredDeal(), TIMED)
      .vote('compliance-1', { outcome: 'approve-with-conditions', conditions: [LIMIT] })
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'They want more of it', on: undefined })
      .and('rep-1', { type: 'StartReassessment' });
  const depot = { endUser: { name: 'Sample Depot', kind: 'private' as const } };
  const statusOf = ({ view }: Story) => conditionStanding(view)[0]?.progress.status;
  const formOf = ({ view }: Story): string => JSON.stringify(settleConditionForm(view, 'limit').blocks);

  it('waits for compliance once more when the deal is of what was approved again', () => {
    const there = correct(bound(), depot).and('rep-1', meet);
    expect(formOf(there)).not.toContain('which the deal was of then');
    const accepted = there.and('compliance-1', accept);
    expect(statusOf(accepted)).toBe('accepted');
    const back = correct(accepted, { endUser });
    expect(statusOf(back)).toBe('met');
    expect(toldOf(noticesBetween(accepted, back), 'condition met')).toEqual(
      expect.arrayContaining(['thread', 'compliance-1']),
    );
    expect(formOf(back)).toContain('Said of “Sample Depot”');
    expect(statusOf(back.and('compliance-1', accept))).toBe('accepted');
    // A correction in between, of something else, makes it no other.
    expect(statusOf(correct(back.and('compliance-1', accept), { expectedSigning: '2027-09-01' }))).toBe('accepted');
  });

  it('waits, too, where the deal was of another kind of end-user, or of more', () => {
    const { valueBand } = begun().view.deal.details;
    const there: [Partial<DealDetails>, Partial<DealDetails>][] = [
      [{ endUser: { ...endUser, kind: 'private' } }, { endUser }],
      [{ valueBand: 'over-10m' }, { valueBand }],
    ];
    for (const [away, home] of there) {
      const back = correct(correct(bound(), away).and('rep-1', meet).and('compliance-1', accept), home);
      expect(statusOf(back)).toBe('met');
      expect(formOf(back)).toContain('Said while the deal was of something else than was approved');
    }
  });

  it('is asked for as that, from then on', () => {
    const back = correct(correct(bound(), depot).and('rep-1', meet).and('compliance-1', accept), { endUser });
    const { at } = back.events.at(-1)!;
    const told = conditionMetTold(back.view, { fact: 'condition met', condition: 'limit' }, true);
    expect(plain({ blocks: told.blocks })).toMatch(
      /accepted .* while it was not, so that waits once more[^]*Sample Depot/u,
    );
    expect(back.view.deal.standing?.conditions?.['limit']?.again).toBe(at);
    const asked = dutiesOf(back.view).filter(({ key }) => key.startsWith('evidence:limit'));
    expect(asked.length).toBeGreaterThan(0);
    for (const { key } of asked) expect(key).toContain(at);
  });

  it('says of what it was, also where it is accepted after that', () => {
    const back = correct(correct(bound(), depot).and('rep-1', meet), { endUser });
    expect(formOf(back)).toContain('Said of “Sample Depot”');
    expect(statusOf(back.and('compliance-1', accept))).toBe('accepted');
  });

  it('stays where it was accepted of what was approved, there and back', () => {
    const kept = bound().and('rep-1', meet).and('compliance-1', accept);
    expect(statusOf(correct(correct(kept, depot), { endUser }))).toBe('accepted');
  });
});
