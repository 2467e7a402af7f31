/** The dossier from chat: a file in private where the chat gives people files, for whoever may read the deal, and recorded. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { readPdf } from '../../support/pdf-reading.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0CLEAR' };
const TEAMS: Place = { platform: 'teams', channel: '19:clear@thread.tacv2' };

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const press = (person: string, place: Place, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name: 'deal.dossier', value: deal }, place, cause);
const exports = async (): Promise<{ by: string }[]> =>
  (await at.store.read(deal)).flatMap(({ body }) =>
    (body.events as unknown as { type: string; by: string; format?: string }[])
      .filter(({ type }) => type === 'RecordExported')
      .map(({ by, format }) => ({ by, format })),
  );
const pdfOf = async (reply: Reply): Promise<string> => {
  if (reply.kind !== 'file') throw new Error(JSON.stringify(reply));
  return readPdf(Buffer.from(await reply.file.content())).pages.join('');
};

describe('in Slack', () => {
  it('is a PDF of the record up to its own export, by the button and by words', async () => {
    const text = await pdfOf(await press('rep-1', SLACK));
    const commits = await at.store.read(deal);
    expect(text).toContain(`Headoftherecord:version${commits.length},${commits.at(-1)?.hash}`);
    expect(text).toContain(`Deal${deal}:SampleTelecom`);
    expect(text).toContain('SampleRep:exportedtherecord');
    const words = await at.ask('compliance-1', { kind: 'words', words: `export ${deal}` }, SLACK);
    expect(await pdfOf(words)).toContain('SampleCompliance:exportedtherecord');
    expect(await exports()).toEqual([
      { by: 'rep-1', format: 'pdf' },
      { by: 'compliance-1', format: 'pdf' },
    ]);
  });

  it('is recorded once for one press, however often it arrives', async () => {
    for (const _ of [1, 2]) expect(await press('rep-1', SLACK, 'press:1')).toMatchObject({ kind: 'file' });
    expect(await exports()).toHaveLength(1);
  });

  it('neither discards votes nor asks anybody again', async () => {
    await at.answerAll(deal);
    const before = await at.deals.view(deal);
    await pdfOf(await press('compliance-1', SLACK));
    const after = await at.deals.view(deal);
    expect(after?.deal).toEqual(before?.deal);
  });
});

describe('in Teams, which takes no files from bots', () => {
  it('is its first page, with what to do for the rest, and no export', async () => {
    const reply = await press('rep-1', TEAMS);
    if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
    const text = plain({ blocks: reply.form.blocks.filter((block) => block.kind !== 'input') });
    expect(text).toContain('Customer: “Sample Telecom”');
    expect(text).toContain(`deal export ${deal} --pdf`);
    expect(await exports()).toEqual([]);
  });
});

describe.each([SLACK, TEAMS])('is for whoever may read the deal', (place) => {
  it(`in ${place.platform}`, async () => {
    for (const person of ['boss-1', 'senior-1', 'nobody']) {
      for (const reply of [
        await press(person, place),
        await at.ask(person, { kind: 'words', words: `export ${deal}`, canOpen: true }, place),
      ]) {
        expect(reply.kind === 'tell' && plain(reply.card)).toContain('Only the deal team');
      }
    }
    expect(await exports()).toEqual([]);
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    expect((await press('senior-1', place)).kind).toBe(place === SLACK ? 'file' : 'form');
  });
});
