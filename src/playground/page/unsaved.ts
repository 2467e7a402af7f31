/** Asks before somebody leaves a form in which they wrote: Escape, the cross and the browser's own Back lose it. */

import { el, run } from './dom.ts';

const ask = (): Promise<boolean> =>
  new Promise((resolve) => {
    // At once: the event of a closed dialog comes later, and the next press may come before it.
    const answer = (leave: boolean): void => {
      dialog.close();
      dialog.remove();
      resolve(leave);
    };
    const dialog = el(
      'dialog',
      { class: 'ask', role: 'alertdialog', 'aria-labelledby': 'unsaved-title' },
      el('h2', { id: 'unsaved-title' }, 'Leave this form?'),
      el('p', {}, 'What you wrote in it is not saved.'),
      el(
        'div',
        { class: 'buttons' },
        el('button', { type: 'button', onclick: () => answer(true) }, 'Leave it'),
        el(
          'button',
          { type: 'button', class: 'primary', autofocus: true, onclick: () => answer(false) },
          'Keep writing',
        ),
      ),
    );
    // Browsers close dialogs together that opened without a press: the form must not go with this one.
    dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      answer(false);
    });
    dialog.addEventListener('close', () => answer(false));
    document.body.append(dialog);
    dialog.showModal();
  });

/** Runs `leave` when somebody wants a dialog closed, with Escape or their device's Back. It stays until then. */
export const whenDismissed = (dialog: HTMLDialogElement, leave: () => Promise<unknown>): void => {
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    run(leave());
  });
  // A browser closes a dialog by itself at the second Escape without a press in between, whatever the page says.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !dialog.open) return;
    if ([...document.querySelectorAll('dialog[open]')].some((other) => other !== dialog)) return;
    event.preventDefault();
    run(leave());
  });
};

export interface Unsaved {
  /** Tells which form is open; undefined: none. */
  shows(form: string | undefined): void;
  /** The form's words were taken: there is nothing to lose. */
  saved(form: string): void;
  mayLeave(): Promise<boolean>;
}

/** Watches what is written in a dialog. */
export const watchUnsaved = (dialog: HTMLDialogElement): Unsaved => {
  const touched = new Set<string>();
  let now: string | undefined;
  let asking = false;
  const isTouched = (): boolean => now !== undefined && touched.has(now);
  dialog.addEventListener('input', () => {
    if (now !== undefined) touched.add(now);
  });
  window.addEventListener('beforeunload', (event) => {
    if (dialog.open && isTouched()) event.preventDefault();
  });
  return {
    shows: (form) => {
      now = form;
      if (form === undefined) touched.clear();
    },
    saved: (form) => void touched.delete(form),
    mayLeave: async () => {
      if (asking) return false;
      if (!isTouched()) return true;
      asking = true;
      return ask().finally(() => (asking = false));
    },
  };
};
