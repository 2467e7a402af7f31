/** The digests in both chats, by the whole bot: on its Monday and on demand, its picture, its buttons, its file. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Block, ShownMessage } from '../../src/playground/page/wire.ts';
import type { Hand } from '../support/chat-hand.ts';
import { ok } from '../support/four-deals.ts';
import { PEOPLE, play, type Playing } from '../support/playing.ts';
import { handedOver, START, type TimeCast } from '../support/time-deals.ts';

const PARTS = ['rep', 'productManager', 'senior', 'compliance', 'compliance2', 'counsel'] as const;
const CUSTOMER = 'Sample Digest Works';
const NUDGED = 'sends a friendly reminder';

describe.each(['Slack', 'Teams'] as const)('a digest in %s', (chat) => {
  let playing: Playing;
  let cast: TimeCast;
  let deal: string;
  const problems: string[] = [];

  beforeAll(async () => {
    const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
    playing = await play({ info: () => {}, warn: note, error: note });
    const hands = PARTS.map((part) => [part, chat === 'Slack' ? playing.hand(part) : playing.teamsHand(part)]);
    cast = Object.fromEntries(hands) as unknown as TimeCast;
    await playing.travel(START);
    ({ deal } = await handedOver(cast, CUSTOMER));
  });
  afterAll(() => playing.end());

  /** Says words in the hand's own chat with the bot. */
  const sayDirect = async (hand: Hand, words: string): Promise<void> => {
    if ('directMessage' in hand)
      ok(await (hand as never as ReturnType<Playing['hand']>).sayIn(hand.directMessage as string, words));
    else {
      const teams = hand as ReturnType<Playing['teamsHand']>;
      ok(await teams.sayIn(await teams.personalChat(), words));
    }
  };

  it('comes on Monday at nine or when asked for, with its picture', async () => {
    await playing.travel('2035-03-19T09:00:00.000Z');
    // A person in both chats gets messages about no deal in the first channel's chat, unless they ask in the other.
    if (chat === 'Teams') await sayDirect(cast.compliance, 'digest');
    const { text } = await cast.compliance.readsDirect('Compliance digest, 19 March 2035');
    expect(text).toContain(CUSTOMER);
    expect(text).toContain('for the answers of Sample Product Manager');
    if (chat === 'Slack') {
      await cast.compliance2.readsDirect('Compliance digest, 19 March 2035');
      const query = new URLSearchParams({ user: PEOPLE.compliance, channel: `D${PEOPLE.compliance.slice(1)}` });
      const response = await fetch(`${playing.url}/playground/ui/messages?${query.toString()}`);
      const all = (await response.json()) as ShownMessage[];
      const images = all.flatMap(({ blocks = [] }) =>
        blocks.filter((b): b is Extract<Block, { type: 'image' }> => b.type === 'image'),
      );
      const [image, another] = images.filter((b) => b.alt_text.includes('Deals by tier and stage on 19 March 2035.'));
      expect(another).toBeUndefined();
      const picture = await fetch(`${playing.url}/playground/files/${image?.slack_file?.id}/image`);
      expect(picture.headers.get('content-type')).toBe('image/png');
    }
  });

  it('opens a deal, and reminds whoever it waits for', async () => {
    ok(await cast.compliance.pressDirect('Open', CUSTOMER));
    expect(await cast.compliance.words()).toContain('Waiting for');
    await cast.compliance.closeView();
    ok(await cast.compliance.pressDirect('Remind', CUSTOMER));
    await cast.productManager.readsDirect(NUDGED);
  });

  it('gives all its lines as rows', async () => {
    ok(await cast.compliance.pressDirect('All as CSV', CUSTOMER));
    if (chat === 'Slack') await cast.compliance.readsDirect('Here is the file that you asked for.');
    else {
      expect(await cast.compliance.words()).toContain('what,days,deal,customer');
      await cast.compliance.closeView();
    }
  });

  it('is a queue of their own for everybody else, when they ask', async () => {
    await sayDirect(cast.productManager, 'digest');
    const { text } = await cast.productManager.readsDirect('Your deals, 19 March 2035');
    expect(text).toContain('Waits for you');
    expect(text).toContain(deal);
    await sayDirect(cast.counsel, 'digest');
    expect((await cast.counsel.readsDirect('Your deals, 19 March 2035')).text).not.toContain(deal);
  });

  it('comes each working morning to whoever wants that, and once after days asleep', async () => {
    await sayDirect(cast.rep, 'digest on');
    await cast.rep.readsDirect('each working morning');
    await playing.travel('2035-03-23T10:00:00.000Z');
    await cast.rep.readsDirect('Your deals, 23 March 2035');
    const mornings = (await cast.rep.direct()).filter(({ text }) => text.includes('Your deals, '));
    expect(mornings).toHaveLength(1);
    await sayDirect(cast.rep, 'digest off');
    await cast.rep.readsDirect('You get no more digests');
  });

  it('leaves no fault in the log', () => {
    expect(problems).toEqual([]);
  });
});
