/** Whatever happened on a deal: a digest says of it by its sealed summary what it says by its state. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { LINE_KINDS, type DigestLine } from '../../../flows/digest/digest.ts';
import { digestDay, saidInDigest, type SaidInDigest } from '../../../flows/digest/of-deal.ts';
import { startQueues } from '../../../flows/digest/personal.ts';
import { startTally } from '../../../flows/digest/tally.ts';
import { digestDealOf } from '../../../flows/lists/digest-facts.ts';
import { entryIn, entryOf, sealedEntry } from '../../../flows/lists/entry.ts';
import { createShare } from '../../../flows/lists/shared.ts';
import type { Absence, Organisation } from '../../../flows/organisation.ts';
import { indexedDeal } from '../../../src/streams/indexed-deal.ts';
import { aPolicy, NOW } from '../../support/deal-builders.ts';
import { saidByState } from '../../support/digest-by-state.ts';
import { saidOf } from '../../support/digests.ts';
import { everyReminder, everyStatus, lighterDeal, overTheYears, saidOut, withAPast } from '../../support/every-deal.ts';
import { absencesOf, acts, approved, play, waitingForVotes, yearActs } from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { TIMED } from '../../support/ticking.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { reminders } = aPolicy();
const dated = {
  reminders: { ...reminders, reassessments: { ...reminders.reassessments, atMost: { high: 12, others: 24 } } },
};
/** Without and with a latest look, and a rule about managers. */
const POLICIES = [TIMED.policy, aPolicy(dated), aPolicy({ ...dated, managerAlone: false })];
const PEOPLE = TIMED.organisation.people.map(({ id }) => id);
const SOME: readonly OpenedDeal[] = [
  ...Object.values(everyStatus),
  ...everyReminder.map(({ deal }) => deal),
  ...[...overTheYears, ...withAPast].map(([, deal]) => deal),
  lighterDeal,
  saidOut,
];

const share = createShare();
/** As a store gives it back, and a bot keeps it. */
const bySummary = (view: DealView): SaidInDigest => {
  const entry = entryIn(JSON.parse(JSON.stringify(sealedEntry(entryOf(view)))));
  const kept = entry && indexedDeal(1, entry, share);
  if (!kept?.digest) throw new Error('the summary says nothing to a digest');
  return saidInDigest({ summary: kept.summary, facts: kept.digest }, digestDay(view));
};

/** What people do about a deal besides: steps back, gives their word or a sheet, raises a flag that keeps a stop. */
interface Beside {
  recused: readonly string[];
  told: readonly string[];
  team: readonly string[];
  keepsStop: boolean;
  elsewhere: boolean;
}
const someone = fc.uniqueArray(fc.constantFrom(...PEOPLE), { maxLength: 3 });
const beside: fc.Arbitrary<Beside> = fc.record({
  recused: someone,
  told: someone,
  team: someone,
  keepsStop: fc.boolean(),
  elsewhere: fc.boolean(),
});

const besideIt = (deal: OpenedDeal, { recused, told, team, keepsStop, elsewhere }: Beside): OpenedDeal => {
  const [by = 'rep-1', also] = told;
  const sheet = { id: 'sheet-1', version: 1, by, at: NOW, ...(also === undefined ? {} : { also: [also] }) };
  const answers = Object.fromEntries(
    Object.entries(deal.answers).map(([section, given]) => [
      section,
      Object.fromEntries(
        Object.entries(given).map(([question, answer]) => [
          question,
          told.length === 0 ? answer : { ...answer, basis: (elsewhere ? { sheet } : { told: by }) as never },
        ]),
      ),
    ]),
  );
  return {
    ...deal,
    answers,
    team: [...new Set([...deal.team, ...team])],
    recused: recused.map((who) => ({ by: who, at: NOW, reason: 'A sample reason' })),
    ownFlags: deal.ownFlags.map((flag) => (keepsStop ? { ...flag, stops: { 'D-OTHER': NOW } } : flag)),
  };
};

