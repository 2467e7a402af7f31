/** Accepting what is not known, as a chat would send it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { gapsWithdrawn } from '../../../flows/deal/context/gaps.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { TIERS } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { silentLogger } from '../../../src/log.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { names, presets, wordsOf } from '../../blocks/forms/support.ts';
import { defaultPolicy } from '../../flows/policy/deals.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { answerPicture, atOncePolicy, findingPolicy, pictureContext, pictureDeal } from '../../support/picture-deal.ts';
import type { Line } from '../../support/story.ts';

const REASON = 'Nobody publishes on this small agency.';
const unknown = { P1: 'yes', 'H3-targeted': 'unknown', 'H-RF3-conflict': 'unknown' };

let at: AtDesk;
let deal: string;
const say = async ([actor, command]: Line): Promise<void> => {
  const outcome = await at.deals.handle(deal, command, { actor, cause: JSON.stringify(command) });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
/** What L1 to L3 stand on. */
const noteLaws = async (): Promise<void> => {
  const note = { type: 'NoteLaws', country: 'NO', looked: 'All that the questions ask for' } as const;
  const outcome = await at.desk.registers.countries.handle(note, { actor: 'counsel-1', cause: 'laws' });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
beforeEach(async () => {
  at = atDesk({ organisation: pictureContext().organisation, policy: atOncePolicy });
  await noteLaws();
  deal = await at.openDeal();
  const [, ...lines] = pictureDeal(unknown, 'security');
  for (const line of lines) await say(line);
});
afterEach(() => at.end());

const view = async (): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const press = (person: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name: 'deal.accept-gaps', value: deal });
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const send = (person: string, form: Form, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: form.name, context: form.context, values });

