/** A section's form with an approved deal of the same end-user there: its answers are confirmed one by one, or given anew. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { Answer } from '../../../flows/deal/answer-shapes.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { formIn } from '../../support/desk.ts';
import { OLD_SOURCES, reusing, sectionLine, type Reusing } from '../../support/reuse-deals.ts';

let at: Reusing;
beforeEach(() => {
  at = reusing();
});
afterEach(() => at.end());

const END_USER = ['H3-targeted', 'H4', 'H5-legitimate', 'H-RF1', 'H-RF8', 'H-RF9'];

/** Opens the second deal up to its section on the end-user. */
const second = async (details = {}, actor = 'rep-1'): Promise<string> => {
  const deal = await at.open(details, actor);
  for (const section of ['scope', 'product']) await at.run(deal, actor, sectionLine(section));
  return deal;
};
const ask = (deal: string, section = 'end-user', person = 'rep-1'): Promise<Reply> =>
  at.ask(person, { kind: 'click', name: 'deal.answer', value: `${deal}/${section}` });
const open = async (deal: string, section?: string, person?: string): Promise<Form> =>
  formIn(await ask(deal, section, person));
/** By question: the option that confirms what an earlier deal said. */
const offered = (form: Form): Record<string, { value: string; label: string; description?: string | undefined }> =>
  Object.fromEntries(
    form.blocks.flatMap((block) => {
      if (block.kind !== 'input' || block.control.type !== 'radio') return [];
      const option = block.control.options.find(({ value }) => value.startsWith('again:'));
      return option ? [[block.name.slice(2), option]] : [];
    }),
  );
const again = (form: Form): FormValues =>
  Object.fromEntries(Object.entries(offered(form)).map(([id, { value }]) => [`q:${id}`, value]));
const send = (form: Form, values: FormValues, person = 'rep-1'): Promise<Reply> =>
  at.submit(person, 'deal.section', JSON.parse(form.context) as object, values);
const REST: FormValues = {
  'all:end-user-reviewed': 'all',
  'all:end-user-none': 'rest',
  'b:sources': 'A new report, 2026, https://reports.example.net/new',
};
const given = async (deal: string, section = 'end-user'): Promise<Record<string, Answer>> =>
  (await at.view(deal)).deal.answers[section] ?? {};

describe('a form with an earlier deal there', () => {
  it('shows each answer with who, when, where and on what, chosen by nobody', async () => {
    const old = await at.approved({ by: 'rep-1' });
    const form = await open(await second());
    expect(Object.keys(offered(form))).toEqual(END_USER);
    expect(offered(form)['H4']).toEqual({ value: expect.any(String), label: 'As before: No' });
    expect(Object.keys(presets(form)).filter((name) => name.startsWith('q:'))).toEqual([]);
    const words = wordsOf(form);
    expect(words).toContain(`In ${old}`);
    expect(words).toContain('answered this on 1 March 2027: No.');
    expect(words).toContain('“Sample report, 2026” (reports.example.org)');
    expect(words).toContain('6 more, answered in an earlier deal, to confirm one by one');
    // The rest of the list still goes in one press.
    expect(words).toContain('No to all of these');
  });

  it('is confirmed one by one: what was not confirmed is the rep’s own', async () => {
    const old = await at.approved({ by: 'rep-1' });
    const deal = await second();
    const form = await open(deal);
    await send(form, { ...REST, ...again(form), 'q:H4': 'no' });
    const answers = await given(deal);
    expect(answers['H-RF8']).toMatchObject({
      value: 'no',
      by: 'rep-1',
      sources: [],
      note: 'As they told us.',
      basis: { sources: OLD_SOURCES, earlier: { deal: old, by: 'rep-1', at: (await given(old))['H-RF8']?.at } },
    });
    expect(answers['H4']?.basis).toEqual({
      sources: [{ name: 'A new report', year: 2026, url: 'https://reports.example.net/new' }],
    });
    expect((await at.view(deal)).facts.based).toMatchObject({ H4: 1, 'H-RF8': 2 });
    // Opened again, it is as it was saved; saved again, it is as old as it was.
    const later = await open(deal);
    expect(presets(later)).toMatchObject({ 'q:H-RF8': again(form)['q:H-RF8'], 'all:end-user-none': 'rest' });
    expect(Object.keys(offered(later))).not.toContain('H4');
    await send(later, presets(later));
    expect((await given(deal))['H-RF8']).toEqual(answers['H-RF8']);
  });

  it('asks for an answer where nobody chose one', async () => {
    await at.approved({ by: 'rep-1' });
    const deal = await second();
    const form = await open(deal);
    const { 'q:H4': _, ...some } = again(form);
    expect(JSON.stringify(await send(form, { ...REST, ...some }))).toContain('Please choose an answer.');
    expect(await given(deal)).toEqual({});
  });

  it('opened before there was one is saved as it was', async () => {
    const deal = await second();
    const form = await open(deal);
    await at.approved({ by: 'rep-1' });
    await send(form, { ...REST, 'all:end-user-none': 'all' });
    expect((await given(deal))['H4']).toMatchObject({ value: 'no', checklist: 'end-user-none' });
    expect((await given(deal))['H4']?.basis?.earlier).toBeUndefined();
  });

  it('takes no note or sources beside “As before”', async () => {
    await at.approved({ by: 'rep-1' });
    const deal = await second();
    const form = await open(deal);
    const reply = await send(form, {
      ...REST,
      ...again(form),
      's:H-RF1': 'Mine, 2026, https://mine.example.org/',
    });
    expect(JSON.stringify(reply)).toContain('“As before” has its own.');
    expect(await given(deal)).toEqual({});
  });

  it('can be saved for later, and is confirmed with the rest', async () => {
    await at.approved({ by: 'rep-1' });
    const deal = await second();
    const form = await open(deal);
    await at.ask('rep-1', {
      kind: 'click',
      name: 'deal.save-for-later',
      value: `${deal}/end-user`,
      form: { name: 'deal.section', context: form.context, values: again(form) },
    });
    const back = await open(deal);
    expect(presets(back)).toMatchObject(again(form));
    await send(back, { ...presets(back), ...REST });
    expect((await given(deal))['H4']?.basis?.earlier).toBeDefined();
  });

  it('spreads its sources over no other answer', async () => {
    await at.approved({ by: 'rep-1' });
    const deal = await second();
    const form = await open(deal);
    const { 'b:sources': _, ...rest } = REST;
    await send(form, { ...rest, ...again(form) });
    expect((await given(deal))['H-RF4']?.basis).toBeUndefined();
    const { 'b:sources': shown } = presets(await open(deal));
    expect(shown).toBeUndefined();
  });
});

