/** Two people at one section: nobody's answer is overwritten unseen, and nobody's words are lost. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

const formOf = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return reply.form;
};
const click = (
  person: string,
  name: string,
  value: string,
  form?: { name: string; context: string; values: FormValues },
) => at.ask(person, { kind: 'click', name, value, ...(form ? { form } : {}) });
const open = async (person: string, deal: string, section = 'product'): Promise<Form> =>
  formOf(await click(person, 'deal.answer', `${deal}/${section}`));
/** Saves the form as a chat would: what is on it, and what was changed. */
const save = (person: string, form: Form, changed: FormValues = {}): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: form.name, context: form.context, values: { ...presets(form), ...changed } });
const handOver = (deal: string, to: string, section = 'product') =>
  at.submit('rep-1', 'deal.hand-over', { deal, section }, { person: to });
const answersIn = async (deal: string, section = 'product') =>
  Object.fromEntries(
    Object.entries((await at.deals.view(deal))?.deal.answers[section] ?? {}).map(([id, a]) => [id, [a.value, a.by]]),
  );

const PLAIN = { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' };

/** A deal whose product section the rep answered, and the colleague may answer too. */
const shared = async (): Promise<string> => {
  const deal = await at.openDeal();
  await save('rep-1', await open('rep-1', deal, 'scope'), { 'q:G1': 'yes' });
  await handOver(deal, 'product-1');
  await save('product-1', await open('product-1', deal), PLAIN);
  return deal;
};

describe('a section saved from a form that is no longer new', () => {
  it('leaves what somebody else answered meanwhile, where nothing was touched', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes', 'n:P1': 'By design.' });
    expect((await save('product-1', stale)).kind).toBe('done');
    expect(await answersIn(deal)).toEqual({
      P1: ['yes', 'rep-1'],
      P2: ['no', 'product-1'],
      P4: ['common', 'product-1'],
    });
  });

  it('changes only what its person changed', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes' });
    await save('product-1', stale, { 'q:P4': 'unique' });
    expect(await answersIn(deal)).toMatchObject({ P1: ['yes', 'rep-1'], P4: ['unique', 'product-1'] });
  });

  it('shows both answers where both changed the same one, and saves the own one only then', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes', 'n:P1': 'By design.', 's:P1': 'Data sheet, 2026' });
    const changed = { 'q:P1': 'unknown', 'n:P1': 'Nobody said.' };
    const before = await at.commits();
    const again = formOf(await save('product-1', stale, changed));
    expect(await at.commits()).toBe(before);
    expect(presets(again)).toMatchObject(changed);
    const words = JSON.stringify(again.blocks);
    expect(words).toContain('Not saved yet');
    expect(words).toMatch(/"person":"rep-1".* answered meanwhile.*"Yes\.".* Note: “By design\.”.*“Data sheet, 2026”/);
    await save('product-1', again);
    expect(await answersIn(deal)).toMatchObject({ P1: ['unknown', 'product-1'] });
  });

  it('still shows both while the form is filled in, and when it comes back for a mistake', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes' });
    const again = formOf(await save('product-1', stale, { 'q:P1': 'unknown' }));
    const values = { ...presets(again), 'q:P2': 'not-applicable' };
    const act = { form: again.name, context: again.context, values };
    const grown = formOf(await at.ask('product-1', { kind: 'change', input: 'q:P2', ...act }));
    expect(JSON.stringify(grown.blocks)).toContain('answered meanwhile');
    expect(grown.context).toContain(JSON.parse(again.context).base);
  });

  it('shows a draft that somebody else saved meanwhile, and puts neither aside', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    const other = await open('rep-1', deal);
    const half = { name: other.name, context: other.context, values: { ...presets(other), 'q:P2': 'yes' } };
    await click('rep-1', 'deal.save-for-later', `${deal}/product`, half);
    const again = formOf(await save('product-1', stale, { 'q:P4': 'unique' }));
    expect(JSON.stringify(again.blocks)).toMatch(/rep-1.*saved this for later/);
    // Saved for later from an old form too, each keeps the other's.
    const values = { ...presets(stale), 'q:P4': 'unique' };
    await click('product-1', 'deal.save-for-later', `${deal}/product`, {
      name: stale.name,
      context: stale.context,
      values,
    });
    expect(presets(await open('rep-1', deal))).toMatchObject({ 'q:P2': 'yes' });
  });

  it('keeps what one typed in a window that was closed, on top of what others saved since', async () => {
    const deal = await shared();
    const stale = await open('product-1', deal);
    const values = { ...presets(stale), 'q:P4': 'unknown', 'n:P4': 'I asked the vendor.' };
    await at.ask('product-1', { kind: 'change', form: stale.name, context: stale.context, values, input: 'q:P4' });
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes' });
    const later = await open('product-1', deal);
    expect(presets(later)).toMatchObject({ 'q:P1': 'yes', 'q:P4': 'unknown', 'n:P4': 'I asked the vendor.' });
  });

  it('is no clash with oneself, and a repeated press gets the same answer', async () => {
    const deal = await shared();
    const form = await open('product-1', deal);
    const send = (values: FormValues) =>
      at.ask(
        'product-1',
        { kind: 'submit', form: form.name, context: form.context, values: { ...presets(form), ...values } },
        undefined,
        'view:V1:s',
      );
    await send({ 'q:P1': 'yes' });
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'unknown' });
    const before = await at.commits();
    expect((await send({ 'q:P1': 'yes' })).kind).toBe('done');
    expect(await at.commits()).toBe(before);
  });

  it('of before it said what it showed is taken as it is', async () => {
    const deal = await shared();
    await save('rep-1', await open('rep-1', deal), { 'q:P1': 'yes' });
    await at.submit('product-1', 'deal.section', { deal, section: 'product' }, PLAIN);
    expect(await answersIn(deal)).toMatchObject({ P1: ['no', 'product-1'] });
  });
});

