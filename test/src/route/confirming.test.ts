/** What a second person confirms, as a chat would send it: out of scope, one or several; K1; lighter answers. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { noteName, sourcesName } from '../../../blocks/forms/names.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { silentLogger } from '../../../src/log.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { names, wordsOf } from '../../blocks/forms/support.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const DONE: Reply = { kind: 'done' };
const policy = aPolicy({
  confirmScope: 'able',
  lighter: 'reason',
  euExporter: true,
  sections: aPolicy().sections.map((section) => ({
    ...section,
    questions: section.questions.map((q) => (q.id === 'H-RF5' ? { ...q, stops: true } : q)),
  })),
  evaluate: (facts) => ({
    ...aPolicy().evaluate(facts),
    ...(facts.answers['H-RF5'] === 'yes' ? { tier: 'prohibited' as const, rule: 'known-repression' } : {}),
  }),
});
const organisation = anOrganisation({
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Data analytics', able: true }],
});

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy, organisation });
});
afterEach(() => at.end());

const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const status = async (deal: string): Promise<string> => (await view(deal)).deal.status;
const section = (deal: string, of: string, values: FormValues, more: object = {}): Promise<Reply> =>
  at.submit('rep-1', 'deal.section', { deal, section: of, ...more }, values);
const saidOut = async (): Promise<string> => {
  const deal = await at.openDeal();
  expect(await section(deal, 'scope', { 'q:G1': 'no' })).toEqual(DONE);
  return deal;
};
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
/** Sends a form as it was shown. */
const send = (person: string, { name, context }: Form, values: FormValues, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: name, context, values }, undefined, cause);
const root = async (deal: string): Promise<string> => {
  const card = await createLiveCard(at.deals)(deal, 'root');
  return card ? plain(card) : '';
};

