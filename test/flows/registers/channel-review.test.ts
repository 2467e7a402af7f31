/** Review of the reporting channel: due once a year, told to compliance, and finally to the chief. */

import { describe, expect, it } from 'vitest';
import type { Organisation } from '../../../flows/organisation.ts';
import {
  channelDue,
  channelReview as register,
  type ChannelCommand,
  type ChannelEvent,
  type ChannelState,
} from '../../../flows/registers/channel-review.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';

const rule = { everyMonths: 12, before: [30, 7, 0], weeklyAfter: true, escalate: { after: 14 } };
const organisation: Organisation = anOrganisation({
  people: [
    ...anOrganisation().people,
    { id: 'compliance-2', name: 'Sample Compliance Two', timeZone: 'Pacific/Auckland' },
  ],
  groups: anOrganisation().groups.map((g) =>
    g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2'] } : g,
  ),
});
const context = { organisation, policy: aPolicy({ reminders: { ...aPolicy().reminders, channelReview: rule } }) };
const START = '2027-03-01T10:00:00.000Z';
const NOTE = 'The form on the website works; the phone number was old and is new.';

const act = (state: ChannelState, actor: string, command: ChannelCommand, at: string) =>
  register.decide(command, state, { actor, at, id: 'id' }, context);
const after = (state: ChannelState, actor: string, command: ChannelCommand, at: string): ChannelState => {
  const decided = act(state, actor, command, at);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return decided.events.reduce(register.evolve, state);
};
const refusal = (state: ChannelState, actor: string, command: ChannelCommand, at = START): string => {
  const decided = act(state, actor, command, at);
  return decided.kind === 'refused' ? decided.refusal.text : 'accepted';
};
const tick = { type: 'Tick' } as const;
const asked = after(register.none, 'system', tick, START);

/** `2028-01-31T09:00 compliance-1`, `… late chief-1`. */
const until = (from: ChannelState, last: string, at = START): { lines: string[]; state: ChannelState } => {
  const lines: string[] = [];
  let state = from;
  for (
    let due = register.nextDueAt(state, at, context);
    due !== null && due <= last;
    due = register.nextDueAt(state, due, context)
  ) {
    const decided = act(state, 'system', tick, due);
    const events: ChannelEvent[] = decided.kind === 'accepted' ? decided.events : [];
    for (const event of events) {
      for (const [{ fact }, targets] of register.tell(event, state, context, state)) {
        for (const target of targets) {
          if (target.to === 'person')
            lines.push(`${due.slice(0, 16)} ${fact === 'channel late' ? 'late ' : ''}${target.person}`);
        }
      }
    }
    state = events.reduce(register.evolve, state);
    const next = register.nextDueAt(state, due, context);
    if (next !== null && next <= due) throw new Error(`still due at ${next}`);
  }
  return { lines, state };
};

describe('the review of the reporting channel', () => {
  it('is due a year after it was first asked for, and told to compliance where they are, then to the chief', () => {
    expect(channelDue(asked, rule, organisation)).toBe('2028-03-01');
    expect(until(asked, '2028-03-20T00:00:00.000Z').lines).toEqual([
      '2028-01-30T20:00 compliance-2',
      '2028-01-31T09:00 compliance-1',
      '2028-02-22T20:00 compliance-2',
      '2028-02-23T09:00 compliance-1',
      '2028-02-29T20:00 compliance-2',
      '2028-03-01T09:00 compliance-1',
      '2028-03-07T20:00 compliance-2',
      '2028-03-08T09:00 compliance-1',
      '2028-03-14T20:00 compliance-2',
      '2028-03-15T09:00 compliance-1',
      '2028-03-15T09:00 late chief-1',
    ]);
  });

  it('is one message after a sleep, and none once it was done; then a year later', () => {
    const slept = after(asked, 'system', tick, '2028-06-01T10:00:00.000Z');
    expect(refusal(slept, 'system', tick, '2028-06-01T10:00:30.000Z')).toMatch(/Nobody/);
    const done = after(slept, 'compliance-1', { type: 'ReviewChannel', note: NOTE }, '2028-06-01T11:00:00.000Z');
    expect(done).toMatchObject({ reviewed: { by: 'compliance-1', on: '2028-06-01', note: NOTE }, reminded: {} });
    expect(until(done, '2029-05-07T00:00:00.000Z', '2028-06-01T11:00:00.000Z').lines).toEqual([
      '2029-05-01T21:00 compliance-2',
      '2029-05-02T09:00 compliance-1',
    ]);
  });

  it('waits for whoever asks for later, and for them alone', () => {
    const { state } = until(asked, '2028-01-31T12:00:00.000Z');
    const later = after(
      state,
      'compliance-1',
      { type: 'SnoozeChannel', until: '2028-02-25' },
      '2028-01-31T12:00:00.000Z',
    );
    expect(until(later, '2028-02-26T00:00:00.000Z', '2028-01-31T12:00:00.000Z').lines).toEqual([
      '2028-02-22T20:00 compliance-2',
      '2028-02-25T09:00 compliance-1',
    ]);
  });

  it.each([
    ['rep-1', { type: 'ReviewChannel', note: NOTE }, /Only compliance/],
    ['compliance-1', { type: 'ReviewChannel', note: ' fine ' }, /say in a sentence/],
    ['rep-1', { type: 'SnoozeChannel', until: '2027-03-05' }, /Only the person who is reminded/],
    ['compliance-1', { type: 'SnoozeChannel', until: '2027-03-01' }, /after today/],
    ['compliance-1', { type: 'SnoozeChannel', until: '2027-05-01' }, /next 30 days/],
    ['compliance-1', { type: 'SnoozeChannel', until: 'soon' }, /calendar/],
    ['compliance-1', tick, /Only time/],
  ] as const)('refuses %s %o', (actor, command, says) => {
    expect(refusal(asked, actor, command)).toMatch(says);
  });

  it('is nothing where the policy does not ask for it', () => {
    const without = { organisation, policy: aPolicy() };
    expect(register.nextDueAt(asked, START, without)).toBeNull();
    expect(register.decide(tick, asked, { actor: 'system', at: START, id: 'x' }, without).kind).toBe('refused');
  });
});
