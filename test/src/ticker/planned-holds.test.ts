/** A hold for a later day, while deals that it names are opened and voted on: compliance knows of it, and nobody else. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { SYSTEM } from '../../../flows/organisation.ts';
import { silentLogger } from '../../../src/log.ts';
import { createLook, type LookAtOthers } from '../../../src/ticker/others.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { voteOf } from '../../support/deal-lines.ts';
import { formIn } from '../../support/desk.ts';
import { screenedDesk, type ScreenedDesk } from '../../support/screened-deals.ts';
import { tellAll, type ToldBy } from '../../support/telling.ts';

const NAME = 'Ilmaras Korvat Bureau';
const LIKE = 'Ilmaras Korvta Bureau';
const PLANNED = /plan(s|ned)? .*(on hold|hold)|8 March/i;

let at: ScreenedDesk;
let look: LookAtOthers;
let acts = 0;
const looking = (): LookAtOthers => {
  const { index, registers, clock } = at.desk;
  return createLook({ index, registers, deals: at.deals, clock, logger: silentLogger });
};
beforeEach(() => {
  at = screenedDesk();
  look = looking();
});
afterEach(() => at.end());

const called = (name: string) => at.openWith({ endUser: { name, kind: 'private' } });
/** Goes out of scope on the rep's word. */
const out = async (name: string): Promise<string> => {
  const deal = await called(name);
  await at.act(deal, 'rep-1', {
    type: 'AnswerSection',
    section: 'scope',
    answers: { G1: { value: 'no', sources: [] } },
  });
  expect((await at.view(deal)).deal.status).toBe('out of scope');
  return deal;
};
const REASON = 'The ledger of its bank is being read.';
const plan = async (
  on: { of: 'deal'; deal: string } | { of: 'end-user'; name: string },
  reason = REASON,
): Promise<string> => {
  const command = {
    type: 'PlaceHold' as const,
    on,
    stop: ['support' as const],
    because: 'inquiry' as const,
    reason,
    review: '2027-04-01',
    from: '2027-03-08',
    reach: { deals: 1, team: [] },
  };
  const { holds } = at.desk.registers;
  const outcome = await holds.handle(command, { actor: 'compliance-1', cause: `plan-${(acts += 1)}` });
  expect(outcome.kind).toBe('accepted');
  return Object.keys(outcome.state.planned ?? {}).at(-1) ?? '';
};
const withdraw = (hold: string) =>
  at.desk.registers.holds.handle(
    { type: 'LiftHold', hold, reason: 'It was a mistake.', reach: { deals: 0, team: [] } },
    { actor: 'compliance-1', cause: `withdraw-${(acts += 1)}` },
  );
const told = async (): Promise<ToldBy[]> => {
  await look();
  return (await tellAll(at, /./)).told.filter(({ text }) => PLANNED.test(text));
};
const REASONS = 'The answers show little risk.';
const opened = async (deal: string, person: string): Promise<Form> =>
  formIn(await at.ask(person, { kind: 'click', name: 'deal.review', value: `${deal}/0` }));
