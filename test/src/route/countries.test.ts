/** Country alerts and the watch list in either chat: issued, spreading to thousands of deals, ended; looked at. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { reviewCard } from '../../../blocks/cards/review.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import type { Ballot } from '../../../flows/deal/deal.ts';
import { watchStanding } from '../../../flows/registers/watch-list.ts';
import { besideDeals } from '../../../src/digests/beside.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { DEALS_A_PAGE } from '../../../src/ticker/fan-out.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { tellAll } from '../../support/telling.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const FAR = '2099-01-01T00:00:00.000Z';
const THERE = aDeal().details.destination;

let at: AtDesk;
let now: number;
beforeEach(() => {
  at = atDesk();
  now = Date.parse('2027-03-01T09:00:00.000Z');
});
afterEach(() => at.end());

const state = async () => (await at.desk.registers.countries.now()).state;
const later = async (ms = 1000): Promise<void> => {
  now += ms;
  await at.travel(new Date(now).toISOString());
};
const spread = async (): Promise<void> => {
  do await later();
  while (Object.keys((await state()).spreads).length > 0);
};
const VALUES = {
  country: THERE,
  why: 'Elections were called off <!channel>.',
  source: 'Sample report, 2027, https://reports.example.org/a',
  on: '2027-02-28',
} satisfies FormValues;
const textOfForm = (reply: Reply): string =>
  reply.kind === 'form' ? JSON.stringify(reply.form.blocks) : JSON.stringify(reply);
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const issue = async (values: FormValues = VALUES): Promise<Reply> => {
  const shown = await at.submit('compliance-1', 'desk.alert', {}, values);
  if (shown.kind !== 'form') return shown;
  return at.ask('compliance-1', { kind: 'submit', form: 'desk.alert', context: shown.form.context, values });
};
const approved = async (): Promise<string> => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  const view = await at.deals.view(deal);
  if (view?.deal.status !== 'deciding') throw new Error('not deciding');
  const ballot: Ballot = { outcome: 'approve', flags: {}, conditions: [], rationale: 'The answers show little risk.' };
  const { step, route } = view.deal;
  const vote = { type: 'CastVote', step, factsHash: route.factsHash, ballot } as const;
  const outcome = await at.deals.handle(deal, vote, { actor: 'compliance-1', cause: `vote-${deal}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return deal;
};
const viewOf = async (deal: string) => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};

describe('an alert', () => {
  it('shows first how many deals it is for, asks approved ones for a reassessment, and shows itself on the others', async () => {
    const sold = await approved();
    const asked = await at.openDeal();
    const reviewed = await at.openDeal();
    await at.answerAll(reviewed);
    await tellAll(at, /./);
    const shown = await at.submit('compliance-1', 'desk.alert', {}, VALUES);
    expect(textOfForm(shown)).toContain('1 approved deal is to be reassessed, and 2 deals under way show the alert');
    expect(shown.kind === 'form' && presets(shown.form)).toMatchObject({ why: VALUES.why, country: THERE });
    expect((await state()).alerts).toEqual({});
    expect(told(await issue())).toContain('on its way');
    // Approvers read it from this moment, before it has reached any deal.
    expect(plain(reviewCard(await viewOf(reviewed), 0))).toContain('Country alert');
    await spread();
    const { deal } = await viewOf(sold);
    expect(deal.reassessments).toMatchObject([{ trigger: 'A5', why: VALUES.why }]);
    for (const id of [asked, reviewed]) {
      expect(plain(rootCard(await viewOf(id)))).toMatch(/Country alert: .*Elections were called off <!channel>/);
    }
    const { told: messages } = await tellAll(at, /Country alert/);
    expect(messages.map(({ to }) => to)).toEqual(['rep-1']);
    expect(messages[0]?.text).toContain('It affects 3 of your deals:');
    for (const id of [sold, asked, reviewed]) expect(messages[0]?.text).toContain(id);
  });

  it('is no change of facts: a vote signed on the form before it counts', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal);
    const before = (await viewOf(deal)).deal;
    await issue();
    await spread();
    const after = (await viewOf(deal)).deal;
    expect(after.status === 'deciding' && after.route).toEqual(before.status === 'deciding' && before.route);
  });

  it('leaves deals elsewhere alone, and none knows of it twice', async () => {
    const deal = await at.openDeal();
    await issue({ ...VALUES, country: THERE === 'NO' ? 'SE' : 'NO' });
    await spread();
    expect((await viewOf(deal)).deal.warned ?? []).toEqual([]);
    await issue();
    await spread();
    const commits = await at.commits();
    await spread();
    expect(await at.commits()).toBe(commits);
  });

  it('fills its form in from words, and brings the button where no form opens', async () => {
    const words = 'alert Norway Elections were called off, https://reports.example.org/a';
    const form = await at.ask('compliance-1', { kind: 'words', words, canOpen: true }, SLACK);
    const filled = {
      country: 'NO',
      why: 'Elections were called off',
      source: 'reports.example.org, https://reports.example.org/a',
    };
    expect(form.kind === 'form' && presets(form.form)).toMatchObject(filled);
    const card = await at.ask('compliance-1', { kind: 'words', words }, TEAMS);
    const [button] = card.kind === 'tell' ? actionsOf(card.card) : [];
    expect(button?.name).toBe('desk.alert');
    const opened = await at.ask(
      'compliance-1',
      { kind: 'click', name: 'desk.alert', value: button?.value ?? '' },
      TEAMS,
    );
    expect(opened.kind === 'form' && presets(opened.form)).toMatchObject(filled);
    const unclear = await at.ask(
      'compliance-1',
      { kind: 'words', words: 'alert elections there', canOpen: true },
      SLACK,
    );
    expect(unclear.kind === 'form' && presets(unclear.form)).toMatchObject({ why: 'elections there' });
  });

  it.each([
    ['Norway: unrest;  https://a.example/x?y', { why: 'unrest', source: 'a.example, https://a.example/x?y' }],
    ['Norway unrest,https://a.example/x', { why: 'unrest', source: 'a.example, https://a.example/x' }],
    ['Norway https://a.example/x', { source: 'a.example, https://a.example/x' }],
    ['Norway see https://a.example/x for more', { why: 'see https://a.example/x for more' }],
    ['Norway unrest https://', { why: 'unrest https://' }],
    [`Norway a${' '.repeat(900)}b`, { why: `a${' '.repeat(900)}b` }],
  ])('reads %s', async (typed, filled) => {
    const reply = await at.ask('compliance-1', { kind: 'words', words: `alert ${typed}`, canOpen: true }, SLACK);
    const { why, source } = reply.kind === 'form' ? presets(reply.form) : {};
    expect({ why, source }).toEqual({ why: undefined, source: undefined, ...filled });
  });

  it.each([
    [{ ...VALUES, country: 'XX' }, 'country', 'from the list'],
    [{ ...VALUES, source: 'http://reports.example.org' }, 'source', 'https'],
    [{ ...VALUES, why: '\u200b' }, 'why', 'what happened'],
    [{ country: THERE, why: 'It happened.' }, 'on', 'choose the day'],
  ])('says what is wrong with %o and keeps what was typed', async (values, input, words) => {
    const reply = await at.submit('compliance-1', 'desk.alert', { seen: THERE }, values as FormValues);
    expect(reply.kind === 'errors' && reply.errors).toMatchObject({ [input]: expect.stringContaining(words) });
    const again = reply.kind === 'errors' ? reply.form?.() : undefined;
    expect(again && presets(again)).toMatchObject({ why: values.why });
    expect((await state()).alerts).toEqual({});
  });

  it('is ended with a reason, and deals show it no more', async () => {
    const deal = await at.openDeal();
    await issue();
    await spread();
    const list = await at.ask('chief-1', { kind: 'words', words: 'alerts' }, TEAMS);
    expect(told(list)).toContain('1 country alert stands');
    const end = list.kind === 'tell' ? actionsOf(list.card).find(({ name }) => name === 'desk.end-alert') : undefined;
    const alert = end?.value ?? '';
    expect((await at.ask('chief-1', { kind: 'click', name: 'desk.end-alert', value: alert }, TEAMS)).kind).toBe('form');
    const over = await at.submit('chief-1', 'desk.end-alert', { alert }, { reason: 'They were held.' });
    expect(told(over)).toContain('ended');
    expect(plain(rootCard(await viewOf(deal)))).not.toContain('Country alert');
    await spread();
    expect((await viewOf(deal)).deal.warned).toEqual([]);
    const again = await at.submit('chief-1', 'desk.end-alert', { alert }, { reason: 'They were held.' });
    expect(again.kind === 'errors' && again.errors['reason']).toContain('ended already');
  });

  it('is not ended by compliance over a live deal of their own team, wherever that goes now', async () => {
    const own = (country: string) =>
      at.deals.open(
        {
          type: 'OpenDeal',
          home: { platform: 'slack', channel: 'C0CLEAR' },
          details: { ...aDeal().details, destination: country },
        },
        { actor: 'compliance-1', cause: `own-${country}` },
      );
    const deal = (await own(THERE)).view?.deal.id ?? '';
    await own(THERE === 'NO' ? 'SE' : 'NO');
    await issue();
    await spread();
    const [alert = ''] = Object.keys((await state()).alerts);
    const end = (person: string) => at.submit(person, 'desk.end-alert', { alert }, { reason: 'They are free again.' });
    const refused = await end('compliance-1');
    expect(refused).toMatchObject({ errors: { reason: expect.stringMatching(/on the team of a deal.*Who can: /) } });
    expect(Object.keys((await state()).alerts)).toEqual([alert]);
    const gone = { type: 'Withdraw', reason: 'They took another supplier.' } as const;
    expect((await at.deals.handle(deal, gone, { actor: 'compliance-1', cause: 'gone' })).kind).toBe('accepted');
    expect(told(await end('compliance-1'))).toContain('ended');
  });

  it('is for compliance alone, by button, words and form', async () => {
    await issue();
    const [alert = ''] = Object.keys((await state()).alerts);
    for (const person of ['rep-1', 'senior-1', 'counsel-1']) {
      for (const name of ['desk.alert', 'desk.alerts', 'desk.end-alert', 'desk.watcher']) {
        expect(told(await at.ask(person, { kind: 'click', name, value: THERE }))).toContain('Only compliance');
      }
      for (const form of ['desk.alert', 'desk.end-alert', 'desk.watcher']) {
        const context = { seen: THERE, alert, country: THERE };
        const values = { ...VALUES, reason: 'Over.', watcher: person };
        expect(told(await at.submit(person, form, context, values))).toContain('Only compliance');
      }
      expect(told(await at.ask(person, { kind: 'words', words: 'alert NO x', canOpen: true }, SLACK))).toContain(
        'Only',
      );
    }
    expect(Object.keys((await state()).alerts)).toEqual([alert]);
  });
});

describe('an alert for 1,500 deals', () => {
  it('is paced and seen on its way, each deal once, one message, cards that wait for others', async () => {
    const MANY = 1500;
    const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
    const openOne = (i: number) =>
      at.deals.open(
        { type: 'OpenDeal', home, details: aDeal().details },
        { actor: i % 500 === 0 ? 'product-1' : 'rep-1', cause: `many-${i}` },
      );
    for (let i = 0; i < MANY; i += 100) await Promise.all(Array.from({ length: 100 }, (_, j) => openOne(i + j)));
    await at.desk.index();
    for (;;) {
      const rows = await at.store.claim(FAR, 1000, 500);
      if (rows.length === 0) break;
      await Promise.all(rows.map((row) => at.store.settle(row.id, row.version, row.attempts)));
    }
    await issue();
    let pages = 0;
    const seen: string[] = [];
    while (Object.keys((await state()).spreads).length > 0) {
      await later();
      pages += 1;
      if (pages === 3) seen.push(told(await at.ask('compliance-1', { kind: 'words', words: 'alerts' }, SLACK)));
    }
    expect(pages).toBe(Math.ceil(MANY / DEALS_A_PAGE));
    expect(seen[0]).toContain('900 of 1,500 deals');
    const deals = await at.desk.index();
    expect(deals.filter(({ warned }) => warned.length === 1)).toHaveLength(MANY);
    expect(new Set(deals.map(({ version }) => version))).toEqual(new Set([2]));
    // A card for each deal and a message for each owner; a person's own requests go before the cards.
    expect((await at.store.outboxBacklog(FAR)).owed).toBe(MANY + 2);
    const { told: messages } = await tellAll(at, /Country alert/, 2);
    expect(messages.map(({ to, text }) => [to, /[\d,]+ of your deals/.exec(text)?.[0]])).toEqual(
      expect.arrayContaining([
        ['rep-1', '1497 of your deals'],
        ['product-1', '3 of your deals'],
      ]),
    );
    const urgent = await at.openDeal();
    const [first] = await at.store.claim(FAR, 1000, 1);
    expect(first?.stream).toBe(urgent);
  }, 300_000);
});

describe('the watch list', () => {
  const watch = (person: string) => at.ask(person, { kind: 'words', words: 'watch' }, TEAMS);
  it('has the countries of approved deals; who looked says what was found', async () => {
    expect(told(await watch('compliance-1'))).toContain('No approved deal goes anywhere yet');
    await approved();
    const list = await watch('compliance-1');
    expect(told(list)).toMatch(/1 approved deal\. Watched by compliance[\s\S]*Nobody has looked at it yet/);
    expect(list.kind === 'tell' && actionsOf(list.card).map(({ name }) => name)).toEqual([
      'desk.looked',
      'desk.watcher',
      'desk.alert',
      // Whom somebody asked outside goes into the register of the programme.
      'desk.programme-asked',
    ]);
    expect((await at.ask('compliance-1', { kind: 'click', name: 'desk.looked', value: THERE }, TEAMS)).kind).toBe(
      'form',
    );
    const look = (person: string, values: FormValues) => at.submit(person, 'desk.looked', { country: THERE }, values);
    const nothing = { found: 'nothing new', note: 'Read <!here> the press.', source: VALUES.source };
    expect(told(await look('compliance-1', nothing))).toContain('Thank you for looking');
    expect(told(await watch('chief-1'))).toContain('Read <!here> the press.');
    expect(await look('compliance-1', { found: 'nothing new' })).toMatchObject({
      errors: { note: expect.any(String) },
    });
    await tellAll(at, /./);
    const something = await look('compliance-1', { ...nothing, found: 'something new', note: 'A new law.' });
    expect(something).toMatchObject({ kind: 'form', form: { name: 'desk.alert' } });
    expect(something.kind === 'form' && presets(something.form)).toMatchObject({ country: THERE, why: 'A new law.' });
  });

  it('is given to somebody, who is told, sees theirs alone, and tells compliance what is new', async () => {
    await approved();
    await tellAll(at, /./);
    expect(told(await watch('counsel-1'))).toContain("You aren't watching any country yet");
    const assigned = await at.submit('compliance-1', 'desk.watcher', { country: THERE }, { watcher: 'counsel-1' });
    expect(told(assigned)).toContain('They are told');
    expect((await tellAll(at, /You watch/)).told.map(({ to }) => to)).toEqual(['counsel-1']);
    const list = await watch('counsel-1');
    expect(list.kind === 'tell' && actionsOf(list.card).map(({ name }) => name)).toEqual(['desk.looked']);
    const found = { found: 'something new', note: 'A new law on interception.' };
    expect(told(await at.submit('counsel-1', 'desk.looked', { country: THERE }, found))).toContain('Compliance hears');
    expect((await tellAll(at, /A new law on interception/)).told.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(told(await at.submit('senior-1', 'desk.looked', { country: THERE }, found))).toContain(
      'Only the person who watches',
    );
  });

  it('is counted each day, reminds once when it is time, and shows what is overdue', async () => {
    await approved();
    await at.spreading.begin();
    expect((await state()).watch).toMatchObject({ [THERE]: { deals: 1 } });
    await tellAll(at, /./);
    now = Date.parse('2027-05-31T09:00:00.000Z');
    await later(0);
    await later(60_000);
    const { told: reminders } = await tellAll(at, /What is new/);
    expect(reminders.map(({ to }) => to)).toEqual(['compliance-1']);
    expect(reminders[0]?.text).toContain('You get this because you watch them');
    const list = await watch('compliance-1');
    expect(told(list)).toContain('1 overdue');
    const { countries } = at.desk.registers;
    expect(watchStanding(await state(), countries.context(), new Date(now).toISOString())).toMatchObject([
      { country: THERE, overdue: true },
    ]);
  });
});

describe('a digest', () => {
  it('has one line for an alert, however many deals it reached, and one for a country nobody looked at', async () => {
    await approved();
    await approved();
    await at.spreading.begin();
    await issue();
    await spread();
    const lines = async (since?: string) => {
      const { registers } = at.desk;
      const options = { store: at.store, registers, policy: registers.policy };
      return (await besideDeals(options, since, new Date(now).toISOString())).lines;
    };
    const alerted = { of: 'country alert', people: [], days: 0, about: THERE };
    expect(await lines()).toEqual([alerted]);
    expect(await lines('2027-03-01T08:00:00.000Z')).toEqual([alerted]);
    await at.submit('compliance-1', 'desk.watcher', { country: THERE }, { watcher: 'counsel-1' });
    now = Date.parse('2027-06-03T09:00:00.000Z');
    // No review since the deals were counted first: 90 days until 30 May.
    expect(await lines('2027-05-27T09:00:00.000Z')).toEqual([
      { of: 'country to look at', people: ['counsel-1'], days: 4, about: THERE },
    ]);
  });
});

it('says that it is still counting, to a watch list, an alert and a hold', async () => {
  await at.end();
  const folder = sqliteFolder();
  const store = folder.open();
  at = atDesk({ folder, store: { ...store, list: () => new Promise(() => {}) }, listDeadlineMs: 20 });
  expect(told(await at.ask('compliance-1', { kind: 'words', words: 'watch' }, SLACK))).toMatch(
    /still counting the deals\. Please ask again in a moment: \/deal watch/,
  );
  const alert = await at.submit('compliance-1', 'desk.alert', {}, VALUES);
  expect(alert).toMatchObject({ kind: 'errors', errors: { country: expect.stringMatching(/still counting/) } });
  const hold = await at.submit(
    'compliance-1',
    'desk.hold',
    {},
    {
      on: 'end-user',
      endUser: 'Sample Ministry',
      because: 'inquiry',
      stop: ['upgrades'],
      reason: 'A credible doubt.',
      review: '2027-06-01',
    },
  );
  expect(hold).toMatchObject({ kind: 'errors', errors: { endUser: expect.stringMatching(/still counting/) } });
  expect((await state()).alerts).toEqual({});
});
