/** An approved deal over the years, as a chat would send it: renewals, changes, answered and decided again. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { inputOf, names, presets, wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

let at: AtDesk;
let deal: string;
let votes = 0;
const DONE: Reply = { kind: 'done' };

const view = async (): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const vote = async (person: string, more: Parameters<typeof voteOf>[1] = {}): Promise<void> => {
  const outcome = await at.deals.handle(deal, voteOf(await view(), more), {
    actor: person,
    cause: `vote:${(votes += 1)}`,
  });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());
/** On Monday, 1 March 2027, by compliance alone. */
const approve = async (more: Parameters<typeof voteOf>[1] = {}): Promise<void> => {
  await at.answerAll(deal);
  await vote('compliance-1', more);
};

const click = (person: string, name: string, value = deal, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, undefined, cause);
const say = (person: string, words: string): Promise<Reply> => at.ask(person, { kind: 'words', words });
const submit = (person: string, form: string, values: FormValues): Promise<Reply> =>
  at.submit(person, form, { deal }, values);
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const buttons = (reply: Reply): string[] => (reply.kind === 'tell' ? actionsOf(reply.card).map((a) => a.label) : []);
const mistakes = (reply: Reply, typed: FormValues): Record<string, string> => {
  if (reply.kind !== 'errors') throw new Error(`no errors: ${JSON.stringify(reply)}`);
  expect(presets(reply.form?.() ?? { name: '', title: '', context: '', blocks: [] })).toMatchObject(typed);
  return reply.errors;
};
const card = async (key: string): Promise<string> => {
  const found = await createLiveCard(at.deals)(deal, key);
  return found ? plain(found) : '';
};
const CHANGED = { what: 'service', why: 'They want it for their border too' };

describe('renewal dates', () => {
  it('are invited on the card until somebody gives them, kept as typed where they are refused', async () => {
    await approve();
    expect(await card('root')).toContain('Renewals: not set.');
    const form = formIn(await click('rep-1', 'deal.renewals'));
    expect([form.name, names(form)]).toEqual(['deal.renewals', ['licence', 'contract', 'reason']]);
    expect(
      mistakes(await submit('rep-1', 'deal.renewals', { licence: '2026-01-01' }), { licence: '2026-01-01' }),
    ).toEqual({ licence: 'Please choose a day after today.' });
    expect(Object.keys(mistakes(await submit('rep-1', 'deal.renewals', {}), {}))).toEqual(['reason']);
    expect(await submit('rep-1', 'deal.renewals', { licence: '2028-03-01' })).toEqual(DONE);
    expect(await card('root')).toContain('Renewals: licence renewed on 1 March 2028.');
  });

  it('change by "More", with a reason', async () => {
    await approve();
    await submit('rep-1', 'deal.renewals', { licence: '2028-03-01' });
    const next = formIn(await submit('rep-1', 'deal.more', { choice: 'renewals' }));
    expect(presets(next)).toEqual({ licence: '2028-03-01' });
    const moved = { licence: '2028-09-01' };
    expect(Object.keys(mistakes(await submit('rep-1', 'deal.renewals', moved), moved))).toEqual(['reason']);
    expect(await submit('rep-1', 'deal.renewals', { ...moved, reason: 'Signed for longer' })).toEqual(DONE);
  });

  it('are not for who is not on the deal, nor before it is approved', async () => {
    expect(wordsOf(formIn(await click('rep-1', 'deal.renewals')))).toContain('not approved now');
    await approve();
    expect(told(await click('senior-1', 'deal.renewals'))).toContain('Only the deal team');
    const choices = async (person: string): Promise<string> =>
      JSON.stringify(inputOf(formIn(await click(person, 'deal.more')), 'choice'));
    expect(await choices('compliance-1')).toContain('renewals');
  });
});

