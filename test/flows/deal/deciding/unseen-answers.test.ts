/** The rep who answers a strict approver with a full stop, and has the milder colleague vote at once. */

import { describe, expect, it } from 'vitest';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { summaryBlocks } from '../../../../blocks/forms/review-summary.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { answer, answeredDeal, story, voteOf, type Story } from '../../../support/story.ts';
import { awayIn, TIMED } from '../../../support/ticking.ts';

const QUESTION: DealCommand = { type: 'AskForInformation', step: 0, question: 'Who runs it?' };
const give =
  (text: string) =>
  ({ deal }: DealView): DealCommand => ({
    type: 'GiveInformation',
    request: deal.requests.at(-1)?.id ?? '',
    text,
    sources: [],
  });
const asked = (): Story => story(answeredDeal({ 'H-RF3': 'yes' }), TIMED).and('compliance-1', QUESTION);
const told = (): Story => asked().and('rep-1', give('The ministry runs it.'));

describe('an answer to an approver’s question', () => {
  it('is a sentence', () => {
    for (const text of ['.', 'ok', '…', 'x x x']) {
      asked()
        .when('rep-1', give(text))
        .refused('not valid', /sentence/, 'text');
    }
  });

  it('is looked at by whoever asked before a colleague completes the step', () => {
    told()
      .when('compliance-2', (v) => voteOf(v))
      .refused('not now', /looks at it first/);
    told()
      .when('compliance-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted');
    // A decline needs nobody's leave.
    told()
      .when('compliance-2', (v) => voteOf(v, { outcome: 'decline' }))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });

  it('holds the step for one business day at most', () => {
    const { now } = told().view;
    const at = (hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
    const days = [1, 20, 24 * 4];
    const done = days.map((hours) => {
      try {
        return told()
          .and('compliance-2', (v) => voteOf(v), at(hours))
          .events.at(-1)?.type;
      } catch {
        return 'refused';
      }
    });
    expect(done).toEqual(['refused', 'refused', 'StepCompleted']);
  });

  it('holds it for a business day on which the deal waits for votes, and not one on which it was withdrawn', () => {
    const later = (hours: number): string => new Date(Date.parse(told().view.now) + hours * 3_600_000).toISOString();
    const again = told()
      .and('rep-1', { type: 'Withdraw', reason: 'They put it off' })
      .and('rep-1', { type: 'Reopen', reason: 'They want it now' }, later(24 * 4));
    again.when('compliance-2', (v) => voteOf(v), later(24 * 4 + 1)).refused('not now', /looks at it first/);
    again.when('compliance-2', (v) => voteOf(v), later(24 * 8)).then('VoteCast', 'StepCompleted');
  });

  it('is looked at by somebody’s stand-in in the step where they vote', () => {
    const { organisation } = awayIn({ 'senior-1': ['boss-1', '2027-01-01', '2027-12-31'] });
    const context = { ...TIMED, organisation, policy: aPolicy({ delegates: 'anybody' }) };
    const { now } = story(answeredDeal(), context).view;
    const later = (hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
    const asked = story(answeredDeal({ 'H-RF3': 'yes' }), context)
      .vote('compliance-1')
      .and('boss-1', { ...QUESTION, step: 1 });
    // Answered while the first step is asked anew, more than a day before the second one.
    const again = asked
      .and('rep-1', { type: 'Withdraw', reason: 'They put it off' })
      .and('rep-1', { type: 'Reopen', reason: 'They want it now' })
      .and('rep-1', give('The ministry runs it.'))
      .and('compliance-1', (v) => voteOf(v), later(24 * 4));
    expect(again.state).toMatchObject({ status: 'deciding', step: 1 });
    again.when('senior-2', (v) => voteOf(v), later(24 * 4 + 1)).refused('not now', /looks at it first/);
  });

  it('is said not to have been looked at, once the day is over', () => {
    const late = (story_: Story, hours: number): DealView => {
      const now = new Date(Date.parse(story_.view.now) + hours * 3_600_000).toISOString();
      return dealView(story_.view.deal, story_.view.policy, story_.view.organisation, now);
    };
    const page = (view: DealView): string => {
      const draft = view.deal.status === 'deciding' ? startReview(view, view.deal.step) : undefined;
      if (view.deal.status !== 'deciding' || !draft) throw new Error('nobody decides on it');
      return JSON.stringify(summaryBlocks(view, view.deal, draft, []));
    };
    expect(page(late(told(), 1))).not.toContain('Not looked at by whoever asked');
    expect(page(late(told(), 24 * 4))).toContain('Not looked at by whoever asked. ');
    expect(page(late(told().vote('compliance-1'), 24 * 4))).not.toContain('Not looked at by whoever asked');
  });

  it('holds no step where whoever asked can’t vote any more, nor a later one', () => {
    told()
      .and('compliance-1', { type: 'Recuse', reason: 'My brother works there' })
      .when('compliance-2', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted');
    told()
      .vote('compliance-1')
      .when('senior-1', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted', 'DealDecided');
  });

  it('holds a deal that left the route of whoever asked, too', () => {
    const high = story(answeredDeal({ 'H-RF1': 'yes' }), TIMED).vote('compliance-1');
    const lower = high
      .and('senior-1', { ...QUESTION, step: 1 })
      .and('rep-1', answer('record', { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no' })[1])
      .and('rep-1', give('The ministry runs it.'));
    expect(lower.state).toMatchObject({ tier: 'low' });
    lower.when('compliance-2', (v) => voteOf(v)).refused('not now', /looks at it first/);
  });

  it('holds nothing once whoever asked has taken the question back', () => {
    asked()
      .and('compliance-1', ({ deal }) => ({ type: 'TakeQuestionBack', request: deal.requests.at(-1)?.id ?? '' }))
      .when('compliance-2', (v) => voteOf(v))
      .then('VoteCast', 'StepCompleted');
  });
});
