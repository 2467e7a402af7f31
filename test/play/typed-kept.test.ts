/**
 * Whatever somebody types into an input of a form that is then taken stands in the record; or the form comes back and says what to do
 * with it. Nothing is dropped without a word, also where the input is one that no answer of that moment uses.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormValues } from '../../blocks/card.ts';
import { acceptableGaps } from '../../flows/deal/context/gaps.ts';
import { severalDeals, type OpenedForm, type SeveralDeals } from '../support/between-deals.ts';
import { runs } from '../support/runs.ts';
import {
  approves,
  CONDITION,
  givesAll,
  handsOver,
  movesOn,
  PARTIES,
  playOf,
  type Play,
} from '../support/said-matrix-play.ts';
import {
  choicesOf,
  drawn,
  drawnWith,
  filledIn,
  PEOPLE,
  textsOf,
  TOKEN,
  typedIn,
  WHY,
  WHY_LIGHTER,
} from '../support/typed-kept.ts';

type At = 'answering' | 'deciding' | 'approved';
const AT: readonly At[] = ['answering', 'deciding', 'approved'];

interface Start {
  deals: SeveralDeals;
  id: string;
}
let starts: Readonly<Record<At, Start>>;
beforeAll(async () => {
  const deals = severalDeals({ euExporter: true });
  const id = await deals.open(PARTIES);
  const play = playOf(deals, id, 'ordinary');
  await givesAll(play, ['end-user', 'stakeholders', 'context']);
  await handsOver(play, 'context');
  await play.does('product-1', { type: 'RaiseFlag', title: 'They may beat people there.' });
  const deciding = deals.fork();
  const decides = playOf(deciding, id, 'ordinary');
  await movesOn(decides);
  const approved = deciding.fork();
  await approves(playOf(approved, id, 'ordinary'), 'compliance-1');
  await decides.does('compliance-1', (view) => ({
    type: 'AskForInformation',
    step: view.deal.status === 'deciding' ? view.deal.step : 0,
    question: 'Who reads what it finds?',
  }));
  starts = { answering: { deals, id }, deciding: { deals: deciding, id }, approved: { deals: approved, id } };
});
afterAll(async () => {
  for (const { deals } of Object.values(starts)) await deals.end();
});

const OF_DEAL = [
  'details',
  'reopen',
  'raise-flag',
  'object',
  'accept-gaps',
  'take-gaps-back',
  'review',
  'recuse',
  'more',
  'confirm-scope',
  'confirm-lighter',
  'authority',
  'lift-suspension',
  'renewals',
  'licence',
  'something-changed',
];

/** The forms of a deal, each with what it is about. */
const formsOf = async (play: Play): Promise<[name: string, about?: string][]> => {
  const { deal, policy } = await play.view();
  const conditions = deal.status === 'decided' ? deal.decision.conditions : [];
  const of = (all: readonly { id: string }[], ...names: string[]): [string, string][] =>
    all.flatMap(({ id }) => names.map((name): [string, string] => [`deal.${name}`, id]));
  return [
    // The same sections while it is decided.
    ...(deal.status === 'answering' || runs(1) > 1 ? of(policy.sections, 'answer', 'hand-over') : []),
    ...of(deal.ownFlags, 'settle-flag'),
    ...of(deal.requests, 'give-information', 'take-question-back'),
    ...of(conditions, 'meet-condition', 'hand-over-condition', 'settle-condition'),
    ...OF_DEAL.map((name): [string] => [`deal.${name}`]),
  ];
};

interface Opens {
  person: string;
  name: string;
  value: string;
}
/** Of several pages: what was chosen on those before. */
type Pages = readonly FormValues[];

const MOST_PAGES = 9;
const sentOn = async (opened: OpenedForm, given: FormValues): Promise<OpenedForm | undefined> => {
  const { form } = await opened.send(filledIn(opened, given));
  return form?.context === opened.context ? undefined : form;
};
const openedAt = async (deals: SeveralDeals, id: string, { person, name, value }: Opens, before: Pages) => {
  let opened = await deals.form(person, name, id, value);
  for (const given of before) opened = opened && (await sentOn(await drawnWith(opened, given), given));
  return opened?.submit === undefined ? undefined : opened;
};

const seen = { taken: 0, forms: new Set<string>() };

/** Types it into one input and sends the form, or saves it for later; tells whether that was dropped. */
const isDropped = async (
  { deals, id }: Start,
  opens: Opens,
  before: Pages,
  choice: FormValues,
  input: string,
  later: boolean,
): Promise<boolean> => {
  const fork = deals.fork();
  try {
    const was = await fork.record(id);
    const opened = await openedAt(fork, id, opens, before);
    const typed = { ...choice, [input]: typedIn(input) };
    if (!opened) throw new Error(`${opens.name} opens no more`);
    if (later) {
      const saved = await fork.form(opens.person, 'deal.save-for-later', id, opens.value, {
        name: opened.name,
        context: opened.context,
        values: { ...drawn(opened), ...typed },
      });
      // It comes back.
      if (saved?.submit !== undefined) return false;
    } else {
      let next = await sentOn(await drawnWith(opened, choice), typed);
      for (let page = 0; page < MOST_PAGES && opens.name === 'deal.review' && next?.submit !== undefined; page += 1)
        next = await sentOn(next, {});
      if ((await fork.record(id)) === was) return false;
    }
    seen.taken += 1;
    seen.forms.add(opened.name);
    return !(await fork.record(id)).includes(TOKEN);
  } finally {
    await fork.end();
  }
};

