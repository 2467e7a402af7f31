/** Holds in either chat: placed after their deals were shown, told to threads and owners, listed, lifted. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { writtenShown } from '../../../blocks/cards/written-shown.ts';
import { slackView } from '../../../blocks/slack/slack.ts';
import type { Ballot } from '../../../flows/deal/deal.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { isWrittenSince, writtenElsewhere } from '../../../src/route/written.ts';
import { DEALS_A_PAGE } from '../../../src/ticker/fan-out.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aDeal, anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { tellAll } from '../../support/telling.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const two = anOrganisation();
const organisation = anOrganisation({
  people: [...two.people, { id: 'compliance-2', name: 'Sample Compliance Two' }],
  groups: two.groups.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'compliance-2'] } : g)),
});

let at: AtDesk;
let votes = 0;
let now = Date.parse('2027-03-01T09:00:00.000Z');
beforeEach(() => {
  at = atDesk({ organisation });
  now = Date.parse('2027-03-01T09:00:00.000Z');
});
afterEach(() => at.end());

/** Waits until no change is on its way to deals any more. */
const spread = async (): Promise<void> => {
  do {
    now += 1000;
    await at.travel(new Date(now).toISOString());
  } while (Object.keys((await at.desk.registers.holds.now()).state.spreads).length > 0);
};
const VALUES = {
  on: 'end-user',
  endUser: 'sample MINISTRY.',
  stop: ['support', 'upgrades'],
  because: 'inquiry',
  reason: 'A *credible* doubt <!channel>.',
  review: '2027-04-01',
} satisfies FormValues;
const submit = (person: string, context: object, values: FormValues): Promise<Reply> =>
  at.submit(person, 'desk.hold', context, values);
const textOfForm = (reply: Reply): string =>
  reply.kind === 'form' ? JSON.stringify(reply.form.blocks) : JSON.stringify(reply);
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
/** Shows first, then places. */
const place = async (person: string, values: FormValues): Promise<Reply> => {
  const shown = await submit(person, {}, values);
  if (shown.kind !== 'form') return shown;
  return at.ask(person, { kind: 'submit', form: 'desk.hold', context: shown.form.context, values });
};
const standing = async () => Object.values((await at.desk.registers.holds.now()).state.holds);
const all = async (of: RegExp) => (await tellAll(at, of)).told;
const rootText = async (deal: string): Promise<string> => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return plain(rootCard(view));
};

const approve = async (deal: string, actor: string) => {
  const view = await at.deals.view(deal);
  if (view?.deal.status !== 'deciding') throw new Error('not deciding');
  const ballot: Ballot = {
    outcome: 'approve',
    flags: {},
    conditions: [],
    rationale: 'The answers show little risk.',
  };
  const { step, route } = view.deal;
  return at.deals.handle(
    deal,
    { type: 'CastVote', step, factsHash: route.factsHash, ballot },
    { actor, cause: `vote-${(votes += 1)}` },
  );
};

