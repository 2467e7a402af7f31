/** Whatever happened on deals: lists hold exactly what an oracle over the deals themselves says, and nothing that may not be read. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsNow } from '../../../flows/deal/approval/in-force.ts';
import { askedReassessments } from '../../../flows/deal/approval/reassessments.ts';
import { saidByDeal, saidElsewhere, saidIn } from '../../../flows/deal/context/others.ts';
import { dutiesOf } from '../../../flows/deal/owing/duties.ts';
import { absenceFor } from '../../../flows/deal/owing/standing-in.ts';
import { canRead, independentCompliance } from '../../../flows/deal/rights/access.ts';
import { mayRead } from '../../../flows/deal/rights/readers.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { entryIn, entryOf, saidOf, sealedEntry } from '../../../flows/lists/entry.ts';
import { mayQueue, mine } from '../../../flows/lists/mine.ts';
import { needleOf, says, searchable } from '../../../flows/lists/search.ts';
import { createSaidShare } from '../../../flows/lists/shared-said.ts';
import { createShare, type KeptSummary } from '../../../flows/lists/shared.ts';
import { summaryOf, type DealSummary } from '../../../flows/lists/summary.ts';
import { isDeciding, turnsOf } from '../../../flows/lists/waits.ts';
import type { Absence, Organisation } from '../../../flows/organisation.ts';
import { plainSummary } from '../../support/kept-summary.ts';
import { absencesOf, acts, approved, play, waitingForVotes, yearActs, type Script } from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { TIMED } from '../../support/ticking.ts';

const PEOPLE = [...TIMED.organisation.people.map(({ id }) => id), 'stranger'];

/** Views of one played deal, each at the time of its act: about one in six. */
const viewsOf = (script: Script, absences: Absence[], start: Parameters<typeof play>[2]): DealView[] => {
  const organisation = { ...TIMED.organisation, absences };
  const views: DealView[] = [];
  let n = 0;
  play(
    script,
    ({ now, at }) => {
      n += 1;
      if (now.status !== 'none' && n % 6 === 0)
        views.push(dealView({ ...now, id: `D-${1000 + n}` }, TIMED.policy, organisation, at));
    },
    start,
    absences,
  );
  return views;
};

const played = fc
  .tuple(fc.oneof(acts, yearActs), absencesOf, fc.constantFrom([], waitingForVotes, approved))
  .map(([script, absences, start]) => viewsOf(script, absences, start));

const share = createShare();
/** As a store would give it back, and as a bot keeps it. */
const kept = (view: DealView): KeptSummary => share(JSON.parse(JSON.stringify(summaryOf(view))) as DealSummary);

/** By duties, which have rules of their own, and with compliance's part that is no duty. */
const oracle = (view: DealView, person: string): { mine: boolean; queue: boolean } => {
  const { deal } = view;
  const asked = new Set(deal.standing ? [] : askedReassessments(view).map(({ id }) => id));
  const due = dutiesOf(view).filter(
    ({ owed, person: owes }) =>
      owes !== undefined &&
      (owed.kind !== 'reassessment' || asked.has(owed.task)) &&
      // The deal's owner hears of a condition that is late, and it is still its own owner's.
      (owed.kind !== 'condition' || conditionsNow(deal).some((c) => c.id === owed.condition && c.owner === owes)) &&
      (owes === person || absenceFor(view, owed, owes, view.now)?.delegate === person),
  );
  const decides = new Set(['votes', 'scope', 'lighter', 'flag', 'authority', 'evidence']);
  const approval = deal.status === 'decided' ? deal : deal.standing;
  const isOpenToCompliance =
    approval !== undefined && approval.decision.outcome !== 'declined' && approval.suspended !== undefined;
  const readable = canRead(view, person);
  const isOwn = deal.owner === person || deal.requester === person;
  return {
    mine: readable && (isOwn || due.some(({ owed }) => !decides.has(owed.kind))),
    queue:
      readable &&
      (due.some(({ owed }) => decides.has(owed.kind)) ||
        (isOpenToCompliance && independentCompliance(view).includes(person))),
  };
};

