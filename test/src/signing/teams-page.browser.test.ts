/** Passkeys in the Teams pane of a real browser: its links open the same pages, and the thread goes on. */

import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../../support/browser-play.ts';
import { answerForPolice, openDeal, POLICE, review } from '../../support/four-deals.ts';
import { compareKey, keep, makeKey, phonesFor, title, type Phones } from '../../support/passkey-phones.ts';
import { TEAMS_PEOPLE } from '../../support/playing.ts';

const missing = browserIsMissing('Passkeys in Teams are');

let playing: BrowserPlay;
let rep: BrowserHand;
let compliance: BrowserHand;
let chief: BrowserHand;
let phones: Phones;

/** Teams opens a link in a tab of its own. */
const linkBehind = async (hand: BrowserHand, press: () => Promise<unknown>): Promise<string> => {
  const [tab] = await Promise.all([hand.page.context().waitForEvent('page'), press()]);
  await tab.waitForURL(/^http/);
  const address = tab.url();
  await tab.close();
  return address;
};

const button = (hand: BrowserHand, name: string): Locator => hand.page.getByRole('link', { name }).last();

const make = async (hand: BrowserHand): Promise<string> => {
  await hand.direct();
  await hand.say('passkey');
  await hand.readsDirect(/Add a passkey/);
  const address = await linkBehind(hand, () => button(hand, 'Add a passkey').click());
  return makeKey(await phones.open(hand, address));
};

const compare = async (hand: BrowserHand, spoken: string): Promise<void> => {
  // Whoever uses both chats is told in Slack that a key waits; asked for, it stands here.
  await hand.say('passkey');
  await hand.readsDirect(/Compare it/);
  await hand.pressDirect('Compare it');
  await hand.hasView();
  const address = await linkBehind(hand, () => button(hand, 'Open the page').click());
  await hand.closeView();
  await compareKey(await phones.open(hand, address), spoken, `teams-passkey-compare-${hand.user}`);
};

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  rep = await playing.teamsHand(TEAMS_PEOPLE.rep);
  compliance = await playing.teamsHand(TEAMS_PEOPLE.compliance);
  chief = await playing.teamsHand(TEAMS_PEOPLE.chief, 'dark');
  phones = await phonesFor([compliance, chief], playing.mistakes);
});
afterAll(() => playing?.end());

describe.skipIf(missing)('passkeys in Teams, in a browser', () => {
  it('enrols the first two, who compare 12 characters and vouch for each other', async () => {
    const ours = await make(compliance);
    const theirs = await make(chief);
    await compare(chief, ours);
    await compare(compliance, theirs);
    await compliance.look('teams-passkey-card');
  });

  it('signs a vote, and the thread says so', async () => {
    const root = await openDeal(rep, POLICE);
    await answerForPolice(rep);
    await rep.reads(/Tier: high/i);
    await review(compliance, root, { outcome: 'Approve', until: 'confirm' });
    expect(await compliance.words()).toContain('Next you sign it with your passkey');
    await compliance.submit();
    const address = await linkBehind(compliance, () => button(compliance, 'Sign your vote').click());
    await compliance.look('teams-passkey-link');
    const page = await phones.open(compliance, address);
    expect(await title(page)).toBe('Sign your vote');
    await page.getByRole('button', { name: 'Sign with your passkey' }).click();
    await page.locator('h1', { hasText: 'Your vote is cast' }).waitFor();
    await keep(page, 'teams-passkey-signed');
    await rep.reads(/Signed with a passkey\./, root);
  });

  it('made no mistake', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
