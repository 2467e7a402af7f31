/**
 * Whatever somebody types into an input of a form that is then taken stands in the record; or the form comes back and says what to do
 * with it. Nothing is dropped without a word, also where the input is one that no answer of that moment uses.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormValues, Input } from '../../blocks/card.ts';
import { presets } from '../blocks/forms/support.ts';
import { severalDeals, type OpenedForm, type SeveralDeals } from '../support/between-deals.ts';
import { runs } from '../support/runs.ts';
import { approves, givesAll, handsOver, movesOn, PARTIES, playOf, type Play } from '../support/said-matrix-play.ts';

const TOKEN = 'zebu lantern';
const WHY = 'We looked at all that stands here.';
const PEOPLE = ['rep-1', 'product-1', 'compliance-1', 'compliance-2', 'counsel-1', 'senior-1', 'senior-2', 'chief-1'];
const GIVEN: FormValues = { outcome: 'approve', verdict: 'confirm', due: '2027-04-01' };

const isSources = (name: string): boolean => /^(?:s:|b:sources$|sources$)/.test(name);
const typedIn = (name: string): string =>
  isSources(name)
    ? `A letter of the ${TOKEN}, 2026, https://letters.example.org/a`
    : `They watch the ${TOKEN} by night.`;
/** Why answers get lighter is asked again as they are given: saved for later, it is not kept. */
const WHY_LIGHTER = 'why';
const isText = ({ control: { type } }: Input): boolean => type === 'paragraph' || type === 'line';
/** One of each kind, such as the first note, and the first list of sources; with `CLEARTHREAD_RUNS` all. */
const textsOf = ({ inputs }: OpenedForm): string[] => {
  const names = inputs.filter(isText).map(({ name }) => name);
  const kind = (name: string): string => name.replace(/^([qns]):.*$/su, '$1');
  return runs(1) > 1 ? names : names.filter((name, i) => names.findIndex((one) => kind(one) === kind(name)) === i);
};

const asked = ({ name, control, optional }: Input): FormValues[string] | undefined => {
  if (control.type === 'checkboxes') return control.options.slice(0, 1).map(({ value }) => value);
  if ('options' in control) return control.options[0]?.value;
  if (control.type === 'date') return '2027-04-01';
  if (control.type === 'person') return 'legal-1';
  if (optional) return undefined;
  return isSources(name) ? 'A survey, 2026, https://survey.example.org/a' : WHY;
};

const drawn = ({ inputs }: OpenedForm): FormValues =>
  Object.fromEntries(Object.entries(presets({ blocks: inputs })).filter(([, value]) => value.length > 0));

/** All that it asks for, else as it was drawn. */
const filledIn = (opened: OpenedForm, given: FormValues): FormValues => {
  const before = { ...GIVEN, ...drawn(opened), ...given };
  const all = opened.inputs.map((input): [string, FormValues[string] | undefined] => [
    input.name,
    before[input.name] ?? asked(input),
  ]);
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

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

/** What may be chosen first. The rest is filled in as it is drawn then. */
const choicesOf = ({ inputs }: OpenedForm): FormValues[] => {
  const all = inputs.flatMap(({ name, control }) =>
    (control.type === 'radio' || control.type === 'menu') && control.options.length <= 6 && !name.startsWith('q:')
      ? control.options.map(({ value }) => ({ [name]: value }))
      : [],
  );
  return [{}, ...all];
};

interface Opens {
  person: string;
  name: string;
  value: string;
}
/** Of several pages: what was chosen on those before. */
type Pages = readonly FormValues[];

const MOST_PAGES = 9;
const drawnWith = async (opened: OpenedForm, choice: FormValues): Promise<OpenedForm> =>
  (await opened.chosen(filledIn(opened, choice), Object.keys(choice)[0] ?? '')) ?? opened;
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
    seen.forms.add(opens.name);
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
  } finally {
    await fork.end();
  }
  return dropped;
};

describe.each(AT)('in a deal that is %s', (at) => {
  it('is kept, or comes back', { timeout: 120_000 * runs(2) }, async () => {
    const start = starts[at];
    const dropped: string[] = [];
    for (const [name, about] of await formsOf(playOf(start.deals, start.id, 'ordinary'))) {
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
    expect(dropped).toEqual([]);
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
  expect(seen.forms.size).toBeGreaterThanOrEqual(15);
  expect(seen.taken).toBeGreaterThan(100);
});
