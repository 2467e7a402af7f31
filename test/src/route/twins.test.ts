/** The rep who opens a twin of a deal: what the other says counts, whatever was changed, withdrawn or called otherwise. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { detailsForm } from '../../../blocks/forms/open.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { silentLogger } from '../../../src/log.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { aDeal, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const policy = (more: Partial<CompiledPolicy> = {}): CompiledPolicy => aPolicy({ lighter: 'confirm', ...more });
const RECORD = { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'no' };

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy: policy() });
});
afterEach(() => at.end());

let acts = 0;
const openDeal = async (details: Partial<DealDetails> = {}, person = 'rep-1'): Promise<string> => {
  acts += 1;
  const outcome = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: { ...aDeal().details, endUser: { name: 'Bouvet State Security', kind: 'security' }, ...details },
    },
    { actor: person, cause: `twin-${acts}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const formIn = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(`no form: ${JSON.stringify(reply)}`);
  return reply.form;
};
const section = async (deal: string, of: string, values: FormValues, person = 'rep-1'): Promise<void> => {
  const reply = await at.submit(person, 'deal.section', { deal, section: of }, values);
  if (reply.kind === 'errors') throw new Error(JSON.stringify(reply.errors));
};
const answer = async (deal: string, record: FormValues = RECORD, person = 'rep-1'): Promise<void> => {
  await section(deal, 'scope', { 'q:G1': 'yes' }, person);
  await section(deal, 'product', { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' }, person);
  await section(deal, 'record', record, person);
};
const correct = async (deal: string, changed: FormValues): Promise<void> => {
  const form = detailsForm(await view(deal));
  const values = { ...presets(form), reason: 'Typo.', ...changed };
  const reply = await at.ask('rep-1', { kind: 'submit', form: form.name, context: form.context, values });
  expect(reply.kind).toBe('done');
};
const tell = (): Promise<void> =>
  tellOthers({ index: at.desk.index, deals: at.deals, clock: at.desk.clock, logger: silentLogger });
const shown = async (person: string, deal: string, name = 'deal.why'): Promise<string> =>
  wordsOf(formIn(await at.ask(person, { kind: 'click', name, value: deal })));
const root = async (deal: string): Promise<string> => {
  const card = await createLiveCard(at.deals)(deal, 'root');
  return card ? plain(card) : '';
};
const withdraw = async (deal: string): Promise<void> => {
  await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'Not now' });
  expect((await view(deal)).deal.status).toBe('withdrawn');
};
const waitingDeal = async (): Promise<string> => {
  const deal = await openDeal();
  await answer(deal, { ...RECORD, 'q:H-RF1': 'yes' });
  await section(deal, 'record', { ...RECORD, why: 'Another agency was meant' });
  expect((await view(deal)).deal.lighterSaid).toBeDefined();
  return deal;
};

describe('a deal that is withdrawn while a lighter answer waits', () => {
  it('says to its twin what was said first, and that it was withdrawn', async () => {
    const first = await waitingDeal();
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    const words = await shown('compliance-1', twin, 'deal.review');
    expect(words).toContain(`${first} with the same end-user `);
    expect(words).toContain('compliance had not confirmed what was said to make it lighter');
    expect(words).toContain(`Answered otherwise in ${first}: `);
    expect(words).toContain('Are there reports of misuse by this end-user?');
    expect(await root(twin)).toContain('1 earlier deal with this end-user ended without approval');
  });

  it('is told to compliance', async () => {
    const first = await waitingDeal();
    await withdraw(first);
    const { version } = (await at.store.heads()).find(({ stream }) => stream === first)!;
    const last = await at.deals.viewAt(first, version);
    expect(JSON.stringify(last?.notices)).toMatch(
      /"person":"compliance-1".*"withdrawn"|"withdrawn".*"person":"compliance-1"/,
    );
  });

  it('says it also before it is withdrawn, and as who it was', async () => {
    const first = await waitingDeal();
    await correct(first, { endUserName: 'Bouvet Weather Office' });
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect(await shown('compliance-1', twin)).toContain(`Answered otherwise in ${first}: `);
  });

  it('says it after compliance refused the change, too', async () => {
    const first = await waitingDeal();
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: first }));
    const values = { verdict: 'refuse', reason: 'The report stands' };
    await at.ask('compliance-1', { kind: 'submit', form: form.name, context: form.context, values });
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    const others = (await view(twin)).deal.others;
    expect(others?.ended).toMatchObject([{ deal: first, how: 'withdrawn', unconfirmed: true }]);
    expect(others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: first }]);
  });

  it('says nothing of it once compliance confirmed the change', async () => {
    const first = await waitingDeal();
    const form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-lighter', value: first }));
    await at.ask('compliance-1', {
      kind: 'submit',
      form: form.name,
      context: form.context,
      values: { verdict: 'confirm' },
    });
    await withdraw(first);
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect((await view(twin)).deal.others).toBeUndefined();
  });

  it('says it still when it is reopened', async () => {
    const first = await openDeal();
    await answer(first, { ...RECORD, 'q:H-RF1': 'yes' });
    await withdraw(first);
    await at.submit('rep-1', 'deal.more', { deal: first }, { choice: 'reopen', reason: 'Now' });
    const twin = await openDeal();
    await answer(twin);
    await tell();
    expect((await view(twin)).deal.others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: first }]);
  });
});

describe('an end-user that is called another kind in a twin', () => {
  const NAME = 'Bouvet State Security';
  const kinds = async (): Promise<string[]> => {
    const deals: string[] = [];
    for (const kind of ['security', 'government', 'private'] as const) {
      const deal = await openDeal({ endUser: { name: NAME, kind } }, kind === 'security' ? 'product-1' : 'rep-1');
      await answer(deal, RECORD, kind === 'security' ? 'product-1' : 'rep-1');
      deals.push(deal);
    }
    await tell();
    return deals;
  };

  it('is shown as a contradiction: which deal and which kind, to those who may read it', async () => {
    const [gravest, milder, mildest] = (await kinds()) as [string, string, string];
    const says = `${gravest} says of the same end-user: `;
    for (const deal of [milder, mildest]) {
      const review = await shown('compliance-1', deal, 'deal.review');
      expect(review).toContain(says);
      expect(review).toContain('security, police or intelligence service');
      const rep = await shown('rep-1', deal);
      expect(rep).toContain('what kind of end-user it is.');
      expect(rep).not.toContain(gravest);
      expect(await root(deal)).toContain('another deal says a graver kind of end-user');
      expect(await root(deal)).not.toContain(gravest);
    }
    expect((await view(gravest)).deal.others).toBeUndefined();
  });

  it('is told once, and a graver one again', async () => {
    const first = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await openDeal({ endUser: { name: NAME, kind: 'state-tied' } });
    await tell();
    await openDeal({ endUser: { name: NAME, kind: 'state-tied' } });
    await tell();
    expect((await view(first)).deal.others?.kinds).toHaveLength(1);
    await openDeal({ endUser: { name: NAME, kind: 'security' } });
    await tell();
    expect((await view(first)).deal.others?.kinds?.map(({ kind }) => kind)).toEqual(['state-tied', 'security']);
  });

  it('is not one where it is said not to be known, after a year, or of another end-user', async () => {
    await openDeal({ endUser: { name: NAME, kind: 'security' } });
    const unknown = await openDeal({ endUser: { name: NAME, kind: 'unknown' } });
    const other = await openDeal({ endUser: { name: 'Bouvet Weather Office', kind: 'private' } });
    await tell();
    expect((await view(unknown)).deal.others).toBeUndefined();
    expect((await view(other)).deal.others).toBeUndefined();
    await at.travel('2028-03-15T09:00:00.000Z');
    const late = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await tell();
    expect((await view(late)).deal.others).toBeUndefined();
  });

  it('goes when the kind is corrected to it', async () => {
    const [, milder] = (await kinds()) as [string, string, string];
    await correct(milder, { endUserKind: 'security' });
    expect(await root(milder)).not.toContain('graver kind');
  });

  it('counts as it was while a milder kind waits for compliance', async () => {
    const first = await openDeal();
    await answer(first);
    await correct(first, { endUserKind: 'private' });
    const twin = await openDeal({ endUser: { name: NAME, kind: 'private' } });
    await tell();
    expect((await view(twin)).deal.others?.kinds).toMatchObject([{ deal: first, kind: 'security' }]);
  });
});