const textOf = ({ blocks }: Form): string => JSON.stringify(blocks);
const page = async (deal: string, person: string): Promise<string> => textOf(await opened(deal, person));
/** Goes on from a page of the review to the one that is signed. */
const toSign = async (from: Form, person: string): Promise<Form> => {
  let last = from;
  const values = { outcome: 'approve', rationale: REASONS };
  for (let n = 0; n < 4 && !last.submit?.startsWith('Sign'); n += 1)
    last = formIn(await at.ask(person, { kind: 'submit', form: last.name, context: last.context, values }));
  return last;
};
describe('the review of a deal that a planned hold names', () => {
  it('says so to compliance on its first page: who, from when, why, and like whom', async () => {
    await plan({ of: 'end-user', name: NAME });
    const [exact, like, other] = [await called(NAME), await called(LIKE), await called('Vessel Weather Office')];
    for (const deal of [exact, like, other]) await at.answerAll(deal);
    for (const deal of [exact, like]) {
      const text = await page(deal, 'compliance-2');
      expect(text).toMatch(
        /A hold is planned.*"person":"compliance-1".*Ilmaras Korvat Bureau.*8 March 2027: “The ledger/,
      );
      expect(text.includes(`“${LIKE}” is called much like that`)).toBe(deal === like);
    }
    expect(await page(other, 'compliance-2')).not.toContain('A hold is planned');
  });

  it('says so on another deal of the same parties than the one that it is planned on', async () => {
    const planned = await called(NAME);
    const same = await called(NAME);
    const like = await at.openWith({ endUser: { name: LIKE, kind: 'private' }, customer: 'Coral Bay Imports' });
    const through = await at.openWith({ endUser: { name: 'Vessel Weather Office', kind: 'private' } });
    const other = await at.openWith({
      endUser: { name: 'Vessel Weather Office', kind: 'private' },
      customer: 'Harbour Light Traders',
    });
    for (const deal of [planned, same, like, through, other]) await at.answerAll(deal);
    await plan({ of: 'deal', deal: planned });
    for (const deal of [same, like, through])
      expect(await page(deal, 'compliance-2')).toMatch(
        new RegExp(`A hold is planned.*the deal ${planned} on hold from 8 March 2027: “The ledger`),
      );
    for (const deal of [same, through])
      expect(await page(deal, 'compliance-2')).toContain('It has a party in common with this one.');
    expect(await page(like, 'compliance-2')).toContain('“Ilmaras Korvta Bureau” is called much like a party of it.');
    expect(await page(planned, 'compliance-2')).toMatch(/A hold is planned.*this deal on hold/);
    expect(await page(other, 'compliance-2')).not.toContain('A hold is planned');
  });

  it('says so where its reason names a party of the deal, or its product', async () => {
    const deal = await called(NAME);
    const other = await called('Vessel Weather Office');
    for (const one of [deal, other]) await at.answerAll(one);
    await plan({ of: 'end-user', name: 'Gulnar Rose Garden' }, `It pays for what ${NAME} does in the cellars.`);
    expect(await page(deal, 'compliance-2')).toMatch(/A hold is planned.*Gulnar Rose Garden.*in the cellars/);
    expect(await page(other, 'compliance-2')).not.toContain('A hold is planned');
  });

  it('has no room taken from what is about the deal itself by what only names it', async () => {
    const deal = await called(NAME);
    await at.answerAll(deal);
    for (const n of ['Alma', 'Beryl', 'Coral', 'Dahlia'])
      await plan({ of: 'end-user', name: `Garden of ${n}` }, `It pays for what ${NAME} does in the cellars.`);
    const hold = await plan({ of: 'end-user', name: NAME });
    const text = await page(deal, 'compliance-2');
    expect(text).toContain('“The ledger');
    expect(text).toContain('And 2 more planned holds: the list of holds says why.');
    for (const planned of Object.keys((await at.desk.registers.holds.now()).state.planned ?? {}))
      if (planned !== hold) await withdraw(planned);
    await withdraw(hold);
    await plan({ of: 'end-user', name: 'Garden of Elder' }, `It pays for what ${NAME} does in the cellars.`);
    const later = await page(deal, 'compliance-2');
    expect(later).toMatch(/A planned hold was withdrawn.*“The ledger/);
    expect(later).toContain('And 2 more withdrawn holds.');
  });

  it('says so on the page that is signed where it was planned meanwhile, and voids nothing', async () => {
    const deal = await called(NAME);
    await at.answerAll(deal);
    const first = await opened(deal, 'compliance-2');
    expect(textOf(first)).not.toContain('A hold is planned');
    await plan({ of: 'deal', deal });
    const last = await toSign(first, 'compliance-2');
    expect(last.submit).toBe('Sign: approve');
    expect(textOf(last)).toMatch(/A hold is planned.*put this deal on hold/);
    await at.ask('compliance-2', { kind: 'submit', form: last.name, context: last.context, values: {} });
    expect((await at.view(deal)).deal).toMatchObject({ status: 'decided', decision: { outcome: 'approved' } });
  });

  it('says who withdrew it and both reasons once it is withdrawn, to compliance alone and for a year', async () => {
    const deal = await called(NAME);
    await at.answerAll(deal, { 'H-RF3': 'yes' });
    const hold = await plan({ of: 'end-user', name: NAME });
    expect(await page(deal, 'compliance-2')).toContain('A hold is planned');
    await withdraw(hold);
    const text = await page(deal, 'compliance-2');
    expect(text).not.toContain('A hold is planned');
    expect(text).toMatch(
      /A planned hold was withdrawn.*compliance-1.*8 March 2027: “The ledger of its bank is being read.” .*“It was a mistake.”/,
    );
    expect(await at.act(deal, 'compliance-2', voteOf(await at.view(deal)))).toBe('accepted');
    const senior = formIn(await at.ask('senior-1', { kind: 'click', name: 'deal.review', value: `${deal}/1` }));
    expect(textOf(senior)).not.toMatch(/planned|ledger/);

    at.downUntil('2028-03-03T09:00:00.000Z');
    const later = await called(LIKE);
    await at.answerAll(later);
    expect(await page(later, 'compliance-2')).not.toContain('was withdrawn');
  });

  it('says nothing of it to anybody else who votes, in the thread, on the card or under “Why?”', async () => {
    const deal = await called(LIKE);
    await at.answerAll(deal, { 'H-RF3': 'yes' });
    const before = await at.view(deal);
    const shown = [plain(rootCard(before)), JSON.stringify(whyForm(before).blocks)];
    await plan({ of: 'end-user', name: NAME });
    await look();
    const view = await at.view(deal);
    expect([plain(rootCard(view)), JSON.stringify(whyForm(view).blocks)]).toEqual(shown);
    expect(view.organisation.holds).toEqual([]);
    expect((await told()).map(({ to }) => to)).toEqual(['compliance-1']);
    expect(await page(deal, 'compliance-2')).toContain('A hold is planned');
    expect(await at.act(deal, 'compliance-2', voteOf(await at.view(deal)))).toBe('accepted');
    expect(JSON.stringify((await at.view(deal)).deal)).not.toContain('Korvat');
    const senior = formIn(await at.ask('senior-1', { kind: 'click', name: 'deal.review', value: `${deal}/1` }));
    expect(senior.title).toBe('Review');
    expect(JSON.stringify(senior.blocks)).not.toMatch(/planned|Korvat/);
    expect((await told()).map(({ to }) => to)).toEqual([]);
  });
});

