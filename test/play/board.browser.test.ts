/** The board of compliance in a real browser, on a phone: in both chats, light and dark, from a number to its deals. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOrganisation, sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy } from '../../src/config/policy-file.ts';
import { openStoreAt } from '../../src/streams/open-store.ts';
import { ELEVATED, HIGH, LOW, OPENING, PROHIBITED, type Sections } from '../support/bad-day-deals.ts';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { CLEARANCE } from '../support/chat-hand.ts';
import { voteOf } from '../support/deal-lines.ts';
import { atDesk } from '../support/desk.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

const missing = browserIsMissing('The board is');
let playing: BrowserPlay;

/** Deals of every kind. A running bot would wait for the writes, and on a busy machine say in its log that it did. */
const seed = async (): Promise<void> => {
  const store = await openStoreAt({ dataDir: playing.dataDir, mongodb: undefined }, {});
  const organisation = loadOrganisation(sampleOrganisationFile);
  const at = atDesk({ organisation, policy: loadPolicy(defaultPolicyFile).compiled, store });
  await at.travel(new Date().toISOString());
  let n = 0;
  const deal = async (sections: Sections, more: object = {}): Promise<string> => {
    n += 1;
    const values = { ...OPENING, customer: `Sample Customer ${n}`, endUserName: `Sample Ministry ${n}`, ...more };
    const reply = await at.submit('rep-1', 'deal.open', { channel: CLEARANCE, shown: Object.keys(values) }, values);
    if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
    const id = String((JSON.parse(reply.form.context) as { deal: string }).deal);
    for (const [section, said] of Object.entries(sections)) {
      const answer = await at.submit('rep-1', 'deal.section', { deal: id, section, sure: 1 }, said as never);
      if (answer.kind === 'errors') throw new Error(JSON.stringify(answer.errors));
    }
    return id;
  };
  for (let i = 0; i < 2; i += 1) await deal(HIGH, { destination: 'VN', endUserKind: 'security' });
  await deal(ELEVATED);
  await deal(LOW);
  await deal(PROHIBITED);
  await deal({ scope: LOW['scope']! });
  const gone = await deal({});
  await at.submit('rep-1', 'deal.more', { deal: gone }, { choice: 'withdraw', reason: 'They went elsewhere.' });
  const low = await at.deals.view(await deal(LOW));
  if (!low) throw new Error('no deal');
  const outcome = await at.deals.handle(low.deal.id, voteOf(low, { noStake: true }), {
    actor: 'compliance-1',
    cause: 'vote',
  });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  await store.close();
  await at.folder.remove();
};

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  await playing.killAndStart(seed);
}, 60_000);
afterAll(() => playing?.end());

const asPhone = ({ page }: BrowserHand): Promise<void> => page.setViewportSize({ width: 390, height: 844 });
/** Nothing is wider than the phone. */
const fits = async ({ page }: BrowserHand): Promise<void> => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  for (const part of await page.locator('#channel [role=log], #modal[open] .modal-body').all())
    expect(await part.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
};

describe.skipIf(missing)('the board on a phone', () => {
  it.each(['light', 'dark'] as const)('in Slack goes from a number to its deals (%s)', async (scheme) => {
    const hand = await playing.slackHand(PEOPLE.compliance, scheme);
    await hand.page.locator('#channel h1').waitFor();
    await asPhone(hand);
    await hand.say('/deal board');
    await hand.reads(/Board: 8 deals/);
    await fits(hand);
    await hand.look(`board-slack-${scheme}`);
    await hand.press('High (2)');
    expect(await hand.words()).toMatch(/2 deals for “tier:high”[^]*Vietnam/);
    await fits(hand);
    await hand.look(`board-slack-list-${scheme}`);
    await hand.closeView();
    await hand.press('Numbers');
    expect(await hand.words()).toMatch(/1 decided: 1 approved/);
    await hand.look(`board-slack-numbers-${scheme}`);
    await hand.pressInView('Picture');
    await hand.closeView();
    await hand.readsDirect(/Numbers by month/);
    await hand.page.locator('#channel img[alt^="What came of deals"]').last().waitFor();
    await hand.look(`board-slack-picture-${scheme}`);
  });

  it.each(['light', 'dark'] as const)(
    'in Teams keeps what was typed, saves a view and deletes it (%s)',
    async (scheme) => {
      const hand = await playing.teamsHand(TEAMS_PEOPLE.compliance, scheme);
      await hand.say('@Clearthread board');
      await hand.readsDirect(/Board: 8 deals/);
      await asPhone(hand);
      await fits(hand);
      await hand.look(`board-teams-${scheme}`);
      await hand.pressDirect('Filter');
      await hand.fill('Country', 'Vietnma');
      await hand.submit();
      expect(await hand.words()).toMatch(/Did you mean Vietnam\?/);
      await hand.look(`board-teams-mistake-${scheme}`);
      await hand.fill('Country', 'Vietnam');
      await hand.submit();
      expect(await hand.words()).toMatch(/Board: 2 deals/);
      await fits(hand);
      await hand.look(`board-teams-filtered-${scheme}`);
      if (scheme === 'light') {
        await hand.pressInView('Save view');
        await hand.fill('Name', 'Sales to Vietnam');
        await hand.submit();
      }
      expect(await hand.words()).toMatch(/“Sales to Vietnam”: country:Vietnam/);
      await hand.closeView();
      if (scheme === 'dark') {
        await hand.pressDirect('Saved views');
        await hand.look('board-teams-views');
        await hand.pressInView('Delete');
        await hand.submit();
        expect(await hand.words()).toMatch(/“Sales to Vietnam” is deleted/);
        await hand.closeView();
      }
      await hand.say('@Clearthread board numbers');
      await hand.readsDirect(/Numbers by month/);
      await fits(hand);
      await hand.look(`board-teams-numbers-${scheme}`);
    },
  );

  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
