/** A party that may be on a list, in a real browser and both chats: shown, settled, quiet, and back when its entry changes. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '../../blocks/csv.ts';
import { screeningImport } from '../../src/cli/screening-import.ts';
import { SAMPLE_ENTRIES, SAMPLE_LIST } from '../../src/playground/samples/sample-list.ts';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { openBy, openDeal, save } from '../support/four-deals.ts';
import { lookAtOnce, PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

const missing = browserIsMissing('A hit is');

let playing: BrowserPlay;
beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay({ samples: true });
}, 60_000);
afterAll(async () => {
  await playing?.end();
  expect(playing?.mistakes ?? []).toEqual([]);
});

type Changed = Readonly<Record<string, { programme?: string }>>;

/** Imports a version of the made-up list while the bot runs. Returns the exit code and what is printed. */
const bring = async (changed: Changed = {}): Promise<{ code: number; said: string }> => {
  const file = join(playing.dataDir, 'list.csv');
  const rows = SAMPLE_ENTRIES.map(({ id, name, aliases, type, countries, addresses, programmes }) => [
    id,
    name,
    aliases.join(';'),
    type,
    countries.join(';'),
    addresses.join(';'),
    changed[id]?.programme ?? programmes.join(';'),
  ]);
  writeFileSync(file, csvText([['id', 'name', 'aliases', 'type', 'country', 'address', 'programme'], ...rows]));
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const args = [file, '--list', SAMPLE_LIST, '--data', playing.dataDir];
  const code = await screeningImport(args, { out: say, err: say, env: {} });
  await lookAtOnce(playing.url);
  return { code, said: lines.join('\n') };
};

const isAsking = (text: string): boolean => text.includes('It is them…');

/** Messages of the thread that ask who somebody is. */
const asking = async (hand: BrowserHand, root: string): Promise<string[]> =>
  (await hand.messages(root)).map(({ text }) => text).filter(isAsking);

const lookAt = async (hand: BrowserHand, message: string, name: string): Promise<void> => {
  await hand.page
    .locator(`article[data-ts="${message}"], article[data-id="${message}"]`)
    .last()
    .scrollIntoViewIfNeeded();
  await hand.look(name);
};

