/** A new playground has three sample deals, made as people make them: once, and never among other deals. */

import { afterEach, describe, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { openRecord } from '../support/bad-day.ts';
import { ok, openDeal, save, weatherSensor } from '../support/four-deals.ts';
import { play, type Playing } from '../support/playing.ts';

let playing: Playing | undefined;
const problems: string[] = [];
/** What a busy machine's network does is tried again, and is no problem of the samples. */
const NETWORK = ['ECONNRESET', 'UND_ERR_SOCKET', 'TimeoutError'];
const note = (event: string, fields: { code?: unknown } = {}): void => {
  if (event === 'slack.sdk' && NETWORK.some((code) => code === fields.code)) return;
  problems.push(`${event} ${JSON.stringify(fields)}`);
};
const begin = async (settings: Record<string, string>): Promise<Playing> => {
  playing = await play({ info: () => {}, warn: note, error: note }, settings);
  return playing;
};
afterEach(async () => {
  await playing?.end();
  playing = undefined;
  expect(problems.splice(0)).toEqual([]);
});

const ROOTS = [
  /Sample Harbour Networks[\s\S]*Tier: elevated[\s\S]*Senior approvers/i,
  /Sample Border Integrator[\s\S]*2 red flags/,
  /Sample Island Election Office[\s\S]*Approved with conditions/i,
] as const;

const deals = async (dataDir: string): Promise<{ id: string; status: string | null }[]> => {
  const record = openRecord(dataDir);
  const found = await record.store.list({ kind: 'deal', limit: 100 });
  await record.close();
  return found.map(({ stream, status }) => ({ id: stream, status }));
};

describe('a new playground', () => {
  it('has a deal that waits for approval, one that is answered and one with a condition, in both chats', async () => {
    const { hand, teamsHand, dataDir } = await begin({ CLEARTHREAD_SAMPLES: 'on' });
    const [rep, senior] = [hand('rep'), hand('senior2')];
    for (const words of ROOTS) {
      await rep.reads(words);
      await teamsHand('rep').reads(words);
    }
    expect(new Set((await deals(dataDir)).map(({ status }) => status))).toEqual(
      new Set(['answering', 'decided', 'deciding']),
    );
    // What is waited for can be done: the vote, the section that was handed over, the condition.
    await senior.readsDirect(/Sample Harbour Networks/);
    ok(await senior.pressDirect('Review', /Sample Harbour Networks/));
    expect(await senior.words()).toContain('Sample Harbour Networks');
    await hand('legalAdviser').readsDirect(/Sample Border/);
    await rep.readsDirect(/limits on use/i);
  });

  it('has made-up data, by which counsel sees suggestions in a brief, confirms one, and reads it as theirs', async () => {
    const { hand, dataDir } = await begin({ CLEARTHREAD_SAMPLES: 'on' });
    await hand('rep').reads(ROOTS[1]);
    const counsel = hand('counsel');
    await counsel.say('/deal brief French Southern Territories');
    expect(await counsel.words()).toContain('Made-up V-Dem 2025, freedom of expression 0.12 of 1');
    expect(await counsel.words()).toContain('Nothing in that file is real.');
    await counsel.fill('Confirm for the question above', ['“Yes”, on Made-up V-Dem 2025: room for civil society']);
    ok(await counsel.submit());
    await hand('rep').say('/deal brief French Southern Territories');
    await hand('rep').reads(
      /Made-up V-Dem 2025: room for civil society 0\.22 of 1, 2025” \(indicators\.example\.org\)/,
    );
    const record = openRecord(dataDir);
    const commits = await record.store.read('register:indicators');
    await record.close();
    expect(commits).toHaveLength(1);
  });

  it('has a made-up list in use: a name of it asks compliance who that is, and no sample deal has one', async () => {
    const { hand, teamsHand } = await begin({ CLEARTHREAD_SAMPLES: 'on' });
    const [rep, compliance] = [hand('rep'), hand('compliance')];
    await rep.reads(/Not found on made-up-list of/);
    const root = await openDeal(rep, {
      customer: 'Sample Farm Co-operative',
      product: 'Sample weather sensor',
      country: 'Antarctica',
      endUser: 'Tamsalin Velquistor',
      kind: 'Private',
    });
    const why =
      /Tamsalin Velquistor[\s\S]*VELQUISTOR, Tamsalin on made-up-list[\s\S]*no real sanctions[\s\S]*say whether it is them/;
    await rep.reads(why, root);
    const teams = teamsHand('rep');
    const mirror = await teams.reads(/Tamsalin Velquistor/);
    await teams.reads(why, mirror.ts);
    ok(await compliance.press('Another party…', { thread: root }));
    await compliance.fill('What differs', 'Another person: born in 1961, and lives elsewhere.');
    await save(compliance);
    await rep.reads(/it is another party[\s\S]*born in 1961/, root);
  });

  const tourAt = async (url: string): Promise<unknown> => (await fetch(`${url}/playground/tour`)).json();

  it('gets them once, with a tour, and not again after a restart', async () => {
    const { dataDir, restart, url } = await begin({ CLEARTHREAD_SAMPLES: 'on' });
    expect(await tourAt(url)).toEqual({ offered: true });
    await restart();
    expect(await deals(dataDir)).toHaveLength(3);
    expect(await tourAt(url)).toEqual({ offered: true });
    await restart();
    expect(await deals(dataDir)).toHaveLength(3);
  });

  it('gets none, and no tour, beside deals that are there', async () => {
    const settings = { CLEARTHREAD_SAMPLES: 'off' };
    const { dataDir, restart, hand, url } = await begin(settings);
    expect(await tourAt(url)).toEqual({ offered: false });
    await weatherSensor({ rep: hand('rep') } as unknown as Parameters<typeof weatherSensor>[0]);
    settings.CLEARTHREAD_SAMPLES = 'on';
    for (let times = 0; times < 2; times += 1) {
      await restart();
      expect(await tourAt(url)).toEqual({ offered: false });
      expect(await deals(dataDir)).toHaveLength(1);
    }
  });

  it('of a company of its own stays empty', async () => {
    const { dataDir, restart } = await begin({
      CLEARTHREAD_SAMPLES: 'on',
      CLEARTHREAD_ORGANISATION: sampleOrganisationFile,
    });
    await restart();
    expect(await deals(dataDir)).toEqual([]);
  });
});
