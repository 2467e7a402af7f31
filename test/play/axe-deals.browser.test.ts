/**
 * What people ask for and fill in, as axe-core sees it: lists, searches, a saved view, a raised flag, the evidence of a
 * condition, the dossier, a product sheet and a country brief.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk, WINDOWS } from '../support/axe-walk.ts';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { createHand } from '../support/chat-hand.ts';
import { ok, save } from '../support/four-deals.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

/**
 * Half of the windows of the other walk, which draws each part of a card and a form in all four: colours do not depend on
 * the width, nor the layout on the colours, and here each is seen once in each chat.
 */
const HALF = WINDOWS.filter(([where, scheme]) => (where === 'a desk') === (scheme === 'light'));
const CHATS = ['Slack', 'Teams'] as const;
const WALKS = CHATS.flatMap((chat) =>
  HALF.map(([where, scheme, size]) => ({ chat, where, scheme, size, name: `${chat}, ${where}` })),
);

/** Of the sample deals. A view is saved once, so each walk looks at others. */
const COUNTRIES = ['GS', 'TF', 'UM', 'TF, UM'];
const BRIEF = 'Bouvet Island';
const CONDITION = 'Put the limits on use into the contract';

const worry = (name: string): string => `The reseller was not named before we asked (${name}).`;

/** What differs between the chats: where a person asks the bot alone, and where they read its answer. */
const askingIn = (hand: BrowserHand, chat: (typeof CHATS)[number]) => {
  const isSlack = chat === 'Slack';
  return {
    /** Types it, and reads the answer: a message more with these words than before. */
    ask: async (words: string, answer: RegExp): Promise<string> => {
      await (isSlack ? hand.messages() : hand.direct());
      const found = hand.page.locator('#channel [role=log] article').filter({ hasText: answer });
      const before = await found.count();
      await hand.say(isSlack ? `/deal ${words}` : words);
      await found.nth(before).waitFor();
      return found.nth(before).innerText();
    },
    /** Presses a button of the newest message with these words. */
    press: async (label: string, within: string): Promise<void> =>
      ok(isSlack ? await hand.press(label, { in: within }) : await hand.pressDirect(label, within)),
  };
};

/** Sends the form, and waits for the error where the one wrong field is: in its name or its description. */
const wrongField = async ({ page }: BrowserHand, words: RegExp): Promise<void> => {
  await page.locator('#modal').locator('button[type=submit], .ac-pushButton.style-positive').click();
  const fields = page.locator('#modal').locator('input, textarea, select, [role=radiogroup]');
  const wrong = async (): Promise<string[]> => {
    const said = await fields.evaluateAll((nodes) =>
      nodes.map((node) =>
        ['aria-labelledby', 'aria-describedby']
          .flatMap((name) => (node.getAttribute(name) ?? '').split(' '))
          .map((id) => document.getElementById(id)?.innerText ?? '')
          .join(' '),
      ),
    );
    return said.filter((text) => /Please/.test(text));
  };
  await expect.poll(wrong).toEqual([expect.stringMatching(words)]);
};

