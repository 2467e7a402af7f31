/** The company's human-rights programme: shows it to compliance and the chief, and takes what they say of it. */

import type { Card } from '../../blocks/card.ts';
import { programmeStanding, type Around } from '../../blocks/cards/programme-standing.ts';
import {
  askedCard,
  conflictsCard,
  elementCard,
  programmeCard,
  type ElementAround,
} from '../../blocks/cards/programme.ts';
import { askedContext, elementContext, readContext } from '../../blocks/forms/context.ts';
import {
  readRecordAskedForm,
  readSayElementForm,
  readWhatCameForm,
  recordAskedForm,
  sayElementForm,
  whatCameForm,
} from '../../blocks/forms/programme.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { PersonId } from '../../flows/ids.ts';
import { membersOf, person as personOf } from '../../flows/organisation.ts';
import { citationsOf } from '../../flows/policy/guidance.ts';
import { ELEMENT, ELEMENTS, isElement, type ElementId } from '../../flows/programme/elements.ts';
import { mayKeepProgramme } from '../../flows/programme/register.ts';
import type { ProgrammeState } from '../../flows/programme/shapes.ts';
import { guidance } from '../config/guidance-file.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, gone, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { allDeals, counted, soon } from './lists.ts';
import { countDeals, programmeShown } from './programme-shown.ts';
import { submitted } from './submit.ts';
import { yearSaid } from './year-counting.ts';

const citations = citationsOf(guidance);

/** Says who can, and nothing of how it stands. */
const denied = (desk: Desk): Reply => {
  const organisation = desk.organisation();
  const { compliance, chief } = organisation.roles;
  const ids = [...new Set([compliance, chief].flatMap((group) => membersOf(organisation, group)))];
  const names = ids.flatMap((id) => personOf(organisation, id)?.name ?? []).join(', ') || 'nobody yet';
  return deny(
    `The programme page is kept by compliance and the chief compliance officer (${names}), and only they see it. Please ask them.`,
  );
};

const mayNot = (desk: Desk, person: PersonId): Reply | undefined =>
  mayKeepProgramme(desk.organisation(), person) ? undefined : denied(desk);

const stateOf = async (desk: Desk): Promise<ProgrammeState> => (await desk.registers.programme.now()).state;

const standing = async (desk: Desk) => {
  const policy = desk.registers.policy();
  if (!policy) throw new Error('a programme is shown with a policy');
  const [state, shown] = [await stateOf(desk), await programmeShown(desk, policy)];
  const organisation = desk.organisation();
  const around: Around = { organisation, today: dayIn(desk.clock().toISOString(), calendarOf(organisation)) };
  return { state, all: programmeStanding(state, shown, around) };
};

const tellCard = (card: Card): Reply => ({ kind: 'tell', card });

const whole = async (desk: Desk): Promise<Reply> => tellCard(programmeCard((await standing(desk)).all, citations));

const part = async (desk: Desk, id: ElementId): Promise<Reply> => {
  const { state, all } = await standing(desk);
  const found = all.find((one) => one.id === id);
  const year = yearSaid('report-year', desk.clock().toISOString());
  const around: ElementAround = { citations, asked: state.asked, year: typeof year === 'number' ? year : 0 };
  return found ? tellCard(elementCard(found, around)) : gone();
};

/** By its short word, its id or the beginning of its title. */
const elementSaid = (words: string): ElementId | undefined => {
  const said = words
    .trim()
    .replace(/^\S+\s*/u, '')
    .replace(/[.!?]+$/u, '')
    .toLowerCase();
  if (said === '') return undefined;
  const names = (id: ElementId): string[] =>
    [id, ELEMENT[id].word, ELEMENT[id].title].map((name) => name.toLowerCase());
  return (
    ELEMENTS.find((id) => names(id).includes(said)) ??
    ELEMENTS.find((id) => names(id).some((name) => name.startsWith(said)))
  );
};

/** Answers `/deal programme` and `/deal programme training`. */
export const onProgrammeWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const no = mayNot(desk, act.person);
  if (no) return no;
  const id = elementSaid(act.words);
  return soon(desk, act, act.words, id ? part(desk, id) : whole(desk));
};

