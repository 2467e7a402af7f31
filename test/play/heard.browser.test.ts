/**
 * Two people are heard (items C9 to C11, A7 to A9 and G12 of the Guidance): the bot with both its chats, and the voices, each a
 * process of its own, with one organisation file. Nothing of what they said is in chat, in a log or in a database.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { headed, press, status, text } from '../support/case-room-pages.ts';
import { fromFindingToClosing, HOLD_REASON, WORK_TRACES, type ToPlace } from '../support/case-work-play.ts';
import { answerHarmless, lawsNoted, ok, openDeal, review, save } from '../support/four-deals.ts';
import { keep, windowWithPasskeys } from '../support/passkey-phones.ts';
import { photoWithPlace } from '../support/photo-with-place.ts';
import { picture } from '../support/pictures.ts';
import { PEOPLE, TEAMS_PEOPLE, travelTo } from '../support/playing.ts';
import { tracesIn } from '../support/traces.ts';
import { unsealed } from '../support/unsealed.ts';
import {
  enrols,
  openVoicesPlay,
  opensCase,
  opensReceipt,
  PASSPHRASE,
  saved,
  signsInAgain,
  vouchForEachOther,
  type VoicesPlay,
} from '../support/voices-play.ts';

const missing = browserIsMissing('Who is heard is');
const ADDRESS = 'https://speak.example.com';
const ADA = 'Sample Ada';
const BEN = 'Sample Ben';

/** What the first one says, and is told. */
const FIRST = {
  what: 'Plovdiv station cameras followed Amal Kestrel home',
  where: 'The underpass at Vinegar Street',
  arrived: 'Your words are here, and we read them tonight',
  question: 'Does the van still stand at the corner bakery?',
  answer: 'Yes, a grey van, every second Thursday',
  outcome: 'It was as you said, and the cameras there are off',
} as const;
/** What the second says, with a name, and about whom. */
const SECOND = {
  what: 'Ben keeps copies of the Marzipan recordings at home',
  who: 'Zdenka Quillfeather of the second shift',
  how: 'Only after eight, when Orlando is out',
} as const;
const PHOTO_NAME = 'IMG_20260114_081502.jpg';
const PAGE_NAME = 'sample page.html';
const PAGE_TEXT = '<script>document.title = "opened"</script> sample words of a page';
const PAGE_FILE = { name: PAGE_NAME, mimeType: 'text/html', buffer: Buffer.from(PAGE_TEXT) };

/** The deals of the hold: one is opened and held in Slack, one in Teams. */
const SOLD = { slack: 'Sample Harbour Board', teams: 'Sample Canal Board' } as const;

const everyByteIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');

let playing: BrowserPlay;
let voices: VoicesPlay;
let browser: Browser;
const mistakes: string[] = [];
/** In Slack and in Teams. */
const hands = {} as Record<'rep' | 'compliance' | 'repInTeams' | 'complianceInTeams' | 'counsel', BrowserHand>;
let author: Page;
let ada: Page;
let ben: Page;
let receipt = '';
/** What both chats drew, kept before forms and messages went. */
const drawn: string[] = [];

/** All that this person's window shows: channel, open thread, the bot's direct messages, forms. */
const draws = async (): Promise<void> => {
  for (const hand of Object.values(hands)) {
    drawn.push((await hand.direct()).map((said) => said.text).join('\n'));
    drawn.push((await hand.messages()).map((said) => said.text).join('\n'));
    drawn.push(await hand.page.content());
  }
};

const sells = async (rep: BrowserHand, compliance: BrowserHand, customer: string): Promise<string> => {
  const root = await openDeal(rep, {
    customer,
    product: 'Sample network protection',
    country: 'Bouvet Island',
    endUser: customer,
    kind: 'Government agency',
  });
  await answerHarmless(rep);
  await rep.noView();
  await rep.reads(new RegExp(`${customer}[\\s\\S]*Tier: low`, 'i'));
  await review(compliance, root, { outcome: 'Approve' });
  const { text: card } = await rep.reads(new RegExp(`D-[A-Z0-9]+[\\s\\S]*${customer}|${customer}[\\s\\S]*D-[A-Z0-9]+`));
  await rep.reads(/Approved/, root);
  const [deal] = /D-[A-Z0-9]{6,}/.exec(card) ?? [];
  if (deal === undefined) throw new Error(`no number of a deal in: ${card}`);
  return deal;
};

