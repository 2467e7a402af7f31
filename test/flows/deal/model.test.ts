/** Random commands in random order, by anybody: the invariants (design, "Rules that stay") hold after each. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalOf } from '../../../flows/deal/approval/in-force.ts';
import { usedBy } from '../../../flows/deal/approval/used-by.ts';
import { factsText } from '../../../flows/deal/deciding/facts.ts';
import type { DealEvent } from '../../../flows/deal/events.ts';
import { evolve, replay } from '../../../flows/deal/evolve.ts';
import { seatOfVote } from '../../../flows/deal/rights/quorum.ts';
import { noDeal, type DealState } from '../../../flows/deal/state.ts';
import { noticesFor } from '../../../flows/deal/telling/telling.ts';
import { dealView } from '../../../flows/deal/view.ts';
import { inGroup, membersOf } from '../../../flows/organisation.ts';
import { awayAt } from '../../../flows/registers/absences.ts';
import { absencesOf, acts, changed, play, waitingForVotes, yearActs, type Act } from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { sha256 } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

/** Acts whose author shaped the facts. */
const WRITES = new Set([
  'DealOpened',
  'DetailsCorrected',
  'SectionAnswered',
  'SectionSavedForLater',
  'InformationGiven',
]);

const factsHash = (state: DealState): string =>
  state.status === 'none'
    ? ''
    : sha256(factsText(dealView(state, TIMED.policy, TIMED.organisation, '2027-03-01T09:00:00.000Z')));

describe('whatever anybody does, in any order', () => {
  it('nobody decides on their own deal or twice, in whatever name, and each step has its quorum', () => {
    const seen = { decided: 0, lent: 0 };
    fc.assert(
      fc.property(acts, absencesOf, fc.boolean(), (script, absences, answered) => {
        const writers = new Set<string>();
        const { organisation } = TIMED;
        const each = ({ before, events, now, at }: Act): void => {
          for (const event of events) {
            if (WRITES.has(event.type)) writers.add(event.by);
            if (event.type !== 'VoteCast' || event.for === undefined) continue;
            // Checked when the vote is cast: they are away and chose this person, and neither is on the deal.
            seen.lent += 1;
            expect(awayAt({ ...organisation, absences }, event.for, at)?.delegate).toBe(event.by);
            expect(before.status !== 'none' && before.team.some((id) => id === event.by || id === event.for)).toBe(
              false,
            );
          }
          if (now.status === 'deciding') {
            const hands = now.votes.flatMap(usedBy);
            expect(new Set(hands).size).toBe(hands.length);
          }
          if (now.status !== 'decided') return;
          seen.decided += 1;
          const { votes, outcome } = now.decision;
          for (const vote of votes) {
            for (const id of usedBy(vote)) {
              expect(writers.has(id)).toBe(false);
              expect(now.team).not.toContain(id);
            }
            expect(inGroup(organisation, now.route.steps[vote.step]?.group ?? '', seatOfVote(vote))).toBe(true);
          }
          const hands = votes.flatMap(usedBy);
          expect(new Set(hands).size).toBe(hands.length);
          if (outcome === 'declined') return;
          now.route.steps.forEach((s, i) => {
            const of = votes.filter((v) => v.step === i && v.outcome !== 'decline').map(seatOfVote);
            expect(of.length).toBeGreaterThanOrEqual(s.quorum);
            for (const { group, atLeast } of s.including) {
              const members = membersOf(organisation, group);
              expect(of.filter((id) => members.includes(id)).length).toBeGreaterThanOrEqual(atLeast);
            }
          });
        };
        play(script, each, answered ? waitingForVotes : [], absences);
      }),
      { numRuns: runs(250) },
    );
    // A model that never decides anything would prove nothing.
    expect(seen.decided).toBeGreaterThan(10);
    expect(seen.lent).toBeGreaterThan(4);
  });

  it('every vote that stands names the facts of today, and a decision the facts it was made on', () => {
    fc.assert(
      fc.property(acts, (script) => {
        play(script, ({ now }) => {
          if (now.status === 'deciding') {
            expect(now.route.factsHash).toBe(factsHash(now));
            for (const vote of now.votes) expect(vote.factsHash).toBe(now.route.factsHash);
          }
          if (now.status === 'decided')
            for (const vote of now.decision.votes) expect(vote.factsHash).toBe(now.route.factsHash);
        });
      }),
      { numRuns: runs(150) },
    );
  });

  it('what is decided changes only by being reopened or asked again, and then the approval stands', () => {
    let again = 0;
    const each = ({ before, events, now }: Act): void => {
      if (before.status !== 'decided' || events.some((e) => e.type === 'DealReopened')) return;
      if (events.some((e) => e.type === 'ReassessmentStarted')) {
        again += 1;
        expect(now.status !== 'none' && approvalOf(now)?.decision).toEqual(before.decision);
        return;
      }
      expect(now.status).toBe('decided');
      // A flag may still be raised afterwards: it is shown, and compliance can reopen for it.
      const flagged = events.some((e) => e.type === 'FlagAdmitted' || e.type === 'FlagRaised');
      if (!flagged) expect(factsHash(now)).toBe(factsHash(before));
      expect(now.status === 'decided' && now.decision).toEqual(before.decision);
    };
    fc.assert(
      fc.property(acts, (script) => void play(script, each)),
      { numRuns: runs(100) },
    );
    fc.assert(
      fc.property(yearActs, (script) => void play(script, each, changed)),
      { numRuns: runs(60) },
    );
    expect(again).toBeGreaterThan(10);
  });

  it('unknowns and flags are kept: an open question is never silent', () => {
    fc.assert(
      fc.property(acts, (script) => {
        play(script, ({ now }) => {
          if (now.status === 'none') return;
          const view = dealView(now, TIMED.policy, TIMED.organisation, '2027-03-01T09:00:00.000Z');
          const unknown = Object.values(now.answers)
            .flatMap((s) => Object.entries(s))
            .filter(([, a]) => a.value === 'unknown');
          expect(view.assessment.openQuestions.length).toBe(unknown.length);
        });
      }),
      { numRuns: runs(60) },
    );
  });

  it('the record alone makes the state, and each commit owes its notices once', () => {
    fc.assert(
      fc.property(acts, (script) => {
        const { states, events } = play(script, ({ before, events: fresh, now }) => {
          if (now.status === 'none' || fresh.length === 0) return;
          const at = '2027-03-01T09:00:00.000Z';
          const was = before.status === 'none' ? undefined : dealView(before, TIMED.policy, TIMED.organisation, at);
          const notices = noticesFor(was, dealView(now, TIMED.policy, TIMED.organisation, at), fresh, 'id');
          expect(new Set(notices.map((n) => n.id)).size).toBe(notices.length);
          expect(notices.some((n) => n.kind === 'live' && n.live.card === 'root')).toBe(true);
        });
        expect(events.reduce(evolve, noDeal)).toEqual(states.at(-1));
        expect(replay(JSON.parse(JSON.stringify(events)) as DealEvent[])).toEqual(
          JSON.parse(JSON.stringify(states.at(-1))),
        );
      }),
      { numRuns: runs(80) },
    );
  });
});
