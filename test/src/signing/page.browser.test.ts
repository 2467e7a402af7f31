/** Passkeys in a real browser with its virtual authenticator: enrolled in the playground, a vote signed, on a phone's width. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditVerify } from '../../../src/cli/audit.ts';
import { auditRoots } from '../../../src/cli/votes/audit-roots.ts';
import type { BrowserHand } from '../../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../../support/browser-play.ts';
import { answerForPolice, openDeal, POLICE, review } from '../../support/four-deals.ts';
import { compareKey, keep, makeKey, phonesFor, title, type Phone, type Phones } from '../../support/passkey-phones.ts';
import { PEOPLE } from '../../support/playing.ts';

const missing = browserIsMissing('Passkeys are');

let playing: BrowserPlay;
let rep: BrowserHand;
let compliance: BrowserHand;
let chief: BrowserHand;
let root = '';
let url = '';
let phones: Phones;
const openOn = (hand: BrowserHand, address: string): Promise<Page> => phones.open(hand, address);
const phone = (hand: BrowserHand): Phone => phones.of(hand);

/** Asks the bot for the person's own card, and returns the address behind its button. */
const myLink = async (hand: BrowserHand): Promise<string> => {
  await hand.say('/deal passkey');
  const link = hand.page.locator('#channel a.button', { hasText: /Add (a|another) passkey/ }).last();
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
};

const make = async (hand: BrowserHand): Promise<string> => makeKey(await openOn(hand, await myLink(hand)));

const compare = async (hand: BrowserHand, spoken: string): Promise<void> => {
  await hand.pressDirect('Compare it');
  await hand.hasView();
  const link = hand.page.locator('#modal a.button', { hasText: 'Open the page' });
  const page = await openOn(hand, (await link.getAttribute('href')) ?? '');
  await hand.closeView();
  await compareKey(page, spoken, `passkey-compare-${hand.user}`);
};

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  url = playing.url;
  rep = await playing.slackHand(PEOPLE.rep);
  compliance = await playing.slackHand(PEOPLE.compliance);
  chief = await playing.slackHand(PEOPLE.chief, 'dark');
  phones = await phonesFor([compliance, chief], playing.mistakes);
});
afterAll(() => playing?.end());

describe.skipIf(missing)('passkeys, in a browser', () => {
  it('says the name of this machine, where passkeys work', () => {
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  });

  it('counts a vote as not signed while its voter has none, and says so before and after', async () => {
    root = await openDeal(rep, POLICE);
    await answerForPolice(rep);
    await rep.reads(/Tier: high/i);
    await review(compliance, root, { outcome: 'Approve', until: 'confirm' });
    expect(await compliance.words()).toContain('counts as “not signed”: you have no passkey here yet');
    await compliance.submit();
    await compliance.noView();
    await rep.reads(/approve\. .*Not signed\./s, root);
  });

  it('enrols the first two, who compare 12 characters and vouch for each other', async () => {
    const ours = await make(compliance);
    await keep(phone(compliance).page, 'passkey-made');
    expect(ours).toMatch(/^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$/);
    await chief.readsDirect('made a passkey');
    const theirs = await make(chief);
    await keep(phone(chief).page, 'passkey-made-dark');
    await compare(chief, ours);
    await compliance.readsDirect('Sample Chief Compliance made a passkey');
    await compare(compliance, theirs);
    await chief.readsDirect(/A passkey is enrolled/);
    for (const hand of [compliance, chief, rep]) {
      expect((await hand.direct()).map(({ text }) => text).join('\n')).not.toContain(ours);
    }
  });

  it('signs a vote with one press, at a phone’s width, by keyboard, and the thread goes on', async () => {
    // Another deal: the vote on the first one stands as it was cast.
    root = await openDeal(rep, {
      ...POLICE,
      customer: 'Sample Second Integrator',
      endUser: 'Sample Other Ministry, police',
    });
    await answerForPolice(rep);
    await rep.reads(/Sample Second Integrator[\s\S]*Tier: high/i);
    await review(compliance, root, { outcome: 'Approve', until: 'confirm' });
    expect(await compliance.words()).toContain('Next you sign it with your passkey');
    await compliance.submit();
    const link = compliance.page.locator('#modal a.button', { hasText: 'Sign your vote' });
    const address = (await link.getAttribute('href')) ?? '';
    await compliance.look('passkey-link');
    await compliance.closeView();
    const page = await openOn(compliance, address);
    expect(await title(page)).toBe('Sign your vote');
    const words = await page.locator('main').innerText();
    for (const said of [
      'Sample Second Integrator',
      'Tier',
      'High',
      'Flags that you uphold',
      'Fingerprint of the facts',
    ]) {
      expect(words).toContain(said);
    }
    await keep(page, 'passkey-sign');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    const press = page.getByRole('button', { name: 'Sign with your passkey' });
    for (let tab = 0; tab < 4 && !(await press.evaluate((b) => b === document.activeElement)); tab += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Your vote is cast' }).waitFor();
    // A screen reader is where the news is.
    expect(await page.locator('h1').evaluate((h1) => h1 === document.activeElement)).toBe(true);
    await keep(page, 'passkey-signed');
    await rep.reads(/Signed with a passkey\./, root);
    // The link is used up.
    await page.reload();
    await page.locator('h1', { hasText: 'Your vote is cast' }).waitFor();
  });

  it('is put off without a finger, and can be pressed again', async () => {
    const { page, cdp, authenticator } = phone(chief);
    await openOn(chief, await myLink(chief));
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false });
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('status').filter({ hasText: /./ }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).waitFor();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: true });
  });

  it('says before anything else that a window has no passkeys, with the link to copy', async () => {
    const context = await compliance.page
      .context()
      .browser()
      ?.newContext({ viewport: { width: 390, height: 844 } });
    if (!context) throw new Error('no browser');
    await context.addInitScript(() => {
      Reflect.deleteProperty(window, 'PublicKeyCredential');
    });
    const page = await context.newPage();
    await page.goto(await myLink(compliance));
    await page.locator('h1', { hasText: 'can’t use passkeys' }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await keep(page, 'passkey-no-passkeys');
    await context.close();
  });

  it('holds before an auditor, who brings the first keys and the log’s name', async () => {
    const run = async (command: typeof auditRoots, ...args: string[]): Promise<{ code: number; text: string }> => {
      const lines: string[] = [];
      const io = {
        out: (line: string) => void lines.push(line),
        err: (line: string) => void lines.push(line),
        env: {},
      };
      const code = await command(['--data', playing.dataDir, ...args], io);
      return { code, text: lines.join('\n') };
    };
    const drafted = await run(auditRoots);
    expect(drafted).toMatchObject({ code: 0, text: expect.stringContaining('chief-1: ') });
    const file = join(playing.dataDir, 'roots.yml');
    const at = playing.url.replace(/\/$/, '');
    writeFileSync(file, `${drafted.text.replace('required: []', '')}\norigin: ${at}\n`);
    const found = await run(auditVerify, '--roots', file);
    expect(found.text).toMatch(/Approvals: 1 signed, 1 unsigned, 0 invalid/);
    expect(found.code).toBe(0);
    expect((await run(auditVerify)).text).toContain('Signatures of votes: not checked');
    writeFileSync(
      file,
      `${drafted.text.replace('required: []', 'required: [{ from: high, since: 2026-01-01 }]')}\norigin: ${at}\n`,
    );
    expect(await run(auditVerify, '--roots', file)).toMatchObject({
      code: 1,
      text: expect.stringContaining('your roots ask for a signature'),
    });
  });

  it('made no mistake', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
