/** Another organisation file counts while a deal is decided: who is asked, and a step that has all its votes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usedBy } from '../../../../flows/deal/approval/used-by.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { nextDueAt } from '../../../../flows/deal/owing/duties.ts';
import { standingOf, waitingFor } from '../../../../flows/deal/rights/whose-turn.ts';
import type { AskedSoFar } from '../../../../flows/deal/seat-shapes.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import { noneAsked } from '../../../../flows/deal/telling/asked-so-far.ts';
import { inGroup } from '../../../../flows/organisation.ts';
import { aPolicy } from '../../../support/deal-builders.ts';
import { aHold } from '../../../support/holds.ts';
import { answeredDeal, story, type Story } from '../../../support/story.ts';
import { noticesBetween, TIMED, toldOf } from '../../../support/ticking.ts';

/** As `TIMED`, with these members of groups, without these people. */
const edited = (groups: Record<string, string[]>, gone: string[] = [], policy = aPolicy()): DealContext => ({
  ...TIMED,
  policy,
  organisation: {
    ...TIMED.organisation,
    people: TIMED.organisation.people.filter(({ id }) => !gone.includes(id)),
    groups: TIMED.organisation.groups.map(({ members, ...group }) => ({
      ...group,
      members: (groups[group.id] ?? members).filter((id) => !gone.includes(id)),
    })),
  },
});
const MANAGED = aPolicy({ managerAlone: false });
/** The seniors are the manager of the requester and one colleague. */
const managed = edited({ senior: ['boss-1', 'senior-1'] }, [], MANAGED);
const without = edited({ senior: ['boss-1'] }, ['senior-1'], MANAGED);
const deciding = ({ state }: Story): DecidingDeal => state as DecidingDeal;
const votes = (step: number, ...people: string[]): AskedSoFar => ({
  ...noneAsked,
  round: 1,
  step,
  people: { [`votes:${step}`]: people },
});
const note = (asked: AskedSoFar) => ({ type: 'NoteSeats', asked }) as const;
const under = (context: DealContext, told: Story): Story => story([], context).resume(told);
const elevated = (context: DealContext): Story => story(answeredDeal({ 'H-RF3': 'yes' }), context).vote('compliance-1');
const high = (context: DealContext = TIMED): Story =>
  story(answeredDeal({ 'H-RF1': 'yes' }), context).vote('compliance-1');
const types = (told: Story): string[] => told.events.map(({ type }) => type);