describe('a deal that is said to be out of scope', () => {
  it('says so on its card, with what speaks against it, until compliance confirms it', async () => {
    const deal = await saidOut();
    expect(await root(deal)).toMatch(/Said to be out of scope\. Waiting for .*compliance-1/);
    expect(await root(deal)).toContain('The catalogue says that this product can gather or analyse data about people.');
    expect(told(await click('rep-1', 'deal.confirm-scope', deal))).toContain('Only compliance');
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    expect(wordsOf(form)).toContain('What speaks against it');
    expect((await send('compliance-1', form, {})).kind).toBe('errors');
    expect(await send('compliance-1', form, { verdict: 'confirm' })).toEqual(DONE);
    expect(await status(deal)).toBe('out of scope');
    expect(await root(deal)).toMatch(/Out of scope, on the answers of .*rep-1/);
    expect(await root(deal)).toContain('Confirmed by');
    // A flag that waits may bring it back.
    await at.deals.handle(
      deal,
      { type: 'RaiseFlag', title: 'They watch the camp.' },
      { actor: 'product-1', cause: 'flag' },
    );
    expect(await root(deal)).toMatch(/Out of scope for now, on the answers of .*compliance settles a flag/);
    expect(await root(deal)).not.toContain('the guidance does not apply to this deal');
  });

  it('says once on its card what was said of another deal with its end-user', async () => {
    const other = await saidOut();
    await at.deals.handle(
      other,
      { type: 'RaiseFlag', title: 'They watch the camp.' },
      { actor: 'product-1', cause: 'flag' },
    );
    const deal = await saidOut();
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    const card = await root(deal);
    expect(card.split(/something was said of 1 other deal/i)).toHaveLength(2);
    // The deal it was said of has nobody else's words against it: there is nothing to be counted.
    expect(card).not.toContain('“Why?” shows what was said');
  });

  it('goes back with a sentence, which stands in the form and on the card', async () => {
    const deal = await saidOut();
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    const asked = formIn(
      await at.ask('compliance-1', {
        kind: 'change',
        form: form.name,
        context: form.context,
        values: { verdict: 'refuse' },
        input: 'verdict',
      }),
    );
    expect(names(asked)).toEqual(['verdict', 'reason']);
    await send('compliance-1', asked, { verdict: 'refuse', reason: 'It matches faces' });
    expect(await root(deal)).toContain('It matches faces');
    expect(wordsOf(formIn(await click('rep-1', 'deal.answer', `${deal}/scope`)))).toContain('It matches faces');
  });

  it('comes back where words came before the verdict was chosen: the choice stays, and what stands above it may go unseen', async () => {
    const deal = await saidOut();
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    const lends = async (by: string, to: string, reason: string): Promise<void> => {
      await at.deals.handle(deal, { type: 'ReassignOwner', to, reason }, { actor: by, cause: `${by} ${reason}` });
    };
    await lends('rep-1', 'product-1', 'Yours.');
    await lends('product-1', 'rep-1', 'They drown people in the harbour.');
    const values = { verdict: 'confirm' };
    const { name, context } = form;
    const chosen = formIn(
      await at.ask('compliance-1', { kind: 'change', form: name, context, values, input: 'verdict' }),
    );
    expect(wordsOf(chosen)).toContain('They drown people');
    const back = formIn(await send('compliance-1', chosen, values));
    expect(wordsOf(back)).toMatch(/something changed while you were reading[\s\S]*They drown people/);
    expect(await status(deal)).toBe('answering');
    expect(await send('compliance-1', back, values)).toEqual(DONE);
  });

  it('says that it is over where it was confirmed in another window before the verdict was chosen', async () => {
    const deal = await saidOut();
    const { name, context } = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    const other = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
    const values = { verdict: 'confirm' };
    expect(await send('compliance-1', other, values)).toEqual(DONE);
    const over = formIn(
      await at.ask('compliance-1', { kind: 'change', form: name, context, values, input: 'verdict' }),
    );
    expect(over.submit).toBeUndefined();
    expect(JSON.parse(over.context)).toEqual({});
  });

  it('rests on the confirmation of an earlier deal, once however often it is pressed', async () => {
    const first = await saidOut();
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', first));
    await send('compliance-1', form, { verdict: 'confirm' }, 'press-1');
    await send('compliance-1', form, { verdict: 'confirm' }, 'press-1');
    const second = await saidOut();
    expect(await status(second)).toBe('out of scope');
    expect(await root(second)).toMatch(
      new RegExp(`As confirmed by .*compliance-1.* on 1 March 2027 for ${first}: that stands for this product`),
    );
    expect((await at.store.load('register:scopes')).version).toBe(1);
  });

  it('rests on none where its rep wrote what the confirmed one does not say, nor while that waits', async () => {
    const confirm = async (deal: string): Promise<string> => {
      const form = formIn(await click('compliance-1', 'deal.confirm-scope', deal));
      await send('compliance-1', form, { verdict: 'confirm' });
      return wordsOf(form);
    };
    const noted = async (note: string, sources = ''): Promise<string> => {
      const deal = await at.openDeal();
      const values = { 'q:G1': 'no', [noteName('G1')]: note, [sourcesName('G1')]: sources };
      expect(await section(deal, 'scope', values)).toEqual(DONE);
      return deal;
    };
    expect(await confirm(await saidOut())).not.toContain('Also written here');
    at.downUntil('2027-03-01T10:00:00.000Z');
    const NOTE = 'The installer runs it for the guards.';
    const second = await noted(NOTE);
    expect(await status(second)).toBe('answering');
    const sourced = await noted('', 'Sample Monitor on the guards, 2026, https://example.com/guards');
    expect(await status(sourced)).toBe('answering');
    // Whoever takes the note back by a new deal has the same read.
    const third = await saidOut();
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    expect(await status(third)).toBe('answering');
    at.downUntil('2027-03-01T11:00:00.000Z');
    const words = await confirm(second);
    expect(words).toContain(`{"strong":"A note: "},"“${NOTE}” "`);
    expect(words).not.toContain('Nothing that is known here speaks against it.');
    expect(await confirm(sourced)).toContain('{"strong":"A source: "},"“Sample Monitor on the guards” "');
    expect(await confirm(third)).toContain(`A note: “${NOTE}” `);
    // Compliance has read that: the same words need no second press.
    expect(await status(await noted(NOTE))).toBe('out of scope');
    expect(await status(await saidOut())).toBe('out of scope');
    expect(await status(await noted('They run it for somebody else.'))).toBe('answering');
  });

  it('waits until compliance looks, though the note goes again, or is only saved for later', async () => {
    const confirmed = await saidOut();
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', confirmed));
    await send('compliance-1', form, { verdict: 'confirm' });
    at.downUntil('2027-03-01T10:00:00.000Z');
    const NOTE = 'The installer runs it for the guards.';
    const deal = await at.openDeal();
    await section(deal, 'scope', { 'q:G1': 'no', [noteName('G1')]: NOTE });
    await section(deal, 'scope', { 'q:G1': 'no' });
    expect(await status(deal)).toBe('answering');
    expect(wordsOf(formIn(await click('compliance-1', 'deal.confirm-scope', deal)))).toContain(NOTE);
    // A withdrawal is no way around it, nor is a note that is only saved for later.
    const again = await at.openDeal();
    await section(again, 'scope', { 'q:G1': 'no', [noteName('G1')]: NOTE });
    await at.submit('rep-1', 'deal.more', { deal: again }, { choice: 'withdraw', reason: 'No budget' });
    await at.submit('rep-1', 'deal.reopen', { deal: again }, { reason: 'They have one' });
    await section(again, 'scope', { 'q:G1': 'no' });
    expect(await status(again)).toBe('answering');
    const saved = await at.openDeal();
    const draft = formIn(await click('rep-1', 'deal.answer', `${saved}/product`));
    const values = { 'q:P1': 'no', [noteName('P1')]: NOTE };
    await at.ask('rep-1', {
      kind: 'click',
      name: 'deal.save-for-later',
      value: `${saved}/product`,
      form: { name: draft.name, context: draft.context, values },
    });
    expect((await view(saved)).deal.drafts['product']?.['P1']?.note).toBe(NOTE);
    await section(saved, 'scope', { 'q:G1': 'no' });
    expect(await status(saved)).toBe('answering');
    expect(wordsOf(formIn(await click('compliance-1', 'deal.confirm-scope', saved)))).toContain(NOTE);
    // Many sources hide no note.
    const sources = Array.from({ length: 14 }, (_, n) => `Brochure ${n}, 2026, https://example.com/${n}`).join('\n');
    const hidden = await at.openDeal();
    await section(hidden, 'scope', { 'q:G1': 'no', [noteName('G1')]: NOTE, [sourcesName('G1')]: sources });
    expect(wordsOf(formIn(await click('compliance-1', 'deal.confirm-scope', hidden)))).toContain(NOTE);
  });

  it('disturbs no deal that rests, or that needed nobody, by a note in the next', async () => {
    const first = await saidOut();
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', first));
    await send('compliance-1', form, { verdict: 'confirm' });
    const rests = await Promise.all([saidOut(), saidOut()]);
    at.downUntil('2027-03-01T10:00:00.000Z');
    const noted = await at.openDeal();
    await section(noted, 'scope', { 'q:G1': 'no', [noteName('G1')]: 'Order 4711, second site.' });
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    expect(await status(noted)).toBe('answering');
    for (const deal of rests) expect(await status(deal)).toBe('out of scope');
  });

  it('ends earlier confirmations where one is sent back', async () => {
    const first = await saidOut();
    await send('compliance-1', formIn(await click('compliance-1', 'deal.confirm-scope', first)), {
      verdict: 'confirm',
    });
    // Somebody raised a flag meanwhile: this one waits.
    const second = await at.openDeal();
    await at.submit('rep-1', 'deal.raise-flag', { deal: second }, { title: 'The reseller was fined' });
    await section(second, 'scope', { 'q:G1': 'no' });
    const form = formIn(await click('compliance-1', 'deal.confirm-scope', second));
    await send('compliance-1', form, { verdict: 'refuse', reason: 'It matches faces' });
    expect(await status(await saidOut())).toBe('answering');
  });

  it('has “Raise a flag” once it is out, and the flag waits for compliance', async () => {
    const deal = await saidOut();
    await send('compliance-1', formIn(await click('compliance-1', 'deal.confirm-scope', deal)), { verdict: 'confirm' });
    const card = await createLiveCard(at.deals)(deal, 'root');
    expect(card ? actionsOf(card).map(({ name }) => name) : []).toContain('deal.raise-flag');
    expect(await at.submit('senior-1', 'deal.raise-flag', { deal }, { title: 'It matches faces' })).toEqual(DONE);
    expect((await view(deal)).deal.ownFlags).toMatchObject([{ status: 'pending' }]);
  });

  it('is shown a country alert also when it is out', async () => {
    const deal = await saidOut();
    await send('compliance-1', formIn(await click('compliance-1', 'deal.confirm-scope', deal)), { verdict: 'confirm' });
    const values = { country: 'NO', why: 'Elections were called off', on: '2027-03-01' };
    const asked = await at.submit('compliance-1', 'desk.alert', {}, values);
    const form = formIn(asked);
    expect(wordsOf(form)).toContain('1 deal out of scope shows it too.');
    await send('compliance-1', form, values);
    await at.travel('2027-03-01T09:05:00.000Z');
    expect(await root(deal)).toContain('Elections were called off');
  });
});

