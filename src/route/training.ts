/** Training: one's own records, reporting a completed course, and what compliance sees and records. */

import type { Card, Form, FormValues } from '../../blocks/card.ts';
import { allTrainingCard, heldBackCard, myTrainingCard, theirTrainingCard } from '../../blocks/cards/training.ts';
import { courseContext, readContext } from '../../blocks/forms/context.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { importTrainingForm, readTakeTrainingForm, takeTrainingForm } from '../../blocks/forms/training.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Course } from '../../flows/policy/reminders.ts';
import { heldBack, type HeldAct } from '../../flows/registers/training/held-back.ts';
import { peopleByKey } from '../../flows/registers/training/importing.ts';
import { courseOf, needsFor } from '../../flows/registers/training/needs.ts';
import { statusOf, trainingStanding } from '../../flows/registers/training/standing.ts';
import { looksAfterTraining, newerThan } from '../../flows/registers/training/training.ts';
import type { Reply } from '../edge/interaction.ts';
import { readTrainingText, type TrainingFile } from '../training-csv.ts';
import { deny, mistaken, refusedForm, tell, type Desk, type OnDeskClick, type OnSubmit, type Words } from './desk.ts';
import { submitted } from './submit.ts';

const OTHERS = 'Only compliance sees how others stand. Your own training is yours to see at any time.';
const NO_TRAINING = 'The policy asks for no training, so there is nothing to show.';
const GONE = 'This course is not asked of anybody any more. Your training shows what is.';

const now = (desk: Desk): string => desk.clock().toISOString();
const today = (desk: Desk, person: PersonId): string => dayIn(now(desk), calendarOf(desk.organisation(), person));

const cardOf = async (desk: Desk, person: PersonId, whose: 'mine' | 'theirs' = 'mine'): Promise<Card> => {
  const organisation = desk.organisation();
  const { state } = await desk.registers.training.now();
  const needs = needsFor(state, organisation, desk.registers.policy()?.training, person, now(desk));
  const shown = { organisation, needs, now: now(desk) };
  return whose === 'mine'
    ? myTrainingCard({ ...shown, forAll: looksAfterTraining(organisation, person) })
    : theirTrainingCard(person, shown);
};

const everybody = async (desk: Desk, person: PersonId, from: number): Promise<Reply> => {
  const organisation = desk.organisation();
  if (!looksAfterTraining(organisation, person)) return deny(OTHERS);
  const policy = desk.registers.policy();
  if (!policy?.training) return deny(NO_TRAINING);
  const { state } = await desk.registers.training.now();
  return { kind: 'tell', card: allTrainingCard(trainingStanding(state, organisation, policy, now(desk)), from) };
};

/** The person with this id or address, or the only one with this name. */
const personCalled = (desk: Desk, words: string): PersonId | undefined => {
  const { people } = desk.organisation();
  const wanted = words.toLowerCase();
  const named = people.filter(({ name }) => name.toLowerCase() === wanted);
  return peopleByKey(desk.organisation()).get(wanted) ?? (named.length === 1 ? named[0]?.id : undefined);
};

/** Answers `/deal training`, `/deal training all`, `/deal training ada@example.com`. */
export const onTrainingWords = async (desk: Desk, act: Words): Promise<Reply> => {
  const asked = act.words.trim().replace(/^\S+\s*/u, '');
  if (asked === '') return { kind: 'tell', card: await cardOf(desk, act.person) };
  if (asked.toLowerCase() === 'all') return everybody(desk, act.person, 0);
  // A person who may not see others must not learn who is recorded here either.
  if (!looksAfterTraining(desk.organisation(), act.person)) return deny(OTHERS);
  const person = personCalled(desk, asked);
  return person === undefined
    ? deny(
        'Nobody is called that. Please say their whole name, their e-mail address or their id in the organisation file.',
      )
    : { kind: 'tell', card: await cardOf(desk, person, 'theirs') };
};

export const onTraining: OnDeskClick = async (desk, { person }) => ({ kind: 'tell', card: await cardOf(desk, person) });

export const onTrainingAll: OnDeskClick = (desk, { person, value }) => {
  const from = Number(value);
  return everybody(desk, person, Number.isSafeInteger(from) ? from : 0);
};

