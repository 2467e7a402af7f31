/** A complete deal with gaps asks first who might know. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import { noticesFor } from '../../../../flows/deal/telling/telling.ts';
import { TIERS } from '../../../../flows/policy/policy.ts';
import {
  answerLighter,
  answerPicture,
  findingPolicy,
  openPicture,
  pictureContext,
  pictureDeal,
  weighed,
} from '../../../support/picture-deal.ts';
import { runs } from '../../../support/runs.ts';
import { story, type Story } from '../../../support/story.ts';

const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
const context = pictureContext({}, findingPolicy);
const asking = () => story(pictureDeal(unknown), context);
const tick: DealCommand = { type: 'Tick' };
const voteNow = {
  step: 0,
  factsHash: '',
  ballot: { outcome: 'approve' as const, flags: {}, conditions: [], rationale: 'The use is narrow and agreed.' },
};
type Act = { do: 'answer'; 'H-RF1': string; 'H-RF3-conflict': string } | { do: string };
const lineOf = (one: Act): [string, DealCommand] => {
  if ('H-RF1' in one) {
    const { do: _do, ...answers } = one;
    const [actor, command] = answerLighter('end-user', { ...unknown, ...answers });
    return [actor, command];
  }
  switch (one.do) {
    case 'withdraw':
      return ['rep-1', { type: 'Withdraw', reason: 'Lost the tender' }];
    case 'reopen':
      return ['rep-1', { type: 'Reopen', reason: 'They asked once more' }];
    case 'flag':
      return ['rep-1', { type: 'RaiseFlag', title: 'A sample worry of ours' }];
    case 'save':
      return ['rep-1', { type: 'SaveSectionForLater', section: 'end-user', answers: {} }];
    case 'send on':
      return ['rep-1', { type: 'SendOn' }];
    default:
      return ['system', tick];
  }
};
/** The story begins on Monday 1 March 2027. */
const [NUDGE, UNTIL] = ['2027-03-03', '2027-03-04'];