describe('gaps', () => {
  it('are all on one page, with nothing ticked and one reason', async () => {
    const form = formIn(await press('compliance-1'));
    expect(names(form)).toEqual(['gap:H3-targeted', 'gap:H-RF3-conflict', 'for', 'until', 'reason']);
    expect(presets(form)).toEqual({ for: 'deal', until: '2027-09-01' });
    expect(wordsOf(form)).toMatch(/Don’t know/);
  });

  it('are accepted by compliance alone', async () => {
    for (const person of ['rep-1', 'senior-1']) {
      const reply = await press(person);
      expect(reply.kind === 'tell' && plain(reply.card)).toMatch(/Only compliance can accept/);
    }
    const form = formIn(await press('compliance-1'));
    expect((await send('rep-1', form, { 'gap:H3-targeted': ['yes'], reason: REASON })).kind).toBe('errors');
    expect((await view()).deal.gaps).toBeUndefined();
  });

  it('need a tick and a reason, and are shown to the approver after', async () => {
    const form = formIn(await press('compliance-1'));
    expect(await send('compliance-1', form, { reason: REASON })).toMatchObject({ errors: { reason: /tick/ } });
    expect(await send('compliance-1', form, { 'gap:H3-targeted': ['yes'] })).toMatchObject({
      errors: { reason: /why/ },
    });
    expect(await send('compliance-1', form, { 'gap:H3-targeted': ['yes'], reason: REASON })).toEqual({ kind: 'done' });
    const now = await view();
    expect(Object.keys(now.deal.gaps ?? {})).toEqual(['H3-targeted']);
    expect(plain(reviewCard(now, 0))).toContain(REASON);
    expect(names(formIn(await press('compliance-2')))).toEqual(['gap:H-RF3-conflict', 'for', 'until', 'reason']);
  });

  it('are shown again where an answer changed meanwhile: the reason is kept, the ticks are not', async () => {
    const form = formIn(await press('compliance-1'));
    await say(answerPicture('end-user', { ...unknown, 'H-RF3-conflict': 'yes' }, 'security'));
    const again = formIn(await send('compliance-1', form, { 'gap:H3-targeted': ['yes'], reason: REASON }));
    expect(wordsOf(again)).toMatch(/Nothing is saved yet/);
    expect(names(again)).toEqual(['gap:H3-targeted', 'reason']);
    expect(presets(again)).toEqual({ reason: REASON });
    expect((await view()).deal.gaps).toBeUndefined();
    expect(await send('compliance-1', again, { 'gap:H3-targeted': ['yes'], reason: REASON })).toEqual({ kind: 'done' });
  });

  it('take no question that the form did not offer', async () => {
    const form = formIn(await press('compliance-1'));
    const reply = await send('compliance-1', form, { 'gap:P2': ['yes'], 'gap:__proto__': ['yes'], reason: REASON });
    expect(reply.kind).toBe('errors');
  });

  it('are accepted for all later deals to the country, listed, and ended', async () => {
    const form = formIn(await press('compliance-1'));
    const wide = { 'gap:H3-targeted': ['yes'], for: 'country', until: '2027-12-01', reason: REASON };
    expect(await send('compliance-1', form, wide)).toMatchObject({ errors: { for: expect.stringMatching(/ticked/) } });
    const both = { ...wide, 'gap:H-RF3-conflict': ['yes'] };
    expect(await send('compliance-1', form, { ...both, until: '2029-01-01' })).toMatchObject({
      errors: { until: expect.stringMatching(/twelve|12/) },
    });
    expect(told(await send('compliance-1', form, both))).toMatch(/Accepted\. Later deals take it by name/);
    expect(Object.keys((await view()).deal.gaps ?? {})).toEqual(['H3-targeted', 'H-RF3-conflict']);

    const words = (person: string) => at.ask(person, { kind: 'words', words: 'gaps', canOpen: false });
    expect(told(await words('rep-1'))).toMatch(/Only compliance/);
    const list = told(await words('compliance-2'));
    expect(list).toMatch(/Norway, until/);
    expect(list).toContain(defaultPolicy.question('H-RF3-conflict')?.text);
    expect(list).not.toContain(defaultPolicy.question('H3-targeted')?.text);

    const accepting = deal;
    deal = await at.openDeal();
    for (const line of pictureDeal(unknown, 'security').slice(1)) await say(line);
    expect((await view()).deal.gaps).toMatchObject({
      'H-RF3-conflict': { by: 'compliance-1', from: { until: '2027-12-01' } },
    });
    expect(Object.keys((await view()).deal.gaps ?? {})).toEqual(['H-RF3-conflict']);

    const [{ id } = { id: '' }] = Object.values((await at.desk.registers.gaps.now()).state.acceptances);
    const end = (person: string) => at.ask(person, { kind: 'click', name: 'desk.end-gap', value: id });
    expect(told(await end('rep-1'))).toMatch(/Only compliance/);
    const ending = formIn(await end('chief-1'));
    expect((await send('rep-1', ending, { reason: 'Why not.' })).kind).toBe('tell');
    expect(told(await send('chief-1', ending, { reason: 'A report came out.' }))).toMatch(/ended/);
    expect(told(await words('compliance-2'))).toMatch(/Nothing is accepted/);
    // The deal on which it was accepted for all loses it, too, and no vote counts before that.
    const first = (await at.deals.view(accepting))!;
    expect(gapsWithdrawn(first)).toEqual(['H-RF3-conflict']);
    // The deal under way loses it by the word of whoever ended it, with the reason, and once.
    const before = (await view()).assessment.tier;
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    expect(Object.keys((await at.deals.view(accepting))?.deal.gaps ?? {})).toEqual(['H3-targeted']);
    const now = await view();
    expect(now.deal.gaps).toBeUndefined();
    expect(now.deal.gapsTakenBack).toMatchObject({
      'H-RF3-conflict': { by: 'chief-1', reason: 'It was ended for all deals: A report came out.' },
    });
    expect(TIERS.indexOf(now.assessment.tier ?? 'low')).toBeGreaterThanOrEqual(TIERS.indexOf(before ?? 'low'));
    expect(plain(reviewCard(now, 0)) + JSON.stringify(whyForm(now))).toContain('A report came out.');
    // Whoever decides on another deal there reads it, too.
    deal = await at.openDeal();
    for (const line of pictureDeal(unknown, 'security').slice(1)) await say(line);
    expect(JSON.stringify(whyForm(await view()))).toMatch(/Ended for all deals to Norway: [^]*A report came out/);
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    const commits = await at.commits();
    await tellOthers({ ...at.desk, deals: at.deals, logger: silentLogger });
    expect(await at.commits()).toBe(commits);
  });
});