const seen = new Map<DigestLine['of'] | 'undated' | 'aged', number>();
const count = (what: Parameters<typeof seen.set>[0]): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

const check = (view: DealView): void => {
  const slow = saidByState(view);
  expect(bySummary(view)).toEqual(slow);
  // So it says where the summary is older, and the state is opened.
  expect(saidOf(view)).toEqual(slow);
  for (const { of } of [...slow.moves, ...(slow.decision ? [slow.decision.line] : [])]) count(of);
  if (slow.undated) count('undated');
  if (slow.age !== undefined) count('aged');
};

const organisationOf = (absences: Absence[], timeZone: string): Organisation => ({
  ...TIMED.organisation,
  absences,
  timeZone,
});
const zones = fc.constantFrom('UTC', 'Pacific/Auckland', 'America/Los_Angeles');

describe('a digest by summaries', () => {
  it('says what it says by the deals themselves', () => {
    fc.assert(
      fc.property(
        fc.oneof(acts, yearActs),
        fc.constantFrom([], waitingForVotes, approved),
        absencesOf,
        zones,
        beside,
        fc.integer({ min: 0, max: 900 }),
        (script, start, absences, zone, more, days) => {
          const organisation = organisationOf(absences, zone);
          let n = 0;
          const each = (deal: OpenedDeal, at: string): void => {
            n += 1;
            const policy = POLICIES[n % POLICIES.length] ?? TIMED.policy;
            const later = new Date(Date.parse(at) + days * DAY_MS).toISOString();
            check(dealView(deal, policy, organisation, at));
            check(dealView(besideIt(deal, more), policy, organisation, later));
          };
          play(script, ({ now, at }) => void (now.status !== 'none' && each(now, at)), start, absences);
          for (const deal of SOME) each(deal, NOW);
        },
      ),
      { numRuns: runs(14) },
    );
    const beyond = ['rows changed', 'messages failed', 'hold', 'country', 'training', 'list'];
    for (const of of LINE_KINDS)
      if (!beyond.some((word) => of.startsWith(word))) expect([of, (seen.get(of) ?? 0) > 4]).toEqual([of, true]);
    expect([(seen.get('undated') ?? 0) > 4, (seen.get('aged') ?? 0) > 4]).toEqual([true, true]);
  });

  it('counts and queues the same for everybody', () => {
    const made = (said: (view: DealView) => SaidInDigest, organisation: Organisation) => {
      const tally = startTally({ from: '2027-01-01T00:00:00.000Z', most: 20 });
      const queues = startQueues();
      for (const [i, deal] of SOME.entries())
        for (const days of [0, 20, 400]) {
          const now = new Date(Date.parse(NOW) + days * DAY_MS).toISOString();
          const one = said(dealView({ ...deal, id: `D-${i}-${days}` }, TIMED.policy, organisation, now));
          tally.add(one);
          queues.add(one);
        }
      return [tally.digest({ until: NOW }, { lines: [] }), PEOPLE.map((person) => queues.of(person, NOW))];
    };
    for (const absences of fc.sample(absencesOf, { numRuns: 5, seed: 7 })) {
      const organisation = organisationOf(absences, 'UTC');
      expect(made(bySummary, organisation)).toEqual(made(saidByState, organisation));
    }
  });

  it('depends on the deal alone, and says nothing of most deals', () => {
    for (const deal of SOME) {
      const here = dealView(deal, TIMED.policy, TIMED.organisation, NOW);
      const none = { ...TIMED.organisation, people: [], groups: [] };
      const there = dealView(deal, TIMED.policy, none, '2031-01-01T00:00:00.000Z');
      expect(digestDealOf(there)).toEqual(digestDealOf(here));
    }
    const { facts } = digestDealOf(dealView(everyStatus.decided, aPolicy(dated), TIMED.organisation, NOW));
    expect(facts).toEqual({});
  });
});
