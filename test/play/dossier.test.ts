/** The dossier in both chats, by the whole bot: asked for by words and by a button, in private, and recorded. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../src/playground/page/wire.ts';
import { ok } from '../support/four-deals.ts';
import { readPdf } from '../support/pdf-reading.ts';
import { PEOPLE, play, type Playing } from '../support/playing.ts';
import { handedOver, START, type TimeCast } from '../support/time-deals.ts';

const PARTS = ['rep', 'productManager', 'senior', 'compliance', 'compliance2', 'counsel'] as const;
const CUSTOMER = 'Công ty Số Một';

describe.each(['Slack', 'Teams'] as const)('a dossier in %s', (chat) => {
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

  const say = async (part: 'rep' | 'compliance' | 'counsel', words: string): Promise<void> => {
    if (chat === 'Slack') {
      const hand = playing.hand(part);
      ok(await hand.sayIn(hand.directMessage, words));
    } else {
      const hand = playing.teamsHand(part);
      ok(await hand.sayIn(await hand.personalChat(), words));
    }
  };
  /** Files in the person's own conversation with the bot, the newest last. */
  const files = async (part: 'rep' | 'counsel'): Promise<{ id: string; name: string }[]> => {
    const query = new URLSearchParams({ user: PEOPLE[part], channel: `D${PEOPLE[part].slice(1)}` });
    const response = await fetch(`${playing.url}/playground/ui/messages?${query.toString()}`);
    return ((await response.json()) as ShownMessage[]).flatMap((message) => message.files ?? []);
  };

  it('is given in private, by words and by the button of a status', async () => {
    await say('rep', `export ${deal}`);
    if (chat === 'Slack') {
      await cast.rep.readsDirect('Here is the file that you asked for.');
      const [file] = await files('rep');
      expect(file?.name).toBe(`${deal}.pdf`);
      const response = await fetch(`${playing.url}/playground/files/${file?.id}/${file?.name}`);
      const text = readPdf(Buffer.from(await response.arrayBuffer())).pages.join('');
      expect(text).toContain('CôngtySốMột');
      expect(text).toMatch(/\d+\.\S+:exportedtherecord/u);
    } else {
      ok(await cast.rep.pressDirect('Dossier', deal));
      expect(await cast.rep.words()).toContain(CUSTOMER);
      expect(await cast.rep.words()).toContain(`deal export ${deal} --pdf`);
      await cast.rep.closeView();
    }
    await say('compliance', deal);
    ok(await cast.compliance.pressDirect('Dossier', CUSTOMER));
    if (chat === 'Slack') await cast.compliance.readsDirect('Here is the file that you asked for.');
    else {
      expect(await cast.compliance.words()).toContain('Destination');
      await cast.compliance.closeView();
    }
  });

  it('is for nobody who may not read the deal', async () => {
    await say('counsel', `export ${deal}`);
    await cast.counsel.readsDirect('Only the deal team');
    if (chat === 'Slack') expect(await files('counsel')).toEqual([]);
  });

  it('leaves no fault in the log', () => {
    expect(problems).toEqual([]);
  });
});
