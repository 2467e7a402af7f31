/** A message, form or home that holds elements: what was entered in it, and the way to the bot. */
import { act } from './session.ts';
import type { Click, Container, Done, Element, Entered, Entries, Option, Suggest } from './wire.ts';

export interface Surface {
  /** Prefix of element ids in the page. */
  id: string;
  container: Container;
  entries: Entries;
  /** Shows what went wrong, where the person looks. */
  complain(text: string): void;
}

export const enter = (surface: Surface, block: string, action: string, value: Entered): void => {
  (surface.entries[block] ??= {})[action] = value;
};

export const entered = (surface: Surface, block: string, action: string): Entered | undefined =>
  surface.entries[block]?.[action];

export const press = async (surface: Surface, block: string, action: string, value: Entered): Promise<Done> => {
  const done = await act<Click>('click', {
    container: surface.container,
    block,
    action,
    value,
    entries: surface.entries,
  });
  if (done.error !== undefined) surface.complain(done.error);
  return done;
};

/** Undefined: the results could not be loaded, and the person was told. */
export const suggestions = async (
  surface: Surface,
  block: string,
  action: string,
  query: string,
): Promise<Option[] | undefined> => {
  const done = await act<Suggest>('suggest', { container: surface.container, block, action, query });
  if (done.error !== undefined) surface.complain(done.error);
  return done.options;
};

/** What an element holds before anybody touched it. */
export const initialEntry = (element: Element): Entered => {
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value ?? null;
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null;
    case 'external_select':
      return element.initial_option
        ? { value: element.initial_option.value, label: element.initial_option.text.text }
        : null;
    case 'users_select':
      return element.initial_user ?? null;
    case 'checkboxes':
      return element.initial_options?.map((option) => option.value) ?? [];
    case 'datepicker':
      return element.initial_date ?? null;
    case 'button':
    case 'overflow':
      return null;
    default:
      throw new Error(`The playground does not know ${JSON.stringify(element satisfies never).slice(0, 100)}.`);
  }
};

/** Keeps what was entered where block and action are still there, as Slack does when a view changes. */
export const keepEntries = (before: Entries, blocks: readonly { block: string; element: Element }[]): Entries => {
  const kept: Entries = {};
  for (const { block, element } of blocks) {
    const action = element.action_id ?? '';
    const typed = before[block]?.[action];
    (kept[block] ??= {})[action] = typed === undefined ? initialEntry(element) : typed;
  }
  return kept;
};