describe('finding out', () => {
  it('comes before the approvers where what is not known makes the tier heavier', () => {
    const told = asking();
    expect(told.events.map((e) => e.type).slice(-2)).toEqual(['SectionAnswered', 'FindingOut']);
    expect(told.view.deal).toMatchObject({ status: 'answering', round: 0 });
    expect(told.view.deal.finding?.until.slice(0, 10)).toBe(UNTIL);
    expect(nextDueAt(told.view)?.slice(0, 10)).toBe(NUDGE);
    const notices = noticesFor(undefined, told.view, told.events.slice(-1), 'c');
    expect(notices.flatMap((n) => (n.kind === 'fact' ? [[n.fact.fact, n.target.to]] : []))).toEqual([
      ['finding out', 'thread'],
    ]);
  });

  it('holds up no deal that is known, none where the answer changes nothing, and none of another policy', () => {
    expect(story(pictureDeal({ P1: 'yes' }), context).state.status).toBe('deciding');
    expect(story(pictureDeal({ P1: 'yes', 'H3-targeted': 'yes', 'H-RF1': 'unknown' }), context).state.status).toBe(
      'deciding',
    );
    expect(story(pictureDeal(unknown), pictureContext()).state.status).toBe('deciding');
  });

  it('ends at once when the team sends it on', () => {
    const told = asking().when('rep-1', { type: 'SendOn' }).then('SentOn', 'DealRouted');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    told.when('rep-1', { type: 'SendOn' }).refused('not now');
    asking()
      .when('senior-1', { type: 'SendOn' })
      .refused('not allowed', /deal team/);
    asking().when('compliance-1', { type: 'SendOn' }).refused('not allowed');
  });

  it('ends when it is found out, or accepted', () => {
    const found = asking().when(...answerLighter('end-user', { ...unknown, 'H3-targeted': 'no' }));
    expect(found.then('SectionAnswered', 'DealRouted').state).toMatchObject({ tier: 'low' });
    const accept: DealCommand = { type: 'AcceptGaps', questions: ['H3-targeted'], reason: 'Nobody publishes on them.' };
    const accepted = asking().when('compliance-1', accept).then('GapsAccepted', 'DealRouted');
    expect(accepted.state).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });

  it('ends by itself, after one reminder to the owner', () => {
    const early = asking();
    early.when('system', tick, '2027-03-02T12:00:00.000Z').refused('not now');
    const nudged = early.when('system', tick, `${NUDGE}T12:00:00.000Z`).then('FindOutNudged');
    nudged.when('system', tick, `${NUDGE}T13:00:00.000Z`).refused('not now');
    expect(nextDueAt(nudged.view)?.slice(0, 10)).toBe(UNTIL);
    const sent = nudged.when('system', tick, `${UNTIL}T12:00:00.000Z`).then('SentOn', 'DealRouted');
    expect(sent.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('is not prolonged by changing answers, nor asked twice', () => {
    const [actor, command] = answerPicture('end-user', { ...unknown, 'H-RF1': 'unknown' });
    const more = asking().when(actor, command, '2027-03-03T09:00:00.000Z');
    const changed = more.then('SectionAnswered');
    expect(changed.view.deal.finding?.until.slice(0, 10)).toBe(UNTIL);
    changed
      .and('rep-1', { type: 'SendOn' })
      .when(...answerPicture('end-user', unknown))
      .then('SectionAnswered', 'DealRouted');
  });

  it('is not begun again by withdrawing and reopening, which the rep can do alone', () => {
    const withdrawn = asking()
      .and('rep-1', { type: 'SendOn' })
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' });
    const again = withdrawn.when('rep-1', { type: 'Reopen', reason: 'They asked once more' });
    expect(again.then('DealReopened', 'DealRouted').state).toMatchObject({ status: 'deciding', tier: 'high' });
    const back = asking()
      .and('rep-1', { type: 'Withdraw', reason: 'Lost the tender' }, '2027-03-02T09:00:00.000Z')
      .when('rep-1', { type: 'Reopen', reason: 'They asked once more' }, '2027-03-03T09:00:00.000Z')
      .then('DealReopened');
    expect(back.view.deal.finding?.until.slice(0, 10)).toBe(UNTIL);
  });

  it('is asked again when compliance reopens a decided deal', () => {
    const decided = asking()
      .and('rep-1', { type: 'SendOn' })
      .vote('compliance-2', { ...weighed, outcome: 'decline' });
    expect(decided.state.status).toBe('decided');
    decided
      .when('compliance-1', { type: 'Reopen', reason: 'A new report came out' })
      .then('VotesVoided', 'DealReopened', 'FindingOut');
  });

  it('ends where everybody can see it', () => {
    const sent = asking().and('rep-1', { type: 'SendOn' });
    const facts = (told: Story) =>
      noticesFor(undefined, told.view, told.events.slice(-2), 'c').flatMap((n) =>
        n.kind === 'fact' && n.fact.fact === 'sent on' ? [n.target] : [],
      );
    expect(facts(sent)).toEqual([{ to: 'thread' }]);
    const over = asking().and('system', tick, `${UNTIL}T12:00:00.000Z`);
    expect(facts(over)).toEqual([{ to: 'thread' }, { to: 'person', person: 'rep-1' }]);
  });

  it('waits for the owner alone: no approver is asked, told or nudged meanwhile', () => {
    const told = asking();
    expect(waitingFor(told.view)).toEqual({ for: 'finding', people: ['rep-1'] });
    const notices = noticesFor(undefined, told.view, told.events, 'c');
    const asked = notices.flatMap((n) => (n.kind === 'fact' && n.target.to === 'person' ? [n.target.person] : []));
    // Its owner reads it in the thread, having just answered.
    expect(asked).toEqual([]);
    expect(notices.filter((n) => n.kind === 'live' && n.live.card === 'review')).toEqual([]);
    told.when('rep-1', { type: 'Nudge' }).refused('not now', /nobody else/i);
    const nudged = told.and('compliance-1', { type: 'Nudge' });
    expect(nudged.events.at(-1)).toMatchObject({ type: 'Nudged', people: ['rep-1'] });
    told.when('compliance-1', { type: 'CastVote', ...voteNow }).refused('not now');
  });

  it('holds up no deal that is stopped, before or during it', () => {
    const k1 = { ...unknown, K1: 'yes' };
    const lines = pictureDeal(k1);
    const at = lines.findIndex(([, c]) => c.type === 'AnswerSection' && 'K1' in c.answers);
    const stopped = story(lines.slice(0, at + 1), context);
    expect(stopped.state.status).toBe('stopped');
    expect(stopped.view.deal.finding).toBeUndefined();
    const during = asking().and(...(lines[at] ?? openPicture()));
    expect(during.state.status).toBe('stopped');
    expect(nextDueAt(during.view)).not.toBe(asking().view.deal.finding?.nudge);
    during.when('rep-1', { type: 'SendOn' }).refused('not now');
  });

  it('is begun at most once, lowers nothing, and is over on its day, whatever the rep does', () => {
    const value = fc.constantFrom('yes', 'unknown');
    const act = fc.oneof(
      fc.record({ do: fc.constant('answer' as const), 'H-RF1': value, 'H-RF3-conflict': value }),
      fc.record({ do: fc.constantFrom('withdraw', 'reopen', 'flag', 'save', 'tick' as const) }),
    );
    const begun = asking();
    let ended = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 8, maxLength: 20 }), (acts) => {
        let told = begun;
        const { until } = told.view.deal.finding!;
        const tiers = (of: Story): number => TIERS.indexOf(of.view.assessment.tier ?? 'low');
        let heaviest = tiers(told);
        acts.forEach((one, n) => {
          const at = new Date(Date.parse('2027-03-01T12:00:00.000Z') + n * 11 * 3_600_000).toISOString();
          const [actor, command] = lineOf(one);
          try {
            told = told.and(actor, command, at);
          } catch {
            return;
          }
          expect(tiers(told)).toBeGreaterThanOrEqual(heaviest);
          heaviest = tiers(told);
          if (at < until || told.state.status === 'withdrawn') return;
          ended += 1;
          const next = told.state.status === 'answering' ? told.and('system', tick, at) : told;
          expect(next.state.status).toBe('deciding');
        });
        expect(told.events.filter((e) => e.type === 'FindingOut')).toHaveLength(1);
      }),
      { numRuns: runs(15) },
    );
    expect(ended).toBeGreaterThan(0);
  });
});
