/** A message, form or home that holds elements: their values, and the way to the bot. */

import { initialEntry } from './entries.ts';
import { act } from './session.ts';
import type { Click, Container, Done, Element, Entered, Entries, Option, Suggest } from './wire.ts';

export interface Surface {
  /** Prefix of element ids in the page. */
  id: string;
  container: Container;
  entries: Entries;
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

/** Fetches suggestions. Undefined: they could not be loaded, and the person was told. */
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

/** Keeps values whose block and action still exist, as Slack does when a view changes. */
export const keepEntries = (before: Entries, blocks: readonly { block: string; element: Element }[]): Entries => {
  const kept: Entries = {};
  for (const { block, element } of blocks) {
    const action = element.action_id ?? '';
    const typed = before[block]?.[action];
    (kept[block] ??= {})[action] = typed === undefined ? initialEntry(element) : typed;
  }
  return kept;
};
