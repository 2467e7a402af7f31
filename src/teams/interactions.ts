/** Converts a checked payload to a neutral interaction. */

import type { FormValues } from '../../blocks/card.ts';
import { OURS, type HeldForm } from '../../blocks/teams/data.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Interaction, Place } from '../edge/interaction.ts';
import { channelOf, threadOf, type Press, type TeamsAct } from './payloads.ts';
import { submitCause } from './views.ts';

export const placeOf = (act: TeamsAct): Place => {
  const root = threadOf(act);
  // A new message in a channel is the root of its own thread, and so in none yet.
  const thread = root === act.activity ? undefined : root;
  return {
    platform: 'teams',
    channel: channelOf(act),
    ...(thread === undefined ? {} : { thread }),
    ...(act.place === 'personal' ? { direct: true } : {}),
  };
};

/** Returns values by input name. Those that the form did not show are left out; an empty input is absent. */
export const formValues = (form: HeldForm, data: Press['data']): FormValues => {
  const lists = new Set(form.lists);
  const values = form.inputs.flatMap((name): [string, string | readonly string[]][] => {
    const value = name !== OURS && Object.hasOwn(data, name) ? data[name] : undefined;
    if (typeof value !== 'string' || value === '') return [];
    if (!lists.has(name)) return [[name, value]];
    const several = value.split(',').filter((one) => one !== '');
    return several.length === 0 ? [] : [[name, several]];
  });
  // Built from entries, so that `__proto__` is a name like any other.
  return Object.fromEntries(values);
};

export const readInteraction = (act: TeamsAct, person: PersonId, trace: string): Interaction => {
  const cause = `activity:${channelOf(act)}:${person}:${act.activity}`;
  const base = { person, trace, cause, place: placeOf(act) };
  if (act.kind === 'said')
    return { ...base, kind: 'words', words: act.words, ...(act.dialog ? { canOpen: true } : {}) };
  if (act.kind === 'sought') return { ...base, kind: 'suggest', source: 'deals', query: act.query };
  const { ours, data } = act;
  switch (ours.do) {
    case 'click':
      return { ...base, kind: 'click', name: ours.name, value: ours.value };
    case 'press': {
      const { name, context } = ours.form;
      const form = { name, context, values: formValues(ours.form, data) };
      return { ...base, kind: 'click', name: ours.name, value: ours.value, form };
    }
    case 'submit': {
      const { name, context } = ours.form;
      const values = formValues(ours.form, data);
      return { ...base, kind: 'submit', form: name, context, values, cause: submitCause(person, ours.form) };
    }
    case 'look':
      return { ...base, kind: 'look', deal: ours.deal, key: ours.key };
    default: {
      const never: never = ours;
      return never;
    }
  }
};
