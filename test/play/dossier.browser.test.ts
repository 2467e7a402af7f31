/** The dossier in a real browser: a PDF to save from the direct messages in Slack, its first page in Teams. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { ok } from '../support/four-deals.ts';
import { readPdf } from '../support/pdf-reading.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';
import { handedOver, type TimeCast } from '../support/time-deals.ts';

const missing = browserIsMissing('The dossier is');
const CUSTOMER = 'Công ty Số Một';

let playing: BrowserPlay;
let rep: BrowserHand;
let compliance: BrowserHand;
let deal: string;

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  rep = await playing.slackHand(PEOPLE.rep, 'dark');
  compliance = await playing.teamsHand(TEAMS_PEOPLE.compliance);
  ({ deal } = await handedOver({ rep } as unknown as TimeCast, CUSTOMER));
});
afterAll(() => playing?.end());

describe.skipIf(missing)('the dossier, in a browser', () => {
  it('is saved from the direct messages in Slack', async () => {
    ok(await rep.say(`@Clearthread ${deal}`));
    await rep.reads('Waiting for');
    ok(await rep.press('Dossier', { in: deal }));
    await rep.readsDirect('Here is the file that you asked for.');
    const link = rep.page.getByRole('link', { name: `${deal}.pdf` });
    const [download] = await Promise.all([rep.page.waitForEvent('download'), link.click()]);
    const text = readPdf(readFileSync(await download.path())).pages.join('');
    expect(text).toContain('CôngtySốMột');
    await rep.look('dossier-slack');
  });

  it('shows its first page in Teams, and says how to get the rest', async () => {
    ok(await compliance.say(`@Clearthread ${deal}`));
    await compliance.readsDirect(CUSTOMER);
    ok(await compliance.pressDirect('Dossier', CUSTOMER));
    expect(await compliance.words()).toContain('Destination');
    expect(await compliance.words()).toContain(`deal export ${deal} --pdf`);
    await compliance.look('dossier-teams');
  });

  it('leaves no fault', () => {
    expect(playing.mistakes.filter((line) => /"level":(?:50|60)|error/iu.test(line))).toEqual([]);
  });
});