describe('whoever planned a hold', () => {
  it('is told privately, once, of each deal that is opened under that name or one much like it', async () => {
    await plan({ of: 'end-user', name: NAME });
    expect(await told()).toEqual([]);
    const [exact, like] = [await called(NAME), await called(LIKE)];
    await called('Vessel Weather Office');
    const messages = await told();
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1']);
    for (const deal of [exact, like]) expect(messages[0]?.text).toContain(deal);
    await at.answerAll(exact);
    // Another bot looks as well.
    look = looking();
    expect(await told()).toEqual([]);
    const renamed = await called('Vessel Weather Office');
    await at.rename(renamed, { endUser: { name: NAME, kind: 'private' } });
    expect((await told()).map(({ to, text }) => [to, text.includes(renamed)])).toEqual([['compliance-1', true]]);
  });

  it('is told of one that went out of scope since, before anybody looked, and of none that was out of scope before', async () => {
    const before = await out(NAME);
    await at.travel('2027-03-01T09:01:00.000Z');
    await plan({ of: 'end-user', name: NAME });
    expect(await told()).toEqual([]);
    const since = await out(NAME);
    const messages = await told();
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(messages[0]?.text).toContain(since);
    expect(messages[0]?.text).not.toContain(before);
  });

  it('is told of one that went out of scope and that its reason alone names', async () => {
    await plan({ of: 'end-user', name: 'Gulnar Rose Garden' }, `It pays for what ${NAME} does in the cellars.`);
    const named = await out(NAME);
    const other = await out('Vessel Weather Office');
    const messages = await told();
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(messages[0]?.text).toContain(named);
    expect(messages[0]?.text).not.toContain(other);
    expect(await told()).toEqual([]);
  });

  it('is told of deals with whom the deal that it is on names since', async () => {
    const planned = await called('Vessel Weather Office');
    await at.travel('2027-03-01T09:01:00.000Z');
    await plan({ of: 'deal', deal: planned });
    const other = await called(NAME);
    expect(await told()).toEqual([]);
    await at.rename(planned, { endUser: { name: NAME, kind: 'private' } });
    const messages = await told();
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(messages[0]?.text).toContain(other);
  });

  it('is told of another deal of the same end-user than the one that it is planned on', async () => {
    const planned = await called(NAME);
    await at.travel('2027-03-01T09:01:00.000Z');
    await plan({ of: 'deal', deal: planned });
    expect(await told()).toEqual([]);
    const other = await called(NAME);
    const messages = await told();
    expect(messages.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(messages[0]?.text).toContain(other);
  });

  it('is told of a deal that they saw when they planned it as soon as it comes to votes', async () => {
    const deal = await called(NAME);
    await at.travel('2027-03-01T09:01:00.000Z');
    const hold = await plan({ of: 'end-user', name: NAME });
    expect(await told()).toEqual([]);
    await at.answerAll(deal);
    expect((await told()).map(({ to }) => to)).toEqual(['compliance-1']);
    await withdraw(hold);
    await plan({ of: 'deal', deal });
    expect((await told()).filter(({ text }) => !text.includes('withdrew')).map(({ to }) => to)).toEqual([
      'compliance-1',
    ]);
    expect(await told()).toEqual([]);
  });

  it('is told of nothing by a person, or by a hold that was withdrawn', async () => {
    const hold = await plan({ of: 'end-user', name: NAME });
    const { holds } = at.desk.registers;
    const note = { type: 'NoteMet' as const, hold, deals: [await called('Vessel Weather Office')] };
    expect(await holds.handle(note, { actor: 'compliance-2', cause: 'by-hand' })).toMatchObject({ kind: 'refused' });
    await withdraw(hold);
    expect(await holds.handle(note, { actor: SYSTEM, cause: 'too-late' })).toMatchObject({ kind: 'refused' });
    await called(NAME);
    expect((await told()).filter(({ text }) => !text.includes('withdrew'))).toEqual([]);
  });

  it('leaves nothing of it on the hold that begins on its day', async () => {
    await plan({ of: 'end-user', name: NAME });
    await called(LIKE);
    expect(await told()).toHaveLength(1);
    await at.travel('2027-03-08T09:00:00.000Z');
    const { state } = await at.desk.registers.holds.read();
    expect(Object.values(state.holds)).toHaveLength(1);
    expect([state.planned, state.met]).toEqual([{}, {}]);
  });
});
