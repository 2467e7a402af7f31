/** A bot that was down on the morning: nobody reads or signs a review over what ended more than thirty days ago. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { names, presets } from '../../blocks/forms/support.ts';
import { basisContext } from '../../support/basis-deals.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

const LINE = 'Sample report, 2026, https://reports.example.org/a';
/** The note of counsel ends on the first of March. */
const IN_TIME = '2028-02-25T09:00:00.000Z';
const EARLY = '2028-04-03T05:00:00.000Z';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  const { policy, organisation } = basisContext();
  at = atDesk({ policy, organisation });
  await at.submit('counsel-1', 'desk.laws', {}, { country: 'NO', note: 'Who may listen in.', source: LINE });
  at.downUntil(IN_TIME);
  deal = await at.openDeal();
  for (const [section, values] of Object.entries({
    scope: { 'q:G1': 'yes' },
    record: { 'all:none': 'all', 'b:sources': LINE },
    laws: { 'q:L1': 'yes', 'q:L2': 'yes', 'b:sources': LINE },
  }))
    await at.submit('rep-1', 'deal.section', { deal, section }, values);
});
afterEach(() => at.end());

const viewNow = async () => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};
const tier = async () => {
  const { deal: now } = await viewNow();
  return now.status === 'deciding' ? `${now.tier} ${now.votes.length}` : now.status;
};
const types = async () => (await at.deals.events(deal)).map(({ type, by }) => `${type} ${by}`);
const formOf = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return reply.form;
};
const open = async (person: string): Promise<Form> =>
  formOf(await at.ask(person, { kind: 'click', name: 'deal.review', value: `${deal}/0` }));
const APPROVES: FormValues = { outcome: 'approve', rationale: 'The use is narrow and agreed.' };
const send = (person: string, form: Form, cause?: string): Promise<Reply> => {
  const asked = Object.fromEntries(Object.entries(APPROVES).filter(([name]) => names(form).includes(name)));
  return at.ask(
    person,
    { kind: 'submit', form: form.name, context: form.context, values: { ...presets(form), ...asked } },
    undefined,
    cause,
  );
};
/** Goes on until the page that is signed. */
const lastPage = async (person: string): Promise<Form> => {
  let form = await open(person);
  for (let page = 0; page < 6 && form.submit === 'Next'; page += 1) form = formOf(await send(person, form));
  return form;
};

it('refuses a vote on the commit itself, once, and has the deal asked anew by the bot', async () => {
  expect(await tier()).toBe('low 0');
  await at.deals.handle(deal, voteOf(await viewNow()), { actor: 'compliance-1', cause: 'first' });
  expect(await tier()).toBe('low 1');
  at.downUntil(EARLY);
  const before = (await types()).length;
  const vote = voteOf(await viewNow());
  const press = () => at.deals.handle(deal, vote, { actor: 'senior-1', cause: 'press' });
  const refused = await press();
  expect(refused).toMatchObject({
    kind: 'refused',
    refusal: { code: 'facts changed', text: expect.stringMatching(/^Not counted.*counsel’s note on Norway/u) },
    view: { deal: { status: 'deciding', tier: 'elevated', votes: [] } },
  });
  const anew = ['BasisEnded system', 'VotesVoided system', 'DealRouted system'];
  expect((await types()).slice(before)).toEqual(anew);
  // The same press again is judged on the new facts, and adds nothing.
  expect(await press()).toMatchObject({
    kind: 'refused',
    refusal: { text: expect.not.stringContaining('Not counted') },
  });
  expect((await types()).slice(before)).toEqual(anew);
});

it('says so on the page that was drawn before, with what was typed', async () => {
  const page = await lastPage('compliance-1');
  at.downUntil(EARLY);
  const reply = await send('compliance-1', page, 'sign');
  expect(JSON.stringify(reply)).toContain('Not counted: this review stood on counsel’s note on Norway');
  expect(reply).toMatchObject({ kind: 'form', form: { name: 'deal.review' } });
  expect(await tier()).toBe('elevated 0');
});

it('ends it before a review is drawn: nobody reads what does not count', async () => {
  at.downUntil(EARLY);
  const form = await open('compliance-1');
  expect(await tier()).toBe('elevated 0');
  expect(JSON.stringify(form)).toContain('Elevated');
  expect((await types()).slice(-2)).toEqual(['BasisEnded system', 'DealRouted system']);
});
