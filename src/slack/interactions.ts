/** Converts a checked payload to a neutral interaction. */

import type { FormValues } from '../../blocks/card.ts';
import type { ReadAct } from '../edge/edge.ts';
import type { Interaction, Place } from '../edge/interaction.ts';
import type { SlackAct, SlackView, Where } from './payloads.ts';
import type { Directory } from './people.ts';
import { submitCause, viewContext } from './views.ts';
import { personNotKnown } from './words.ts';

export const placeOf = (
  { channel, thread, shared }: Where,
  { botIsMember, isPublic }: Pick<Place, 'botIsMember' | 'isPublic'> = {},
): Place => ({
  platform: 'slack',
  channel,
  ...(thread === undefined ? {} : { thread }),
  ...(channel.startsWith('D') ? { direct: true } : {}),
  ...(shared ? { shared: true } : {}),
  ...(botIsMember === undefined ? {} : { botIsMember }),
  ...(isPublic ? { isPublic } : {}),
});

/** Returns where something happened; undefined in a view that does not say. */
export const placeOfAct = (act: SlackAct): Place | undefined => {
  if ('where' in act) return placeOf(act.where);
  if (act.kind === 'home') return placeOf({ channel: act.channel });
  return act.view && viewContext(act.view)?.place;
};

type Field = NonNullable<SlackView['state']>['values'][string][string];

const MOST_NAME = 150;
/** What is said by opening the page. */
const HOME = 'home';

/** Returns a field's value; empty text and an unchosen option count as absent. */
const valueOf = (field: Field): string | readonly string[] | undefined => {
  const single = field.value ?? field.selected_option?.value ?? field.selected_date ?? undefined;
  if (single !== undefined) return single === '' ? undefined : single;
  // A name may hold anything but the end of its line.
  const files = field.files?.map(
    ({ name, title, permalink }) =>
      `${(name || title || 'File').replace(/\s+/g, ' ').slice(0, MOST_NAME)}, ${permalink}`,
  );
  if (files?.length) return files;
  const several = field.selected_options?.map((option) => option.value);
  return several?.length ? several : undefined;
};

/** Returns values by input name. `errors` name chosen people whom the organisation file does not know. */
export const formValues = (
  view: SlackView,
  directory: Pick<Directory, 'personOf' | 'helper'>,
): { values: FormValues; errors: Record<string, string> } => {
  const values: [string, string | readonly string[]][] = [];
  const errors: [string, string][] = [];
  for (const [name, fields] of Object.entries(view.state?.values ?? {})) {
    const [field] = Object.values(fields);
    if (!field) continue;
    const user = field.selected_user ?? undefined;
    const value = user === undefined ? valueOf(field) : directory.personOf(user)?.id;
    if (value !== undefined) values.push([name, value]);
    else if (user !== undefined) errors.push([name, personNotKnown(user, directory.helper())]);
  }
  // Built from entries, so that `__proto__` is a name like any other.
  return { values: Object.fromEntries(values), errors: Object.fromEntries(errors) };
};

/** Reads an interaction. `errors` in the reply name chosen people whom the organisation file does not know. */
export const readInteraction = (
  act: SlackAct,
  by: { person: string; trace: string } & Pick<Place, 'shared' | 'botIsMember' | 'isPublic'>,
  directory: Pick<Directory, 'personOf' | 'helper'>,
): ReadAct => {
  const view = 'view' in act ? act.view : undefined;
  const held = view && viewContext(view);
  if (view && !held) return { kind: 'unsupported' };
  const place = 'where' in act ? placeOf({ ...act.where, shared: by.shared }, by) : placeOfAct(act);
  const base = { person: by.person, trace: by.trace, place };
  const context = held?.context ?? '';
  const { values, errors } = view ? formValues(view, directory) : { values: {}, errors: {} };
  const ask = (interaction: Interaction): ReadAct => ({ kind: 'ask', interaction });

  switch (act.kind) {
    case 'command':
    case 'shortcut':
      return ask({ ...base, kind: 'words', words: act.words, canOpen: true, cause: `trigger:${act.trigger}` });
    case 'said':
      return ask({ ...base, kind: 'words', words: act.words, cause: `event:${act.event}` });
    case 'home':
      return ask({ ...base, kind: 'words', words: HOME, page: true, cause: `event:${act.event}` });
    case 'press':
    case 'press at home':
      return ask({ ...base, kind: 'click', name: act.name, value: act.value, cause: `trigger:${act.trigger}` });
    case 'press in view': {
      const form = { name: act.view.callback_id, context, values };
      return ask({ ...base, kind: 'click', name: act.name, value: act.value, form, cause: `trigger:${act.trigger}` });
    }
    case 'change': {
      const { callback_id: form } = act.view;
      return ask({ ...base, kind: 'change', form, context, values, input: act.input, cause: `trigger:${act.trigger}` });
    }
    case 'submit': {
      if (Object.keys(errors).length > 0) return { kind: 'reply', reply: { kind: 'errors', errors } };
      const { callback_id: form } = act.view;
      return ask({ ...base, kind: 'submit', form, context, values, cause: submitCause(act.view) });
    }
    case 'suggest':
      return ask({ ...base, kind: 'suggest', source: act.source, query: act.query, cause: `suggest:${by.trace}` });
    default: {
      const never: never = act;
      return never;
    }
  }
};
