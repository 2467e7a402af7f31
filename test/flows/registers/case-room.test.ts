/** The sentence for handlers on each working day, and the one for the chief: the same, whatever happens. */

import { describe, expect, it } from 'vitest';
import { caseRoomCard } from '../../../blocks/cards/case-room.ts';
import { SYSTEM, type Organisation } from '../../../flows/organisation.ts';
import { caseRoom, type CaseRoomEvent, type CaseRoomState } from '../../../flows/registers/case-room.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const named = (handlers: string[] | undefined): Organisation =>
  anOrganisation({ timeZone: 'Europe/Berlin', holidays: ['2026-12-25'], voices: { authorities: [], handlers } });
const HANDLERS = named(['compliance-1', 'counsel-1']);

const running = (organisation: Organisation = HANDLERS) => {
  let state: CaseRoomState = {};
  const context = { organisation, policy: undefined };
  return {
    next: (now: string) => caseRoom.nextDueAt(state, now, context),
    tick: (at: string, actor = SYSTEM): CaseRoomEvent[] => {
      const decided = caseRoom.decide({ type: 'Send' }, state, { actor, at, id: 'x' }, context);
      if (decided.kind === 'refused') return [];
      for (const event of decided.events) state = caseRoom.evolve(state, event);
      return decided.events;
    },
    told: (event: CaseRoomEvent | undefined) =>
      event ? caseRoom.tell(event, state, context, state).map(([fact, to]) => [caseRoomCard(fact), to] as const) : [],
  };
};

describe('the sentence for handlers', () => {
  it('comes each working day at nine in the company’s zone, in the same words, to all whom the file names', () => {
    const bot = running();
    expect(bot.tick('2026-12-23T13:00:00.000Z')).toMatchObject([{ type: 'SendingBegun' }]);
    expect(bot.next('2026-12-23T13:00:00.000Z')).toBe('2026-12-24T08:00:00.000Z');
    expect(bot.tick('2026-12-24T07:59:59.000Z')).toEqual([]);
    const [first] = bot.tick('2026-12-24T08:00:00.000Z');
    expect(bot.tick('2026-12-24T08:00:00.000Z')).toEqual([]);
    // Christmas, and a weekend.
    expect(bot.next('2026-12-24T08:00:00.000Z')).toBe('2026-12-28T08:00:00.000Z');
    expect(bot.tick('2026-12-26T12:00:00.000Z')).toEqual([]);
    const [second] = bot.tick('2026-12-28T08:00:00.000Z');
    const handlers = [
      { to: 'person', person: 'compliance-1' },
      { to: 'person', person: 'counsel-1' },
    ];
    for (const event of [first, second]) {
      expect(bot.told(event)[0]).toEqual([
        { blocks: [{ kind: 'text', text: 'Please look at the case room.' }] },
        handlers,
      ]);
    }
  });

  it('is one after days on which the bot was away, and none on a day that is over', () => {
    const bot = running();
    bot.tick('2026-11-30T12:00:00.000Z');
    expect(bot.tick('2026-12-04T20:00:00.000Z')).toMatchObject([{ type: 'SentForDay', day: '2026-12-04' }]);
    expect(bot.tick('2026-12-06T20:00:00.000Z')).toEqual([]);
    // A clock that was put back.
    expect(bot.tick('2026-12-03T20:00:00.000Z')).toEqual([]);
  });

  it('comes to nobody where the file names nobody, or somebody who left', () => {
    for (const handlers of [undefined, [], ['gone-1']]) {
      const bot = running(named(handlers));
      expect(bot.tick('2026-11-30T12:00:00.000Z')).toEqual([]);
      expect(bot.next('2026-11-30T12:00:00.000Z')).toBeNull();
    }
    expect(running(anOrganisation()).tick('2026-11-30T12:00:00.000Z')).toEqual([]);
  });

  it('is sent by time alone', () => {
    expect(running().tick('2026-11-30T12:00:00.000Z', 'compliance-1')).toEqual([]);
  });
});

it('asks the chief once a week, on its first working day, whether somebody looks', () => {
  const bot = running();
  bot.tick('2026-12-18T06:00:00.000Z');
  const asked: string[] = [];
  for (let at = Date.parse('2026-12-18T09:00:00Z'); at < Date.parse('2027-01-06T00:00:00Z'); at += 86_400_000) {
    const [event] = bot.tick(new Date(at).toISOString());
    const [, chief] = bot.told(event);
    if (event?.type !== 'SentForDay' || !chief || chief[1].length === 0) continue;
    asked.push(event.day);
    expect(chief).toEqual([
      {
        blocks: [
          { kind: 'text', text: 'Please ask the handlers of the case room whether one of them looks at it this week.' },
        ],
      },
      [{ to: 'person', person: 'chief-1' }],
    ]);
  }
  expect(asked).toEqual(['2026-12-18', '2026-12-21', '2026-12-28', '2027-01-04']);
});
