/** After the sale, in either chat, by the whole bot: holds placed and lifted, country alerts, the watch list. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  alertedCountry,
  heldEndUser,
  type AfterSaleCast,
  type Answered,
  type Ask,
  type Refused,
} from '../support/after-sale.ts';
import { ok } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';
import type { TeamsHand } from '../support/teams-hand.ts';

/** The button that opens the form where a mention cannot. */
const BUTTONS: Readonly<Record<string, string>> = { hold: 'Place a hold', alert: 'Issue an alert' };

describe.each(['Slack', 'Teams'] as const)('after the sale in %s', (chat) => {
  let playing: Playing;
  let cast: AfterSaleCast;
  const problems: string[] = [];

  beforeAll(async () => {
    const note = (event: string, fields?: object): void => void problems.push(`${event} ${JSON.stringify(fields)}`);
    playing = await play({ info: () => {}, warn: note, error: note });
    const hand = (part: keyof AfterSaleCast) => (chat === 'Slack' ? playing.hand(part) : playing.teamsHand(part));
    cast = {
      rep: hand('rep'),
      compliance: hand('compliance'),
      compliance2: hand('compliance2'),
      counsel: hand('counsel'),
    };
  });
  afterAll(() => playing.end());

  const ask: Ask = async (hand, words, button) => {
    if (chat === 'Slack') {
      ok(await hand.say(`/deal ${words}`));
      if (button !== undefined) ok(await hand.press(button));
      return;
    }
    const teams = hand as TeamsHand;
    ok(await teams.sayIn(await teams.personalChat(), words));
    ok(await hand.pressDirect(button ?? BUTTONS[words.split(' ')[0] ?? ''] ?? ''));
  };

  const answered: Answered = (hand) => (chat === 'Slack' ? hand.noView() : hand.closeView());

  // In Teams the words replace the card in the thread, which no hand reads: test/src/route/holds.test.ts covers them.
  const refused: Refused = async (hand, words) => {
    if (chat === 'Teams') return;
    await expect.poll(() => hand.words(), { timeout: 15_000 }).toMatch(words);
    await hand.closeView();
  };

  it('an end-user on hold: threads and owners are told, nothing new is approved, and it is lifted', async () => {
    await heldEndUser(cast, { ask, answered, refused }, { sold: `Sample Sold ${chat}`, next: `Sample Next ${chat}` });
  });

  it('a country alert: counted first, told once to each owner, looked at, ended', async () => {
    // "I looked" is pressed for the only country that has approved deals of this chat's play.
    await alertedCountry(
      cast,
      { ask, answered },
      { sold: `Sample Alerted ${chat}`, country: 'Heard & McDonald Islands' },
    );
  });

  it('leaves no fault in the log', () => {
    expect(problems).toEqual([]);
  });
});