describe.skipIf(missing)('a party that may be on a list', () => {
  const CHATS = [
    {
      chat: 'Slack',
      scheme: 'dark',
      endUser: 'Tamsalin Velquistor',
      entry: 'VELQUISTOR, Tamsalin',
      id: 'MADE-UP-2',
      customer: 'Sample Meadow Farm',
    },
    {
      chat: 'Teams',
      scheme: 'light',
      endUser: 'Quorzandel Optics',
      entry: 'Quorzandel Optics and Trading',
      id: 'MADE-UP-1',
      customer: 'Sample Orchard Farm',
    },
  ] as const;
  const seats = new Map<string, { rep: BrowserHand; compliance: BrowserHand; root: string }>();

  it.each(CHATS)(
    'is shown in the thread, and compliance says who it is, in $chat',
    async ({ chat, scheme, endUser, entry, customer }) => {
      const hand = (who: 'rep' | 'compliance'): Promise<BrowserHand> =>
        chat === 'Slack' ? playing.slackHand(PEOPLE[who], scheme) : playing.teamsHand(TEAMS_PEOPLE[who], scheme);
      const [rep, compliance] = [await hand('rep'), await hand('compliance')];
      await rep.page.setViewportSize({ width: 390, height: 844 });
      const root = await openDeal(rep, {
        customer,
        product: 'Sample weather sensor',
        country: 'Antarctica',
        endUser,
        kind: 'Private',
      });
      seats.set(chat, { rep, compliance, root });
      await rep.closeView();
      const hit = await rep.reads(`${entry} on ${SAMPLE_LIST}`, root);
      expect(hit.text).toMatch(/The name fits[\s\S]*no real sanctions|no real sanctions[\s\S]*The name fits/);
      expect(hit.text).toMatch(/the deal can’t be approved/);
      await lookAt(rep, hit.ts, `hit-shown-${scheme}`);
      await openBy(compliance, 'Another party…', { thread: root });
      await compliance.fill('What differs', 'Another party: another address, and it was founded in 1961.');
      await compliance.look(`hit-settling-${scheme}`);
      await save(compliance);
      const settled = await rep.reads(/it is another party[\s\S]*founded in 1961/, root);
      expect(settled.text).toContain('It stays so until the name, its country or that entry of the list changes.');
      await lookAt(rep, settled.ts, `hit-settled-${scheme}`);
      // The thread keeps the question, with what came of it below; whoever was asked privately is asked no more.
      expect(await asking(rep, root)).toHaveLength(1);
      await expect
        .poll(async () => (await compliance.direct()).filter(({ text }) => text.includes(endUser) && isAsking(text)))
        .toEqual([]);
    },
  );

  it.each(CHATS)('stays quiet when something else is corrected, in $chat', async ({ chat, endUser }) => {
    const { rep, root } = seats.get(chat)!;
    await openBy(rep, 'More', { thread: root });
    await rep.fill('What would you like to do?', 'Correct the details');
    await save(rep);
    await rep.fill('Customer', `Sample ${chat} Growers`);
    await rep.fill('Why do they change?', 'The contract names another company of theirs.');
    await save(rep);
    await rep.reads(
      new RegExp(`${endUser}[\\s\\S]*Not found on ${SAMPLE_LIST}[^:]*:[^.]*Sample ${chat} Growers`),
      root,
    );
    expect(await asking(rep, root)).toHaveLength(1);
  });

  it('stays quiet when the list comes in again, and is back when its entry changes, in both chats', async () => {
    expect(await bring()).toMatchObject({ code: 0 });
    expect(await bring()).toMatchObject({ code: 1, said: expect.stringContaining('in use already') });
    for (const { chat } of CHATS) {
      const { rep, root } = seats.get(chat)!;
      expect(await asking(rep, root)).toHaveLength(1);
    }
    const programme = 'Made up for the playground, and changed: no real sanctions';
    expect(await bring(Object.fromEntries(CHATS.map(({ id }) => [id, { programme }])))).toMatchObject({ code: 0 });
    for (const { chat, entry, scheme } of CHATS) {
      const { rep, compliance, root } = seats.get(chat)!;
      const back = await rep.reads(new RegExp(`${entry} on ${SAMPLE_LIST}[^)]*and changed`), root);
      expect(back.text).toMatch(
        /Before this entry changed: Another party, says @?Sample Compliance: “Another party: anoth/,
      );
      await lookAt(rep, back.ts, `hit-back-${scheme}`);
      await compliance.readsDirect(new RegExp(`${entry}[\\s\\S]*and changed`));
      // Once when it was found, once when it changed, and not for the version in between.
      expect(await asking(rep, root)).toHaveLength(2);
    }
  });

  it.each([
    { chat: 'Slack', held: 'Tamsalin Welquister' },
    { chat: 'Teams', held: 'Quorzandell Optic' },
  ])('is asked about when somebody much like it is put on hold later, in $chat', async ({ chat, held }) => {
    const { rep, compliance, root } = seats.get(chat)!;
    const { scheme } = CHATS.find((one) => one.chat === chat)!;
    const desk = seats.get('Slack')!.compliance;
    await desk.say('/deal hold');
    await desk.fill('What is it for?', 'An end-user');
    await desk.fill('End-user', held);
    await desk.fill('What is stopped?', ['Support']);
    await desk.fill('Because of what?', 'Something is looked into');
    await desk.fill('Reason', 'It is said to watch the wrong people.');
    // The sample organisation works in UTC.
    await desk.fill('From which day', new Date().toISOString().slice(0, 10));
    await save(desk);
    expect(await desk.words()).toContain('called much like that');
    await save(desk);
    // The deal's card says it too, in other words.
    const told = await rep.reads(/called much like somebody on hold[^]*Until then the deal can’t be approved\./, root);
    // A whole channel sees it.
    expect(told.text).not.toContain(held);
    await lookAt(rep, told.ts, `hold-later-${scheme}`);
    await compliance.readsDirect('called much like somebody on hold');
    await openBy(compliance, 'Another party…', { thread: root, in: 'called much like somebody on hold' });
    expect(await compliance.words()).toMatch(new RegExp(`${held}[\\s\\S]*wrong people`));
    await compliance.fill('What differs', 'Another house: it was founded in 1950, and has another bank.');
    await compliance.look(`hold-later-settling-${scheme}`);
    await save(compliance);
    await lookAt(rep, (await rep.reads('founded in 1950', root)).ts, `hold-later-settled-${scheme}`);
    const asked = (await rep.messages(root)).filter(({ text }) => text.includes('called much like somebody on hold'));
    expect(asked).toHaveLength(1);
  });
});
