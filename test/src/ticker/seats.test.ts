/** The organisation file is edited while deals wait for votes: whoever came is asked, and routes go on or say that they can't. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealEvent } from '../../../flows/deal/events.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { SYSTEM } from '../../../flows/organisation.ts';
import { silentLogger } from '../../../src/log.ts';
import { NewerRecord } from '../../../src/newer.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import type { Registers } from '../../../src/streams/registers.ts';
import { followSeats, startSeats } from '../../../src/ticker/seats.ts';
import { createSweep } from '../../../src/ticker/ticker.ts';
import { StoreFault, type EventStore } from '../../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { answeredDeal, voteOf } from '../../support/story.ts';

const policy = aPolicy({ managerAlone: false });
const senior = (members: string[], hash: string): Organisation => {
  const before = anOrganisation();
  return {
    ...before,
    hash,
    people: before.people.map((p) => (p.id === 'rep-1' ? { ...p, manager: 'senior-1' } : p)),
    groups: before.groups.map((g) => (g.id === 'senior' ? { ...g, members } : g)),
  };
};
const ONE = senior(['senior-1', 'senior-2', 'counsel-1'], 'one');

interface Bot {
  store: EventStore;
  deals: Deals;
  registers: Registers;
  file: { is: Organisation };
  take(): Promise<void>;
  follow(known?: string): Promise<string | undefined>;
  sweep: () => Promise<number>;
}

let folder: SqliteFolder;
let now: string;
const clock = (): Date => new Date(now);
let takes = 0;

const bot = (is: Organisation = ONE): Bot => {
  const store = folder.open();
  const file = { is };
  const registers = registersOn(store, () => file.is, clock);
  const deals = createDeals({
    store,
    policies: { current: policy, get: async () => policy },
    organisation: registers.organisation,
    homes: (home) => [{ home }],
    clock,
    wake: () => {},
  });
  const options = { store, deals, registers, organisation: () => file.is, logger: silentLogger };
  return {
    store,
    deals,
    registers,
    file,
    take: async () => {
      const command = { type: 'TakeFile', of: 'organisation', hash: file.is.hash } as const;
      await registers.files.handle(command, { actor: SYSTEM, cause: `take:${(takes += 1)}` });
    },
    follow: (known) => followSeats({ ...options, stopped: () => false }, known),
    sweep: createSweep({ store, ticks: { deal: deals.tick, register: registers.tick }, clock, logger: silentLogger }),
  };
};

beforeEach(() => {
  folder = sqliteFolder();
  now = '2027-03-01T09:00:00.000Z';
});
afterEach(() => folder.remove());

const openDeal = async ({ deals }: Bot, cause: string, answers = { 'H-RF3': 'yes' }): Promise<string> => {
  const home = { platform: 'slack' as const, channel: 'C0CLEAR' };
  const opened = await deals.open({ type: 'OpenDeal', home, details: aDeal().details }, { actor: 'rep-1', cause });
  if (opened.kind !== 'accepted') throw new Error(opened.refusal.text);
  const { id } = opened.view.deal;
  for (const [actor, command] of answeredDeal(answers).slice(1)) {
    await deals.handle(id, command, { actor, cause: `${cause}:${JSON.stringify(command).length}` });
  }
  return id;
};
const vote = async ({ deals }: Bot, deal: string, actor: string): Promise<void> => {
  const view = await deals.view(deal);
  if (!view) throw new Error('no deal');
  const outcome = await deals.handle(deal, voteOf(view), { actor, cause: `vote:${deal}:${actor}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const types = async ({ store }: Bot, deal: string): Promise<string[]> =>
  (await store.read(deal)).flatMap(({ body }) => (body.events as unknown as DealEvent[]).map(({ type }) => type));
const called = async ({ deals }: Bot, deal: string): Promise<string[]> =>
  (await deals.privately(deal)).flatMap(({ fact, target }) => (fact.fact === 'review wanted' ? [target.person] : []));
const owedBy = async ({ store, registers }: Bot): Promise<unknown[]> =>
  (await store.read(registers.files.stream)).flatMap(({ body }) => body.notices as unknown[]);

describe('an edited organisation file', () => {
  it('asks whoever came, once, whichever bot does it and however often', async () => {
    const first = bot();
    await first.take();
    const deal = await openDeal(first, 'one');
    await vote(first, deal, 'compliance-1');
    // The requester's manager too, who does not suffice alone.
    expect(await called(first, deal)).toEqual(['compliance-1', 'senior-2', 'counsel-1', 'senior-1']);
    const known = await first.follow();
    expect(known).toBe('one');
    const before = await types(first, deal);
    expect(before).not.toContain('SeatsNoted');

    first.file.is = senior(['senior-1', 'counsel-1', 'chief-1'], 'two');
    // Not yet recorded: another file may count.
    expect(await first.follow(known)).toBe('one');
    await first.take();
    const second = bot(first.file.is);
    expect(await Promise.all([first.follow(known), second.follow('one')])).toEqual(['two', 'two']);
    expect(await types(first, deal)).toEqual([...before, 'SeatsNoted']);
    expect((await called(first, deal)).slice(4)).toEqual(['chief-1']);
    expect(await bot(first.file.is).follow()).toBe('two');
    expect(await types(first, deal)).toEqual([...before, 'SeatsNoted']);
    await first.store.close();
    await second.store.close();
  });

  it('is followed by no bot that reads another one', async () => {
    const [old, fresh] = [bot(), bot(senior(['senior-1', 'chief-1'], 'two'))];
    await old.take();
    const deal = await openDeal(old, 'one');
    await vote(old, deal, 'compliance-1');
    const known = await old.follow();
    await fresh.take();
    await fresh.follow('one');
    const noted = await types(old, deal);
    expect(noted.at(-1)).toBe('SeatsNoted');
    expect(await old.follow(known)).toBe('one');
    expect(await types(old, deal)).toEqual(noted);
  });

  it('that fills a step carries it on a business day later, and says so to compliance once for all deals', async () => {
    const one = bot();
    await one.take();
    const deals = [await openDeal(one, 'a'), await openDeal(one, 'b')];
    const short = await openDeal(one, 'c', { 'H-RF1': 'yes' } as never);
    for (const deal of deals) {
      await vote(one, deal, 'compliance-1');
      await vote(one, deal, 'senior-1');
    }
    await vote(one, short, 'compliance-1');
    const known = await one.follow();
    one.file.is = senior(['senior-1'], 'two');
    await one.take();
    await one.follow(known);
    const told = (await owedBy(one)).filter((notice) => JSON.stringify(notice).includes('deals reached'));
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ fact: { full: [...deals].toSorted(), short: [short] } });
    for (const deal of deals) expect((await one.store.load(deal)).snapshot?.status).toBe('deciding');
    now = '2027-03-02T09:00:00.000Z';
    await one.sweep();
    for (const deal of deals) expect((await types(one, deal)).slice(-2)).toEqual(['StepCompleted', 'DealDecided']);
    expect((await one.store.load(short)).snapshot?.status).toBe('deciding');
  });

  it('is followed by the running bot when it is woken, and by the next one after a crash', async () => {
    const one = bot();
    await one.take();
    const deal = await openDeal(one, 'one');
    await vote(one, deal, 'compliance-1');
    await one.follow();
    one.file.is = senior(['senior-1', 'chief-1', 'counsel-1'], 'two');
    await one.take();
    const crashed = followSeats(
      { ...one, organisation: () => one.file.is, logger: silentLogger, stopped: () => true },
      'one',
    );
    expect(await crashed).toBe('one');
    const next = startSeats({ ...one, organisation: () => one.file.is, logger: silentLogger });
    await expect.poll(() => called(one, deal)).toContain('chief-1');
    await next.stop();
  });

  describe('where a deal can not be read', () => {
    const SAYS = {
      damaged: new StoreFault('damaged', 'not done', 'It was changed.'),
      newer: new NewerRecord('D-N3W3R1'),
    };
    const reached = async (one: Bot): Promise<unknown[]> =>
      (await owedBy(one)).filter((notice) => JSON.stringify(notice).includes('deals reached'));

    /** Two deals that need two seniors, of whom one is left. */
    const twoDeals = async () => {
      const one = bot();
      await one.take();
      const high = { 'H-RF1': 'yes' } as never;
      const ids = [await openDeal(one, 'a', high), await openDeal(one, 'b', high)];
      for (const deal of ids) await vote(one, deal, 'compliance-1');
      const known = await one.follow();
      one.file.is = senior(['senior-1'], 'two');
      await one.take();
      return { one, ids, known };
    };
    const follower =
      (one: Bot, failing: (deal: string) => Error | undefined, walked: string[], lines: string[] = []) =>
      (known: string | undefined) =>
        followSeats(
          {
            ...one,
            organisation: () => one.file.is,
            logger: { ...silentLogger, error: (event) => void lines.push(event) },
            stopped: () => false,
            deals: {
              noteSeats: async (deal) => {
                walked.push(deal);
                const error = failing(deal);
                if (error) throw error;
                return one.deals.noteSeats(deal);
              },
            },
          },
          known,
        );

    it.each(Object.entries(SAYS))('as it is %s, passes over it, says so once, and goes on', async (how, error) => {
      const { one, ids, known } = await twoDeals();
      const [bad = '', good = ''] = ids;
      const [walked, lines]: [string[], string[]] = [[], []];
      const follow = follower(one, (deal) => (deal === bad ? error : undefined), walked, lines);
      const now = await follow(known);
      expect(now).toBe('two');
      expect(await reached(one)).toMatchObject([{ fact: { short: [good] } }, { fact: { short: [good] } }]);
      expect(await follow(now)).toBe('two');
      expect(walked.toSorted()).toEqual([...ids].toSorted());
      expect(lines).toEqual(how === 'damaged' ? ['seats.not-noted'] : []);
      // The next start tries it again.
      expect(await one.follow()).toBe('two');
      expect(await types(one, bad)).toContain('SeatsNoted');
      expect((await reached(one)).slice(2)).toMatchObject([{ fact: { short: [bad] } }, { fact: { short: [bad] } }]);
    });

    it('as the store only failed, is done again, and nobody hears of half of it', async () => {
      const { one, ids, known } = await twoDeals();
      const walked: string[] = [];
      let fault: Error | undefined = new StoreFault('timeout', 'not done', 'No answer.');
      const follow = follower(one, (deal) => (deal === ids[0] ? fault : undefined), walked);
      expect(await follow(known)).toBe('one');
      expect(await reached(one)).toEqual([]);
      fault = undefined;
      expect(await follow(known)).toBe('two');
      expect(await reached(one)).toHaveLength(2);
      expect((await reached(one))[0]).toMatchObject({ fact: { short: [...ids].toSorted() } });
    });
  });
});
