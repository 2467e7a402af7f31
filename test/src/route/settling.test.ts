/** Settling what other deals say, as whoever it waits for presses it: a stop, and news while the form is open. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { silentLogger } from '../../../src/log.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';
import { answerPicture, atOncePolicy, openPicture, pictureContext, pictureDeal } from '../../support/picture-deal.ts';

const REASON = 'It was another office of the same name';
const STOPS = answerPicture(atOncePolicy.question('K1')!.section, { K1: 'yes' });

let at: AtDesk;
let acts = 0;
beforeEach(() => {
  at = atDesk({ policy: atOncePolicy, organisation: pictureContext().organisation });
});
afterEach(() => at.end());

const handle = async (deal: string, actor: string, command: DealCommand): Promise<void> => {
  const outcome = await at.deals.handle(deal, command, { actor, cause: `settling-${(acts += 1)}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const dealWith = async (details: Partial<DealDetails>, lines: readonly (typeof STOPS)[]): Promise<string> => {
  const [actor, open] = openPicture();
  if (open.type !== 'OpenDeal') throw new Error('opens nothing');
  const made = { ...open, details: { ...open.details, ...details } };
  const outcome = await at.deals.open(made, { actor, cause: `settling-${(acts += 1)}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  for (const [person, command] of lines) await handle(outcome.view.deal.id, person, command);
  return outcome.view.deal.id;
};
const stopped = (): Promise<string> => dealWith({}, [answerPicture('scope'), STOPS]);
/** Of another product, to another country, all else answered well. */
const twin = (): Promise<string> =>
  dealWith({ product: { id: 'other', name: 'Sample shield' }, destination: 'SE' }, pictureDeal({ P1: 'yes' }).slice(1));
const tell = (): Promise<number> => tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
const dealIn = async (deal: string): Promise<OpenedDeal> => (await at.deals.view(deal))!.deal;
const press = async (person: string, deal: string) => {
  const flag = (await dealIn(deal)).ownFlags.find(({ stops }) => stops);
  return at.ask(person, { kind: 'click', name: 'deal.settle-flag', value: `${deal}/${flag?.id}` });
};
const submit = (person: string, form: { name: string; context: string }, values: FormValues) =>
  at.ask(person, { kind: 'submit', form: form.name, context: form.context, values });

describe('the flag for a stop of the same end-user', () => {
  it('is settled by the chief, who reads what for, who said it and when; compliance is told who does', async () => {
    const first = await stopped();
    const deal = await twin();
    await tell();
    expect(await dealIn(deal)).toMatchObject({ status: 'deciding', tier: 'high' });
    const denied = await press('compliance-1', deal);
    expect(JSON.stringify(denied)).toContain('Only the chief compliance officer can admit or dismiss it');
    const form = formIn(await press('chief-1', deal));
    const words = wordsOf(form);
    for (const part of [first, 'It was stopped', 'Do we know, or have we been told', '1 March 2027'])
      expect(words).toContain(part);
    expect((await submit('compliance-1', form, { verdict: 'dismiss', reason: REASON })).kind).not.toBe('done');
    expect((await submit('chief-1', form, { verdict: 'dismiss', reason: REASON })).kind).toBe('done');
    expect(await dealIn(deal)).toMatchObject({ status: 'deciding', tier: 'elevated' });
  });

  it('has the note of who said it there, and comes back where somebody writes more', async () => {
    const note = 'Their major wrote to me that he wants lists of believers.';
    const [who, said] = STOPS;
    if (said.type !== 'AnswerSection') throw new Error('answers nothing');
    const K1 = { ...said.answers['K1']!, note };
    const first = await dealWith({}, [answerPicture('scope'), [who, { ...said, answers: { ...said.answers, K1 } }]]);
    const deal = await twin();
    await tell();
    const form = formIn(await press('chief-1', deal));
    expect(wordsOf(form)).toContain(note);
    const more = await dealWith({}, []);
    const words = 'We stop: their guard hunts believers.';
    await handle(more, 'rep-1', { type: 'Withdraw', reason: words });
    expect(first).not.toBe(more);
    const again = formIn(await submit('chief-1', form, { verdict: 'dismiss', reason: REASON }));
    expect(wordsOf(again)).toContain('Nothing is saved yet');
    expect(wordsOf(again)).toContain(words);
    expect((await submit('chief-1', again, { verdict: 'dismiss', reason: REASON })).kind).toBe('done');
  });

  it('comes back with a second stop, and keeps what was typed', async () => {
    const deal = await twin();
    await stopped();
    await tell();
    const form = formIn(await press('chief-1', deal));
    const second = await stopped();
    await tell();
    expect(wordsOf(form)).not.toContain(second);
    const again = formIn(await submit('chief-1', form, { verdict: 'dismiss', reason: REASON }));
    expect(wordsOf(again)).toContain('Nothing is saved yet');
    expect(wordsOf(again)).toContain(second);
    expect(presets(again)).toMatchObject({ verdict: 'dismiss', reason: REASON });
    expect((await submit('chief-1', again, { verdict: 'dismiss', reason: REASON })).kind).toBe('done');
  });

  it('is named where the chief reopens the stopped one', async () => {
    const first = await stopped();
    const click = async () =>
      wordsOf(formIn(await at.ask('chief-1', { kind: 'click', name: 'deal.reopen', value: first })));
    expect(await click()).not.toContain('for this stop');
    const deal = await twin();
    await tell();
    expect(await click()).toContain('1 other deal waits for this stop: ');
    expect(await click()).toContain(deal);
    // Under “More” it is the same form.
    const more = await at.submit('chief-1', 'deal.more', { deal: first }, { choice: 'reopen', reason: REASON });
    expect(wordsOf(formIn(more))).toContain(deal);
    expect(presets(formIn(more))).toMatchObject({ reason: REASON });
    expect((await submit('chief-1', formIn(more), { reason: REASON })).kind).toBe('done');
    expect(await dealIn(first)).toMatchObject({ status: 'answering' });
  });
});
