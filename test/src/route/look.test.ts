/** One person's view in place of a live card: a form for the person who is to act now, else the common card. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { isInput } from '../../../blocks/forms/inputs.ts';
import { cardRoundOf } from '../../../flows/deal/telling/routed-alike.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aPolicy, aQuestion } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const look = (person: string, key: string, of = deal): Promise<Reply> =>
  at.ask(person, { kind: 'look', deal: of, key });
const buttons = (reply: Reply): string[] =>
  formIn(reply).blocks.flatMap((b) =>
    b.kind === 'actions' ? b.actions.map(({ name, value }) => `${name} ${value}`) : [],
  );
const DONE: Reply = { kind: 'done' };

describe('a section', () => {
  beforeEach(async () => {
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  });

  it('is a form for its owner, with what they typed, and with the way to somebody who knows', async () => {
    expect(formIn(await look('rep-1', 'section:product')).name).toBe('deal.section');
    const context = JSON.stringify({ deal, section: 'product' });
    await at.ask('rep-1', { kind: 'change', form: 'deal.section', context, values: { 'q:P1': 'yes' }, input: 'q:P1' });
    const reply = await look('rep-1', 'section:product');
    expect(presets(formIn(reply))).toMatchObject({ 'q:P1': 'yes' });
    expect(buttons(reply)).toEqual([`deal.save-for-later ${deal}/product`, `deal.hand-over ${deal}/product`]);
    // The key of its copy in the other chat.
    expect(formIn(await look('rep-1', 'section:product@teams')).name).toBe('deal.section');
  });

  it('offers the way to somebody who knows once', async () => {
    const context = JSON.stringify({ deal, section: 'product' });
    const values = { 'q:P1': 'unknown' };
    await at.ask('rep-1', { kind: 'change', form: 'deal.section', context, values, input: 'q:P1' });
    expect(buttons(await look('rep-1', 'section:product')).filter((b) => b.startsWith('deal.hand-over'))).toHaveLength(
      1,
    );
  });

  it('is a form for whom it was handed to, with the word for them, and no more for its owner', async () => {
    const handed = { person: 'product-1', note: 'You built it.' };
    await at.submit('rep-1', 'deal.hand-over', { deal, section: 'product' }, handed);
    const text = JSON.stringify(formIn(await look('product-1', 'section:product')));
    expect(text).toContain('handed this over to you.');
    expect(text).toContain('You built it.');
    expect(await look('rep-1', 'section:product')).toEqual(DONE);
    expect(formIn(await look('rep-1', 'section:record')).name).toBe('deal.section');
  });

  it.each([
    ['compliance-1', 'section:product', 'may read and has nothing to answer'],
    ['senior-1', 'section:product', 'may not read'],
    ['rep-1', 'section:scope', 'answered it already'],
    ['rep-1', 'section:nothing', 'asks for a section that is not there'],
    ['rep-1', 'section', 'names no section'],
    ['rep-1', 'root', 'looks at a root card'],
    ['rep-1', 'constructor', 'asks for nonsense'],
    ['rep-1', 'review:0:0', 'looks at a review that is not on'],
  ])('shows %s the card of all for %s: %s', async (person, key) => {
    expect(await look(person, key)).toEqual(DONE);
  });

  it('of a deal that is not there is the card of all', async () => {
    expect(await look('rep-1', 'section:product', 'D-NOTHERE')).toEqual(DONE);
  });

  it('of a deal that waits for no answers is the card of all', async () => {
    await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'No budget.' });
    expect(await look('rep-1', 'section:product')).toEqual(DONE);
  });

  it('that is long stays a card: its button opens a window', async () => {
    const questions = Array.from({ length: 9 }, (_, i) => aQuestion(`L${i}`, 'long'));
    const of = (n: number) => {
      const section = { id: 'long', title: 'Long', intro: 'Sample.', questions: questions.slice(0, n), checklists: [] };
      return aPolicy({
        sections: [section],
        scopeSection: 'long',
        sectionsFor: () => [section],
        questionsFor: () => section.questions,
      });
    };
    for (const [n, kind] of [
      [8, 'form'],
      [9, 'done'],
    ] as const) {
      const other = atDesk({ policy: of(n) });
      const reply = await other.ask('rep-1', { kind: 'look', deal: await other.openDeal(), key: 'section:long' });
      expect(reply.kind).toBe(kind);
      if (reply.kind === 'form') expect(reply.form.blocks.filter(isInput)).toHaveLength(n);
      await other.end();
    }
  });

  it('leaves no trace in the record', async () => {
    const before = await at.commits();
    await look('rep-1', 'section:product');
    expect(await at.commits()).toBe(before);
  });
});

describe('a review', () => {
  beforeEach(() => at.answerAll(deal, { 'H-RF3': 'yes' }));
  const key = async (step?: number): Promise<string> => {
    const view = await at.deals.view(deal);
    if (view?.deal.status !== 'deciding') throw new Error('not deciding');
    return `review:${cardRoundOf(view.deal)}:${step ?? view.deal.step}`;
  };
  const page = (reply: Reply): unknown => JSON.parse(formIn(reply).context);

  it('is its first page for whoever may vote now, and leaves no trace in the record', async () => {
    const before = await at.commits();
    expect(page(await look('compliance-1', await key()))).toMatchObject({ deal, step: 0, page: 1 });
    expect(await at.commits()).toBe(before);
  });

  it('is the card of all for everybody else, for another step and for an older round', async () => {
    for (const person of ['rep-1', 'senior-1', 'product-1']) expect(await look(person, await key())).toEqual(DONE);
    expect(await look('compliance-1', await key(1))).toEqual(DONE);
    expect(await look('compliance-1', 'review:0:0')).toEqual(DONE);
    expect(await look('compliance-1', 'review')).toEqual(DONE);
  });

  it('goes straight to a question, which is chosen there', async () => {
    const summary = formIn(await look('compliance-1', await key()));
    const ask = summary.blocks
      .flatMap((block) => (block.kind === 'actions' ? block.actions : []))
      .find(({ label }) => label === 'Ask for information');
    const form = { name: 'deal.review', context: summary.context, values: {} };
    const click = { kind: 'click', name: ask!.name, value: ask!.value, form } as const;
    const there = formIn(await at.ask('compliance-1', click));
    expect(there.title).toBe('Review: your decision');
    expect(presets(there)).toMatchObject({ outcome: 'information' });
    expect(JSON.stringify(there.blocks)).toContain('What do you need to know?');
  });

  it('goes on where they were, until the facts change', async () => {
    const next = async (reply: Reply, values: FormValues = {}): Promise<Reply> =>
      at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context: formIn(reply).context, values });
    const flags = await look('compliance-1', await key());
    const values = { 'f:H-RF3': 'uphold', 'r:H-RF3': 'Sample reason.' };
    await next(flags, values);
    const there = await look('compliance-1', await key());
    expect(page(there)).toMatchObject({ page: 2 });
    const value = `${deal}/0/1`;
    const form = { name: 'deal.review', context: formIn(there).context, values: {} };
    const back = await at.ask('compliance-1', { kind: 'click', name: 'deal.review-back', value, form });
    expect(presets(formIn(back))).toMatchObject(values);
    expect(page(await look('compliance-1', await key()))).toMatchObject({ page: 1 });
    await next(flags, values);
    expect(page(await look('compliance-1', await key()))).toMatchObject({ page: 2 });
    // Pressing the button starts from the first page.
    expect(page(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: deal }))).toMatchObject({
      page: 1,
    });
    await next(flags, values);
    await at.submit(
      'rep-1',
      'deal.section',
      { deal, section: 'product' },
      { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' },
    );
    expect(page(await look('compliance-1', await key()))).toMatchObject({ page: 1 });
  });

  it('is the card of all while a question of the approvers is open', async () => {
    const ask = { type: 'AskForInformation' as const, step: 0, question: 'Who pays for it?' };
    await at.deals.handle(deal, ask, { actor: 'compliance-1', cause: 'asked' });
    expect(await look('compliance-1', await key())).toEqual(DONE);
    const request = (await at.deals.view(deal))?.deal.requests[0]?.id ?? '';
    await at.submit('rep-1', 'deal.give-information', { deal, request }, { text: 'The operator runs it.' });
    expect(page(await look('compliance-1', await key()))).toMatchObject({ page: 1 });
  });

  it('writes nothing over what is being typed in another window', async () => {
    await look('compliance-1', await key());
    const draft = at.store.putDraft;
    let written = 0;
    at.desk.store.putDraft = async (...args) => {
      written += 1;
      await draft(...args);
    };
    await look('compliance-1', await key());
    expect(written).toBe(0);
  });

  it('is signed as it was shown, or shown again: two windows, or two chats', async () => {
    const weighed = ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'];
    const upTo = async (label: string, outcome: string): Promise<Form> => {
      const typed = { 'f:H-RF3': 'uphold', outcome, rationale: 'The answers support this decision.' };
      const values = { ...typed, ...Object.fromEntries(weighed.map((name) => [name, 'a'])) };
      let form = formIn(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: deal }));
      for (let n = 0; n < 6 && form.submit !== label; n += 1) {
        const { context } = form;
        form = formIn(await at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values }));
      }
      expect(form.submit).toBe(label);
      return form;
    };
    const sign = ({ context }: Form): Promise<Reply> =>
      at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values: {} });
    const before = await at.commits();
    const approve = await upTo('Sign: approve', 'approve');
    const decline = await upTo('Sign: decline', 'decline');
    const shown = formIn(await sign(approve));
    expect([shown.submit, await at.commits()]).toEqual(['Sign: decline', before]);
    await upTo('Sign: approve', 'approve');
    expect(formIn(await sign(decline)).submit).toBe('Sign: approve');
    expect(await at.commits()).toBe(before);
  });

  it('is the card of all again for somebody who voted', async () => {
    let form = formIn(await look('compliance-1', await key()));
    const typed = { 'f:H-RF3': 'uphold', outcome: 'approve', rationale: 'The answers support this decision.' };
    const weighing = Object.fromEntries(
      ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'].map((name) => [name, 'a']),
    );
    for (let n = 0; n < 6; n += 1) {
      const values = { ...typed, ...weighing };
      const reply = await at.ask('compliance-1', {
        kind: 'submit',
        form: 'deal.review',
        context: form.context,
        values,
      });
      if (reply.kind !== 'form') break;
      form = reply.form;
    }
    expect((await at.deals.view(deal))?.deal).toMatchObject({ votes: [{ by: 'compliance-1' }] });
    expect(await look('compliance-1', await key(0))).toEqual(DONE);
    expect(page(await look('senior-1', await key()))).toMatchObject({ step: 1, page: 1 });
  });
});