describe('a step that has all its votes as the other voter left the file', () => {
  const voted = (): Story => elevated(managed).vote('boss-1');
  const noted = (): Story => under(without, voted()).and('system', note(votes(1, 'boss-1', 'senior-1')));

  it('waits for a business day, says so, and then goes on by itself', () => {
    expect(waitingFor(voted().view).people).toEqual(['senior-1']);
    const full = noted();
    expect(full.events.at(-1)).toMatchObject({ type: 'SeatsNoted', full: true, gone: ['senior-1'] });
    expect(full.state).toMatchObject({ status: 'deciding', full: full.events.at(-1)?.at });
    expect(waitingFor(full.view)).toMatchObject({ for: 'votes', people: [] });
    const at = nextDueAt(full.view) ?? '';
    expect(at.slice(0, 10)).toBe('2027-03-02');
    full.when('system', { type: 'Tick' }).refused('not now');
    const done = full.when('system', { type: 'Tick' }, at).then('StepCompleted', 'DealDecided');
    expect(done.state).toMatchObject({ status: 'decided', decision: { outcome: 'approved' } });
    expect(toldOf(noticesBetween(full, done), 'decided')).toContain('rep-1');
  });
  it('says so in the thread, once', () => {
    const before = under(without, voted());
    expect(toldOf(noticesBetween(before, noted()), 'seats noted')).toEqual(['thread']);
    noted()
      .when('system', note(votes(1, 'boss-1')))
      .refused('not now');
  });
  it('does not go on where the other voter is back in time, who is asked again', () => {
    const back = under(managed, noted()).and('system', note(votes(1, 'boss-1')));
    expect(back.events.at(-1)).toMatchObject({ calls: [{ asked: { kind: 'votes', step: 1 }, people: ['senior-1'] }] });
    expect(deciding(back).full).toBeUndefined();
    back.when('system', { type: 'Tick' }, '2027-03-02T12:00:00.000Z').refused('not now');
    const again = under(without, back).and('system', note(votes(1, 'boss-1', 'senior-1')));
    expect((nextDueAt(again.view) ?? '') > (nextDueAt(noted().view) ?? '')).toBe(true);
  });
  it('takes no vote but those that are there, and may lose one until then', () => {
    const back = noted().and('boss-1', { type: 'TakeVoteBack', step: 1 });
    back.when('system', { type: 'Tick' }, '2027-03-02T12:00:00.000Z').refused('not now');
    expect(back.vote('boss-1').state).toMatchObject({ status: 'decided' });
  });
  it('waits for whatever a vote would wait for, and goes on once that is settled', () => {
    const flagged = noted().and('product-1', { type: 'RaiseFlag', title: 'They asked me for more' });
    const at = '2027-03-03T12:00:00.000Z';
    // Time completes nothing: it reminds of the flag.
    const reminded = flagged.when('system', { type: 'Tick' }, at).then('Reminded', 'Reminded');
    const flag = flagged.view.deal.ownFlags[0]?.id ?? '';
    reminded
      .when('compliance-2', { type: 'DismissFlag', flag, reason: 'It was about another deal' }, at)
      .then('FlagDismissed', 'StepCompleted', 'DealDecided');
  });
  it('does not go on under a hold; then its release completes it', () => {
    const hold = aHold({ on: { of: 'deal', deal: voted().view.deal.id } });
    const held = { ...without, organisation: { ...without.organisation, holds: [hold] } };
    const stopped = under(held, noted()).and('system', { type: 'NoteHold', hold });
    stopped.when('system', { type: 'Tick' }, '2027-03-02T12:00:00.000Z').refused('not now');
    expect(nextDueAt(stopped.view)).toBeNull();
  });
  it('and goes on to the next one, whose people are asked then', () => {
    const two = (context: DealContext): DealContext => ({
      ...context,
      policy: aPolicy({
        managerAlone: false,
        routeFor: () => ({
          tier: 'elevated',
          weighing: true,
          steps: [
            { group: 'senior', quorum: 1, including: [] },
            { group: 'counsel', quorum: 1, including: [] },
          ],
        }),
      }),
    });
    const first = story(answeredDeal({ 'H-RF3': 'yes' }), two(managed)).vote('boss-1');
    const full = under(two(without), first).and('system', note(votes(0, 'boss-1', 'senior-1')));
    const next = full.and('system', { type: 'Tick' }, nextDueAt(full.view) ?? '');
    expect(types(next).slice(-1)).toEqual(['StepCompleted']);
    expect(toldOf(noticesBetween(full, next), 'review wanted')).toEqual(['counsel-1']);
  });
});

describe('a step for which too few are left', () => {
  it('stays where it is and says so, however many votes it has', () => {
    const voted = high().vote('senior-1');
    const few = under(edited({ senior: ['senior-1'], counsel: [] }, ['senior-2', 'counsel-1']), voted);
    const noted = few.and('system', note(votes(1, 'senior-1', 'senior-2', 'counsel-1')));
    expect(noted.events.at(-1)).toMatchObject({ type: 'SeatsNoted', short: true, gone: ['senior-2', 'counsel-1'] });
    expect(noted.events.at(-1)).not.toHaveProperty('full');
    expect(toldOf(noticesBetween(few, noted), 'seats noted')).toEqual(['thread']);
    for (const at of ['2027-03-02T12:00:00.000Z', '2027-06-01T12:00:00.000Z'])
      expect(deciding(noted.and('system', { type: 'Tick' }, '2027-03-09T12:00:00.000Z')).step, at).toBe(1);
    const mended = under(TIMED, noted).and('system', note(votes(1, 'senior-1')));
    expect(deciding(mended).short).toBe(false);
    expect(mended.events.at(-1)).toMatchObject({ calls: [{ people: ['counsel-1'] }] });
  });
});

