/** Digests: their time, their recipients, and that each comes once. */

import { describe, expect, it } from 'vitest';
import {
  audienceNamed,
  digestsFor,
  digestsName,
  dueDigest,
  type Audience,
  type DigestsCommand,
  type DigestsEvent,
  type DigestsState,
} from '../../../flows/digest/register.ts';
import { SYSTEM, type Organisation } from '../../../flows/organisation.ts';
import { nextRun } from '../../../src/config/schedule.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { aDigest, myQueue } from '../../support/digests.ts';

const CHANNEL: Audience = { to: 'channel', channel: 'C0COMPLY' };
const PEOPLE: Audience = { to: 'compliance' };
const mine = (person: string): Audience => ({ to: 'person', person });

const planned = (schedule: string, timeZone: string): Organisation =>
  anOrganisation({
    digests: [
      { channel: 'C0COMPLY', schedule, timeZone },
      { schedule, timeZone },
    ],
  });
const MONDAYS = planned('0 9 * * 1', 'UTC');

const stepping = (audience: Audience, organisation: Organisation) => {
  const register = digestsFor(audience, nextRun);
  const context = { organisation, policy: undefined };
  let state: DigestsState = {};
  return {
    register,
    now: () => state,
    do: (actor: string, command: DigestsCommand, at: string): string | DigestsEvent[] => {
      const decided = register.decide(command, state, { actor, at, id: 'id' }, context);
      if (decided.kind === 'refused') return decided.refusal.text;
      for (const event of decided.events) state = register.evolve(state, event);
      return decided.events;
    },
    next: (at: string) => register.nextDueAt(state, at, context),
    due: (at: string) => dueDigest(state, at, audience, organisation, nextRun),
    told: (event: DigestsEvent) => register.tell(event, state, context, state).flatMap(([, targets]) => targets),
  };
};
const MADE: DigestsCommand = { type: 'Make', made: { of: 'compliance', digest: aDigest() } };
const MINE: DigestsCommand = { type: 'Make', made: { of: 'mine', digest: myQueue } };
const last = (events: string | DigestsEvent[]): DigestsEvent => {
  const event = typeof events === 'string' ? undefined : events.at(-1);
  if (!event) throw new Error(String(events));
  return event;
};

/** Times at which it is made between two moments, ticked whenever it is due. */
const madeBetween = (organisation: Organisation, from: string, to: string): string[] => {
  const steps = stepping(CHANNEL, organisation);
  steps.do(SYSTEM, { type: 'Begin' }, from);
  const made: string[] = [];
  for (let at = steps.next(from); at !== null && at <= to; at = steps.next(at)) {
    steps.do(SYSTEM, MADE, at);
    made.push(at);
  }
  return made;
};

