/** The app's search command, next to the message box: what is found, and what is pasted for everybody. */

import { el, run } from '../dom.ts';
import { act } from './session.ts';

const PAUSE_MS = 250;

const openSearch = (conversation: string, opener: HTMLElement): void => {
  const box = el('input', { type: 'search', id: 'find-words', autocomplete: 'off' });
  const said = el('p', { class: 'note', role: 'status' });
  const list = el('ul', { class: 'found' });
  const posts = el(
    'p',
    { class: 'note', hidden: true },
    'Press one to post its number here, with a button. Everybody in this conversation sees that, and nothing more.',
  );
  const close = (): void => dialog.close();
  const dialog = el(
    'dialog',
    { class: 'find', 'aria-labelledby': 'find-title' },
    el(
      'header',
      {},
      el('h2', { id: 'find-title' }, 'Find a deal'),
      el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the search', onclick: close }, '×'),
    ),
    el('label', { for: 'find-words' }, 'Its number, a customer, an end-user, a country'),
    box,
    said,
    posts,
    list,
  );
  const paste = async (n: number): Promise<void> => {
    const { error } = await act('paste', { conversation, n });
    if (error === undefined) close();
    else said.textContent = error;
  };
  let turn = 0;
  const seek = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    const { error, message, found = [] } = await act('seek', { conversation, words: box.value });
    if (turn !== mine) return;
    said.textContent = error ?? message ?? `${found.length} shown`;
    posts.hidden = found.length === 0;
    list.replaceChildren(
      ...found.map(({ title, text }, n) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', onclick: () => run(paste(n)) },
            el('strong', {}, title),
            el('span', {}, ` ${text}`),
          ),
        ),
      ),
    );
  };
  let soon: ReturnType<typeof setTimeout> | undefined;
  box.addEventListener('input', () => {
    clearTimeout(soon);
    soon = setTimeout(() => run(seek()), PAUSE_MS);
  });
  dialog.addEventListener('close', () => {
    clearTimeout(soon);
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  box.focus();
  run(seek());
};

/** The button of the search. */
export const findDeal = (conversation: string): HTMLElement => {
  const button = el(
    'button',
    { type: 'button', class: 'quiet find-deal', onclick: () => openSearch(conversation, button) },
    'Find a deal',
  );
  return button;
};