const takeForm = async (desk: Desk, person: PersonId, course: Course, values?: FormValues): Promise<Form> => {
  const { state } = await desk.registers.training.now();
  const { training } = desk.registers.policy() ?? {};
  const need = needsFor(state, desk.organisation(), training, person, now(desk)).find((n) => n.course.id === course.id);
  const stands = need && { until: need.until, status: statusOf(desk.organisation(), need, now(desk)) };
  return takeTrainingForm(course, stands, today(desk, person), values);
};

const courseNow = (desk: Desk, id: string | undefined): Course | undefined =>
  id === undefined ? undefined : courseOf(desk.registers.policy()?.training, id);

export const onTakeTraining: OnDeskClick = async (desk, { person, value }) => {
  const course = courseNow(desk, value);
  return course ? { kind: 'form', form: await takeForm(desk, person, course) } : deny(GONE);
};

export const onTakeTrainingSubmit = submitted({
  about: async (desk, { context, values, person }) => {
    const course = courseNow(desk, readContext(courseContext, context)?.course);
    return course ? { course: course.id, again: await takeForm(desk, person, course, values) } : deny(GONE);
  },
  form: ({ again }) => again,
  read: readTakeTrainingForm,
  send: ({ desk, course }, value, ask) =>
    desk.registers.training.handle({ type: 'TakeTraining', course, ...value }, ask),
  refusedAt: 'on',
  next: async (_, { desk, person }) => ({ kind: 'tell', card: await cardOf(desk, person) }),
});

const importForm = (desk: Desk, values?: FormValues): Form =>
  importTrainingForm(desk.registers.policy()?.training?.courses ?? [], values);

export const onTrainingImport: OnDeskClick = (desk, { person }) => {
  if (!looksAfterTraining(desk.organisation(), person)) return deny(OTHERS);
  return desk.registers.policy()?.training ? { kind: 'form', form: importForm(desk) } : deny(NO_TRAINING);
};

const MOST_TOLD = 5;

const badWords = ({ bad, badRows, unreadable }: TrainingFile): string => {
  const all = unreadable ? [unreadable, ...bad] : bad;
  const told = all.slice(0, MOST_TOLD).map(({ line, reason }) => `Line ${line}: ${reason}.`);
  const more = badRows + (unreadable ? 1 : 0) - told.length;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : []), 'Nothing was saved.'].join(' ');
};

export const onTrainingImportSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const organisation = desk.organisation();
  const training = desk.registers.policy()?.training;
  if (!looksAfterTraining(organisation, person)) return deny(OTHERS);
  if (!training) return deny(NO_TRAINING);
  const form = (): Form => importForm(desk, values);
  const file = await readTrainingText(textOf(values, 'rows') ?? '', { organisation, training, now: now(desk) });
  if (file.badRows > 0 || file.unreadable) return mistaken(context, { rows: badWords(file) }, form);
  if (file.rows === 0) return mistaken(context, { rows: 'Please paste at least one line.' }, form);
  const { state } = await desk.registers.training.now();
  const newer = Object.values(newerThan(state, file.taken)).reduce(
    (sum, people) => sum + Object.keys(people).length,
    0,
  );
  const outcome = await desk.registers.training.handle(
    { type: 'ImportTraining', taken: file.taken },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') return refusedForm(outcome.refusal, 'rows', form);
  return tell(
    `Saved: ${newer} new of ${file.rows} ${file.rows === 1 ? 'line' : 'lines'}; the others were known already.`,
  );
};

/** The reason why this person cannot do that today, with the button that resolves it; undefined if nothing does. */
export const heldBackReply = async (desk: Desk, person: PersonId, act: HeldAct): Promise<Reply | undefined> => {
  const held = heldBack(await desk.registers.organisation(), person, act, now(desk));
  return held && { kind: 'tell', card: heldBackCard(held.text, courseNow(desk, held.course)) };
};

/** If missing training is the only obstacle: the refusal with the button that records it now. */
export const trainingFirst = async (
  desk: Desk,
  view: DealView,
  person: PersonId,
  no: string,
): Promise<Reply | undefined> =>
  heldBack(view.organisation, person, 'voting', view.now)?.text === no
    ? heldBackReply(desk, person, 'voting')
    : undefined;
