/** Whoever reopens what a colleague declined, or over what a colleague reported of it, does not approve it alone after that. */

import { describe, expect, it } from 'vitest';
import { decidedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { reopenedTold } from '../../../../blocks/cards/facts-lifecycle.ts';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import type { DealEventType } from '../../../../flows/deal/events.ts';
import { sectionProgress } from '../../../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { confirmPage } from '../../../support/confirm-page.ts';
import { allAnswers, aPolicy } from '../../../support/deal-builders.ts';
import { answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

const RULE: DealContext = { ...TIMED, policy: aPolicy({ managerAlone: false }) };
const THREE: DealContext = {
  ...RULE,
  organisation: {
    ...RULE.organisation,
    groups: RULE.organisation.groups.map((g) =>
      g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2', 'senior-2'] } : g,
    ),
  },
};
const NO = 'It is a front of the secret police';
const REPORT: DealCommand = { type: 'ReportChange', what: 'major', why: 'The bureau is under the secret police now' };
const REOPEN: DealCommand = { type: 'Reopen', reason: 'Looked at once more' };

const low = (context: DealContext = RULE): Story => story(answeredDeal(), context);
const declined = (by: string, context?: DealContext): Story =>
  low(context).vote(by, { outcome: 'decline', rationale: NO });
const reported = (by: string, context?: DealContext): Story => low(context).vote('compliance-1').and(by, REPORT);
const missing = ({ view }: Story): string => missingWords(view, view.deal as DecidingDeal);
const types = (told: Story, since: Story): DealEventType[] =>
  told.events.slice(since.events.length).map(({ type }) => type);

describe('a deal that somebody declined', () => {
  const reopened = (by = 'compliance-1'): Story => declined('compliance-2').and(by, REOPEN);

  it('is not approved by whoever reopened it alone', () => {
    const voted = reopened().vote('compliance-1');
    expect(voted.view.deal).toMatchObject({ status: 'deciding', step: 0 });
    expect(missing(voted)).toBe('1 more vote from somebody who did not reopen it over what a colleague had said');
    voted.when('compliance-2', (v) => voteOf(v)).then('VoteCast', 'StepCompleted', 'DealDecided');
  });
  it('is approved by whoever declined it, or by a third one, alone', () => {
    const again = reopened();
    expect(types(again.vote('compliance-2'), again)).toContain('DealDecided');
    const own = declined('compliance-1').and('compliance-1', REOPEN);
    expect(types(own.vote('compliance-1'), own)).toContain('DealDecided');
  });
  it('shows the decline and the reopening wherever it is judged after that', () => {
    const again = reopened();
    const decided = again.vote('compliance-1').vote('compliance-2');
    for (const said of [
      confirmPage(again.view),
      JSON.stringify(decidedTold(decided.view, true)),
      JSON.stringify(decidedTold(decided.view, false)),
      JSON.stringify(saidBefore(decided.view)),
      JSON.stringify(reopenedTold(again.view)),
    ]) {
      expect(said).toMatch(/reopened over a decline .*Looked at once more.*front of the secret police/);
      expect(said).toContain('"person":"compliance-2"');
      expect(said).toContain('"person":"compliance-1"');
    }
  });
  it('tells whoever declined it of the reopening and of the new decision', () => {
    const no = declined('compliance-2', THREE);
    const again = no.and('compliance-1', REOPEN);
    expect(toldOf(noticesBetween(no, again), 'reopened')).toContain('compliance-2');
    const voted = again.vote('compliance-1');
    expect(toldOf(noticesBetween(voted, voted.vote('senior-2')), 'decided')).toContain('compliance-2');
  });
  it('is as before under a policy without the rule', () => {
    const again = declined('compliance-2', TIMED).and('compliance-1', REOPEN);
    expect(again.vote('compliance-1').view.deal.status).toBe('decided');
  });
  it('keeps it through a withdrawal and another reopening', () => {
    const back = reopened()
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' })
      .and('rep-1', { type: 'Reopen', reason: 'It is back' });
    expect(back.vote('compliance-1').view.deal.status).toBe('deciding');
  });
});

describe('a deal of which somebody reported a change', () => {
  const reopened = (by = 'compliance-2', context?: DealContext): Story =>
    reported(by, context).and('compliance-1', REOPEN);

  it('is not approved anew by whoever reopened it over that alone', () => {
    const voted = reopened().vote('compliance-1');
    expect(voted.view.deal.status).toBe('deciding');
    expect(missing(voted)).toBe(
      '1 more vote from somebody who did not reopen it over what a colleague had said and did not give the approval that a report is against',
    );
  });
  it('is so while its reassessment is under way, too', () => {
    const under = reported('compliance-2').and('rep-1', { type: 'StartReassessment' });
    expect(under.view.deal.standing).toBeDefined();
    const again = under.and('compliance-1', REOPEN);
    expect(again.view.deal.endedAgainst).toMatchObject([{ of: 'report', from: 'compliance-2', by: 'compliance-1' }]);
  });
  it('shows the report once on the page that is signed', () => {
    const page = confirmPage(reopened().view);
    expect(page).toMatch(/reopened over a report of a change .*under the secret police now/);
    expect(page.match(/under the secret police now/g)).toHaveLength(1);
  });
  it('tells whoever reported it of the reopening and of the new decision', () => {
    const again = reopened('compliance-2', THREE);
    expect(toldOf(noticesBetween(reported('compliance-2', THREE), again), 'reopened')).toContain('compliance-2');
    expect(toldOf(noticesBetween(again, again.vote('senior-2')), 'decided')).toContain('compliance-2');
  });
  it('is not approved anew by whoever gave the approval that it was against, where that ended otherwise meanwhile', () => {
    const out = reported('compliance-2')
      .and('rep-1', { type: 'StartReassessment' })
      .and('rep-1', {
        type: 'AnswerSection',
        section: 'scope',
        answers: { G1: { value: 'no', sources: [] } },
        why: 'They take the firewall alone.',
      });
    expect(out.view.deal.status).toBe('out of scope');
    let again = out
      .and('rep-1', { type: 'Reopen', reason: 'They want the filter after all' })
      .and('rep-1', { type: 'AnswerSection', section: 'scope', answers: { G1: { value: 'yes', sources: [] } } });
    for (const { section, done } of sectionProgress(again.view))
      if (!done)
        again = again.and('rep-1', {
          type: 'AnswerSection',
          section: section.id,
          answers: allAnswers()[section.id] ?? {},
          why: 'As before.',
        });
    expect(again.view.deal.status).toBe('deciding');
    expect(again.view.deal.endedAgainst).toMatchObject([{ of: 'report', from: 'compliance-2', by: 'rep-1' }]);
    expect(confirmPage(again.view)).toMatch(/reopened over a report of a change .*under the secret police now/);
    const voted = again.vote('compliance-1');
    expect(voted.view.deal.status).toBe('deciding');
    expect(voted.vote('compliance-2').view.deal.status).toBe('decided');
  });
  it('is approved by them alone where the report was their own, or the deal team’s', () => {
    const own = reported('compliance-1').and('compliance-1', REOPEN);
    expect(own.view.deal.endedAgainst).toBeUndefined();
    expect(own.vote('compliance-1').view.deal.status).toBe('decided');
    expect(reopened('rep-1').vote('compliance-1').view.deal.status).toBe('decided');
  });
});