describe.skipIf(browserIsMissing('accessibility of lists and forms'))('axe finds nothing', () => {
  let play: BrowserPlay;
  beforeAll(async () => {
    play = await openBrowserPlay({ samples: true });
    // Somebody who is not on the deal team worries: that waits for compliance. Each walk leaves more than one of them.
    const hand = createHand(play.url, PEOPLE.productManager);
    for (const name of [...WALKS.map((one) => one.name), 'one more']) {
      ok(await hand.press('Raise a flag', { in: 'Sample Border' }));
      await hand.fill('What worries you', worry(name));
      await save(hand);
    }
  });
  afterAll(async () => {
    await play?.end();
    expect(play?.mistakes).toEqual([]);
  });

  it.each(WALKS)('in $chat, on $where, $scheme', async ({ chat, scheme, size, name }) => {
    const isSlack = chat === 'Slack';
    const people = isSlack ? PEOPLE : TEAMS_PEOPLE;
    const hand = await (isSlack ? play.slackHand(people.rep, scheme) : play.teamsHand(people.rep, scheme));
    const { page } = hand;
    const country = COUNTRIES[WALKS.findIndex((one) => one.name === name)] ?? '';
    await page.getByRole('region', { name: 'Tour' }).getByRole('button', { name: 'Close the tour' }).click();
    if (size) await page.setViewportSize(size);
    const problems: string[] = [];
    const { clean, be } = walk(page, problems, false);
    const { ask, press } = askingIn(hand, chat);
    const reads = async (words: RegExp): Promise<void> => expect(await hand.words()).toMatch(words);

    expect(await ask('help', /What you can do here/)).toContain('find WORDS');
    await clean('help');
    expect(await ask('list', /Deals that you may read: 3/)).toContain('Sample Harbour Networks');
    await clean('all deals');
    await ask('find Nobody at all', /No deal found/);
    await clean('a search without a hit');
    const hit = await ask('find Sample Election', /1 deal for “Sample Election”/);
    const deal = /D-[0-9A-Z]{6,}/.exec(hit)?.[0] ?? '';
    await clean('a search');

    await press('Done', '1 deal for “Sample Election”');
    await reads(new RegExp(CONDITION));
    await clean('evidence');
    await hand.fill('What was done?', '...');
    await wrongField(hand, /what was done/);
    await clean('evidence with an error');
    await hand.fill('What was done?', `Clause 14 limits the use (${name}).`);
    await save(hand);
    await hand.noView();

    await ask(`status ${deal}`, /Sample Island Election Office[^]*Approved with conditions/);
    await clean('where a deal stands');
    await press('Dossier', deal);
    // A file in the one chat, its first page in the other.
    if (isSlack) {
      await hand.readsDirect('Here is the file that you asked for.');
      await page
        .getByRole('link', { name: `${deal}.pdf` })
        .last()
        .waitFor();
    } else await reads(/Destination[^]*deal export/);
    await clean('the dossier');
    if (!isSlack) await hand.closeView();

    await be(people.compliance);
    await ask('queue', /deals? waits? for your decision/);
    await clean('the queue');
    await press('Accept or return', CONDITION);
    await reads(new RegExp(`Clause 14 limits the use \\(${name}\\)`));
    await hand.fill('Is the condition kept?', 'Return it');
    await clean('judging evidence');
    await hand.fill('What is missing?', '...');
    await wrongField(hand, /what is missing/);
    await clean('judging evidence with an error');
    await hand.fill('What is missing?', 'The page with the signatures.');
    await save(hand);
    await hand.noView();
    await press('Admit or dismiss: 1', 'Sample Border');
    await reads(/The reseller was not named/);
    await hand.fill('Does it count?', 'Dismiss it');
    await hand.fill('Reason', '');
    await clean('settling a flag');
    // Each chat has words of its own for what is left out.
    await wrongField(hand, isSlack ? /complete this required field/ : /say why it is dismissed/);
    await clean('settling a flag with an error');
    await hand.fill('Reason', 'The reseller stands in the contract.');
    await save(hand);
    await hand.noView();

    await ask('board', /Board: 3 deals/);
    await press('Filter', 'Board: 3 deals');
    await hand.fill('Country', country);
    await clean('the filters of the board');
    await hand.submit();
    await hand.pressInView('Save view');
    await hand.fill('Name', `Sales to ${country}`);
    await clean('saving a view');
    await hand.submit();
    await hand.closeView();
    await press('Saved views', 'Board: 3 deals');
    await reads(new RegExp(`Sales to ${country}`));
    await clean('saved views');
    await hand.pressInView(`Show Sales to ${country}`);
    await reads(new RegExp(`“Sales to ${country}”: country:`));
    await clean('a saved view');
    await hand.closeView();

    if (isSlack) await hand.say(`/deal brief ${BRIEF}`);
    else {
      await ask(`brief ${BRIEF}`, /Country brief on Bouvet Island/);
      await press('Fill it in', BRIEF);
    }
    await reads(new RegExp(`Country brief[^]*${BRIEF}`));
    await clean('a country brief');
    await hand.closeView();

    await be(people.productManager);
    await ask('sheet', /No product sheet yet/);
    await clean('product sheets');
    await press('Sample camera recorder', 'No product sheet yet');
    await reads(/Product sheet[^]*Sample camera recorder/);
    await clean('a product sheet');
    await hand.closeView();
    await page.context().close();
    expect(problems).toEqual([]);
  });
});