/** An approval with a condition, which lets its owner read the deal. */
const condition = { id: 'c1', text: 'The contract lets us end access', owner: 'rep-1', due: '2027-04-01' };
const READS: Parameters<Reusing['approved']>[0] = {
  by: 'rep-2',
  ballot: { outcome: 'approve-with-conditions', conditions: [condition] },
};

/** Another deal with the same end-user, of somebody else, that says so. */
const answeredYes = async (question: string, details = {}): Promise<string> => {
  const deal = await at.open(details, 'rep-2');
  for (const section of ['scope', 'product', 'end-user', 'laws', 'stakeholders'])
    await at.run(deal, 'rep-2', sectionLine(section, { [question]: 'yes' }));
  return deal;
};
const declined = (): Promise<string> => at.approved({ by: 'rep-2', ballot: { outcome: 'decline' } });

describe('between the opening of the form and the press', () => {
  it.each<[string, (old: string) => Promise<unknown>]>([
    [
      'the right to read it went',
      async (old) => {
        await at.run(old, 'rep-1', {
          type: 'HandOverCondition',
          condition: await firstCondition(old),
          to: 'product-1',
          reason: 'She writes it',
        });
      },
    ],
    ['it was erased', (old) => at.store.erase(old)],
    ['it was reopened', (old) => at.run(old, 'compliance-1', { type: 'Reopen', reason: 'They ask for more' })],
    ['a change was reported', (old) => at.run(old, 'rep-2', { type: 'ReportChange', what: 'service', why: 'More' })],
    ['a hold was placed', (old) => held(old)],
    ['another deal said otherwise', () => answeredYes('H-RF8')],
    ['another deal was declined', declined],
    ['half a year passed', () => at.travel('2027-09-02T09:00:00.000Z')],
  ])('%s: nothing is taken, and the form says so', async (_, meanwhile) => {
    const old = await at.approved(READS);
    const deal = await second();
    const form = await open(deal);
    expect(Object.keys(offered(form))).toEqual(END_USER);
    await meanwhile(old);
    const reply = await send(form, { ...REST, ...again(form) });
    const text = JSON.stringify(reply);
    expect(text).toContain('not offered any more');
    expect(reply.kind).toBe('form');
    expect(await given(deal)).toEqual({});
    // What is not offered is not there to be chosen.
    expect(offered(formIn(reply))['H-RF8']).toBeUndefined();
  });

  it('of a deal that may not be read any more, nothing is said', async () => {
    const old = await at.approved(READS);
    const deal = await second();
    const form = await open(deal);
    const values = again(form);
    await at.store.erase(old);
    expect(JSON.stringify(await send(form, { ...REST, ...values }))).not.toContain(old);
  });
});

const firstCondition = async (deal: string): Promise<string> => {
  const { deal: now } = await at.view(deal);
  return (now.status === 'decided' && now.decision.conditions[0]?.id) || '';
};
const held = async (deal: string): Promise<void> => {
  const outcome = await at.desk.registers.holds.handle(
    {
      type: 'PlaceHold',
      on: { of: 'deal', deal },
      stop: ['updates'],
      because: 'breach',
      reason: 'They resold it',
      review: '2027-03-20',
      reach: { deals: 1, team: [] },
    },
    { actor: 'compliance-1', cause: `hold-${deal}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  await at.travel('2027-03-01T09:05:00.000Z');
};