type OnKept = (desk: Desk, value: string, person: PersonId) => Promise<Reply> | Reply;

const kept =
  (handle: OnKept): OnDeskClick =>
  (desk, { person, value }) =>
    mayNot(desk, person) ?? handle(desk, value, person);

const STILL = 'I am still counting the deals. Please press it again in a moment.';
const inTime = async (desk: Desk, work: Promise<Reply>): Promise<Reply> => {
  const reply = await counted(desk, work);
  return reply === 'late' ? deny(STILL) : reply;
};

export const onProgramme = kept((desk) => inTime(desk, whole(desk)));
export const onProgrammePart = kept((desk, value) => (isElement(value) ? inTime(desk, part(desk, value)) : gone()));

const pageOf = (value: string): number => {
  const page = Number(value);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
};

export const onAskedList = kept(async (desk, value) =>
  tellCard(askedCard((await stateOf(desk)).asked, pageOf(value), citations)),
);

export const onConflicts = kept((desk, value) => {
  const conflicts = async (): Promise<Reply> => {
    const { deals, today } = await allDeals(desk);
    return tellCard(conflictsCard((await countDeals(deals, today)).conflicts, pageOf(value), citations));
  };
  return inTime(desk, conflicts());
});

export const onSayElement = kept(async (desk, value) =>
  isElement(value)
    ? { kind: 'form', form: sayElementForm({ id: value, entry: (await stateOf(desk)).entries[value] }) }
    : gone(),
);

interface Saying {
  id: ElementId;
  from: number;
  state: ProgrammeState;
}

export const onSayElementSubmit = submitted({
  about: async (desk, { context, person }): Promise<Saying | Reply> => {
    const target = readContext(elementContext, context);
    const no = mayNot(desk, person);
    if (no) return no;
    return target && isElement(target.element)
      ? { id: target.element, from: target.from, state: await stateOf(desk) }
      : gone();
  },
  form: ({ id, from, state, values }) => sayElementForm({ id, entry: state.entries[id], opened: from }, values),
  read: (values, { desk, id }) => readSayElementForm(values, id, desk.organisation()),
  send: ({ desk, id, from }, said, ask) =>
    desk.registers.programme.handle({ type: 'SayElement', element: id, from, ...said }, ask),
  refusedAt: 'text',
  refused: ({ refusal, state }, { id, from, values }) =>
    refusal.code === 'facts changed'
      ? { kind: 'form', form: sayElementForm({ id, entry: state.entries[id], opened: from }, values), again: true }
      : undefined,
  next: (_, { desk, id }) => inTime(desk, part(desk, id)),
});

const askedNow = async (desk: Desk): Promise<Reply> => tellCard(askedCard((await stateOf(desk)).asked, 1, citations));

export const onRecordAsked = kept((desk) => ({ kind: 'form', form: recordAskedForm(desk.organisation()) }));

export const onRecordAskedSubmit = submitted({
  about: (desk, { person }) => mayNot(desk, person) ?? {},
  form: ({ desk, values }) => recordAskedForm(desk.organisation(), values),
  read: (values, { desk }) => readRecordAskedForm(values, desk.organisation()),
  send: ({ desk }, value, ask) => desk.registers.programme.handle({ type: 'RecordAsked', ...value }, ask),
  refusedAt: 'who',
  next: (_, { desk }) => askedNow(desk),
});

export const onWhatCame = kept(async (desk, value) => ({
  kind: 'form',
  form: whatCameForm((await stateOf(desk)).asked.find(({ id }) => id === value)),
}));

export const onWhatCameSubmit = submitted({
  about: async (desk, { context, person }): Promise<{ asked: string; state: ProgrammeState } | Reply> => {
    const target = readContext(askedContext, context);
    const no = mayNot(desk, person);
    if (no) return no;
    return target ? { asked: target.asked, state: await stateOf(desk) } : gone();
  },
  form: ({ asked, state, values }) =>
    whatCameForm(
      state.asked.find(({ id }) => id === asked),
      values,
    ),
  read: readWhatCameForm,
  send: ({ desk, asked }, { came }, ask) => desk.registers.programme.handle({ type: 'SayWhatCame', asked, came }, ask),
  refusedAt: 'note',
  next: (_, { desk }) => askedNow(desk),
});