describe('“confirm”', () => {
  it('confirms those that are ticked, in one press', async () => {
    const deals = [await saidOut(), await saidOut(), await saidOut()];
    const form = formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true }));
    expect(wordsOf(form)).toContain('3 deals wait for a confirmation');
    expect((await send('compliance-1', form, {})).kind).toBe('errors');
    const done = formIn(await send('compliance-1', form, { deals: [deals[0] ?? '', deals[2] ?? '', 'D-FORGED'] }));
    expect(wordsOf(done)).toContain(`Confirmed: ${[deals[0], deals[2]].join(', ')}.`);
    expect(await Promise.all(deals.map(status))).toEqual(['out of scope', 'answering', 'out of scope']);
  });

  it('confirms the others where one changed meanwhile', async () => {
    const [one, two] = [await saidOut(), await saidOut()];
    const form = formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true }));
    await section(one, 'scope', { 'q:G1': 'yes' });
    const done = formIn(await send('compliance-1', form, { deals: [one, two] }));
    expect(wordsOf(done)).toContain(`Confirmed: ${two}.`);
    expect(wordsOf(done)).toContain(`${one}: Nothing waits`);
  });

  it('brings the button where words can open no form, and is for compliance', async () => {
    expect(told(await at.ask('compliance-1', { kind: 'words', words: 'confirm' }))).toContain('Nothing waits');
    await saidOut();
    const reply = await at.ask('compliance-1', { kind: 'words', words: 'confirm' });
    expect(told(reply)).toContain('1 deal waits for a confirmation');
    expect(reply.kind === 'tell' ? actionsOf(reply.card).map(({ name }) => name) : []).toEqual(['desk.confirm']);
    expect(names(formIn(await click('compliance-1', 'desk.confirm', 'scope')))).toEqual(['deals']);
    for (const person of ['rep-1', 'senior-1']) {
      expect(told(await at.ask(person, { kind: 'words', words: 'confirm' }))).toContain('Only compliance');
      expect(told(await click(person, 'desk.confirm', 'scope'))).toContain('Only compliance');
    }
  });
});

