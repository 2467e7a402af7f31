/** Files handed in for a condition: what was seen of them is in the record, and whoever judges them is told of a change. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import { approvalOf } from '../../../flows/deal/approval/in-force.ts';
import type { Source } from '../../../flows/ids.ts';
import type { FileRead } from '../../../src/edge/file-read.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0CLEAR' };
const TEAMS: Place = { platform: 'teams', channel: '19:clear@thread.tacv2' };
const LINK = 'https://sample.slack.com/files/U1/F0CLAUSE/clause.pdf';
const [HASH, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];
const READ: FileRead = { kind: 'read', sha256: HASH, size: 1_234_567 };

let at: AtDesk;
let deal: string;
let condition: string;
let now: FileRead;
let asked: string[];
beforeEach(async () => {
  now = READ;
  asked = [];
  at = atDesk({
    readFile: async (chat, link) => {
      asked.push(`${chat} ${link}`);
      return now;
    },
  });
  deal = await at.openDeal();
  await at.answerAll(deal);
  for (const person of ['compliance-1', 'senior-1', 'counsel-1']) {
    const view = await at.deals.view(deal);
    if (view?.deal.status !== 'deciding') break;
    const wanted = { id: 'c1', text: 'Name the risks in the contract.', owner: 'rep-1', due: '2027-03-15' };
    const ballot = { outcome: 'approve-with-conditions' as const, conditions: [wanted] };
    await at.deals.handle(deal, voteOf(view, person === 'compliance-1' ? ballot : {}), {
      actor: person,
      cause: person,
    });
  }
  const view = await at.deals.view(deal);
  condition = (view && approvalOf(view.deal)?.decision.conditions[0]?.id) ?? '';
});
afterEach(() => at.end());

const handIn = (place: Place, files: string | string[]): Promise<Reply> =>
  at.ask(
    'rep-1',
    {
      kind: 'submit',
      form: 'deal.meet-condition',
      context: JSON.stringify({ deal, condition }),
      values: { text: 'Clause 14 names them.', files },
    },
    place,
  );
const kept = async (): Promise<Source[]> => {
  const view = await at.deals.view(deal);
  return (view && approvalOf(view.deal)?.conditions?.[condition]?.evidence.at(-1)?.sources) ?? [];
};
const judged = async (): Promise<string> => {
  const form = formIn(
    await at.ask(
      'compliance-1',
      { kind: 'click', name: 'deal.settle-condition', value: `${deal}/${condition}` },
      SLACK,
    ),
  );
  return plain({ blocks: form.blocks.filter((block) => block.kind !== 'input') });
};

describe('a file that comes with an answer to an approver', () => {
  it('is in the record, and the review says what it is now', async () => {
    const other = await at.openDeal();
    await at.answerAll(other, { 'H-RF1': 'yes' });
    await at.deals.handle(
      other,
      { type: 'AskForInformation', step: 0, question: 'Who runs it, and where?' },
      { actor: 'compliance-1', cause: 'asked' },
    );
    const request = (await at.deals.view(other))?.deal.requests[0]?.id ?? '';
    const sent = await at.ask(
      'rep-1',
      {
        kind: 'submit',
        form: 'deal.give-information',
        context: JSON.stringify({ deal: other, request }),
        values: { text: 'The ministry runs it.', sources: 'Sample contract', files: [`clause.pdf, ${LINK}`] },
      },
      SLACK,
    );
    expect(sent).toEqual({ kind: 'done' });
    const given = (await at.deals.view(other))?.deal.requests[0]?.answer?.sources;
    expect(given).toEqual([
      { name: 'Sample contract' },
      { name: 'clause.pdf', url: LINK, file: { sha256: HASH, size: 1_234_567 } },
    ]);
    const review = async (): Promise<string> => {
      const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${other}/0` }));
      return plain({ blocks: form.blocks.filter((block) => block.kind !== 'input') });
    };
    expect(await review()).toMatch(/Sample contract[^]*clause\.pdf[^]*It is the same as when it was handed in\./);
    now = { kind: 'read', sha256: OTHER, size: 5 };
    expect(await review()).toContain('It changed since it was handed in.');
  });
});

describe('a file', () => {
  it('is in the record with a hash of its content, and shown where it is judged and in the dossier', async () => {
    expect(await handIn(SLACK, [`clause.pdf, ${LINK}`])).toEqual({ kind: 'done' });
    expect(await kept()).toEqual([{ name: 'clause.pdf', url: LINK, file: { sha256: HASH, size: 1_234_567 } }]);
    expect(asked).toEqual([`slack ${LINK}`]);
    expect(await judged()).toMatch(/clause\.pdf.* 1\.2 MB, SHA-256 a{12}…\. It is the same as when it was handed in\./);
    const view = await at.deals.view(deal);
    expect(view && markdownOf(dossier(view, { commits: [] }))).toContain(`1.2 MB, SHA-256 ${HASH}`);
  });

  it('that changed since, or can’t be read any more, is said to whoever judges it', async () => {
    await handIn(SLACK, [`clause.pdf, ${LINK}`]);
    now = { kind: 'read', sha256: OTHER, size: 5 };
    expect(await judged()).toContain('It changed since it was handed in.');
    now = { kind: 'too large', size: 50_000_000 };
    expect(await judged()).toContain('It changed since it was handed in.');
    now = { kind: 'not read', why: 'gone' };
    expect(await judged()).toContain('It could not be read again just now.');
  });

  it.each([
    ['slow', 'it took too long to read'],
    ['gone', 'it was gone'],
    ['failed', 'the chat did not give it out'],
  ] as const)('that was not read (%s) is not verified, and says why', async (why, words) => {
    now = { kind: 'not read', why };
    await handIn(SLACK, [`clause.pdf, ${LINK}`]);
    expect(await kept()).toMatchObject([{ file: { unread: why } }]);
    expect(await judged()).toContain(`Not verified: ${words}.`);
    expect(asked).toHaveLength(1);
  });

  it('in a chat that gives bots none is not verified, and no typed link is followed', async () => {
    await handIn(TEAMS, `Clause, ${LINK}`);
    expect(asked).toEqual([]);
    expect(await kept()).toMatchObject([{ name: 'Clause', file: { unread: 'chat' } }]);
    expect(await judged()).toContain('Not verified: this chat lets the bot read no such file.');
  });

  it('too large, or of a kind that is not taken, comes back with words and saves nothing', async () => {
    now = { kind: 'too large', size: 31_000_000 };
    expect(await handIn(SLACK, [`clause.pdf, ${LINK}`])).toMatchObject({
      kind: 'errors',
      errors: { files: expect.stringMatching(/“clause\.pdf” is 31 MB\. .* at most 20 MB/) },
    });
    expect(await handIn(SLACK, [`setup.exe, ${LINK}`])).toMatchObject({
      kind: 'errors',
      errors: { files: expect.stringContaining('“setup.exe” is of a kind that is not taken') },
    });
    expect(await kept()).toEqual([]);
  });
});