describe('lists', () => {
  it('hold what the oracle says, for everybody, and nothing that they may not read', () => {
    const seen = { mine: 0, queue: 0, lent: 0, hidden: 0 };
    fc.assert(
      fc.property(played, (views) => {
        for (const view of views) {
          const summary = kept(view);
          for (const person of PEOPLE) {
            const readable = canRead(view, person);
            expect([person, mayRead(summary, view, person)]).toEqual([person, readable]);
            const turns = turnsOf(view, person);
            const isWork = turns.some(({ wait }) => !isDeciding(wait));
            const isMine = mine([summary], view, person).some(({ unsure }) => !unsure || isWork);
            const isQueued = mayQueue([summary], view, person).length > 0 && turns.some(({ wait }) => isDeciding(wait));
            expect([view.deal.status, person, isMine, isQueued]).toEqual([
              view.deal.status,
              person,
              ...Object.values(oracle(view, person)),
            ]);
            seen.mine += Number(isMine);
            seen.queue += Number(isQueued);
            seen.lent += Number(isQueued && turns.some((turn) => turn.for !== undefined));
            seen.hidden += Number(!readable);
          }
        }
      }),
      { numRuns: runs(60) },
    );
    // Lists that were always empty would prove nothing.
    expect(seen.mine).toBeGreaterThan(250);
    expect(seen.queue).toBeGreaterThan(100);
    expect(seen.lent).toBeGreaterThan(2);
    expect(seen.hidden).toBeGreaterThan(100);
  });

  it('stand on a summary that depends on the deal alone', () => {
    const shareSaid = createSaidShare();
    let answers = 0;
    const elsewhere: Organisation = {
      ...TIMED.organisation,
      people: [],
      groups: [],
      products: [],
      timeZone: 'Pacific/Auckland',
      holidays: ['2027-03-03'],
    };
    fc.assert(
      fc.property(played, (views) => {
        for (const view of views) {
          const other = dealView(view.deal, view.policy, elsewhere, '2031-01-01T00:00:00.000Z');
          expect(summaryOf(other)).toEqual(summaryOf(view));
          // What deals have in common is kept once, and says the same.
          expect(plainSummary(kept(view), summaryOf(view))).toEqual(summaryOf(view));
          const [searched, asKept] = [searchable(summaryOf(view)), kept(view)];
          expect([asKept.stage, asKept.names]).toEqual([searched.stage, searched.names]);
          for (const word of [' high', ' open', ' gaps', ' hold', ' scope', ' conditions', ' government', ' sample'])
            expect([word, says(asKept, needleOf(word))]).toEqual([word, says(searched, needleOf(word))]);
          // So does all that is kept beside it, and other deals hear the same of it by whatever catalogue.
          const sealed = JSON.parse(JSON.stringify(sealedEntry(entryOf(view))));
          const entry = entryIn(sealed);
          expect(entry && saidIn(view.organisation, saidOf(entry))).toEqual(saidElsewhere(view));
          const heard = shareSaid(saidElsewhere(view));
          expect({ ...heard, otherwise: heard.otherwise }).toEqual(saidElsewhere(view));
          answers += heard.otherwise.length;
          // As it was written until November 2026.
          const first = entryIn({ ...sealed, format: 1, said: JSON.stringify(saidByDeal(view)) });
          const { sale, ...saidThen } = saidByDeal(view);
          const isOpenNow = view.deal.status === 'answering' || view.deal.status === 'deciding';
          const hasDismissed = saidThen.worries.some(({ of }) => of === 'dismissed');
          // It did not say what the deal is of, nor of what people wrote: those of which others ask that are made anew.
          const isSpoken = saidThen.ended !== undefined || saidThen.worries.length > 0;
          const isTold = (saidThen.wrote ?? []).length > 0;
          expect(first === undefined).toBe(isOpenNow || hasDismissed || isSpoken || isTold);
          expect(sale === undefined).toBe(!isOpenNow && !saidThen.asksAnew && !saidThen.dismissedHere);
          if (first) expect(saidOf(first)).toEqual(saidByDeal(view));
          expect(entry && saidIn(elsewhere, saidOf(entry)).products).toEqual(saidElsewhere(other).products);
          // Its bound is of a long test's deal: of most it is a few hundred bytes.
          expect(JSON.stringify(summaryOf(view)).length).toBeLessThan(4000);
        }
      }),
      { numRuns: runs(30) },
    );
    expect(answers).toBeGreaterThan(50);
  });

  it('are ordered: what waits for the person, longest first; then open, approved and closed', () => {
    fc.assert(
      fc.property(fc.array(played, { minLength: 2, maxLength: 3 }), (all) => {
        const views = all.flat();
        const [first] = views;
        if (!first) return;
        for (const person of ['rep-1', 'compliance-1']) {
          const listed = mine(views.map(kept), first, person);
          const parts = ['for you', 'open', 'approved', 'over'];
          const keys = listed.map(({ part }) => parts.indexOf(part));
          expect(keys).toEqual(keys.toSorted((a, b) => a - b));
          for (const part of parts) {
            const ats = listed.flatMap((one) => (one.part === part ? [one.at] : []));
            const sorted = ats.toSorted();
            expect(ats).toEqual(part === 'for you' || part === 'open' ? sorted : sorted.toReversed());
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
