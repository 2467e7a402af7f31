/** Buttons as Adaptive Card actions, each with our data in it. */

import type { Action } from '../card.ts';
import { CardFault, TEAMS } from '../limits.ts';
import { isLoopback } from '../slack/draw.ts';
import { liveUrl } from '../slack/text.ts';
import type { ActionData, ActionRow, CardAction, Execute, OpenUrl, Submit } from './adaptive-card.ts';
import type { HeldForm, Ours } from './data.ts';
import { inertLine } from './text.ts';

/** The place of a button. A dialog brings `task/submit`, a card `adaptiveCard/action`. */
export type Surface = 'card' | 'dialog';

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

type ButtonStyle = Pick<Action, 'label' | 'style' | 'accessibleLabel'>;

const look = ({ label, style, accessibleLabel }: ButtonStyle) => ({
  title: inertLine(label, TEAMS.action.title),
  ...(style === undefined ? {} : { style: STYLES[style] }),
  ...(accessibleLabel === undefined ? {} : { tooltip: inertLine(accessibleLabel, TEAMS.action.tooltip) }),
});

const submit = (shown: ButtonStyle, data: ActionData): Submit => ({ type: 'Action.Submit', ...look(shown), data });

/** Makes an action with Action.Submit for clients that know no Action.Execute. */
const execute = (shown: ButtonStyle, verb: string, clearthread: Ours): Execute => ({
  type: 'Action.Execute',
  ...look(shown),
  verb,
  data: { clearthread },
  fallback: submit(shown, { clearthread }),
});

/** Makes an action for which Teams asks for a dialog. The card stays as it is. */
const openDialog = (shown: ButtonStyle, clearthread: Ours): Submit =>
  submit(shown, { msteams: { type: 'task/fetch' }, clearthread });

const send = (surface: Surface, shown: ButtonStyle, verb: string, clearthread: Ours): CardAction =>
  surface === 'dialog' ? submit(shown, { clearthread }) : execute(shown, verb, clearthread);

/** Makes a link. One whose address may not be opened would do nothing: it is left out, as in Slack. */
const link = (action: Action, url: string): OpenUrl[] => {
  const href = isLoopback(url) ? url : liveUrl(url, TEAMS.action.url)?.href;
  return href === undefined ? [] : [{ type: 'Action.OpenUrl', ...look(action), url: href }];
};

const check = ({ name, value }: Action): void => {
  if (value.length > TEAMS.action.value) {
    throw new CardFault('value-too-long', `The value of the button ${name} is longer than a card keeps.`);
  }
  if (name === '' || name.length > TEAMS.action.name) {
    throw new CardFault('name-too-long', 'The name of a button is empty or longer than a card keeps.');
  }
};

export type Button = (action: Action) => CardAction[];

/** Makes a button on a card. One in a dialog is sent from there, and the dialog goes on with what it opens. */
export const cardButton =
  (surface: Surface): Button =>
  (action) => {
    check(action);
    if (action.url !== undefined) return link(action, action.url);
    const clearthread: Ours = { do: 'click', name: action.name, value: action.value };
    if (surface === 'dialog') return [submit(action, { clearthread })];
    return [action.opens === 'form' ? openDialog(action, clearthread) : execute(action, action.name, clearthread)];
  };

/** Makes a button inside a form, which sends its values along. No dialog opens from a dialog: there it continues. */
export const formButton =
  (surface: Surface, form: HeldForm): Button =>
  (action) => {
    check(action);
    if (action.url !== undefined) return link(action, action.url);
    const { name, value } = action;
    const clearthread: Ours = { do: 'press', name, value, form };
    const opens = surface === 'card' && action.opens === 'form';
    return [opens ? openDialog(action, clearthread) : send(surface, action, name, clearthread)];
  };

export const submitButton = (surface: Surface, label: string, form: HeldForm): CardAction =>
  send(surface, { label, style: 'primary' }, form.name, { do: 'submit', form });

/** Makes the button that returns to the person's own version of a live card. */
export const backButton = ({ deal, key }: { deal: string; key: string }): CardAction =>
  execute({ label: 'Back' }, 'look', { do: 'look', deal, key });

/** Splits actions into rows: Teams draws six of a set. */
export const actionRows = (actions: readonly CardAction[]): ActionRow[] =>
  Array.from({ length: Math.ceil(actions.length / TEAMS.actions) }, (_, i) => ({
    type: 'ActionSet',
    actions: actions.slice(i * TEAMS.actions, (i + 1) * TEAMS.actions),
  }));
