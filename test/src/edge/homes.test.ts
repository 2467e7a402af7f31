/** Pages that people opened lately follow what happens on deals. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { createBell, type Bell } from '../../../src/bell.ts';
import { createHomes, type Homes } from '../../../src/edge/homes.ts';
import type { Interaction, Reply } from '../../../src/edge/interaction.ts';
import { memoryLogger } from '../slack/bot.ts';

const card = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });
const PLACE = { platform: 'slack', channel: 'D0REP', direct: true } as const;
const page = (person: string): Interaction => ({
  kind: 'words',
  words: 'home',
  page: true,
  person,
  place: PLACE,
  cause: 'c',
  trace: 't',
});

let happened: Bell;
let homes: Homes;
let says: (interaction: Interaction) => Reply | Promise<Reply>;
let now: number;
const published = vi.fn((_person: string, _card: Card) => Promise.resolve());
const asked = vi.fn();
const log = memoryLogger();

beforeEach(() => {
  vi.clearAllMocks();
  log.lines.length = 0;
  [happened, now] = [createBell(), Date.parse('2026-11-20T10:00:00Z')];
  says = () => ({ kind: 'tell', card: card('1'), page: true });
  homes = createHomes({
    route: async (interaction) => {
      asked(interaction);
      return says(interaction);
    },
    publish: published,
    chat: 'slack',
    happened,
    clock: () => new Date(now),
    logger: log,
    settleMs: 1,
  });
});
afterEach(() => homes.stop());

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));
const happens = async (): Promise<void> => {
  happened.ring();
  await soon();
};

describe('a page that somebody opened', () => {
  it('is drawn again where it says something else, and not where it says the same', async () => {
    await homes.route(page('rep-1'));
    await happens();
    expect(asked).toHaveBeenCalledTimes(2);
    expect(published).not.toHaveBeenCalled();
    says = () => ({ kind: 'tell', card: card('2'), page: true });
    await happens();
    expect(published.mock.calls).toEqual([['rep-1', card('2'), PLACE]]);
    await happens();
    expect(published).toHaveBeenCalledTimes(1);
  });

  it('is followed for ten minutes, and costs nothing after that or before', async () => {
    await happens();
    expect(asked).not.toHaveBeenCalled();
    await homes.route(page('rep-1'));
    now += 10 * 60_000 + 1;
    await happens();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('follows for each person by itself; a fault of one leaves the others', async () => {
    await homes.route(page('rep-1'));
    await homes.route(page('rep-2'));
    says = ({ person }) => {
      if (person === 'rep-1') throw new Error('no');
      return { kind: 'tell', card: card(person), page: true };
    };
    await happens();
    expect(published.mock.calls).toEqual([['rep-2', card('rep-2'), PLACE]]);
    expect(log.lines.map(({ event }) => event)).toEqual(['slack.home-not-followed']);
  });

  it('is tried again where the chat did not take it', async () => {
    await homes.route(page('rep-1'));
    says = () => ({ kind: 'tell', card: card('2'), page: true });
    published.mockRejectedValueOnce(new Error('ratelimited'));
    await happens();
    await happens();
    expect(published).toHaveBeenCalledTimes(2);
  });

  it('that was opened anew meanwhile is left to that', async () => {
    await homes.route(page('rep-1'));
    let release: (reply: Reply) => void = () => {};
    says = () => new Promise<Reply>((resolve) => (release = resolve));
    happened.ring();
    await soon();
    const late = release;
    says = () => ({ kind: 'tell', card: card('newer'), page: true });
    await homes.route(page('rep-1'));
    late({ kind: 'tell', card: card('older'), page: true });
    await soon();
    expect(published).not.toHaveBeenCalled();
  });

  it('is one of fifty at most, the latest', async () => {
    for (let n = 0; n < 60; n += 1) await homes.route(page(`rep-${n}`));
    asked.mockClear();
    await happens();
    const people = asked.mock.calls.map(([{ person }]) => person as string);
    expect(people).toHaveLength(50);
    expect(people).not.toContain('rep-9');
  });

  const counting = (): Reply => ({ kind: 'tell', card: card('still counting') });

  it('is not replaced by words that it is not there yet, and comes once it is', async () => {
    await homes.route(page('rep-1'));
    let left = 2;
    says = () => ((left -= 1) >= 0 ? counting() : { kind: 'tell', card: card('2'), page: true });
    await happens();
    await soon();
    expect(published.mock.calls).toEqual([['rep-1', card('2'), PLACE]]);
  });

  it('that was not there yet when it was opened comes once it is, though nothing happens', async () => {
    says = counting;
    expect(await homes.route(page('rep-1'))).toEqual(counting());
    says = () => ({ kind: 'tell', card: card('1'), page: true });
    await soon();
    expect(published.mock.calls).toEqual([['rep-1', card('1'), PLACE]]);
  });

  it('opened again while it can’t be drawn stays as it was shown last', async () => {
    await homes.route(page('rep-1'));
    says = counting;
    expect(await homes.route(page('rep-1'))).toEqual({ kind: 'tell', card: card('1'), page: true });
    now += 10 * 60_000 + 1;
    expect(await homes.route(page('rep-1'))).toEqual(counting());
  });

  it('that was opened anew while an older one was on its way is shown once more', async () => {
    await homes.route(page('rep-1'));
    says = () => ({ kind: 'tell', card: card('older'), page: true });
    let arrive: () => void = () => {};
    published.mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
    happened.ring();
    await soon();
    says = () => ({ kind: 'tell', card: card('newer'), page: true });
    await homes.route(page('rep-1'));
    arrive();
    await soon();
    expect(published.mock.calls.at(-1)).toEqual(['rep-1', card('newer'), PLACE]);
  });

  it('of two openings, of which the first takes longer, is the second', async () => {
    let arrive: (reply: Reply) => void = () => {};
    says = () => new Promise<Reply>((resolve) => (arrive = resolve));
    const first = homes.route(page('rep-1'));
    says = () => ({ kind: 'tell', card: card('newer'), page: true });
    await homes.route(page('rep-1'));
    arrive({ kind: 'tell', card: card('older'), page: true });
    await first;
    await soon();
    expect(published.mock.calls.at(-1)).toEqual(['rep-1', card('newer'), PLACE]);
  });

  it('is not what a person asks for in a message', async () => {
    await homes.route({ ...page('rep-1'), page: undefined } as Interaction);
    await happens();
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
