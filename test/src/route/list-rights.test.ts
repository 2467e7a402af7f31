/** Person × deal × list: every list, word, page and file names exactly the deals that the deal itself lets that person read. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { canRead } from '../../../flows/deal/rights/access.ts';
import { isCounsel, isOfCompliance, type Organisation } from '../../../flows/organisation.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf } from '../../blocks/cards/plain.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { TIMED } from '../../support/ticking.ts';

/** Buttons that show something and change nothing. */
const READS = new Set(
  'deal.show deal.open-thread deal.why deal.dossier deal.answers desk.find desk.find-form desk.list-csv desk.mine desk.home desk.help'.split(
    ' ',
  ),
);

const SLACK: Place = { platform: 'slack', channel: 'D0ME', direct: true };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
/** With an auditor. */
const ORGANISATION: Organisation = {
  ...TIMED.organisation,
  people: [...TIMED.organisation.people, { id: 'auditor-1', name: 'Sample Auditor' }],
  groups: [...TIMED.organisation.groups, { id: 'audit', name: 'Audit', members: ['auditor-1'] }],
  roles: { ...TIMED.organisation.roles, auditors: 'audit' },
};
const PEOPLE = [...ORGANISATION.people.map(({ id }) => id), 'stranger'];

let at: AtDesk;
let deals: string[];
const oracle = new Map<string, string[]>();