describe('a hold on an end-user', () => {
  it('shows which deals it is for before it is placed, and keeps what was typed', async () => {
    const deals = [await at.openDeal(), await at.openDeal(), await at.openDeal()];
    const shown = await submit('compliance-1', {}, VALUES);
    expect(shown).toMatchObject({ kind: 'form', again: true });
    expect(textOfForm(shown)).toContain('3 deals name this end-user');
    for (const deal of deals) expect(textOfForm(shown)).toContain(deal);
    expect(shown.kind === 'form' && presets(shown.form)).toMatchObject({ endUser: 'sample MINISTRY.' });
    expect(await standing()).toEqual([]);
    // Another name was typed meanwhile: it is shown again.
    const context = shown.kind === 'form' ? (JSON.parse(shown.form.context) as object) : {};
    expect(textOfForm(await submit('compliance-1', context, { ...VALUES, endUser: 'Other' }))).toContain(
      'No deal names this end-user',
    );
    expect(told(await submit('compliance-1', context, VALUES))).toContain('The hold stands');
    expect(await standing()).toMatchObject([{ on: { name: 'sample MINISTRY.' }, stop: ['upgrades', 'support'] }]);
  });

  it('can be shown whatever the name: one letter of it can stand for eighteen', async () => {
    const shown = await submit('compliance-1', {}, { ...VALUES, endUser: '\uFDFA'.repeat(200) });
    if (shown.kind !== 'form') throw new Error(`no form: ${JSON.stringify(shown)}`);
    expect(slackView(shown.form, () => undefined, SLACK).callback_id).toBe('desk.hold');
    expect(shown.form.context.length).toBeLessThan(300);
  });

  it('reaches each thread, and its owner once; the reason stays with those who may read', async () => {
    const deals = [await at.openDeal(), await at.openDeal()];
    await all(/./);
    await place('compliance-1', VALUES);
    await spread();
    const messages = await all(/Stop upgrades and support/);
    expect(messages.map(({ to }) => to).sort()).toEqual(['rep-1', 'thread', 'thread']);
    for (const { to, text } of messages) {
      expect(text.includes('credible')).toBe(to === 'rep-1');
      if (to === 'rep-1') for (const deal of deals) expect(text).toContain(deal);
    }
    for (const deal of deals) {
      expect(await rootText(deal)).toMatch(/On hold: ?stop upgrades and support/i);
      expect(await rootText(deal)).not.toContain('credible');
      expect((await at.store.read(deal)).at(-1)?.contextVersions).toMatchObject({ holds: '1' });
    }
    const commits = await at.commits();
    await spread();
    expect(await at.commits()).toBe(commits);
  });

  it('is lifted by another colleague than who approved a deal that it stands on', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal);
    expect(await approve(deal, 'compliance-1')).toMatchObject({ view: { deal: { status: 'decided' } } });
    await place('compliance-2', VALUES);
    await spread();
    const [hold] = Object.values((await at.desk.registers.holds.now()).state.holds);
    const lift = (person: string) =>
      at.submit(person, 'desk.lift-hold', { hold: hold?.id }, { reason: 'All is well.' });
    const refused = await lift('compliance-1');
    expect(refused.kind === 'errors' && refused.errors['reason']).toMatch(
      /You approved .*a colleague lifts it: Sample Chief/,
    );
    expect(told(await lift('chief-1'))).toContain('lifted');
  });

  it('keeps a new deal of it from being approved, and lets it go when lifted', async () => {
    await place('compliance-1', VALUES);
    await spread();
    const deal = await at.openDeal();
    await at.answerAll(deal);
    const why = await at.ask('rep-1', { kind: 'click', name: 'deal.why', value: deal });
    expect(textOfForm(why)).toContain('A *credible* doubt');
    const sign = () => approve(deal, 'compliance-2');
    expect(await sign()).toMatchObject({
      kind: 'refused',
      refusal: { text: expect.stringContaining('of compliance') },
    });
    const [hold] = await standing();
    const lift = { kind: 'submit', form: 'desk.lift-hold', context: JSON.stringify({ hold: hold?.id }) } as const;
    expect(told(await at.ask('rep-1', { ...lift, values: { reason: 'Mine.' } }))).toContain('Only compliance');
    expect(told(await at.ask('compliance-2', { ...lift, values: { reason: 'Nothing was found.' } }))).toContain(
      'lifted',
    );
    await spread();
    expect(await rootText(deal)).not.toContain('On hold');
    // Whoever placed it, and the chief, hear of it too.
    expect((await all(/lifted the hold/)).map(({ to }) => to).sort()).toEqual([
      'chief-1',
      'compliance-1',
      'rep-1',
      'thread',
    ]);
    expect(await sign()).toMatchObject({ kind: 'accepted' });
  });

  it('reaches many deals a page at a time, each once, through a restart', async () => {
    const count = DEALS_A_PAGE + 30;
    for (let i = 0; i < count; i += 1) await at.openDeal();
    await place('compliance-1', VALUES);
    now += 1000;
    await at.travel(new Date(now).toISOString());
    const { state } = await at.desk.registers.holds.now();
    expect(Object.values(state.spreads)).toMatchObject([{ reached: DEALS_A_PAGE, of: count }]);
    const list = await at.ask('chief-1', { kind: 'words', words: 'holds' }, SLACK);
    expect(told(list)).toContain(`${DEALS_A_PAGE} of ${count} deals`);
    await spread();
    const told2 = await at.store.list({ kind: 'deal', limit: 2 * count });
    const noted = await Promise.all(told2.map(async ({ stream }) => (await at.deals.view(stream))?.deal.holds));
    expect(noted.filter((h) => h && Object.keys(h).length === 1).length).toBe(count);
    expect(new Set(told2.map(({ version }) => version))).toEqual(new Set([2]));
    const mine = (await all(/this is for your deals/)).filter(({ to }) => to === 'rep-1');
    expect(mine.map(({ text }) => text.includes(`and ${count - 10} more deals`))).toEqual([true]);
  });
});