/** Compliance's own words and buttons: in Slack a slash command, in Teams a word to the bot. */
const asks = async (hand: BrowserHand, words: string, button?: string): Promise<void> => {
  if (hand === hands.compliance) {
    ok(await hand.say(`/deal ${words}`));
    if (button !== undefined) ok(await hand.press(button));
    return;
  }
  ok(await hand.say(`@Clearthread ${words}`));
  ok(await hand.pressDirect(button ?? 'Place a hold'));
};

const places = async (hand: BrowserHand, deal: string, { reason, from, review: by }: ToPlace): Promise<void> => {
  await asks(hand, 'hold');
  await hand.fill('What is it for?', 'One deal');
  await hand.fill('What is stopped?', ['Support']);
  await hand.fill('Because of what?', 'Something is looked into');
  await hand.fill('Reason', reason);
  await hand.fill('From which day', from);
  await hand.fill('Look at it again by', by);
  // In Teams it is asked once the rest is sent.
  await hand.fill('Deal', deal);
  await save(hand);
  await hand.look('heard-hold');
  await save(hand);
};

const lifts = async (hand: BrowserHand): Promise<void> => {
  await asks(hand, 'holds', 'Lift');
  await hand.fill('Why can it go on?', 'What was looked at is settled.');
  await save(hand);
};

beforeAll(async () => {
  if (missing) return;
  voices = await openVoicesPlay(`voices: { address: '${ADDRESS}', handlers: [compliance-2, counsel-1] }\n`);
  playing = await openBrowserPlay({
    settings: { CLEARTHREAD_ORGANISATION: voices.organisation, LOG_LEVEL: 'debug' },
  });
  hands.rep = await playing.slackHand(PEOPLE.rep);
  hands.compliance = await playing.slackHand(PEOPLE.compliance);
  hands.counsel = await playing.slackHand(PEOPLE.counsel);
  hands.repInTeams = await playing.teamsHand(TEAMS_PEOPLE.rep);
  hands.complianceInTeams = await playing.teamsHand(TEAMS_PEOPLE.compliance2, 'dark');
  browser = hands.rep.page.context().browser()!;
  ({ page: ada } = await windowWithPasskeys(browser, { width: 390, height: 800 }, 'dark', mistakes));
  ({ page: ben } = await windowWithPasskeys(browser, { width: 1280, height: 900 }, 'light', mistakes));
  // Tor Browser at its safest runs no script.
  author = await (
    await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
  ).newPage();
  for (const window of [ada, ben, author]) window.setDefaultTimeout(90_000);
});
afterAll(async () => {
  await playing?.end();
  await voices?.end();
});

