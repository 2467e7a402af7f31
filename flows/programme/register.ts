/** The register of the company's programme: what compliance says of each element, who was asked, and who is reminded. Guidance: G9 and G12. */

import type { CameSaid } from '../asked-outside.ts';
import { addDays, addMonths, calendarOf, dayIn, isDay, morningOf } from '../calendar.ts';
import { countryName } from '../countries.ts';
import type { CommandMeta, Instant, PersonId } from '../ids.ts';
import { isOfCompliance, membersOf, OPERATOR, person as personOf, SYSTEM, type Organisation } from '../organisation.ts';
import { reasonProblem } from '../policy/sentence.ts';
import {
  earliest,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterDecided,
} from '../registers/register.ts';
import { ELEMENTS, type ElementId } from './elements.ts';
import type {
  Asked,
  ElementReminder,
  ProgrammeCommand,
  ProgrammeEvent,
  ProgrammeFact,
  ProgrammeState,
} from './shapes.ts';

type Decided = RegisterDecided<ProgrammeEvent>;
type Command<T extends ProgrammeCommand['type']> = Extract<ProgrammeCommand, { type: T }>;

/** The next look is at most so far away: the Guidance asks for what is ongoing. */
export const MOST_MONTHS = 12;
/** Days before the next look on which its owner is reminded; the last comes the day after it. */
const BEFORE = [14, -1] as const;
const MOST_ASKED = 2000;

export const ONLY_COMPLIANCE = 'Only compliance and the chief compliance officer keep the programme page.';
export const MEANWHILE = 'Somebody saved something else meanwhile. Please look at it and save again.';

export const mayKeepProgramme = (organisation: Organisation, id: PersonId): boolean => isOfCompliance(organisation, id);

const decideSay = (
  { type: _type, from, ...said }: Command<'SayElement'>,
  { entries }: ProgrammeState,
  { actor, at }: CommandMeta,
  { organisation }: RegisterContext,
): Decided => {
  if (from !== (entries[said.element]?.version ?? 0)) return refuseRegister('facts changed', MEANWHILE);
  const today = dayIn(at, calendarOf(organisation, actor));
  const wrong = reasonProblem(said.text, 'Please say it in a sentence.', { tells: 'how it stands' });
  if (wrong !== undefined) return refuseRegister('not valid', wrong, 'text');
  if (!personOf(organisation, said.owner)) return refuseRegister('not valid', 'Please choose a colleague.', 'to');
  if (!isDay(said.next) || said.next <= today)
    return refuseRegister('not valid', 'Please choose a day after today.', 'until');
  if (said.next > addMonths(today, MOST_MONTHS))
    return refuseRegister('not valid', `At most ${MOST_MONTHS} months: a programme is looked at each year.`, 'until');
  if (said.on !== undefined && (!isDay(said.on) || said.on > today))
    return refuseRegister('not valid', 'Please choose a day that has been.', 'on');
  return { kind: 'accepted', events: [{ at, by: actor, type: 'ElementSaid', version: from + 1, ...said }] };
};

const decideAsked = (
  { type: _type, ...recorded }: Command<'RecordAsked'>,
  { asked }: ProgrammeState,
  { actor, at, id }: CommandMeta,
  { organisation }: RegisterContext,
): Decided => {
  if (asked.length >= MOST_ASKED) return refuseRegister('not now', `There is room for ${MOST_ASKED} alone.`);
  const { on, about, country, product } = recorded;
  const unclear = reasonProblem(about, 'Please say on what they were asked.', { tells: 'on what they were asked' });
  if (unclear !== undefined) return refuseRegister('not valid', unclear, 'text');
  if (!isDay(on) || on > dayIn(at, calendarOf(organisation, actor)))
    return refuseRegister('not valid', 'Please choose a day that has been.', 'on');
  if (country !== undefined && countryName(country) === undefined)
    return refuseRegister('not valid', 'Please choose a country from the list.', 'country');
  if (product !== undefined && !organisation.products.some((one) => one.id === product))
    return refuseRegister('not valid', 'Please choose a product from the list.', 'product');
  return { kind: 'accepted', events: [{ at, by: actor, type: 'AskedRecorded', id, ...recorded }] };
};

const decideCame = (
  { asked: id, came }: Command<'SayWhatCame'>,
  { asked }: ProgrammeState,
  { actor, at }: CommandMeta,
): Decided => {
  const found = asked.find((one) => one.id === id);
  if (!found) return refuseRegister('not now', 'This is not recorded any more.');
  if (found.came === came) return refuseRegister('not now', 'That stands there already.');
  const wrong = reasonProblem(came, 'Please say what came of it.', { tells: 'what came of it' });
  return wrong === undefined
    ? { kind: 'accepted', events: [{ at, by: actor, type: 'WhatCameSaid', asked: id, came }] }
    : refuseRegister('not valid', wrong, 'note');
};

