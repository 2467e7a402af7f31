/** The open dialog (Teams' task module): a title bar, one card, and the keyboard focus in it. */

import { byId, el, run } from '../dom.ts';
import { toast } from '../toast.ts';
import { watchUnsaved, whenDismissed } from '../unsaved.ts';
import { lookAt } from './look-at.ts';
import { notice } from './notice.ts';
import { act } from './session.ts';
import { cardSurface, type CardSurface } from './surface.ts';
import type { ShownDialog, TeamsDone } from './wire.ts';

const dialog = byId('modal') as HTMLDialogElement;
const unsaved = watchUnsaved(dialog);
const title = el('h2', { id: 'modal-title', tabindex: -1 });
const problem = el('p', { class: 'error', role: 'alert', hidden: true });
const notices = el('div', { class: 'notices' });
const body = el('div', { class: 'modal-body' });
const cross = el(
  'button',
  { type: 'button', class: 'quiet', 'aria-label': 'Close dialog', onclick: () => run(close()) },
  '×',
);
dialog.append(el('header', {}, title, cross), body, notices, problem);

let open: { id: string; surface: CardSurface } | undefined;
let opener: Element | null = null;
/** The dialog that this person closed last: a late event does not open it again. */
let closed: string | undefined;
/** Shows words that came as the dialog closed. */
let outside: (words: string) => void = toast;

export const saysOutside = (say: (words: string) => void): void => {
  outside = say;
};

const complain = (text: string | undefined): void => {
  problem.hidden = text === undefined;
  problem.textContent = text ?? '';
};

const drawn = (card: HTMLElement, before: ReadonlySet<string>): void => {
  if (lookAt(card, before)) body.scrollTop = 0;
};

const done = ({ error, message, dialog: next }: TeamsDone): void => {
  if (next !== undefined) showDialog(next);
  if (open) complain(error);
  else if (error !== undefined) toast(error);
  if (message === undefined) return;
  if (open) notices.replaceChildren(notice(message));
  else outside(message);
};

/** Shows a dialog. Null closes it and gives the focus back. The same dialog again changes only its changed card. */
export function showDialog(shown: ShownDialog | null): void {
  if (!shown) {
    open = undefined;
    unsaved.shows(undefined);
    if (!dialog.open) return;
    dialog.close();
    body.replaceChildren();
    notices.replaceChildren();
    complain(undefined);
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    return;
  }
  if (shown.id === closed) return;
  title.textContent = shown.title;
  if (open?.id !== shown.id) {
    const { id } = shown;
    const surface = cardSurface({ on: () => ({ kind: 'dialog', dialog: id }), done, drawn });
    open = { id, surface };
    unsaved.shows(id);
    notices.replaceChildren();
    complain(undefined);
    body.replaceChildren(surface.element);
  }
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  open.surface.show(shown.card);
}

async function close(): Promise<void> {
  if (!open || !(await unsaved.mayLeave()) || !open) return;
  const { id } = open;
  closed = id;
  showDialog(null);
  const { error } = await act('close-dialog', { dialog: id });
  if (error !== undefined) toast(error);
}

whenDismissed(dialog, close);