describe('who is asked', () => {
  it('is whoever came, once', () => {
    const before = high();
    const more = under(edited({ senior: ['senior-1', 'senior-2', 'counsel-1', 'boss-1'] }), before);
    const asked = ['senior-1', 'senior-2', 'counsel-1'];
    const noted = more.and('system', note(votes(1, ...asked)));
    expect(toldOf(noticesBetween(more, noted), 'review wanted')).toEqual(['boss-1']);
    noted.when('system', note(votes(1, ...asked, 'boss-1'))).refused('not now');
  });
  it('is nobody of the deal team', () => {
    const team = under(edited({ senior: ['senior-1', 'senior-2', 'counsel-1', 'rep-1'] }), high());
    team.when('system', note(votes(1, 'senior-1', 'senior-2', 'counsel-1'))).refused('not now');
  });
  it('is nobody by what was read before the deal moved on', () => {
    const moved = high();
    moved.when('system', note(votes(0, 'compliance-1'))).refused('not now');
  });
  it('is new compliance too, of a flag that waits', () => {
    const flagged = high().and('product-1', { type: 'RaiseFlag', title: 'They asked me for more' });
    const flag = flagged.view.deal.ownFlags[0]?.id ?? '';
    const more = under(edited({ compliance: ['compliance-1', 'compliance-2', 'boss-1'] }), flagged);
    const asked = {
      ...votes(1, 'senior-1', 'senior-2', 'counsel-1'),
      people: {
        'votes:1': ['senior-1', 'senior-2', 'counsel-1'],
        [`flag:${flag}`]: ['compliance-1', 'compliance-2'],
      },
    };
    const noted = more.and('system', note(asked));
    expect(toldOf(noticesBetween(more, noted), 'own flag raised')).toEqual(['boss-1']);
  });
  it('is said by the bot alone', () => {
    high()
      .when('compliance-1', note(votes(1)))
      .refused('not allowed');
  });
});

const VOTERS = ['senior-1', 'senior-2', 'counsel-1', 'boss-1'];

describe('whatever is edited and voted', () => {
  it('passes no step that its votes do not fill under the file of that moment', () => {
    const act = fc.oneof(
      fc.record({ vote: fc.constantFrom(...VOTERS) }),
      fc.record({
        senior: fc.subarray(VOTERS),
        counsel: fc.subarray(VOTERS),
        gone: fc.subarray(['senior-1', 'rep-1']),
      }),
      fc.record({ later: fc.constantFrom(1, 3) }),
    );
    let [passed, alone] = [0, 0];
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), fc.boolean(), (acts, strict) => {
        const policy = strict ? MANAGED : aPolicy();
        let context = edited({ senior: VOTERS }, [], policy);
        let told = high(context);
        let day = 2;
        for (const each of acts) {
          if (told.state.status !== 'deciding') return;
          const before = told;
          if ('vote' in each) {
            try {
              told = told.vote(each.vote);
            } catch {
              continue;
            }
          } else {
            const at =
              'later' in each ? `2027-03-${String((day += each.later)).padStart(2, '0')}T12:00:00.000Z` : undefined;
            if ('senior' in each) {
              context = edited({ senior: each.senior, counsel: each.counsel }, each.gone, policy);
              told = under(context, told);
            }
            const command = at === undefined ? note(votes(1, ...VOTERS)) : ({ type: 'Tick' } as const);
            try {
              told = told.and('system', command, at);
            } catch {
              continue;
            }
          }
          if (told.state.status === 'deciding') continue;
          passed += 1;
          if (!('vote' in each)) alone += 1;
          const { organisation } = context;
          const counted = (told.events.findLast((e) => e.type === 'StepCompleted') as { counted: string[] }).counted;
          const cast = deciding(before).votes.filter((v) => v.step === 1);
          const by = 'vote' in each ? [...cast.map((v) => v.by), each.vote] : cast.map((v) => v.by);
          expect(counted.every((id) => by.includes(id) && inGroup(organisation, 'senior', id))).toBe(true);
          expect(new Set(counted).size).toBeGreaterThanOrEqual(2);
          expect(counted.some((id) => inGroup(organisation, 'counsel', id))).toBe(true);
          expect(counted.includes('rep-1') || cast.some((v) => usedBy(v).includes('rep-1'))).toBe(false);
          if (!('vote' in each)) expect(standingOf(under(context, before).view, deciding(before)).missing).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(20);
    expect(alone).toBeGreaterThan(0);
  });
});
