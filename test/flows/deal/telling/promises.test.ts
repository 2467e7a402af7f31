/** Former ways around the rules, each closed. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealState } from '../../../../flows/deal/state.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import { anOrganisation } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, CONTEXT, open, story, voteOf } from '../../../support/story.ts';

const two = {
  ...CONTEXT,
  organisation: anOrganisation({
    people: [...anOrganisation().people, { id: 'compliance-2', name: 'Sample Compliance Two' }],
    groups: anOrganisation().groups.map((g) =>
      g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2'] } : g,
    ),
  }),
};
const high = () => story(answeredDeal({ 'H-RF1': 'yes' }));
const low = () => story(answeredDeal());

describe('whoever wrote facts is on the deal team for good', () => {
  const held = () =>
    story([
      open(),
      answer('scope', { G1: 'yes' }),
      ['compliance-1', { type: 'HandOverSection', section: 'product', to: 'senior-1' }],
    ]);
  it('by correcting details', () => {
    const told = held()
      .and('senior-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination: 'SE' },
        reason: 'Typo',
      }))
      .and('rep-1', { type: 'TakeSectionBack', section: 'product' });
    expect(told.view.deal.team).toContain('senior-1');
  });
  it('by saving a half-filled section', () => {
    const told = held()
      .and('senior-1', {
        type: 'SaveSectionForLater',
        section: 'product',
        answers: { P1: { value: 'no', sources: [] } },
      })
      .and('rep-1', { type: 'TakeSectionBack', section: 'product' });
    expect(told.view.deal.team).toContain('senior-1');
  });
});

describe('a rep cannot choose her judge', () => {
  it('by handing sections to the judges she does not want, even where others are left', () => {
    const told = story([open(), answer('scope', { G1: 'yes' })], two);
    told
      .when('rep-1', { type: 'HandOverSection', section: 'product', to: 'compliance-1' })
      .refused('not allowed', /may be needed/);
    // Nor a colleague for her, where only that colleague would be left to judge.
    told
      .when('compliance-2', { type: 'HandOverSection', section: 'product', to: 'compliance-1' })
      .refused('not allowed', /too few could decide/);
    told
      .when('compliance-2', { type: 'HandOverSection', section: 'product', to: 'senior-1' })
      .then('SectionHandedOver');
  });
  it('by giving the deal to them', () => {
    story(answeredDeal(), two)
      .when('rep-1', { type: 'ReassignOwner', to: 'senior-2', reason: 'Typo.' })
      .refused('not allowed');
  });
  it('by giving a decided deal to somebody who voted on it', () => {
    low()
      .vote('compliance-1')
      .when('rep-1', { type: 'ReassignOwner', to: 'compliance-1', reason: 'Typo.' })
      .refused('not allowed', /has voted/);
  });
});

describe('a deal under review', () => {
  it('does not slip out of scope unseen', () => {
    const before = high();
    const after = before.and('rep-1', answer('scope', { G1: 'no' })[1]);
    const notices = noticesFor(before.view, after.view, after.events.slice(before.events.length), 'id');
    const told = notices.flatMap((n) => (n.kind === 'fact' && n.target.to === 'person' ? [n.target.person] : []));
    expect(told).toContain('compliance-1');
  });
  it('shows approvers every change since their votes, however many commits it took', () => {
    const told = high()
      .vote('compliance-1')
      .and('rep-1', (v) => ({
        type: 'CorrectDetails',
        details: { ...v.deal.details, destination: 'SE' },
        reason: 'Typo',
      }))
      .and('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' })[1]);
    expect(told.view.deal.lastVoided?.differences.map((d) => d.id)).toEqual(['H-RF3', 'destination', 'H-RF3']);
    const again = told.vote('compliance-1').and('rep-1', (v) => ({
      type: 'CorrectDetails',
      details: { ...v.deal.details, destination: 'FI' },
      reason: 'Again',
    }));
    expect(again.view.deal.lastVoided?.differences).toEqual([
      { what: 'details', id: 'destination', before: 'SE', after: 'FI' },
    ]);
  });
  it('is not approved while a raised flag waits for compliance', () => {
    const told = high()
      .vote('compliance-1')
      .vote('senior-1')
      .and('product-1', { type: 'RaiseFlag', title: 'I read about this agency' });
    told.when('counsel-1', voteOf).refused('not now', /admit or dismiss/);
    told.when('counsel-1', (v) => voteOf(v, { outcome: 'decline' })).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is not held up by a question of an earlier round that was asked before questions held a deal', () => {
    const told = high()
      .and('compliance-1', { type: 'AskForInformation', step: 0, question: 'Who runs it?' })
      .and('rep-1', answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' })[1]);
    const { deal } = told.view;
    const before = { ...deal, requests: deal.requests.map(({ holds: _rule, ...request }) => request) };
    const at = '2027-03-02T09:00:00.000Z';
    const nudge = (state: DealState) => decide({ type: 'Nudge' }, state, { actor: 'rep-1', at, id: 'id' }, CONTEXT);
    expect(nudge(before)).toMatchObject({ events: [{ type: 'Nudged', people: ['compliance-1'] }] });
    // Otherwise a rep would be rid of it by changing a note.
    expect(nudge(deal)).toMatchObject({ kind: 'refused' });
  });
});

describe('what is closed stays closed', () => {
  it('a stopped deal is not withdrawn and reopened around the chief', () => {
    const policy = {
      ...CONTEXT.policy,
      evaluate: (f: Parameters<typeof CONTEXT.policy.evaluate>[0]) => ({
        ...CONTEXT.policy.evaluate(f),
        tier: 'prohibited' as const,
        rule: 'forbidden',
      }),
    };
    const stopped = story(answeredDeal(), { ...CONTEXT, policy });
    expect(stopped.state.status).toBe('stopped');
    stopped.when('rep-1', { type: 'Withdraw', reason: 'Typo.' }).refused('not now', /chief/);
  });
  it('a flag raised on a decided deal waits, and counts only after a reopening', () => {
    const decided = low().vote('compliance-1').and('rep-1', { type: 'RaiseFlag', title: 'Something came up later' });
    expect(decided.view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
    expect(decided.view.assessment.flags).toEqual([]);
    const flag = decided.view.deal.ownFlags[0]?.id ?? '';
    decided.when('compliance-1', { type: 'AdmitFlag', flag, weight: 'heavy' }).refused('not now', /Reopen it first/);
  });
  it('nobody settles their own flag', () => {
    const told = story(answeredDeal(), two).and('compliance-1', {
      type: 'RaiseFlag',
      title: 'I read about this agency',
    });
    const flag = told.view.deal.ownFlags[0]?.id ?? '';
    told
      .when('compliance-1', { type: 'DismissFlag', flag, reason: 'Typo.' })
      .refused('not allowed', /You raised this flag/);
    told.when('compliance-2', { type: 'DismissFlag', flag, reason: 'Another agency' }).then('FlagDismissed');
  });
});

describe('a decision believes nothing', () => {
  it("a weighing off the policy's scales, an empty condition, a day that is none", () => {
    const weighing = { leverage: 'zzz', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' };
    high()
      .when('compliance-1', (v) => voteOf(v, { weighing }))
      .refused('not valid', /answers shown/);
    const condition = { id: 'c', text: ' ', owner: 'rep-1', due: '2027-06-01' };
    const more = (c: Partial<typeof condition>) => ({
      outcome: 'approve-with-conditions' as const,
      conditions: [{ ...condition, text: 'Limit use', ...c }],
    });
    low()
      .when('compliance-1', (v) => voteOf(v, more({ text: ' ' })))
      .refused('not valid', /condition is/);
    low()
      .when('compliance-1', (v) => voteOf(v, more({ due: '9999-99-99' })))
      .refused('not valid', /calendar/);
  });
  it('details that no form would send', () => {
    const [, command] = open();
    if (command.type !== 'OpenDeal') throw new Error('not an opening');
    const bad = (more: Partial<typeof command.details>) => ({ ...command, details: { ...command.details, ...more } });
    story([])
      .when('rep-1', bad({ customer: ' ' }))
      .refused('not valid');
    story([])
      .when('rep-1', bad({ destination: 'XX' }))
      .refused('not valid');
    story([])
      .when('rep-1', bad({ product: { id: 'nothing', name: 'x' } }))
      .refused('not valid');
  });
});

describe('nudging', () => {
  it('reaches new people at once when the step moves on', () => {
    const told = high().and('rep-1', { type: 'Nudge' }).vote('compliance-1');
    told.when('rep-1', { type: 'Nudge' }).then('Nudged');
  });
});