describe('a colleague whose section went to somebody else while they typed', () => {
  const begun = async () => {
    const deal = await at.openDeal();
    await save('rep-1', await open('rep-1', deal, 'scope'), { 'q:G1': 'yes' });
    await handOver(deal, 'product-1');
    return { deal, form: await open('product-1', deal) };
  };
  const typed = { ...PLAIN, 'q:P2': 'yes', 'n:P2': 'Since version 7.', 's:P2': 'Release notes, 2026' };
  const all = /product-1|Since version 7\..*Release notes, 2026/;

  it.each([
    ['answered', async (deal: string) => save('rep-1', await open('rep-1', deal), PLAIN), 'answered this section'],
    [
      'taken back',
      (deal: string) => click('rep-1', 'deal.take-section-back', `${deal}/product`),
      'took this section back',
    ],
    ['handed on', (deal: string) => handOver(deal, 'senior-1'), 'handed this section'],
  ] as const)('%s: is told by whom, and keeps every word', async (how, act, words) => {
    const { deal, form } = await begun();
    if (how === 'handed on')
      await at.submit('compliance-1', 'deal.hand-over', { deal, section: 'product' }, { person: 'chief-1' });
    else await act(deal);
    const before = await at.commits();
    for (const reply of [
      await save('product-1', form, typed),
      await click('product-1', 'deal.save-for-later', `${deal}/product`, {
        name: form.name,
        context: form.context,
        values: typed,
      }),
      // The window was closed: the message that asked for it still shows what was typed.
      await click('product-1', 'deal.answer', `${deal}/product`),
    ]) {
      const shown = JSON.stringify(formOf(reply).blocks);
      expect(shown).toContain(words);
      expect(shown).toContain(how === 'handed on' ? 'compliance-1' : 'rep-1');
      expect(shown).toMatch(all);
      expect(shown).not.toContain('Only the deal team');
    }
    expect(await at.commits()).toBe(before);
  });

  it.each([
    ['Save', save],
    [
      'Save for later',
      (person: string, { name, context }: Form, values: FormValues) =>
        click(person, 'deal.save-for-later', `${JSON.parse(context).deal}/product`, { name, context, values }),
    ],
  ] as const)('on %s: raises what speaks against the deal as a flag, in one press', async (_how, press) => {
    const { deal, form } = await begun();
    await click('rep-1', 'deal.take-section-back', `${deal}/product`);
    await save('rep-1', await open('rep-1', deal), PLAIN);
    const kept = formOf(await press('product-1', form, { ...typed, why: 'I was there in May.', 'b:sources': 'Audit' }));
    expect(kept).toMatchObject({ name: 'deal.raise-flag', submit: 'Raise it' });
    const shown = JSON.stringify(kept.blocks);
    // The message that asked has no button any more.
    expect(shown).not.toMatch(/press Answer|shown again/);
    expect(shown).toMatch(/were not saved, and count for nothing/);
    expect(shown).toContain('I was there in May.');
    expect(shown).toContain('Audit');
    const { title } = presets(kept);
    expect(title).toContain('Is it made to analyse data about people? Yes. Note: Since version 7.');
    // What speaks for the deal needs no flag.
    expect(title).not.toContain('Is it made to collect data about people?');
    expect((await save('product-1', kept)).kind).toBe('done');
    expect((await at.deals.view(deal))?.deal.ownFlags).toMatchObject([{ by: 'product-1', status: 'pending', title }]);
  });

  it.each([
    [
      'withdrawn',
      'always',
      (deal: string) =>
        at.deals.handle(deal, { type: 'Withdraw', reason: 'Opened twice.' }, { actor: 'rep-1', cause: 'gone' }),
    ],
    [
      'said to be out of scope',
      'always',
      async (deal: string) =>
        save('rep-1', await open('rep-1', deal, 'scope'), { 'q:G1': 'no', why: 'It shows its own battery.' }),
    ],
    [
      'out of scope',
      undefined,
      async (deal: string) =>
        save('rep-1', await open('rep-1', deal, 'scope'), { 'q:G1': 'no', why: 'It shows its own battery.' }),
    ],
  ] as const)('%s meanwhile: keeps every word, and raises it as a flag', async (status, confirmScope, act) => {
    await at.end();
    at = atDesk({ policy: aPolicy({ confirmScope }) });
    const { deal, form } = await begun();
    await act(deal);
    // Whoever saves something for later behind a scope is heard: that holds the deal up.
    const later = confirmScope === undefined || status === 'withdrawn';
    for (const reply of [
      ...(later
        ? [
            await click('product-1', 'deal.save-for-later', `${deal}/product`, {
              name: form.name,
              context: form.context,
              values: typed,
            }),
          ]
        : []),
      // A window that was not filled in comes back in the same way.
      await save('product-1', form, { 'q:P2': 'yes', 'n:P2': 'Since version 7.', 's:P2': 'Release notes, 2026' }),
      await click('product-1', 'deal.answer', `${deal}/product`),
      await save('product-1', form, typed),
    ]) {
      const kept = formOf(reply);
      expect(kept).toMatchObject({ name: 'deal.raise-flag', submit: 'Raise it' });
      const shown = JSON.stringify(kept.blocks);
      expect(shown).toContain(`This deal is ${status}.`);
      expect(shown).toMatch(/Since version 7\..*Release notes, 2026/);
    }
    const kept = formOf(await save('product-1', form, typed));
    expect((await save('product-1', kept)).kind).toBe('done');
    const { ownFlags } = (await at.deals.view(deal))!.deal;
    expect(ownFlags).toMatchObject([{ by: 'product-1', status: 'pending' }]);
    expect(ownFlags[0]!.title).toContain('Since version 7.');
  });

  it('offers no words of theirs where nothing that they typed speaks against the deal', async () => {
    const { deal, form } = await begun();
    await click('rep-1', 'deal.take-section-back', `${deal}/product`);
    const kept = formOf(await save('product-1', form, { 'q:P1': 'no' }));
    expect(kept.submit).toBeUndefined();
    expect(JSON.stringify(kept.blocks)).toMatch(/If something worries you.*"deal\.raise-flag"/);
  });

  it('finds the words in the form again when the section comes back', async () => {
    const { deal, form } = await begun();
    await click('rep-1', 'deal.take-section-back', `${deal}/product`);
    await save('product-1', form, typed);
    await handOver(deal, 'product-1');
    expect(presets(await open('product-1', deal))).toMatchObject(typed);
  });

  it('tells nobody else anything', async () => {
    const { deal, form } = await begun();
    await save('rep-1', await open('rep-1', deal), PLAIN);
    for (const person of ['senior-2', 'chief-1']) {
      expect(JSON.stringify(await save(person, form, typed))).toContain('Only the deal team');
      expect(JSON.stringify(await click(person, 'deal.answer', `${deal}/product`))).toContain('Only the deal team');
      const values = { name: form.name, context: form.context, values: typed };
      for (const button of ['deal.save-for-later', 'deal.hand-over']) {
        expect(JSON.stringify(await click(person, button, `${deal}/product`, values))).toContain('Only the deal team');
      }
      expect(await at.store.draft(deal, `section:product:${person}`)).toBeUndefined();
    }
  });

  it('learns nothing more of the deal than who has the section', async () => {
    const { deal, form } = await begun();
    await save('rep-1', await open('rep-1', deal), { ...PLAIN, 'n:P2': 'Secret of the rep.', 'q:P2': 'yes' });
    const shown = JSON.stringify(await save('product-1', form, { 'q:P1': 'no' }));
    expect(shown).not.toContain('Secret of the rep');
    expect(shown).not.toContain('Sample Telecom');
  });
});