describe.skipIf(missing)('who was harmed is heard', () => {
  const deals: string[] = [];

  it('two products are sold, one in Slack and one in Teams; two handlers are there', async () => {
    await lawsNoted(hands.counsel, 'Bouvet Island');
    deals.push(await sells(hands.rep, hands.compliance, SOLD.slack));
    deals.push(await sells(hands.repInTeams, hands.complianceInTeams, SOLD.teams));
    await author.goto(voices.page());
    await headed(author, 'This page is not open yet');
    await enrols(voices, ada, ADA);
    await enrols(voices, ben, BEN);
    await signsInAgain(ada, ADA);
    await vouchForEachOther([ada, ben], [ADA, BEN]);
  });

  it('somebody outside reports with a photo, without a name, and is answered', async () => {
    await author.goto(voices.page());
    await author.getByLabel('What happened?').fill(FIRST.what);
    await author.getByLabel('Where?').fill(FIRST.where);
    const photo = await photoWithPlace('jpeg', 600);
    expect((await sharp(photo).metadata()).exif?.toString('latin1')).toContain('Sample Camera 9');
    const files = [{ name: PHOTO_NAME, mimeType: 'image/jpeg', buffer: photo }, PAGE_FILE];
    await author.getByLabel('Files').setInputFiles(files);
    expect(await author.getByLabel('Remove from photos').isChecked()).toBe(true);
    expect(await author.getByLabel('Also send what can’t be cleaned').isChecked()).toBe(false);
    await press(author, 'Send');
    await headed(author, 'Your report has arrived');
    expect(await text(author)).toContain('Files that arrived with it: 1.');
    expect(await text(author)).toContain(`${PAGE_NAME}: it can’t be cleaned`);
    receipt = await author.locator('.digits').innerText();

    await signsInAgain(ada, ADA);
    await opensCase(ada);
    await ada.getByText(FIRST.what).waitFor();
    const { as, bytes } = await saved(ada, 'Save photo-1.jpg');
    await status(ada, 'saves it as photo-1.jpg');
    expect(as).toBe('photo-1.jpg');
    const { exif, xmp, icc, width } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, width }).toEqual({ exif: undefined, xmp: undefined, icc: undefined, width: 600 });
    // Three letters of any case stand in the bytes of one picture in a hundred by chance.
    expect(bytes.toString('latin1')).not.toMatch(/Exif|GPSL|Sample (?:Camera|Street)|2026:01:14/);
    for (const [button, words] of [
      ['Say that it arrived', FIRST.arrived],
      ['Write to them', FIRST.question],
    ] as const) {
      await press(ada, button);
      await ada.getByRole('textbox', { name: button }).fill(words);
      await press(ada, 'Send');
      await status(ada, 'Sent.');
    }
    await opensReceipt(author, voices, receipt);
    await author.getByText(FIRST.question).waitFor();
    await author.getByLabel('What would you like to add?').fill(FIRST.answer);
    await author.getByLabel('Files').setInputFiles([PAGE_FILE]);
    await author.getByLabel('Also send what can’t be cleaned').check();
    await press(author, 'Send');
    await author.getByText('It has arrived.').waitFor();
    expect(await text(author)).toContain('These went in as they are');
    expect(await text(author)).not.toContain(FIRST.what);
    await opensCase(ada);
    await ada.getByText(FIRST.answer).waitFor();
    const page = await saved(ada, `Save ${PAGE_NAME}`);
    expect(page.as).toBe(`${PAGE_NAME}.rename-to-open`);
    expect(page.bytes.toString()).toBe(PAGE_TEXT);
    expect(await ada.title()).not.toBe('opened');
    await keep(ada, 'heard-case');

    // The same pages with scripts on, for axe-core alone.
    const checker = await (
      await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 700 } })
    ).newPage();
    await checker.goto(voices.page());
    await keep(checker, 'voices-form');
    await opensReceipt(checker, voices, receipt);
    await checker.getByText(FIRST.question).waitFor();
    await keep(checker, 'voices-answer');
    await checker.getByLabel('Files').setInputFiles(files);
    await press(checker, 'Send');
    await checker.getByText('It has arrived.').waitFor();
    await keep(checker, 'voices-files-left-out');
    await checker.context().close();
    await opensCase(ada);
  });

  it('a hold on both deals waits for its day in chat, an investigation finds it true, remedy is done, the case closes', async () => {
    const rep = { slack: hands.rep, teams: hands.repInTeams };
    await fromFindingToClosing(ada, {
      told: FIRST.outcome,
      deals: deals.join(', '),
      places: async (hold) => {
        await places(hands.compliance, deals[0] ?? '', hold);
        await hands.compliance.noView();
        await places(hands.complianceInTeams, deals[1] ?? '', hold);
        await hands.complianceInTeams.closeView();
        // Nobody but compliance sees it before its day.
        for (const hand of [rep.slack, rep.teams]) {
          expect((await hand.messages()).filter(({ text: said }) => /Stop support/i.test(said))).toEqual([]);
        }
        await travelTo(playing.url, `${hold.from}T09:00:00.000Z`);
        await rep.slack.reads(new RegExp(`${SOLD.slack}[\\s\\S]*On hold:[\\s\\S]*stop support`));
        await rep.teams.reads(new RegExp(`${SOLD.teams}[\\s\\S]*On hold:[\\s\\S]*stop support`));
        await rep.slack.readsDirect(new RegExp(`${hold.reason}`));
        await rep.teams.readsDirect(new RegExp(`${hold.reason}`));
        await rep.slack.look('heard-held');
        await rep.teams.look('heard-held');
        await draws();
      },
      lifts: async () => {
        await lifts(hands.compliance);
        await hands.compliance.noView();
        await lifts(hands.complianceInTeams);
        await hands.complianceInTeams.closeView();
        await rep.slack.readsDirect(/lifted/i);
        await rep.teams.readsDirect(/lifted/i);
      },
      remedyBy: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
    });
    await keep(ada, 'heard-closed');
    await opensReceipt(author, voices, receipt);
    await author.getByText(FIRST.outcome).waitFor();
    await picture(author, 'heard-outcome', { fullPage: true });
  });

  it('somebody inside asks chat for the way, and reports a handler by name: that handler gets nothing of it', async () => {
    ok(await hands.rep.say('/deal report'));
    expect((await hands.rep.reads(ADDRESS)).text).toContain('a chat is not anonymous');
    ok(await hands.repInTeams.say('@Clearthread report'));
    await hands.repInTeams.readsDirect(ADDRESS);
    await author.goto(voices.page());
    await author.getByLabel('What happened?').fill(SECOND.what);
    await author.getByLabel(BEN).check();
    await author.getByLabel('May we know who you are?').fill(SECOND.who);
    await author.getByLabel('Yes, here').check();
    await author.getByLabel('Is there anything that we must take care of').fill(SECOND.how);
    await press(author, 'Send');
    await headed(author, 'Your report has arrived');

    await signsInAgain(ben, BEN);
    expect(await ben.getByRole('button', { name: /^C-/ }).count()).toBe(1);
    await picture(ben, 'heard-left-out', { fullPage: true });
    await press(ada, 'All cases');
    await headed(ada, 'Cases');
    expect(await ada.getByRole('button', { name: /^C-/ }).count()).toBe(2);
    await ada.getByRole('button', { name: /say that it arrived/i }).click();
    await ada.getByText(SECOND.what).waitFor();
    expect(await text(ada)).not.toContain(SECOND.who);
    await press(ada, 'Show who they are');
    await ada.getByText(SECOND.who).waitFor();
    await keep(ada, 'heard-named');
  });

  it('and no trace of it is in what both chats drew, in a log, in the bot’s database or in the voices’ store', async () => {
    await draws();
    const said = [
      ...Object.values(FIRST),
      ...Object.values(SECOND),
      PHOTO_NAME,
      PAGE_NAME,
      'words of a page',
      'Sample Camera 9',
      PASSPHRASE,
      ADA,
      receipt,
      receipt.replaceAll(' ', ''),
    ];
    const kept = [...said, ...WORK_TRACES];
    // The handlers' own names stand there: who looks does see what is there.
    expect(tracesIn(voices.everyByte(), kept)).toEqual([ADA]);
    expect(tracesIn(voices.said(), kept)).toEqual([]);
    await playing.killAndStart(async () => {
      const own = unsealed(playing.dataDir);
      const bytes = everyByteIn(playing.dataDir);
      for (const place of [drawn.join('\n'), playing.logged.join('\n'), own.rows, own.opened, bytes])
        expect(tracesIn(place, said)).toEqual([]);
      // And here as well.
      expect(tracesIn(own.opened, [SOLD.slack, SOLD.teams, HOLD_REASON])).toHaveLength(3);
      expect(tracesIn(own.rows, [SOLD.slack, HOLD_REASON])).toEqual([]);
      expect(tracesIn(drawn.join('\n'), [SOLD.slack, SOLD.teams, HOLD_REASON])).toHaveLength(3);
    });
  });

  it('the first case is erased when its time is over, the second stays', async () => {
    await voices.stop();
    const files = voices.fileBytes();
    voices.aYearLater();
    await voices.start();
    await opensReceipt(author, voices, receipt);
    await headed(author, 'There is nothing under this receipt');
    expect(voices.fileBytes()).toBeLessThan(files / 2);
    await signsInAgain(ada, ADA);
    expect(await ada.getByRole('button', { name: /^C-/ }).count()).toBe(1);
  });

  it('leaves no fault in a page or a log', () => {
    expect(playing.mistakes).toEqual([]);
    expect(mistakes.filter((line) => !/status of 40[139]/.test(line))).toEqual([]);
  });
});