/** What it said before stays. */
const withCame = ({ before = [], said, ...one }: Asked, { came, ...now }: CameSaid): Asked => {
  const was = one.came === undefined ? [] : [{ came: one.came, ...(said ?? { by: one.by, at: one.at }) }];
  const earlier = [...was, ...before];
  return { ...one, came, said: now, ...(earlier.length === 0 ? {} : { before: earlier }) };
};

interface Stage extends ElementReminder {
  at: Instant;
}

const stagesOf = ({ entries }: ProgrammeState, { organisation }: RegisterContext): Stage[] =>
  ELEMENTS.flatMap((element) => {
    const entry = entries[element];
    if (!entry) return [];
    const { owner, next, at: said } = entry;
    const calendar = calendarOf(organisation, owner);
    return BEFORE.map((days, n) => ({
      element,
      next,
      stage: n + 1,
      at: morningOf(addDays(next, -days), calendar),
      said,
    }))
      .filter(({ at, said: since }) => at > since)
      .map(({ said: _said, ...stage }) => stage);
  });

const owedStages = (state: ProgrammeState, context: RegisterContext): Stage[] =>
  stagesOf(state, context).filter(({ element, stage }) => stage > (state.reminded[element] ?? 0));

/** Of several of one element that are due the last alone. */
const remindersNow = (state: ProgrammeState, now: Instant, context: RegisterContext): ElementReminder[] => {
  const due = owedStages(state, context).filter(({ at }) => at <= now);
  return ELEMENTS.flatMap((element) => {
    const last = due.filter((stage) => stage.element === element).at(-1);
    return last ? [{ element, next: last.next, stage: last.stage }] : [];
  });
};

const without = <Value>(all: Readonly<Partial<Record<ElementId, Value>>>, element: ElementId) => {
  const { [element]: _gone, ...rest } = all;
  return rest;
};

export const programme: Register<ProgrammeState, ProgrammeCommand, ProgrammeEvent, ProgrammeFact> = {
  name: 'programme',
  none: { entries: {}, asked: [], reminded: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ElementSaid': {
        const { type: _type, element, ...entry } = event;
        return {
          ...state,
          entries: { ...state.entries, [element]: entry },
          reminded: without(state.reminded, element),
        };
      }
      case 'AskedRecorded': {
        const { type: _type, ...asked } = event;
        return { ...state, asked: [...state.asked, asked] };
      }
      case 'WhatCameSaid': {
        const { asked: id, came, by, at } = event;
        return { ...state, asked: state.asked.map((one) => (one.id === id ? withCame(one, { came, by, at }) : one)) };
      }
      case 'PolicyPublished': {
        const { type: _type, by: _by, ...policy } = event;
        return { ...state, policy };
      }
      case 'ElementReminded':
        return { ...state, reminded: { ...state.reminded, [event.element]: event.stage } };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, context) => {
    const { actor, at } = meta;
    if (command.type === 'Tick') {
      if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
      const events = remindersNow(state, at, context).map((reminder): ProgrammeEvent => ({
        at,
        by: actor,
        type: 'ElementReminded',
        ...reminder,
      }));
      return events.length > 0
        ? { kind: 'accepted', events }
        : refuseRegister('not now', 'Nobody is to be reminded of the programme now.');
    }
    if (command.type === 'PublishPolicy') {
      if (actor !== OPERATOR)
        return refuseRegister('not allowed', 'The pages of the policy are written by the bot’s operator.');
      const { version, hash } = command.policy;
      if (state.policy?.version === version && state.policy.hash !== hash)
        return refuseRegister(
          'not valid',
          `Version ${version} was published with another text. Please give what was changed a version of its own.`,
        );
      return { kind: 'accepted', events: [{ at, by: actor, type: 'PolicyPublished', ...command.policy }] };
    }
    if (!mayKeepProgramme(context.organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
    switch (command.type) {
      case 'SayElement':
        return decideSay(command, state, meta, context);
      case 'RecordAsked':
        return decideAsked(command, state, meta, context);
      case 'SayWhatCame':
        return decideCame(command, state, meta);
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, { organisation }) => {
    if (event.type !== 'ElementReminded') return [];
    const { element, next, stage } = event;
    const owner = now.entries[element]?.owner;
    const here = owner !== undefined && personOf(organisation, owner) ? [owner] : [];
    const compliance = membersOf(organisation, organisation.roles.compliance);
    const told = stage > 1 ? [...here, ...compliance, ...membersOf(organisation, organisation.roles.chief)] : here;
    return [
      [{ fact: 'element due', reminder: { element, next, stage } }, toPeople(told.length > 0 ? told : compliance)],
    ];
  },
  nextDueAt: (state, _now, context) => earliest(owedStages(state, context).map(({ at }) => at)),
  tick: { type: 'Tick' },
};