describe('a digest for compliance', () => {
  it('comes when the file says, counted from when the file first said so', () => {
    expect(madeBetween(MONDAYS, '2027-03-03T12:00:00.000Z', '2027-03-16T00:00:00.000Z')).toEqual([
      '2027-03-08T09:00:00.000Z',
      '2027-03-15T09:00:00.000Z',
    ]);
  });

  it('keeps its local time when the clocks change', () => {
    expect(
      madeBetween(planned('0 9 * * 1', 'Europe/Berlin'), '2027-03-20T00:00:00.000Z', '2027-04-01T00:00:00.000Z'),
    ).toEqual(['2027-03-22T08:00:00.000Z', '2027-03-29T07:00:00.000Z']);
    expect(
      madeBetween(planned('0 9 * * 0', 'America/New_York'), '2027-10-30T00:00:00.000Z', '2027-11-15T00:00:00.000Z'),
    ).toEqual(['2027-10-31T13:00:00.000Z', '2027-11-07T14:00:00.000Z', '2027-11-14T14:00:00.000Z']);
  });

  it('comes once on a night that has its time twice, and on one that has it not at all', () => {
    const nightly = planned('30 2 * * *', 'Europe/Berlin');
    expect(madeBetween(nightly, '2027-10-30T12:00:00.000Z', '2027-11-01T12:00:00.000Z')).toEqual([
      '2027-10-31T00:30:00.000Z',
      '2027-11-01T01:30:00.000Z',
    ]);
    expect(madeBetween(nightly, '2027-03-27T12:00:00.000Z', '2027-03-29T12:00:00.000Z')).toEqual([
      '2027-03-28T01:00:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]);
  });

  it('comes once for a standstill of three days, and goes on as usual', () => {
    const steps = stepping(CHANNEL, planned('0 9 * * *', 'UTC'));
    steps.do(SYSTEM, { type: 'Begin' }, '2027-03-01T10:00:00.000Z');
    expect(steps.next('2027-03-01T10:00:00.000Z')).toBe('2027-03-02T09:00:00.000Z');
    expect(steps.due('2027-03-05T03:00:00.000Z')).toEqual({ of: 'compliance', scheduled: true });
    steps.do(SYSTEM, MADE, '2027-03-05T03:00:00.000Z');
    expect(steps.due('2027-03-05T03:00:00.000Z')).toBeUndefined();
    expect(steps.next('2027-03-05T03:00:00.000Z')).toBe('2027-03-05T09:00:00.000Z');
  });

  it('does not come again when the clock steps back an hour', () => {
    const steps = stepping(CHANNEL, MONDAYS);
    steps.do(SYSTEM, { type: 'Begin' }, '2027-03-01T10:00:00.000Z');
    steps.do(SYSTEM, MADE, '2027-03-08T09:00:00.000Z');
    expect(steps.due('2027-03-08T08:30:00.000Z')).toBeUndefined();
    expect(steps.do(SYSTEM, MADE, '2027-03-08T08:59:00.000Z')).toBe('This digest is not due.');
    expect(steps.next('2027-03-08T08:00:00.000Z')).toBe('2027-03-15T09:00:00.000Z');
  });

  it('goes to the channel, or to each of the group, and nowhere once the file is silent', () => {
    for (const [audience, targets] of [
      [CHANNEL, [{ to: 'channel', channel: 'C0COMPLY' }]],
      [PEOPLE, [{ to: 'person', person: 'compliance-1' }]],
    ] as const) {
      const steps = stepping(audience, MONDAYS);
      steps.do(SYSTEM, { type: 'Begin' }, '2027-03-01T10:00:00.000Z');
      const made = last(steps.do(SYSTEM, MADE, '2027-03-08T09:00:00.000Z'));
      expect(steps.told(made)).toEqual(targets);
    }
    const silent = stepping(CHANNEL, anOrganisation());
    silent.do(SYSTEM, { type: 'Begin' }, '2027-03-01T10:00:00.000Z');
    expect(silent.next('2027-03-02T00:00:00.000Z')).toBeNull();
    const event = {
      type: 'DigestMade',
      made: MADE.type === 'Make' ? MADE.made : undefined,
      scheduled: true,
    } as DigestsEvent;
    expect(silent.told(event)).toEqual([]);
  });

  it('is made by time alone', () => {
    const steps = stepping(CHANNEL, MONDAYS);
    expect(steps.do('compliance-1', { type: 'Begin' }, '2027-03-01T10:00:00.000Z')).toContain('organisation file');
    steps.do(SYSTEM, { type: 'Begin' }, '2027-03-01T10:00:00.000Z');
    expect(steps.do('compliance-1', MADE, '2027-03-08T09:00:00.000Z')).toBe('Only time itself does this.');
  });
});

describe("a person's digest", () => {
  const FRIDAY = '2027-03-05T12:00:00.000Z';
  const person = (id: string, organisation = anOrganisation()) => stepping(mine(id), organisation);

  it('comes at nine on working mornings where they are, from when they want it until they do not', () => {
    const people = anOrganisation().people.map((p) => (p.id === 'rep-1' ? { ...p, timeZone: 'Asia/Kathmandu' } : p));
    const steps = person('rep-1', anOrganisation({ people, holidays: ['2027-03-09'] }));
    expect(steps.next(FRIDAY)).toBeNull();
    steps.do('rep-1', { type: 'Begin' }, FRIDAY);
    expect(steps.next(FRIDAY)).toBe('2027-03-08T03:15:00.000Z');
    steps.do(SYSTEM, MINE, '2027-03-08T03:15:00.000Z');
    expect(steps.next('2027-03-08T03:15:00.000Z')).toBe('2027-03-10T03:15:00.000Z');
    expect(steps.do('rep-1', { type: 'Begin' }, FRIDAY)).toBe('You get this digest already.');
    steps.do('rep-1', { type: 'End' }, FRIDAY);
    expect(steps.next(FRIDAY)).toBeNull();
    expect(steps.do('rep-1', { type: 'End' }, FRIDAY)).toContain('none to end');
  });

  it('wakes nobody to say that nothing waits, unless they ask', () => {
    const nothing = {
      type: 'Make',
      made: { of: 'mine', digest: { ...myQueue, counts: { mine: 0, others: 0 } } },
    } as const;
    const steps = person('rep-1');
    steps.do('rep-1', { type: 'Begin' }, FRIDAY);
    expect(steps.told(last(steps.do(SYSTEM, nothing, '2027-03-08T09:00:00.000Z')))).toEqual([]);
    steps.do('rep-1', { type: 'Ask', of: 'mine' }, '2027-03-08T10:00:00.000Z');
    expect(steps.next('2027-03-08T10:00:00.000Z')).toBe('2027-03-08T10:00:00.000Z');
    expect(steps.told(last(steps.do(SYSTEM, nothing, '2027-03-08T10:00:00.000Z')))).toEqual([
      { to: 'person', person: 'rep-1' },
    ]);
    expect(steps.next('2027-03-08T10:00:00.000Z')).toBe('2027-03-09T09:00:00.000Z');
  });

  it('is asked for by that person only, and one of all deals by compliance only', () => {
    expect(person('rep-1').do('senior-1', { type: 'Ask', of: 'mine' }, FRIDAY)).toContain('belongs to somebody else');
    expect(person('rep-1').do('rep-1', { type: 'Ask', of: 'compliance' }, FRIDAY)).toContain('Only compliance');
    expect(person('gone').do('gone', { type: 'Ask', of: 'mine' }, FRIDAY)).toContain('does not know you');
    expect(person('chief-1').do('chief-1', { type: 'Ask', of: 'compliance' }, FRIDAY)).toHaveLength(1);
  });

  it('of all deals is not told to somebody who has left compliance meanwhile', () => {
    const steps = person('compliance-1');
    steps.do('compliance-1', { type: 'Ask', of: 'compliance' }, FRIDAY);
    const made = last(steps.do(SYSTEM, MADE, FRIDAY));
    expect(steps.told(made)).toEqual([{ to: 'person', person: 'compliance-1' }]);
    expect(stepping(mine('rep-1'), anOrganisation()).told(made)).toEqual([]);
  });
});

it.each([CHANNEL, PEOPLE, mine('rep-1'), { to: 'channel', channel: '19:a_b-c@thread.tacv2' } as const])(
  'an audience is found again by its name: %j',
  (audience) => {
    expect(audienceNamed(digestsName(audience))).toEqual(audience);
    expect(audienceNamed(`${digestsName(audience)}`.replace('digest', 'other'))).toBeUndefined();
  },
);
