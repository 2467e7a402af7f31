/** The deal as a whole: its details, the reasons for its tier, and the less frequent actions on it. */

import type { Choice, Form } from '../../blocks/card.ts';
import { dealContext, detailsContext, readContext } from '../../blocks/forms/context.ts';
import { takeGapsBackForm } from '../../blocks/forms/gaps-back.ts';
import { holdForm, liftHoldForm } from '../../blocks/forms/hold.ts';
import { MORE_CHOICES, moreForm, readMoreForm, type MoreChoice } from '../../blocks/forms/more.ts';
import { detailsAgain, detailsForm, readDetailsForm } from '../../blocks/forms/open.ts';
import { recuseForm } from '../../blocks/forms/recuse.ts';
import { hasToRead } from '../../blocks/forms/reopen.ts';
import { whyForm } from '../../blocks/forms/why.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import { searchCountries } from '../../flows/countries.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { holdsOn, isOver } from '../../flows/deal/context/holds.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import type { Attempt } from '../../flows/deal/refusing/attempt.ts';
import { attemptOf } from '../../flows/deal/refusing/pressable.ts';
import { isPossible } from '../../flows/deal/refusing/refused.ts';
import { canDo, changesToTakeBack } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Interaction, Reply } from '../edge/interaction.ts';
import {
  DONE,
  gone,
  mistaken,
  press,
  readable,
  readableOthers,
  refusedForm,
  type Desk,
  type OnClick,
  type OnSubmit,
} from './desk.ts';
import { licenceNow, renewalsNow } from './reassessing.ts';
import { openReopen } from './reopening.ts';
import { dealChange, dealSubmit } from './submit.ts';
import { writtenElsewhere } from './written.ts';

const MOST_OPTIONS = 50;

const peopleNamed = ({ people }: Organisation, query: string): Choice[] => {
  const wanted = query.trim().toLowerCase();
  const found = people.filter(({ name }) => name.toLowerCase().includes(wanted));
  return found.slice(0, MOST_OPTIONS).map(({ id, name }) => ({ value: id, label: name }));
};

const suggestions = (desk: Desk, { source, query }: Extract<Interaction, { kind: 'suggest' }>): Choice[] => {
  switch (source) {
    case 'countries':
      return searchCountries(query, MOST_OPTIONS).map(({ code, name }) => ({ value: code, label: name }));
    case 'people':
      return peopleNamed(desk.organisation(), query);
    default:
      return [];
  }
};

export const onSuggest = (desk: Desk, act: Extract<Interaction, { kind: 'suggest' }>): Reply => ({
  kind: 'options',
  options: suggestions(desk, act),
});

export const onDetailsChange = dealChange(detailsContext, ({ view, values, base, met }) =>
  detailsForm(view, values, { base, met }),
);

export const onDetailsSubmit = dealSubmit({
  context: detailsContext,
  form: ({ view, values, base, met }) => detailsForm(view, values, { base, met }),
  read: (values, { desk }) => readDetailsForm(values, desk.organisation()),
  command: (value, { base }) => ({ type: 'CorrectDetails', ...value, ...(base ? { base } : {}) }),
  changed: (view, { base }, value) => detailsAgain(view, value, base),
  refusedAt: 'reason',
});

export const whyReply = async (desk: Desk, person: PersonId, view: DealView): Promise<Reply> => {
  const [others, written] = await Promise.all([
    readableOthers(desk, view, person),
    writtenElsewhere(desk, view, person),
  ]);
  return { kind: 'form', form: whyForm(view, others, written, person) };
};

export const onWhy: OnClick = (desk, { person }, { view }) => whyReply(desk, person, view);

export const onNudge: OnClick = (desk, click, { view }) =>
  press(desk, click, view.deal.id, { type: 'Nudge' }, 'Nudged. They get a message that links here.');