/** What is dropped of a form, and of the pages after it. */
const droppedIn = async (start: Start, opens: Opens, before: Pages = []): Promise<string[]> => {
  const dropped: string[] = [];
  const { deals, id } = start;
  const fork = deals.fork();
  try {
    const first = await openedAt(fork, id, opens, before);
    for (const choice of first ? choicesOf(first) : []) {
      const opened = await drawnWith(first!, choice);
      const waits = opens.name === 'deal.answer' ? [false, true] : [false];
      for (const name of textsOf(opened))
        for (const later of waits)
          if (!(later && name === WHY_LIGHTER) && (await isDropped(start, opens, before, choice, name, later)))
            dropped.push(
              `${opens.name} ${opens.value}, page ${before.length + 1}, ${JSON.stringify(choice)}: ${name}${later ? ', later' : ''}`,
            );
    }
    if (first && opens.name === 'deal.review' && before.length < MOST_PAGES)
      dropped.push(...(await droppedIn(start, opens, [...before, {}])));
    // What is chosen there leads to a form that no button opens.
    if (first && opens.name === 'deal.more' && before.length === 0)
      dropped.push(...(await droppedIn(start, opens, [{ choice: 'details' }])));
  } finally {
    await fork.end();
  }
  return dropped;
};

const droppedOf = async (start: Start, forms: readonly [name: string, about?: string][]): Promise<string[]> => {
  const dropped: string[] = [];
  for (const [name, about] of forms) {
    const value = about === undefined ? start.id : `${start.id}/${about}`;
    for (const person of PEOPLE) {
      const fork = start.deals.fork();
      const opened = await fork.form(person, name, start.id, value);
      await fork.end();
      if (opened?.submit === undefined) continue;
      dropped.push(...(await droppedIn(start, { person, name, value })));
      break;
    }
  }
  return dropped;
};

describe.each(AT)('in a deal that is %s', (at) => {
  it('is kept, or comes back', { timeout: 120_000 * runs(2) }, async () => {
    const start = starts[at];
    expect(await droppedOf(start, await formsOf(playOf(start.deals, start.id, 'ordinary')))).toEqual([]);
  });
});

const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };
/** Forms that open only after this, each with the deal that they are tried on. */
const AFTER: Readonly<
  Record<string, { from: At; forms: [name: string, about?: string][]; act(play: Play): Promise<void> }>
> = {
  'it is said to be out of scope': {
    from: 'deciding',
    forms: [['deal.confirm-scope']],
    act: (play) => play.gives('rep-1', 'scope', OUT),
  },
  'it gets lighter': {
    from: 'deciding',
    forms: [['deal.confirm-lighter']],
    act: (play) => play.gives('rep-1', 'end-user', { 'H-RF1': { value: 'no' } }),
  },
  'it is for repression': {
    from: 'deciding',
    forms: [['deal.authority'], ['deal.reopen']],
    act: (play) => play.gives('rep-1', 'end-user', { K1: { value: 'yes' } }),
  },
  'gaps are accepted': {
    from: 'deciding',
    forms: [['deal.take-gaps-back'], ['deal.accept-gaps']],
    act: async (play) =>
      play.does('compliance-1', (view) => ({
        type: 'AcceptGaps',
        questions: acceptableGaps(view)
          .slice(0, 2)
          .map(({ id }) => id),
        reason: WHY,
      })),
  },
  'evidence is handed in': {
    from: 'approved',
    forms: [['deal.settle-condition', CONDITION.id]],
    act: (play) =>
      play.does('rep-1', { type: 'MeetCondition', condition: CONDITION.id, text: 'They told us.', sources: [] }),
  },
  'it is suspended': { from: 'approved', forms: [['deal.lift-suspension']], act: (play) => play.later(80) },
};

describe.each(Object.entries(AFTER))('after %s', (_, { from, forms, act }) => {
  it('is kept, or comes back', { timeout: 120_000 * runs(2) }, async () => {
    const { deals, id } = starts[from];
    const fork = deals.fork();
    try {
      await act(playOf(fork, id, 'ordinary'));
      expect(await droppedOf({ deals: fork, id }, forms)).toEqual([]);
      for (const [name] of forms) expect(seen.forms.has(name), name).toBe(true);
    } finally {
      await fork.end();
    }
  });
});

/** The rep answers while a colleague has the form open: all of it, and names nothing that it stands on. */
it('is kept, or comes back, where others gave all answers meanwhile', async () => {
  const fork = starts.answering.deals.fork();
  try {
    const { id } = starts.answering;
    const play = playOf(fork, id, 'ordinary');
    const opened = await play.form('product-1', 'deal.answer', 'end-user');
    await play.gives('rep-1', 'end-user');
    const { deal } = await play.view();
    const bare = Object.entries(deal.answers['end-user']!).map(([question, { value }]) => [
      question,
      { value, sources: [] },
    ]);
    const again = { type: 'AnswerSection', section: 'end-user', answers: Object.fromEntries(bare), why: WHY } as const;
    await play.does('rep-1', again);
    const sent = await opened!.send({ 'b:sources': typedIn('b:sources') });
    expect(sent.form?.page).toContain('No answer here takes this source');
    expect(JSON.stringify(sent.form?.inputs)).toContain(TOKEN);
  } finally {
    await fork.end();
  }
});

it('is tried in most forms of a deal', () => {
  expect(seen.forms).toContain('deal.details');
  expect(seen.forms.size).toBeGreaterThanOrEqual(23);
  expect(seen.taken).toBeGreaterThan(100);
});
