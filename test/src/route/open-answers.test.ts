/** Every word × role × place: an answer that everybody may read holds nothing from a register, and nothing about a person. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Place } from '../../../src/edge/interaction.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { PERSONAL } from '../../support/saying.ts';
import { TIMED } from '../../support/ticking.ts';

const SECRET = 'Zzyzx';
const CHANNEL = TIMED.organisation.clearanceChannels[0]?.id ?? '';
const ROOT = '1700000000.000100';
const ROLES = ['rep-1', 'product-1', 'senior-1', 'counsel-1', 'compliance-1', 'chief-1'];
/** Everything that one can say, in a thread and out of one. */
const WORDS = [
  'help',
  'new deal',
  'status',
  'change',
  '',
  'something else',
  'away',
  'hold',
  'hold D-',
  'holds',
  'alert',
  `alert IS ${SECRET}`,
  'alerts',
  'watch',
  'training',
  'training all',
  'training rep-1',
  'training senior-1',
  'channel',
  'report-year',
  'report-year 2026',
  'digest',
  'digest on',
  'digest mine',
  'mine',
  'list',
  'queue',
  'find',
  `find ${SECRET}`,
  'find sample',
  'find tier:none',
  `list flag:${SECRET}`,
  'board',
  'board sample',
  'board numbers',
];
const PLACES: Readonly<Record<string, Place>> = {
  channel: { platform: 'slack', channel: CHANNEL },
  thread: { platform: 'slack', channel: CHANNEL, thread: ROOT },
  elsewhere: { platform: 'slack', channel: 'C0ELSEWHERE1' },
  'a Teams channel': { platform: 'teams', channel: '19:elsewhere@thread.tacv2' },
};

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy });
  deal = await at.openDeal();
  await at.store.saveRef(deal, 'root', { channel: CHANNEL, message: ROOT });
  const by = { actor: 'compliance-1', cause: 'said' };
  const { registers } = at.desk;
  await registers.holds.handle(
    {
      type: 'PlaceHold',
      on: { of: 'end-user', name: SECRET },
      stop: ['support'],
      because: 'inquiry',
      reason: `${SECRET}: a journalist says she was tracked`,
      review: '2027-03-20',
      reach: { deals: 1, team: [] },
    },
    by,
  );
  // A draft is nobody's who may not see it, and stands in no channel.
  const words = { learned: `${SECRET} of a draft` };
  await registers.yearly.handle({ type: 'SaveYearWords', year: 2026, from: 0, words, mayName: [], named: [] }, by);
  await registers.countries.handle({ type: 'IssueAlert', country: 'IS', why: SECRET, on: '2027-03-01' }, by);
  await registers.absences.handle(
    { type: 'SetAway', delegate: 'senior-2', from: '2027-03-01', until: '2027-03-12' },
    { actor: 'senior-1', cause: 'away' },
  );
});
afterEach(() => at.end());

it.each(Object.entries(PLACES))('in %s', async (_, place) => {
  const open: string[] = [];
  let closed = 0;
  for (const person of ROLES) {
    for (const words of [...WORDS, `status ${deal}`, `hold ${deal}`, `change ${deal}`, deal]) {
      const reply = await at.ask(person, { kind: 'words', words }, place);
      if (reply.kind !== 'tell') continue;
      if (reply.open) {
        const text = JSON.stringify(reply.card);
        open.push(words);
        expect([person, words, text.includes(SECRET), /\baway\b.*until/i.test(text)]).toEqual([
          person,
          words,
          false,
          false,
        ]);
        if (!place.thread) expect([words, text.includes(deal)]).toEqual([words, false]);
      } else closed += 1;
    }
  }
  expect(closed).toBeGreaterThan(55);
  const answeredHere = ['help', 'new deal', 'status', 'change', '', 'something else'];
  expect(open.filter((words) => !answeredHere.includes(words))).toEqual([]);
  expect(open).toContain('help');
});