/** What a choice attempts; undefined where it is no command to the deal. */
export const moreAttempt = (view: DealView, person: string, choice: MoreChoice): Attempt | undefined => {
  const { deal } = view;
  const about: Partial<Record<MoreChoice, string | undefined>> = {
    'take-change-back': changesToTakeBack(view, person)[0]?.id,
    'take-vote-back': String(deal.status === 'deciding' ? deal.step : 0),
  };
  return attemptOf(`deal.${choice}`, about[choice]);
};

const mayHold = (view: DealView, person: string, choice: MoreChoice): boolean => {
  if (!canDo(view, person, 'place hold')) return false;
  const holds = holdsOn(view);
  return choice === 'lift-hold' ? holds.length > 0 : !isOver(view.deal) && !holds.some(({ on }) => on.of === 'deal');
};

/** Choices that this person has now; the decision checks again. */
export const moreChoices = (view: DealView, person: string): MoreChoice[] =>
  MORE_CHOICES.filter((choice) => {
    const attempt = moreAttempt(view, person, choice);
    return attempt ? isPossible(view, person, attempt) : mayHold(view, person, choice);
  });

export const onMore: OnClick = (_desk, click, { view }) => ({
  kind: 'form',
  form: moreForm(view, click.person, moreChoices(view, click.person)),
});

export const onMoreChange = dealChange(dealContext, ({ view, person, values }) =>
  moreForm(view, person, moreChoices(view, person), values),
);

const commandOf = (
  view: DealView,
  step: number,
  more: Exclude<ReturnType<typeof readMoreForm>, { ok: false }>['value'],
): DealCommand | undefined => {
  switch (more.choice) {
    case 'details':
    case 'renewals':
    case 'licence':
    case 'take-gaps-back':
    case 'recuse':
    case 'hold':
    case 'lift-hold':
      return undefined;
    case 'reassign':
      return { type: 'ReassignOwner', to: more.person, reason: more.reason };
    case 'take-change-back':
      return { type: 'TakeChangeBack', task: more.change, reason: more.reason };
    case 'take-vote-back':
      return { type: 'TakeVoteBack', step, reason: more.reason };
    case 'withdraw':
      return { type: 'Withdraw', reason: more.reason };
    case 'reopen':
      // What there is to read is on its own form.
      return more.reason === undefined || hasToRead(view) ? undefined : { type: 'Reopen', reason: more.reason };
    default: {
      const never: never = more;
      return never;
    }
  }
};

/** The step whose vote this cause already took back, else the open step. */
const stepOf = ({ deal }: DealView, done: readonly DealEvent[] = []): number => {
  const [event] = done;
  if (event?.type === 'VoteTakenBack') return event.step;
  return deal.status === 'deciding' ? deal.step : 0;
};

/** The form of a choice that has one of its own. */
const nextForm = (desk: Desk, view: DealView, choice: MoreChoice, person: string): Form | Promise<Form> => {
  switch (choice) {
    case 'hold':
      return holdForm({ deal: view, today: dayIn(view.now, calendarOf(desk.organisation())) });
    case 'lift-hold':
      return liftHoldForm(holdsOn(view)[0]);
    case 'renewals':
      return renewalsNow(desk, view);
    case 'licence':
      return licenceNow(desk, view);
    case 'take-gaps-back':
      return takeGapsBackForm(view);
    case 'recuse':
      return recuseForm(view, person);
    default:
      return detailsForm(view);
  }
};

export const onMoreSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!view) return gone();
  // A repeated press may no longer be offered because of its own effect: `handle` tells it from a new one.
  const done = await desk.deals.done(view.deal.id, cause);
  const choices = done ? MORE_CHOICES : moreChoices(view, person);
  const read = readMoreForm(values, choices, desk.organisation());
  const form = (): Form => moreForm(view, person, choices, values);
  if (!read.ok) return mistaken(context, read.errors, form);
  const command = commandOf(view, stepOf(view, done), read.value);
  if (!command && read.value.choice === 'reopen') return openReopen(desk, view, person, values);
  if (!command) return { kind: 'form', form: await nextForm(desk, view, read.value.choice, person) };
  const outcome = await desk.deals.handle(view.deal.id, command, { actor: person, cause });
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'choice', form) : DONE;
};
