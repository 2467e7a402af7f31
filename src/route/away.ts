/** `/deal away`: a person records, changes or ends an absence; no deal is involved. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { awayCard, awaySavedCard, type StandIns } from '../../blocks/cards/absence.ts';
import { awayForm, readAwayForm } from '../../blocks/forms/away.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Absence } from '../../flows/organisation.ts';
import { awayAt, delegatorsOf } from '../../flows/registers/absences.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, tell, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { submitted } from './submit.ts';

const today = (desk: Desk, person: PersonId): string =>
  dayIn(desk.clock().toISOString(), calendarOf(desk.organisation(), person));

/** A person's current or planned absence. */
const mine = async (desk: Desk, person: PersonId): Promise<Absence | undefined> => {
  const { absences } = (await desk.registers.absences.now()).state;
  const found = absences[person];
  return found && found.until >= today(desk, person) ? found : undefined;
};

/** Who acts for the person, and for whom they act. */
export const standInsOf = async (desk: Desk, person: PersonId): Promise<StandIns> => {
  const [own, organisation] = await Promise.all([mine(desk, person), desk.registers.organisation()]);
  const now = desk.clock().toISOString();
  return {
    mine: own,
    lent: delegatorsOf(organisation, person, now).flatMap((id) => awayAt(organisation, id, now) ?? []),
  };
};

const form = async (desk: Desk, person: PersonId, values?: FormValues): Promise<Form> =>
  awayForm(await mine(desk, person), today(desk, person), values);

/** Answers `/deal away` with the form, or with the button that opens it where a command cannot. */
export const onAwayWords = async (desk: Desk, act: Words): Promise<Reply> =>
  act.canOpen
    ? { kind: 'form', form: await form(desk, act.person) }
    : { kind: 'tell', card: awayCard(await mine(desk, act.person)) };

export const onAway: OnDeskClick = async (desk, { person }) => ({ kind: 'form', form: await form(desk, person) });

export const onBack: OnDeskClick = async (desk, { person, cause }) => {
  const outcome = await desk.registers.absences.handle({ type: 'EndAway' }, { actor: person, cause });
  return outcome.kind === 'refused'
    ? deny(outcome.refusal.text)
    : tell('Welcome back. What waits for you comes to you again.');
};

export const onAwaySubmit = submitted({
  about: async (desk, { person, values }) => ({ again: await form(desk, person, values) }),
  form: ({ again }) => again,
  read: (values, { desk }) => readAwayForm(values, desk.organisation()),
  send: ({ desk }, value, ask) => desk.registers.absences.handle({ type: 'SetAway', ...value }, ask),
  refusedAt: 'delegate',
  next: ({ state }, { person }) => ({ kind: 'tell', card: awaySavedCard(state.absences[person]) }),
});