const opened = async (actor: string, customer: string): Promise<string> => {
  const outcome = await at.deals.open(
    { type: 'OpenDeal', home: { platform: 'slack', channel: 'C0CLEAR' }, details: { ...aDeal().details, customer } },
    { actor, cause: `open ${customer}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};

beforeAll(async () => {
  at = atDesk({ organisation: ORGANISATION, policy: TIMED.policy });
  const answering = await opened('rep-1', 'One');
  const handed = await opened('rep-1', 'Two');
  const low = await opened('rep-1', 'Three');
  const high = await opened('rep-1', 'Four');
  const gone = await opened('rep-1', 'Five');
  const of = await opened('product-1', 'Six');
  const own = await opened('compliance-2', 'Seven');
  await at.submit('rep-1', 'deal.section', { deal: handed, section: 'scope' }, { 'q:G1': 'yes' });
  await at.submit(
    'rep-1',
    'deal.hand-over',
    { deal: handed, section: 'record' },
    { person: 'product-1', note: 'You.' },
  );
  await at.answerAll(low);
  await at.answerAll(high, { 'H-RF1': 'yes' });
  await at.submit('rep-1', 'deal.more', { deal: gone }, { choice: 'withdraw', reason: 'They went elsewhere.' });
  for (const [absent, delegate] of [
    ['rep-1', 'boss-1'],
    ['senior-1', 'product-1'],
  ] as const) {
    await at.desk.registers.absences.handle(
      { type: 'SetAway', delegate, from: '2027-03-01', until: '2027-03-12' },
      { actor: absent, cause: `away ${absent}` },
    );
  }
  deals = [answering, handed, low, high, gone, of, own];
  for (const person of PEOPLE) {
    const views = await Promise.all(deals.map((id) => at.deals.view(id)));
    oracle.set(
      person,
      views.flatMap((view) => (view && canRead(view, person) ? [view.deal.id] : [])),
    );
  }
});
afterAll(() => at.end());

it('an auditor is offered no new deal where there are none either', async () => {
  const empty = atDesk({ organisation: ORGANISATION, policy: TIMED.policy });
  try {
    for (const words of ['home', 'list', 'find sample', 'mine', 'queue', 'help']) {
      const reply = await empty.ask('auditor-1', { kind: 'words', words }, SLACK);
      if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
      const names = actionsOf(reply.card).map(({ name }) => name);
      expect([words, names.filter((name) => !READS.has(name))]).toEqual([words, []]);
      expect(JSON.stringify(reply.card)).not.toContain('/deal new deal');
    }
  } finally {
    await empty.end();
  }
});

it('an auditor reads all that compliance reads, and is given nothing to press that acts', async () => {
  expect(readableBy('auditor-1')).toEqual(deals);
  for (const place of [SLACK, TEAMS]) {
    for (const words of ['home', 'list', 'find sample', 'mine', 'queue', 'help', ...deals]) {
      const reply = await say('auditor-1', words, place);
      if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
      const names = actionsOf(reply.card).map(({ name }) => name);
      expect([words, names.filter((name) => !READS.has(name))]).toEqual([words, []]);
    }
    for (const words of ['new deal', 'board', 'hold']) {
      const said = JSON.stringify(await say('auditor-1', words, place));
      expect([words, said]).toEqual([words, expect.stringMatching(/auditor|Only compliance/)]);
    }
    expect(JSON.stringify(await press('auditor-1', 'deal.new', '', place))).toContain('and open none');
    for (const deal of deals) {
      for (const name of ['deal.more', 'deal.review', 'deal.nudge', 'deal.raise-flag', 'deal.answer']) {
        const said = JSON.stringify(
          await press('auditor-1', name, `${deal}/${name === 'deal.answer' ? 'scope' : '0'}`, place),
        );
        expect([name, deal, said]).toEqual([
          name,
          deal,
          expect.stringMatching(
            /You are an auditor|nothing else that you can do|not waiting for a decision|No answers|waits for no/,
          ),
        ]);
      }
    }
  }
});

const readableBy = (person: string): string[] => oracle.get(person) ?? [];
const idsIn = (reply: Reply): string[] => {
  const text = JSON.stringify(reply.kind === 'file' ? reply.file.content() : reply);
  return deals.filter((id) => text.includes(id)).toSorted();
};
const say = (person: string, words: string, place: Place): Promise<Reply> =>
  at.ask(person, { kind: 'words', words }, place);
const press = (person: string, name: string, value: string, place: Place): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, place);

/** Each shows every deal that the person may read. */
const WHOLE: Readonly<Record<string, (person: string, place: Place) => Promise<Reply>>> = {
  list: (person, place) => say(person, 'list', place),
  'list with filters': (person, place) => say(person, 'list country:Norway overdue:no', place),
  find: (person, place) => say(person, 'find sample', place),
  'find by a filter alone': (person, place) => say(person, 'find kind:security', place),
  'a name': (person, place) => say(person, 'Sample Ministry', place),
  'a page of the list': (person, place) => press(person, 'desk.find', '1', place),
  'a page of what was found': (person, place) => press(person, 'desk.find', '1/country:NO sort:waiting', place),
  'words that no deal has beside others': (person, place) => say(person, 'find sample wobbly', place),
  'a page without them': (person, place) => press(person, 'desk.find', '1/sample wobbly', place),
  'a slip beside others': (person, place) => say(person, 'sample deals to Norwey', place),
  'the form that finds': (person, place) =>
    at.ask(person, { kind: 'submit', form: 'desk.find-form', context: '{}', values: { words: 'sample' } }, place),
  'a decision, by a name': (person, place) => say(person, 'who approved Sample Ministry?', place),
  'the file': (person, place) => press(person, 'desk.list-csv', '', place),
  'the file of what was found': (person, place) => press(person, 'desk.list-csv', 'sample year:2027', place),
};

it.each(Object.keys(WHOLE))('%s', async (surface) => {
  for (const person of PEOPLE) {
    for (const place of [SLACK, TEAMS]) {
      const reply = await WHOLE[surface]?.(person, place);
      expect([person, reply && idsIn(reply)]).toEqual([person, readableBy(person).toSorted()]);
    }
  }
  // Somebody reads all, somebody some, somebody none.
  expect(new Set(PEOPLE.map((person) => readableBy(person).length)).size).toBeGreaterThan(3);
});

const seek = (person: string, query: string): Promise<Reply> =>
  at.ask(person, { kind: 'suggest', source: 'deals', query }, TEAMS);

it.each(['', 'Sample Ministry', 'country:Norway'])('what can be pasted, looked for with “%s”', async (query) => {
  for (const person of PEOPLE) {
    expect([person, idsIn(await seek(person, query))]).toEqual([person, readableBy(person).toSorted()]);
  }
});

it('what is left out of what can be pasted is counted in the last one that is shown', async () => {
  for (let n = 0; n < 12; n += 1) await at.openDeal();
  const reply = await seek('chief-1', 'Sample');
  if (reply.kind !== 'options') throw new Error(JSON.stringify(reply));
  const said = reply.options.map(({ description = '' }) => /10 of \d+ deals are shown/u.test(description));
  expect(said).toEqual([...Array.from({ length: 9 }, () => false), true]);
});

it('a number finds, opens and exports its deal for whoever may read it, and for nobody else', async () => {
  const withoutNumbers = (reply: Reply): string => JSON.stringify(reply).replaceAll(/D-\w+/g, '');
  // What is said of a deal that is not there is all that anybody learns of one that they may not read.
  const none = [
    withoutNumbers(await say('rep-1', 'why D-9Z9Z9Z', TEAMS)),
    withoutNumbers(await say('rep-1', 'why D-9Z9Z9Z', SLACK)),
    withoutNumbers(await press('rep-1', 'deal.show', 'D-9Z9Z9Z', TEAMS)),
  ];
  for (const person of PEOPLE) {
    for (const deal of deals) {
      const may = readableBy(person).includes(deal);
      expect([person, idsIn(await seek(person, deal.toLowerCase()))]).toEqual([person, may ? [deal] : []]);
      const replies = await Promise.all([
        // *Open* of a pasted card, pressed by anybody in the conversation.
        press(person, 'deal.show', deal, TEAMS),
        say(person, deal, TEAMS),
        say(person, `why ${deal}`, TEAMS),
        say(person, `export ${deal}`, TEAMS),
        say(person, `export ${deal}`, SLACK),
        press(person, 'deal.dossier', deal, TEAMS),
        press(person, 'deal.dossier', deal, SLACK),
      ]);
      const shown = replies.map((reply) => !none.includes(withoutNumbers(reply)));
      expect([person, deal, shown]).toEqual([person, deal, replies.map(() => may)]);
    }
  }
});

it('a number without its sign is a word to whoever may not read its deal', async () => {
  expect(deals.some((id) => /\d/.test(id) && /[A-Z]/.test(id.slice(2)))).toBe(true);
  for (const person of PEOPLE) {
    for (const deal of deals.filter((id) => /\d/.test(id) && /[A-Z]/.test(id.slice(2)))) {
      const bare = deal.slice(2);
      for (const words of [bare, `who approved ${bare}?`, `find ${bare}`, `export ${bare}`]) {
        const reply = await say(person, words, TEAMS);
        if (readableBy(person).includes(deal)) {
          expect([person, words, reply]).toEqual([person, words, await say(person, words.replace(bare, deal), TEAMS)]);
          continue;
        }
        const other = await say(person, words.replace(bare, '9Z9Z9Z'), TEAMS);
        expect([person, words, JSON.stringify(reply).replaceAll(bare, '9Z9Z9Z')]).toEqual([
          person,
          words,
          JSON.stringify(other),
        ]);
      }
    }
  }
});

it('what is near, what waits for somebody, and a list of one’s own name nothing that may not be read', async () => {
  for (const person of PEOPLE) {
    for (const words of [
      'mine',
      'queue',
      'digest',
      'what waits for me',
      'waiting for compliance',
      'Minstry',
      'overdue',
    ]) {
      const reply = await say(person, words, SLACK);
      expect([person, words, idsIn(reply).filter((id) => !readableBy(person).includes(id))]).toEqual([
        person,
        words,
        [],
      ]);
      const near = JSON.stringify(reply).includes('Did you mean “Sample Ministry”');
      expect([person, words, near]).toEqual([person, words, words === 'Minstry' && readableBy(person).length > 0]);
    }
  }
});

it('the window of a file, to copy, has no more than the file', async () => {
  for (const person of PEOPLE) {
    const reply = await press(person, 'desk.list-csv', '', TEAMS);
    if (reply.kind !== 'file') throw new Error(JSON.stringify(reply));
    expect([person, idsIn({ kind: 'form', form: reply.form })]).toEqual([person, readableBy(person).toSorted()]);
  }
});

/** What only compliance has. */
const BOARD: Readonly<Record<string, (person: string) => Promise<Reply>>> = {
  'the word': (person) => say(person, 'board', SLACK),
  'the word with filters': (person) => say(person, 'board tier:high', TEAMS),
  'its button': (person) => press(person, 'desk.board', '', TEAMS),
  'its filters': (person) => press(person, 'desk.board-filter', '', SLACK),
  'saved views': (person) => press(person, 'desk.views', '', SLACK),
  'saving a view': (person) => press(person, 'desk.save-view', 'tier:high', TEAMS),
  'a view that is saved': (person) =>
    at.submit(person, 'desk.save-view', { query: 'tier:high' }, { title: `High of ${person}` }),
  'deleting a view': (person) => press(person, 'desk.delete-view', 'view-1', TEAMS),
  'a view that is deleted': (person) => at.submit(person, 'desk.delete-view', { view: 'view-1' }, {}),
  'the numbers': (person) => say(person, 'board numbers', TEAMS),
  'the numbers in a window': (person) => press(person, 'desk.numbers', 'quarter/tier:high', SLACK),
  'the picture of the numbers': (person) => press(person, 'desk.numbers-picture', 'month/', TEAMS),
  'the file of the numbers': (person) => press(person, 'desk.numbers-csv', 'month/', SLACK),
  'its sent filters': (person) => at.submit(person, 'desk.board-filter', {}, { tier: 'high' }),
};

it.each(Object.keys(BOARD))('the board is shown to compliance, and to nobody else: %s', async (surface) => {
  for (const person of PEOPLE) {
    const reply = await BOARD[surface]?.(person);
    const shown = JSON.stringify(reply);
    expect([person, shown.includes('Only compliance has')]).toEqual([person, !isOfCompliance(ORGANISATION, person)]);
    if (reply && !isOfCompliance(ORGANISATION, person)) expect(shown).not.toContain('High');
  }
});

it('a cell of the board shows to others what they may read of it, and its home nothing else', async () => {
  for (const person of PEOPLE) {
    const cell = await press(person, 'desk.find', '1/tier:high status:in-review waiting:compliance', SLACK);
    const high = deals[3] ?? '';
    expect([person, idsIn(cell)]).toEqual([person, readableBy(person).includes(high) ? [high] : []]);
    const home = idsIn(await say(person, 'home', SLACK));
    expect([person, home.filter((id) => !readableBy(person).includes(id))]).toEqual([person, []]);
  }
});

it('product sheets and country briefs name no deal to anybody, nor where one is open to who is not asked', async () => {
  const country = 'SE';
  const asked = await at.desk.registers.sheets.handle(
    { type: 'AskSheets', of: [{ of: 'country', country }] },
    { actor: 'system', cause: 'asked for a brief' },
  );
  expect(asked.kind).toBe('accepted');
  const { to } = Object.values((await at.desk.registers.sheets.now()).state.asked)[0]!;
  for (const person of PEOPLE) {
    const replies = await Promise.all(
      ['sheet', 'brief', 'brief Sweden', 'sheet Sample Analytics'].flatMap((words) => [
        say(person, words, SLACK),
        say(person, words, TEAMS),
      ]),
    );
    expect([person, replies.flatMap(idsIn)]).toEqual([person, []]);
    const list = JSON.stringify(await say(person, 'brief', SLACK));
    const may = to.includes(person) || isOfCompliance(ORGANISATION, person) || isCounsel(ORGANISATION, person);
    expect([person, list.includes('Sweden')]).toEqual([person, may]);
  }
});