describe('a form that was open while a colleague said otherwise', () => {
  const sent = async (person: string, form: Form, values: FormValues): Promise<Reply> =>
    at.submit(person, form.name, JSON.parse(form.context) as Record<string, string>, values);
  it('of renewal dates comes back with theirs, and keeps what was typed besides', async () => {
    await approve();
    await submit('rep-1', 'deal.renewals', { contract: '2028-11-01' });
    const open = formIn(await click('compliance-1', 'deal.renewals'));
    const reason = 'Their contract ends then, and the next one is with the secret police';
    expect(await submit('rep-1', 'deal.renewals', { contract: '2027-09-15', reason })).toEqual(DONE);
    const typed = { contract: '2028-11-01', licence: '2027-06-01', reason: 'The licence is renewed then' };
    const again = formIn(await sent('compliance-1', open, typed));
    expect(wordsOf(again)).toMatch(/Nothing is saved yet/);
    expect(wordsOf(again)).toContain(reason);
    expect(presets(again)).toMatchObject({ contract: '2027-09-15', licence: '2027-06-01', reason: typed.reason });
    expect(await sent('compliance-1', again, { ...typed, contract: '2027-09-15' })).toEqual(DONE);
    expect(await card('root')).toContain('contract renewed on 15 September 2027');
  });
  it('of renewal dates makes a day of the rep’s compliance’s own, and each colleague says why', async () => {
    await approve();
    await submit('rep-1', 'deal.renewals', { contract: '2027-09-15' });
    const reason = 'The ministry chooses another operator then';
    expect(await submit('compliance-1', 'deal.renewals', { contract: '2027-09-15', reason })).toEqual(DONE);
    const later = { contract: '2028-11-01', reason: 'The buyer made it longer' };
    expect(JSON.stringify(mistakes(await submit('rep-1', 'deal.renewals', later), later))).toContain(
      'only they set a later',
    );
    expect(wordsOf(formIn(await click('rep-1', 'deal.renewals')))).toContain(reason);
  });
  it('of the licence takes what a second person says of the same state', async () => {
    await approve();
    const now = presets(formIn(await click('rep-1', 'deal.licence')))['licence'] ?? '';
    const reason = 'The authority told me that it means to refuse it';
    expect(await submit('compliance-1', 'deal.licence', { licence: now, reason })).toEqual(DONE);
    expect(wordsOf(formIn(await click('rep-1', 'deal.licence')))).toContain(reason);
    const again = { licence: now, reason };
    expect(JSON.stringify(mistakes(await submit('compliance-1', 'deal.licence', again), again))).toContain(
      'Nothing was changed',
    );
    // What it stands on may be corrected, and what was said of it stays to be read.
    const corrected = 'The authority told me in writing that it means to refuse it';
    expect(await submit('compliance-1', 'deal.licence', { licence: now, reason: corrected })).toEqual(DONE);
    const form = wordsOf(formIn(await click('rep-1', 'deal.licence')));
    for (const text of [reason, corrected]) expect(form).toContain(text);
  });
  it('of the licence comes back with what they said', async () => {
    await approve();
    const open = formIn(await click('compliance-1', 'deal.licence'));
    const other = presets(open)['licence'] === 'pending' ? 'not-needed' : 'pending';
    const reason = 'The authority told me that it stopped it';
    expect(await submit('rep-1', 'deal.licence', { licence: other, reason })).toEqual(DONE);
    const typed = { licence: 'granted', reason: 'Licence 12-345 of this year' };
    const again = formIn(await sent('compliance-1', open, typed));
    expect(wordsOf(again)).toMatch(/Nothing is saved yet/);
    expect(presets(again)).toMatchObject(typed);
    expect(await sent('compliance-1', again, typed)).toEqual(DONE);
  });
});

describe('the export licence of an approved deal', () => {
  it('is settled by the button on the root card, or by More, with what it stands on', async () => {
    expect(wordsOf(formIn(await click('rep-1', 'deal.licence')))).toContain('not approved now');
    await approve();
    expect(await card('root')).toContain('settle the export licence (pending)');
    expect(told(await click('senior-1', 'deal.licence'))).toContain('Only the deal team');
    const form = formIn(await click('rep-1', 'deal.licence'));
    expect(names(form)).toEqual(['licence', 'reason']);
    expect(presets(form)).toEqual({ licence: 'pending' });
    expect(names(formIn(await submit('rep-1', 'deal.more', { choice: 'licence' })))).toEqual(['licence', 'reason']);
    const errors = async (values: Record<string, string>): Promise<string[]> =>
      Object.keys(mistakes(await submit('rep-1', 'deal.licence', values), values));
    expect(await errors({ licence: 'granted' })).toEqual(['reason']);
    expect(await errors({ licence: 'pending', reason: 'Still pending' })).toEqual(['licence']);
    expect(await submit('rep-1', 'deal.licence', { licence: 'granted', reason: 'No. 12 of 3 March' })).toEqual(DONE);
    const root = await card('root');
    expect(root).toContain('Granted, says @rep-1 (clearance is not a licence)');
    expect(root).not.toContain('settle the export licence');
  });
});