it("under a register's message are words like any other", async () => {
  await at.store.saveRef('register:holds', 'hold-1', { channel: CHANNEL, message: '1700000000.000200' });
  const place: Place = { platform: 'slack', channel: CHANNEL, thread: '1700000000.000200' };
  for (const words of ['help', 'digest', 'status', 'something else', '']) {
    for (const person of ROLES) {
      const reply = await at.ask(person, { kind: 'words', words }, place);
      expect([words, reply.kind, JSON.stringify(reply).includes(SECRET)]).toEqual([words, 'tell', false]);
    }
  }
  // Nor is a register a deal for a client that names it.
  expect(await at.deals.view('register:holds')).toBeUndefined();
  expect((await at.ask('rep-1', { kind: 'click', name: 'deal.why', value: 'register:holds' })).kind).toBe('tell');
});

it('what somebody says of a deal in its thread, or names “flag”, is offered as a flag: nothing else keeps it', async () => {
  const { thread, channel, elsewhere } = PLACES;
  const WORRY = 'the owner is a brother of the minister';
  const offered = async (person: string, words: string, place?: Place): Promise<boolean> => {
    const reply = await at.ask(person, { kind: 'words', words }, place);
    return JSON.stringify(reply).includes('"name":"deal.raise-flag"');
  };
  for (const person of ['rep-1', 'product-1', 'compliance-1']) {
    expect([person, await offered(person, WORRY, thread)]).toEqual([person, true]);
    expect([person, await offered(person, `flag: ${WORRY}`, thread)]).toEqual([person, true]);
    expect([person, await offered(person, 'flag', thread)]).toEqual([person, true]);
    for (const asked of ['status', 'who has it', 'who is sitting on this deal?', 'why']) {
      // Whoever may not open it is told so, and that a flag needs no right.
      const closed = person === 'product-1' && ['status', 'why'].includes(asked);
      expect([person, asked, await offered(person, asked, thread)]).toEqual([person, asked, closed]);
    }
  }
  expect(await offered('rep-1', `change the owner is a brother of the minister`, thread)).toBe(true);
  expect(await offered('rep-1', `${deal} they watch protesters with it`, channel)).toBe(true);
  expect(await offered('rep-1', 'new owner is a brother of the minister', thread)).toBe(true);
  expect(await offered('rep-1', 'I heard that, is that known? they beat strikers', thread)).toBe(true);
  expect(await offered('rep-1', 'what does it wait for', thread)).toBe(false);
  // Also where the words find a deal of theirs.
  const { details } = (await at.deals.view(deal))!.deal;
  await at.deals.open(
    { type: 'OpenDeal', home: { platform: 'slack', channel: CHANNEL }, details },
    { actor: 'product-1', cause: 'own' },
  );
  expect(await offered('product-1', 'the Sample Ministry beats its strikers with it', thread)).toBe(true);
  const form = await at.ask('rep-1', { kind: 'words', words: `flag ${WORRY}`, canOpen: true }, thread);
  expect(JSON.stringify(form)).toContain(WORRY);
  const direct = await at.ask('senior-1', { kind: 'words', words: `Sample Telecom: ${WORRY}` }, channel);
  expect(JSON.stringify(direct)).toMatch(/nobody who decides reads it.*flag D-…/);
  expect(await offered('rep-1', 'please remind them to vote today', thread)).toBe(false);
  // By its number alone it is that deal, not the thread's.
  const other = await at.openDeal();
  const of = await at.ask(
    'rep-1',
    { kind: 'words', words: `${other.slice(2)} they beat their strikers with it` },
    thread,
  );
  expect(JSON.stringify(of)).toContain(`"name":"deal.raise-flag","value":"${other}"`);
  expect(JSON.stringify(await at.ask('product-1', { kind: 'words', words: 'blub' }, channel))).not.toContain(
    'flag D-…',
  );
  expect(await offered('rep-1', `flag ${deal}`, channel)).toBe(true);
  expect(await offered('product-1', `flag ${deal}`, channel)).toBe(true);
  // Where its card does not stand, whoever may not read it learns nothing by naming it: none is there, for all they hear.
  const told = async (named: string, place: Place): Promise<string> =>
    JSON.stringify(await at.ask('product-1', { kind: 'words', words: `flag ${named}` }, place)).replaceAll(named, '');
  for (const place of [elsewhere!, PLACES['a Teams channel']!, { ...channel!, shared: true }, PERSONAL]) {
    expect([place, await offered('product-1', `flag ${deal}`, place)]).toEqual([place, false]);
    expect(await told(deal, place)).toBe(await told('D-0000000', place));
  }
  expect(await offered('rep-1', 'flag', channel)).toBe(false);
});
