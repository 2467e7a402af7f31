/** Draws forms and remembers them, so that they can be drawn again as they were left. */

import type { Form } from '../../blocks/card.ts';
import type { HeldForm } from '../../blocks/teams/data.ts';
import {
  teamsForm,
  type AdaptiveCard,
  type Refresh,
  type Surface,
  type TeamsContext,
} from '../../blocks/teams/teams.ts';
import { formValues } from './interactions.ts';
import type { TeamsAct } from './payloads.ts';
import { createShownForms, leftForm, newShowing } from './views.ts';

export interface Shown {
  surface: Surface;
  /** Absent: a new one. */
  showing?: string | undefined;
  errors?: Record<string, string> | undefined;
  refresh?: Refresh | undefined;
  /** With a button that returns to what `refresh` brings. */
  back?: boolean;
}

export interface Drawing {
  /** Draws a form. Throws CardFault for one that its builder made impossible. */
  form(user: string, form: Form, shown: Shown): AdaptiveCard;
  /** Returns the submitted form with its values, under `words`; undefined where it is not remembered. */
  left(act: TeamsAct, words?: string): Form | undefined;
}

export const heldIn = (act: TeamsAct): HeldForm | undefined =>
  act.kind === 'press' && (act.ours.do === 'submit' || act.ours.do === 'press') ? act.ours.form : undefined;

export const joined = (errors: Record<string, string>): string => Object.values(errors).join(' ');

export const createDrawing = (context: () => TeamsContext): Drawing => {
  const showings = createShownForms();
  return {
    form: (user, form, { surface, showing = newShowing(), errors, refresh, back = false }) => {
      const card = teamsForm(form, context(), { surface, showing, errors, back, ...(refresh ? { refresh } : {}) });
      showings.remember(user, showing, form);
      return card;
    },
    left: (act, words) => {
      const held = heldIn(act);
      const form = held && showings.find(act.user, held.showing);
      if (act.kind !== 'press' || !held || form?.name !== held.name) return undefined;
      return leftForm(form, formValues(held, act.data), words);
    },
  };
};
