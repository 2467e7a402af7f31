/** The rep who changes a name once the answers are in: “Typo.” Who is somebody else waits for compliance, and stays visible. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { dossier } from '../../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../../blocks/dossier/markdown.ts';
import { detailsForm } from '../../../blocks/forms/open.ts';
import { slackView } from '../../../blocks/slack/form.ts';
import { teamsForm } from '../../../blocks/teams/form.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { aQuestion, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const base = aPolicy();
const sections = base.sections.map((section) =>
  section.id === 'record' ? { ...section, questions: [...section.questions, aQuestion('S1', 'record')] } : section,
);
const policy = aPolicy({
  lighter: 'confirm',
  sections,
  sectionsFor: () => sections,
  question: (id) => sections.flatMap(({ questions }) => questions).find((q) => q.id === id),
  questionsFor: (id) => sections.find((section) => section.id === id)?.questions ?? [],
});

let at: AtDesk;
const begin = (lighter: 'confirm' | 'reason' = 'confirm'): void => {
  at = atDesk({ policy: { ...policy, lighter } });
};
beforeEach(() => begin());
afterEach(() => at.end());

const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const correct = async (deal: string, changed: FormValues): Promise<Reply> => {
  const form = detailsForm(await view(deal));
  const values = { ...presets(form), reason: 'Typo.', ...changed };
  return at.ask('rep-1', { kind: 'submit', form: form.name, context: form.context, values });
};
const answered = async (): Promise<string> => {
  const deal = await at.openDeal();
  expect(
    (await correct(deal, { endUserName: 'Bouvet Road Agency', intermediaries: 'Shadow Exports, reseller' })).kind,
  ).toBe('done');
  expect((await view(deal)).deal.lighterSaid).toBeUndefined();
  const sectionsSaid: [string, FormValues][] = [
    ['scope', { 'q:G1': 'yes' }],
    ['product', { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' }],
    ['record', { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no', 'q:S1': 'no' }],
  ];
  for (const [section, values] of sectionsSaid) {
    expect((await at.submit('rep-1', 'deal.section', { deal, section }, values)).kind).not.toBe('errors');
  }
  expect((await view(deal)).deal.status).toBe('deciding');
  return deal;
};
const shown = async (deal: string, name: string): Promise<string> =>
  wordsOf(
    formIn(await at.ask('compliance-1', { kind: 'click', name, value: name === 'deal.review' ? `${deal}/0` : deal })),
  );
const root = async (deal: string): Promise<string> => {
  const card = await createLiveCard(at.deals)(deal, 'root');
  return card ? plain(card) : '';
};
const settle = async (deal: string, values: FormValues): Promise<void> => {
  const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: deal }));
  const done = await at.ask('compliance-1', { kind: 'submit', form: form.name, context: form.context, values });
  expect(done).toEqual({ kind: 'done' });
};

describe('an end-user whose name becomes another one', () => {
  it('waits for compliance, which sees who it was and who it is', async () => {
    const deal = await answered();
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    expect((await view(deal)).deal.lighterSaid).toBeDefined();
    const both = 'End-user: was “Bouvet Road Agency”, now “Bouvet Intelligence Agency”.';
    for (const page of ['deal.confirm-lighter', 'deal.review', 'deal.why'])
      expect(await shown(deal, page)).toContain(both);
    expect(await root(deal)).toContain(both);
    const all = formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true }));
    expect(wordsOf(all)).toContain(both);
  });

  it('stays visible once compliance confirmed it', async () => {
    const deal = await answered();
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    await settle(deal, { verdict: 'confirm' });
    expect((await view(deal)).deal.details.endUser.name).toBe('Bouvet Intelligence Agency');
    for (const page of ['deal.review', 'deal.why']) {
      const words = await shown(deal, page);
      expect(words).toContain('End-user was “Bouvet Road Agency” until 1 March 2027');
      expect(words).toContain('Typo.');
    }
    expect(await root(deal)).toContain('1 detail was another before');
    expect(markdownOf(dossier(await view(deal), { commits: [] }))).toMatch(/until 1 March 2027.*Bouvet Road Agency/);
  });

  it('comes back where compliance refuses, with the resellers', async () => {
    const deal = await answered();
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency', intermediaries: 'Another, agent' });
    await settle(deal, { verdict: 'refuse', reason: 'It is another agency' });
    const { details, lighterSaid } = (await view(deal)).deal;
    expect(lighterSaid).toBeUndefined();
    expect(details).toMatchObject({
      endUser: { name: 'Bouvet Road Agency', kind: 'security' },
      intermediaries: [{ name: 'Shadow Exports' }],
    });
  });

  it('names the first, however often it is changed again', async () => {
    const deal = await answered();
    await correct(deal, { endUserName: 'Bouvet Weather Office' });
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    expect(await shown(deal, 'deal.confirm-lighter')).toContain('was “Bouvet Road Agency”, now “Bouvet Intelligence');
    await settle(deal, { verdict: 'confirm' });
    expect(await root(deal)).toContain('2 details were another before');
  });

  it.each(['BOUVET road agency', 'Bouvet Road-Agency', '  Bouvet  Road Agency.'])(
    'waits for nothing as %s',
    async (name) => {
      const deal = await answered();
      await correct(deal, { endUserName: name });
      expect((await view(deal)).deal.lighterSaid).toBeUndefined();
      expect(await root(deal)).not.toContain('another before');
    },
  );

  it('waits for nothing before anything was answered of it', async () => {
    const deal = await at.openDeal();
    await at.submit(
      'rep-1',
      'deal.section',
      { deal, section: 'product' },
      { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' },
    );
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    expect((await view(deal)).deal.lighterSaid).toBeUndefined();
  });

  it('leaves the reason and the trace where the policy asks for no more', async () => {
    await at.end();
    begin('reason');
    const deal = await answered();
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    expect((await view(deal)).deal.lighterSaid).toBeUndefined();
    expect(await shown(deal, 'deal.review')).toContain('End-user was “Bouvet Road Agency” until');
  });

  it('waits in a deal that was withdrawn and reopened', async () => {
    const deal = await answered();
    await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'No budget' });
    await at.submit('rep-1', 'deal.more', { deal }, { choice: 'reopen', reason: 'It goes on.' });
    expect((await view(deal)).deal).toMatchObject({ status: 'deciding', lastReopened: { reason: 'It goes on.' } });
    await correct(deal, { endUserName: 'Bouvet Intelligence Agency' });
    expect((await view(deal)).deal.lighterSaid?.was.name).toBe('Bouvet Road Agency');
  });
});

describe('an intermediary whose name becomes another one', () => {
  it('waits for compliance, and stays visible', async () => {
    const deal = await answered();
    await correct(deal, { intermediaries: 'Bouvet Intelligence Front, reseller' });
    const both =
      /Intermediaries: no longer “Shadow Exports, reseller”\..*Intermediaries: now “Bouvet Intelligence Front, reseller”\./;
    expect(await shown(deal, 'deal.confirm-lighter')).toMatch(both);
    // Who left, and who came, is said once.
    expect(await shown(deal, 'deal.confirm-lighter')).not.toContain('Parts of intermediaries');
    await settle(deal, { verdict: 'confirm' });
    expect(await shown(deal, 'deal.review')).toContain(
      'Intermediary was “Shadow Exports, reseller” until 1 March 2027',
    );
  });

  it('waits where one more comes beside those that were asked about', async () => {
    const deal = await answered();
    await correct(deal, { intermediaries: 'Shadow Exports, reseller\nBouvet Intelligence Front, agent' });
    expect(await shown(deal, 'deal.confirm-lighter')).toContain(
      'Intermediaries: now “Bouvet Intelligence Front, agent”.',
    );
  });

  it('waits for nothing in another order or another role', async () => {
    const deal = await answered();
    await correct(deal, { intermediaries: 'shadow exports, agent' });
    expect((await view(deal)).deal.lighterSaid).toBeUndefined();
  });
});

describe('many long names', () => {
  const names = Array.from(
    { length: 20 },
    (_, i) => `${String(i + 1).padStart(2, '0')} ${'Long Reseller '.repeat(9).trim()}`,
  );
  const LAST = 'Bouvet Intelligence Front';
  const all = [...names.slice(0, 19), LAST];
  const lines = (of: readonly string[]): string => of.map((name) => `${name}, reseller`).join('\n');
  const long = `${'Bouvet Office of Very Peaceful Road Matters '.repeat(4)}Secret Police`;

  it('are counted on the root card, and each is in the review and in “Why?”', async () => {
    const deal = await at.openDeal();
    await correct(deal, { endUserName: long, intermediaries: lines(all) });
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    await at.submit(
      'rep-1',
      'deal.section',
      { deal, section: 'product' },
      { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' },
    );
    const record = { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no', 'q:S1': 'no' };
    await at.submit('rep-1', 'deal.section', { deal, section: 'record' }, record);
    expect(await root(deal)).toContain('and 18 more: “Why?” names all');
    const review = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` }));
    const why = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.why', value: deal }));
    for (const form of [review, why]) {
      expect(wordsOf(form)).toContain('20 intermediaries');
      const drawn = [
        JSON.stringify(slackView(form, () => undefined)),
        JSON.stringify(teamsForm(form, { names: () => undefined, people: [] }, { surface: 'dialog', showing: 's' })),
      ];
      for (const chat of drawn) for (const name of all) expect(chat).toContain(name);
    }
    expect(JSON.stringify(slackView(review, () => undefined))).toContain(long);
  });

  it('are all named where they wait for compliance', async () => {
    const deal = await answered();
    await correct(deal, { intermediaries: lines(names) });
    await correct(deal, { intermediaries: lines(all) });
    const form = await shown(deal, 'deal.confirm-lighter');
    for (const name of all) expect(form).toContain(name);
  });
});

it('shows the whole reason in the confirm form, the review and “Why?”, and takes no longer one', async () => {
  const deal = await answered();
  const reason = `The reseller was named ${'in the wrong list '.repeat(30)}`.slice(0, 296) + ' END';
  const changed = { endUserName: 'Another Agency' };
  expect(await correct(deal, { ...changed, reason: `${reason}!` })).toMatchObject({
    kind: 'errors',
    errors: { reason: 'This is 301 characters long. Please keep it to 300.' },
  });
  expect((await correct(deal, { ...changed, reason })).kind).toBe('done');
  for (const name of ['deal.confirm-lighter', 'deal.review', 'deal.why']) {
    expect(await shown(deal, name)).toContain(`“${reason.replace(/\s+/gu, ' ')}”`);
  }
});