describe('a hold on a deal', () => {
  it('is placed from the deal’s More by compliance, and told to its owner with the reason', async () => {
    const deal = await at.openDeal();
    const more = await at.ask('compliance-1', { kind: 'click', name: 'deal.more', value: deal });
    expect(textOfForm(more)).toContain('Place a hold');
    expect(textOfForm(await at.ask('rep-1', { kind: 'click', name: 'deal.more', value: deal }))).not.toContain('hold');
    const next = await at.submit('compliance-1', 'deal.more', { deal }, { choice: 'hold' });
    expect(next).toMatchObject({ kind: 'form', form: { name: 'desk.hold' } });
    await all(/./);
    expect(told(await submit('compliance-1', { deal }, VALUES))).toContain('The hold stands');
    await spread();
    const messages = await all(/Stop upgrades and support/);
    expect(messages.map(({ to }) => to).sort()).toEqual(['rep-1', 'thread']);
    expect(messages.find(({ to }) => to === 'rep-1')?.text).toContain('A *credible* doubt <!channel>.');
    const again = await at.ask('chief-1', { kind: 'click', name: 'deal.more', value: deal });
    expect(textOfForm(again)).toContain('Lift the hold');
    expect(textOfForm(again)).not.toContain('Place a hold');
    const lift = await at.submit('chief-1', 'deal.more', { deal }, { choice: 'lift-hold' });
    expect(lift).toMatchObject({ kind: 'form', form: { name: 'desk.lift-hold' } });
  });

  it('is asked for by words: with a deal, without one, and where no form opens', async () => {
    const deal = await at.openDeal();
    const form = await at.ask('compliance-1', { kind: 'words', words: `hold ${deal}`, canOpen: true }, SLACK);
    expect(form.kind === 'form' && JSON.parse(form.form.context)).toMatchObject({ deal });
    expect((await at.ask('compliance-1', { kind: 'words', words: 'hold', canOpen: true }, SLACK)).kind).toBe('form');
    const card = await at.ask('compliance-1', { kind: 'words', words: 'hold' }, TEAMS);
    expect(card.kind === 'tell' && actionsOf(card.card).map(({ name }) => name)).toEqual(['desk.hold']);
    expect(told(await at.ask('rep-1', { kind: 'words', words: 'hold', canOpen: true }, SLACK))).toContain(
      'Only compliance',
    );
    const unknown = await at.ask('compliance-1', { kind: 'words', words: 'hold D-AAAAAA', canOpen: true }, SLACK);
    expect(told(unknown)).toContain('Only the deal team');
    // A typed number is shown with its deal first.
    const typed = { ...VALUES, on: 'deal', deal: deal.toLowerCase() };
    expect(textOfForm(await submit('compliance-1', {}, typed))).toContain('This is the deal');
    await place('compliance-1', typed);
    expect(await standing()).toMatchObject([{ on: { of: 'deal', deal } }]);
    expect(await submit('compliance-1', {}, { ...typed, deal: 'D-AAAAAA' })).toMatchObject({
      errors: { deal: expect.stringContaining('no such deal') },
    });
  });

  it('is not for compliance on its own deal, whatever the form says', async () => {
    const opened = await at.deals.open(
      { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEAR' }, details: aDeal().details },
      { actor: 'compliance-2', cause: 'hers' },
    );
    const deal = opened.view?.deal.id ?? '';
    expect(await submit('compliance-2', { deal }, VALUES)).toMatchObject({
      kind: 'errors',
      errors: { reason: expect.stringContaining('another compliance colleague') },
    });
    expect(await place('compliance-2', VALUES)).toMatchObject({
      errors: { reason: expect.stringContaining('another compliance colleague') },
    });
    await place('compliance-1', VALUES);
    const [hold] = await standing();
    const lift = await at.submit('compliance-2', 'desk.lift-hold', { hold: hold?.id }, { reason: 'It is fine.' });
    expect(lift).toMatchObject({ kind: 'errors' });
    expect(await standing()).toHaveLength(1);
  });

  it('is refused to everybody else, by button and by form', async () => {
    const deal = await at.openDeal();
    for (const person of ['rep-1', 'senior-1', 'counsel-1']) {
      for (const name of ['desk.hold', 'desk.holds', 'desk.lift-hold', 'desk.hold-review']) {
        expect(told(await at.ask(person, { kind: 'click', name, value: '' }))).toContain('Only compliance');
      }
      for (const form of ['desk.hold', 'desk.lift-hold', 'desk.hold-review']) {
        expect(told(await at.submit(person, form, { deal, hold: 'x' }, VALUES))).toContain('Only compliance');
      }
    }
    expect(await standing()).toEqual([]);
  });
});

describe('the list of holds', () => {
  it('names each with what can be done, and moves its date', async () => {
    expect(told(await at.ask('compliance-1', { kind: 'words', words: 'holds' }, TEAMS))).toContain('No hold stands');
    await place('compliance-1', VALUES);
    const list = await at.ask('compliance-2', { kind: 'words', words: 'holds' }, TEAMS);
    expect(list.kind === 'tell' && actionsOf(list.card).map(({ name }) => name)).toEqual([
      'desk.lift-hold',
      'desk.hold-review',
      'desk.hold',
    ]);
    const [hold] = await standing();
    const move = (review: string) => at.submit('compliance-2', 'desk.hold-review', { hold: hold?.id }, { review });
    expect(await move('2027-02-01')).toMatchObject({ errors: { review: expect.stringContaining('after today') } });
    expect(told(await move('2027-06-01'))).toContain('1 June 2027');
    expect(await standing()).toMatchObject([{ review: '2027-06-01' }]);
    await spread();
    await all(/./);
    now = Date.parse('2027-06-01T09:00:00.000Z');
    await at.travel('2027-06-01T09:00:00.000Z');
    const reminders = await all(/to be looked at/);
    expect(reminders.map(({ to }) => to).sort()).toEqual(['compliance-1', 'compliance-2']);
    expect(reminders[0]?.text).toContain('You get this because compliance looks at every hold again');
  });

  it('shows many page by page', async () => {
    for (let i = 0; i < 12; i += 1) await place('compliance-1', { ...VALUES, endUser: `Sample Agency ${i}` });
    const list = await at.ask('chief-1', { kind: 'words', words: 'holds' }, SLACK);
    const next = list.kind === 'tell' ? actionsOf(list.card).find(({ name }) => name === 'desk.holds') : undefined;
    expect(next?.label).toBe('Show 2 more');
    const page = await at.ask('chief-1', { kind: 'click', name: 'desk.holds', value: next?.value ?? '' }, SLACK);
    expect(page.kind === 'tell' && actionsOf(page.card).filter(({ name }) => name === 'desk.lift-hold').length).toBe(2);
  });
});

describe('a hold on an end-user whose name is written otherwise', () => {
  const named = async (name: string): Promise<string> => {
    const outcome = await at.deals.open(
      {
        type: 'OpenDeal',
        home: { platform: 'slack', channel: 'C0CLEAR' },
        details: { ...aDeal().details, endUser: { name, kind: 'government' } },
      },
      { actor: 'rep-1', cause: `named-${name}` },
    );
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    return outcome.view.deal.id;
  };
  const held = async (deal: string): Promise<number> =>
    Object.keys((await at.deals.view(deal))?.deal.holds ?? {}).length;

  it('reaches deals that were open, and those that are opened under it', async () => {
    const names = ['Heаrd Road Agency', 'Agency of the Heard Road', 'HEARD ROAD AGENCY'];
    const before = await Promise.all(names.map((name) => named(name)));
    const other = await named('Heard Weather Office');
    expect((await place('compliance-1', { ...VALUES, endUser: 'Heard Road Agency' })).kind).toBe('tell');
    await spread();
    const after = await named('Неаrd Roаd Agency');
    for (const deal of [...before, after]) expect(await held(deal)).toBe(1);
    expect(await held(other)).toBe(0);
    expect(textOfForm(await place('compliance-1', { ...VALUES, endUser: 'Road Agency, Heаrd' }))).toContain(
      'This end-user is on hold already.',
    );
  });
});

describe('a hold for a later day', () => {
  it('is seen by compliance alone, leaves with that morning’s messages, and looks like one that was placed then', async () => {
    const deal = await at.openDeal();
    await all(/./);
    const root = await rootText(deal);
    const planned = { ...VALUES, from: '2027-03-03' };
    expect(told(await place('compliance-1', planned))).toContain('begins on the morning of 3 March 2027');
    await at.travel('2027-03-02T15:00:00.000Z');
    expect(await all(/./)).toEqual([]);
    expect(await rootText(deal)).toBe(root);
    const list = await at.ask('compliance-2', { kind: 'words', words: 'holds' }, SLACK);
    expect(told(list)).toMatch(/No hold stands, 1 planned[\s\S]*Begins on the morning of 3 March 2027/);
    expect(told(await at.ask('rep-1', { kind: 'words', words: 'holds' }, SLACK))).toContain('Only compliance');
    now = Date.parse('2027-03-03T09:00:00.000Z');
    await at.travel(new Date(now).toISOString());
    await spread();
    const messages = await all(/Stop upgrades and support/);
    expect(messages.map(({ to }) => to).sort()).toEqual(['rep-1', 'thread']);
    for (const { text } of messages) expect(text).not.toMatch(/planned|morning|complaint|2 March|1 March/i);
    expect(await standing()).toMatchObject([{ because: 'inquiry' }]);
  });

  it('brings a page back that compliance opened before it was planned, and no page of anybody else', async () => {
    const view = (await at.deals.view(await at.openDeal()))!;
    const shownTo = async (person: string) => writtenShown(await writtenElsewhere(at.desk, view, person));
    const before = { compliance: await shownTo('compliance-2'), senior: await shownTo('senior-1') };
    const since = (person: string, shown: string | undefined) => isWrittenSince(at.desk, view, person, shown);
    expect(await since('compliance-2', before.compliance)).toBe(false);
    await place('compliance-1', { ...VALUES, from: '2027-03-03' });
    expect(await since('compliance-2', before.compliance)).toBe(true);
    expect(await since('compliance-2', await shownTo('compliance-2'))).toBe(false);
    expect(await since('senior-1', before.senior)).toBe(false);
  });

  it('is withdrawn before its day, and nobody of the deal hears of it', async () => {
    await at.openDeal();
    await all(/./);
    await place('compliance-1', { ...VALUES, from: '2027-03-03' });
    const list = await at.ask('compliance-2', { kind: 'words', words: 'holds' }, SLACK);
    const [button] = list.kind === 'tell' ? actionsOf(list.card) : [];
    expect(button?.label).toBe('Withdraw');
    const form = await at.ask('compliance-2', { kind: 'click', name: 'desk.lift-hold', value: button?.value ?? '' });
    expect(textOfForm(form)).toContain('No deal was told of it');
    const context = { hold: button?.value };
    expect(told(await at.submit('compliance-2', 'desk.lift-hold', context, { reason: 'It was a mistake.' }))).toContain(
      'The hold is withdrawn',
    );
    now = Date.parse('2027-03-04T09:00:00.000Z');
    await at.travel(new Date(now).toISOString());
    const messages = await all(/Hold|Stop upgrades/);
    expect(messages.map(({ to }) => to).toSorted()).toEqual(['chief-1', 'compliance-1']);
    expect(messages[0]?.text).toMatch(/withdrew the hold[\s\S]*was to begin on 3 March 2027/);
  });

  it('says at the input what is wrong with its day or its reason', async () => {
    expect(await place('compliance-1', { ...VALUES, from: '2027-02-01' })).toMatchObject({
      errors: { from: expect.stringContaining('today or a later day') },
    });
    expect(await place('compliance-1', { ...VALUES, reason: 'A complaint came in.' })).toMatchObject({
      errors: { reason: expect.stringContaining('somebody spoke') },
    });
    expect(await place('compliance-1', { ...VALUES, because: 'complaint' })).toMatchObject({
      errors: { because: expect.any(String) },
    });
  });
});