describe('"Something changed"', () => {
  it('is offered where somebody says "change" of an approved deal', async () => {
    expect(buttons(await say('rep-1', `change ${deal}`))).toEqual(['More']);
    await approve();
    expect(buttons(await say('rep-1', `change ${deal}`))).toEqual(['Something changed', 'More']);
    const form = formIn(await click('compliance-1', 'deal.something-changed'));
    expect(names(form)).toEqual(['what', 'why', 'on']);
    expect(Object.keys(mistakes(await submit('rep-1', 'deal.something-changed', { what: 'major' }), {}))).toEqual([
      'why',
    ]);
    const past = { ...CHANGED, on: '2026-01-01' };
    expect(Object.keys(mistakes(await submit('rep-1', 'deal.something-changed', past), past))).toEqual(['on']);
    expect(await submit('compliance-1', 'deal.something-changed', CHANGED)).toEqual(DONE);
    const root = await card('root');
    expect(root).toContain('A reassessment is asked for by 31 March 2027. Waiting for @rep-1.');
    expect(root).toContain('Guidance 7, bullet 2, item 2');
  });
});

describe('the reassessment', () => {
  beforeEach(async () => {
    const condition = { id: 'c1', text: 'Name the risks in the contract.', owner: 'rep-1', due: '2027-12-15' };
    await approve({ outcome: 'approve-with-conditions', conditions: [condition] });
    await submit('rep-1', 'deal.something-changed', CHANGED);
  });
  const confirm = (section: string, cause?: string): Promise<Reply> =>
    click('rep-1', 'deal.nothing-changed', `${deal}/${section}`, cause);

  it('starts by one click, asks on new cards, and old ones stay what they were', async () => {
    expect(told(await click('senior-1', 'deal.reassess'))).toContain('Only the deal team');
    expect(told(await click('rep-1', 'deal.reassess'))).toContain('Started.');
    expect(told(await click('rep-1', 'deal.reassess'))).toContain('under way');
    const scope = await card('section:scope:1');
    expect(scope).toContain('Scope: is it still so?');
    expect(scope).toContain('approved on 1 March 2027');
    expect(await card('section:scope')).toContain('asked again since');
    expect(await card('root')).toMatch(/Approved on 1 March 2027; reassessment under way\. Waiting for @rep-1/);
    expect(await card('conditions')).toContain('Name the risks in the contract.');
  });

  it('is confirmed by one click a section, once for each, and a form opens only for what is changed', async () => {
    await click('rep-1', 'deal.reassess');
    const before = await at.commits();
    expect([await confirm('scope', 'twice'), await confirm('scope', 'twice')]).toEqual([DONE, DONE]);
    expect((await at.commits()) - before).toBe(1);
    expect(told(await confirm('scope'))).toContain('answered already');
    expect(told(await click('compliance-1', 'deal.nothing-changed', `${deal}/product`))).toContain('deal team');
    const look = (key: string): Promise<Reply> => at.ask('rep-1', { kind: 'look', deal, key });
    // In Teams too the card with its button is seen, not the form in its place.
    expect(await look('section:product:1')).toEqual(DONE);
    const form = formIn(await click('rep-1', 'deal.answer', `${deal}/product`));
    expect(presets(form)).toMatchObject({ 'q:P1': 'no', 'q:P4': 'common' });
    const answers = { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' };
    // The next section does not open by itself: its card has the shorter way.
    expect(await at.submit('rep-1', 'deal.section', { deal, section: 'product' }, answers)).toEqual(DONE);
    await at.ask('rep-1', {
      kind: 'click',
      name: 'deal.save-for-later',
      value: `${deal}/record`,
      form: {
        name: 'deal.section',
        context: JSON.stringify({ deal, section: 'record' }),
        values: { 'all:none': 'one', 'q:H-RF1': 'yes' },
      },
    });
    expect(await card('section:record:1')).toContain('1 of 3 answered now, not counted yet.');
    expect(formIn(await look('section:record:1')).name).toBe('deal.section');
    expect(await look('section:record')).toEqual(DONE);
  });

  it('shows approvers the difference first, and takes over what they tick', async () => {
    await click('rep-1', 'deal.reassess');
    for (const section of ['scope', 'product']) await confirm(section);
    const record = { 'q:H-RF1': 'no', 'q:H-RF3': 'yes', 'q:H-RF5': 'no' };
    await at.submit('rep-1', 'deal.section', { deal, section: 'record' }, record);
    const page = wordsOf(formIn(await click('compliance-1', 'deal.review', `${deal}/0`)));
    expect(page.indexOf('What changed since the approval of 1 March 2027')).toBeLessThan(
      page.indexOf('Sample Telecom'),
    );
    expect(page).toContain('Is there a conflict in the region?');
    expect(page).not.toContain('Is it made to collect');
    expect(page).not.toContain('The facts changed since you began');
    expect(await card('review:2:0')).toContain('Why it is reassessed');
    await vote('compliance-1');
    const form = async (values: FormValues, page_: number): Promise<Form> => {
      const now = (await view()).deal;
      const factsHash = now.status === 'deciding' ? now.route.factsHash : '';
      return formIn(await at.submit('senior-1', 'deal.review', { deal, step: 1, page: page_, factsHash }, values));
    };
    await click('senior-1', 'deal.review', `${deal}/1`);
    await form({ 'f:H-RF3': 'uphold' }, 1);
    const scales = { leverage: 'a', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' };
    await form(scales, 2);
    const chosen = { outcome: 'approve-with-conditions', rationale: 'It is still so, with the same limit.' };
    const shown = await at.ask('senior-1', {
      kind: 'change',
      form: 'deal.review',
      context: formIn(await click('senior-1', 'deal.review', `${deal}/1`)).context.replace('"page":1', '"page":3'),
      values: chosen,
      input: 'outcome',
    });
    expect(names(formIn(shown))).toContain('k:c1');
    const last = await form({ ...chosen, 'k:c1': ['yes'] }, 3);
    expect(wordsOf(last)).toContain('Name the risks in the contract.');
    const signed = await at.ask('senior-1', { kind: 'submit', form: 'deal.review', context: last.context, values: {} });
    expect(signed).toEqual(DONE);
    const { deal: decided } = await view();
    expect(decided).toMatchObject({
      status: 'decided',
      decision: { conditions: [{ id: 'c1', owner: 'rep-1', due: '2027-12-15' }] },
      pastApproval: { ended: [] },
    });
  });

  it('offers no way out but by compliance, who ends the approval', async () => {
    await click('rep-1', 'deal.reassess');
    const choices = async (person: string): Promise<string> =>
      JSON.stringify(inputOf(formIn(await click(person, 'deal.more')), 'choice'));
    expect(await choices('rep-1')).not.toMatch(/withdraw|reopen/);
    expect(await choices('compliance-1')).toContain('reopen');
    const form = formIn(
      await at.ask('compliance-1', {
        kind: 'change',
        form: 'deal.more',
        context: JSON.stringify({ deal }),
        values: { choice: 'reopen' },
        input: 'choice',
      }),
    );
    expect(wordsOf(form)).toContain('The approval ends with this, and so do its conditions.');
    const next = formIn(await submit('compliance-1', 'deal.more', { choice: 'reopen' }));
    expect(next.name).toBe('deal.reopen');
    expect(wordsOf(next)).toContain('The approval ends with this, and so do its conditions.');
    expect(await submit('compliance-1', 'deal.reopen', { reason: 'The customer is gone' })).toEqual(DONE);
    const root = await card('root');
    expect(root).toContain('The approval of 1 March 2027 does not count any more.');
    expect(root).toContain('Name the risks in the contract.');
    expect(await choices('rep-1')).toContain('withdraw');
  });
});

describe('a change that was reported by mistake', () => {
  it('is taken back under More, by who reported it or compliance, and the card asks for nothing any more', async () => {
    await approve();
    const offered = async (person: string): Promise<string> =>
      JSON.stringify(inputOf(formIn(await click(person, 'deal.more')), 'choice').control);
    expect(await offered('rep-1')).not.toContain('take-change-back');
    expect(await submit('rep-1', 'deal.something-changed', CHANGED)).toEqual(DONE);
    expect(await card('root')).toContain('A reassessment is asked for');
    for (const person of ['rep-1', 'compliance-1']) expect(await offered(person)).toContain('take-change-back');

    const picked = formIn(
      await at.ask('rep-1', {
        kind: 'change',
        form: 'deal.more',
        input: 'choice',
        context: JSON.stringify({ deal }),
        values: { choice: 'take-change-back' },
      }),
    );
    expect(names(picked)).toEqual(['choice', 'change', 'reason']);
    const { change } = presets(picked);
    const typed = { choice: 'take-change-back', change: String(change) };
    expect(mistakes(await submit('rep-1', 'deal.more', typed), typed)).toHaveProperty('reason');
    expect(await submit('rep-1', 'deal.more', { ...typed, reason: 'It was for another customer' })).toEqual(DONE);
    expect(await card('root')).not.toContain('A reassessment is asked for');
    expect(await offered('rep-1')).not.toContain('take-change-back');
  });
});