describe('taking back', () => {
  const back = (person: string) => at.ask(person, { kind: 'click', name: 'deal.take-gaps-back', value: deal });

  it('is a button of compliance, and a choice under More', async () => {
    const form = formIn(await press('compliance-1'));
    await send('compliance-1', form, { 'gap:H3-targeted': ['yes'], reason: REASON });
    const more = async (person: string) =>
      JSON.stringify(await at.ask(person, { kind: 'click', name: 'deal.more', value: deal }));
    expect(await more('compliance-2')).toContain('take-gaps-back');
    expect(await more('rep-1')).not.toContain('take-gaps-back');
    expect(told(await back('rep-1'))).toMatch(/Only compliance can take back/);
    const taking = formIn(await back('compliance-2'));
    expect(names(taking)).toEqual(['back:H3-targeted', 'reason']);
    expect(wordsOf(taking)).toContain(REASON);
    expect(await send('compliance-2', taking, { reason: 'A report came out.' })).toMatchObject({
      errors: { reason: /tick/ },
    });
    const ticked = { 'back:H3-targeted': ['yes'], reason: 'A report came out.' };
    expect(JSON.stringify(formIn(await send('rep-1', taking, ticked)).blocks[0])).toMatch(
      /Only compliance can take back/,
    );
    expect(await send('compliance-2', taking, ticked)).toEqual({ kind: 'done' });
    const now = await view();
    expect(now.deal).toMatchObject({ tier: 'high' });
    expect(now.deal.gaps).toBeUndefined();
    expect(wordsOf(whyForm(now))).toMatch(/taken back.*A report came out/s);
    expect(await send('compliance-1', taking, ticked)).toMatchObject({
      errors: { reason: expect.stringMatching(/taken back already/) },
    });
    expect(wordsOf(formIn(await back('compliance-1')))).toMatch(/Nothing is left/);
    expect(await more('compliance-2')).not.toContain('take-gaps-back');
  });

  it('of one deal leaves what is accepted for all deals to the country, and says so', async () => {
    const form = formIn(await press('compliance-1'));
    const wide = { 'gap:H-RF3-conflict': ['yes'], for: 'country', until: '2027-09-01', reason: REASON };
    await send('compliance-1', form, wide);
    const taking = formIn(await back('compliance-1'));
    const ticked = { 'back:H-RF3-conflict': ['yes'], reason: 'A report came out.' };
    expect(told(await send('compliance-1', taking, ticked))).toMatch(/Other deals to Norway still take it.*gaps/);
    expect((await view()).deal.gaps).toBeUndefined();
    await say(['rep-1', { type: 'RaiseFlag', title: 'A sample worry of ours' }]);
    expect((await view()).deal.gaps).toBeUndefined();
  });
});

describe('finding out', () => {
  it('is ended with one press of the rep', async () => {
    await at.end();
    at = atDesk({ organisation: pictureContext().organisation, policy: findingPolicy });
    deal = await at.openDeal();
    for (const line of pictureDeal(unknown, 'security').slice(1)) await say(line);
    const asked = await view();
    expect(asked.deal.status).toBe('answering');
    expect(plain(rootCard(asked))).toMatch(/something is not known.*finds out or sends it on/s);
    const send = (person: string) => at.ask(person, { kind: 'click', name: 'deal.send-on', value: deal });
    expect(told(await send('compliance-1'))).toMatch(/deal team/);
    expect(told(await send('rep-1'))).toMatch(/Sent on/);
    expect((await view()).deal.status).toBe('deciding');
  });

  it('ends by itself on its day', async () => {
    await at.end();
    at = atDesk({ organisation: pictureContext().organisation, policy: findingPolicy });
    deal = await at.openDeal();
    for (const line of pictureDeal(unknown, 'security').slice(1)) await say(line);
    await at.travel('2027-03-05T12:00:00.000Z');
    expect((await view()).deal.status).toBe('deciding');
  });
});