describe('the answer that stops a deal', () => {
  const YES = { 'q:H-RF1': 'no', 'q:H-RF3': 'no', 'q:H-RF5': 'yes' };
  it('is asked once more in the form, and then stops it at once', async () => {
    const deal = await at.openDeal();
    await section(deal, 'scope', { 'q:G1': 'yes' });
    const again = formIn(await section(deal, 'record', YES));
    expect(wordsOf(again)).toContain('Save again to say so.');
    expect(await status(deal)).toBe('answering');
    expect(await send('rep-1', again, YES)).toEqual(DONE);
    expect(await status(deal)).toBe('stopped');
    expect(await root(deal)).toContain('Notify the authority.');
    const note = formIn(await click('compliance-1', 'deal.authority', deal));
    expect(await send('compliance-1', note, { note: 'Sent to the authority on 1 March' })).toEqual(DONE);
    expect(await root(deal)).toContain('Sent to the authority on 1 March');
    // Counsel was told, and may read why.
    expect((await click('counsel-1', 'deal.why', deal)).kind).toBe('form');
  });

  it('stays on the card and in “Why?” after the chief took it back', async () => {
    const deal = await at.openDeal();
    await section(deal, 'scope', { 'q:G1': 'yes' });
    await section(deal, 'record', YES, { sure: 1 });
    await at.submit('chief-1', 'deal.reopen', { deal }, { reason: 'Another agency was meant' });
    const values = { ...YES, 'q:H-RF5': 'no' };
    const asked = formIn(await send('rep-1', formIn(await click('rep-1', 'deal.answer', `${deal}/record`)), values));
    expect(names(asked)).toContain('why');
    expect(wordsOf(asked)).toContain('Please say why these answers change.');
    await send('rep-1', asked, { ...values, why: 'It was said of another agency' });
    await section(deal, 'product', { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' });
    expect(await status(deal)).toBe('deciding');
    expect(await root(deal)).toContain('Another agency was meant');
    expect(await root(deal)).toContain('1 answer was heavier before');
    const shown = [
      wordsOf(formIn(await click('compliance-1', 'deal.why', deal))),
      wordsOf(formIn(await click('compliance-1', 'deal.review', `${deal}/0`))),
    ];
    for (const words of shown) {
      expect(words).toMatch(/Was yes until 1 March 2027/);
      expect(words).toContain('It was said of another agency');
      expect(words).toMatch(/Stopped on 1 March 2027/);
    }
  });
});

describe('the catalogue', () => {
  it('is shown where an answer contradicts it, and nowhere else', async () => {
    const deal = await at.openDeal();
    const change = (values: FormValues): Promise<Reply> =>
      at.ask('rep-1', {
        kind: 'change',
        form: 'deal.section',
        context: JSON.stringify({ deal, section: 'scope' }),
        values,
        input: 'q:G1',
      });
    const asked = async (of: string): Promise<string> =>
      wordsOf(formIn(await click('rep-1', 'deal.answer', `${deal}/${of}`)));
    expect(await asked('scope')).toMatch(/Known already[\s\S]*The catalogue says/);
    expect(await asked('record')).not.toContain('The catalogue says');
    expect(wordsOf(formIn(await change({ 'q:G1': 'no' })))).toMatch(/Please check[\s\S]*The catalogue says/);
    expect(wordsOf(formIn(await change({ 'q:G1': 'yes' })))).not.toContain('Please check');
  });
});
