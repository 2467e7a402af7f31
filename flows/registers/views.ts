/** Views that compliance saved of its board: filters with a name, shared by all of compliance. */

import { fold } from '../fold.ts';
import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance } from '../organisation.ts';
import { own } from '../own.ts';
import { refuseRegister, type Register } from './register.ts';

export interface SavedView {
  id: string;
  name: string;
  /** The filters, as they were typed. */
  query: string;
  by: PersonId;
  at: Instant;
}

export interface ViewsState {
  views: Readonly<Record<string, SavedView>>;
}

export type ViewsCommand = { type: 'SaveView'; name: string; query: string } | { type: 'DeleteView'; view: string };

export type ViewsEvent = { at: Instant; by: PersonId } & (
  | { type: 'ViewSaved'; view: Pick<SavedView, 'id' | 'name' | 'query'> }
  | { type: 'ViewDeleted'; view: string }
);

/** In characters. */
export const MOST_NAME = 60;
const MOST_VIEWS = 40;

/** By name. */
export const savedViews = ({ views }: ViewsState): SavedView[] => {
  const key = ({ name, id }: SavedView): string => `${fold(name)} ${id}`;
  return Object.values(views).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
};

/** Names of signs alone have no letters to compare. */
const nameKey = (name: string): string => fold(name) || name;

const nameProblem = (name: string, state: ViewsState): string | undefined => {
  if (name === '') return 'Please give it a name.';
  if ([...name].length > MOST_NAME) return `Please choose a name of at most ${MOST_NAME} characters.`;
  return savedViews(state).some((view) => nameKey(view.name) === nameKey(name))
    ? 'Another view has this name. Please choose one that differs.'
    : undefined;
};

export const views: Register<ViewsState, ViewsCommand, ViewsEvent, never> = {
  name: 'views',
  none: { views: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ViewSaved': {
        const { view, by, at } = event;
        return { views: { ...state.views, [view.id]: { ...view, by, at } } };
      }
      case 'ViewDeleted': {
        const { [event.view]: _gone, ...rest } = state.views;
        return { views: rest };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at, id }, { organisation }) => {
    if (!isOfCompliance(organisation, actor))
      return refuseRegister('not allowed', 'Only compliance can save and delete views.');
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'SaveView': {
        const name = command.name.replace(/\s+/gu, ' ').trim();
        const problem = nameProblem(name, state);
        if (problem !== undefined) return refuseRegister('not valid', problem, 'title');
        const query = command.query.trim();
        if (query === '') return refuseRegister('not valid', 'Please choose some filters first.', 'title');
        if (Object.keys(state.views).length >= MOST_VIEWS)
          return refuseRegister('not now', `${MOST_VIEWS} views are saved. Please delete one first.`, 'title');
        return { kind: 'accepted', events: [{ ...stamp, type: 'ViewSaved', view: { id: `view-${id}`, name, query } }] };
      }
      case 'DeleteView':
        return own(state.views, command.view)
          ? { kind: 'accepted', events: [{ ...stamp, type: 'ViewDeleted', view: command.view }] }
          : refuseRegister('not now', 'This view was deleted already.');
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: () => [],
  nextDueAt: () => null,
  tick: undefined,
};
