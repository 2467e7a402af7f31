import { byId, el } from './dom.ts';

const SHOWN_MS = 8_000;

/** Shows words that have no better place. */
export const toast = (text: string): void => {
  const shown = el('div', { class: 'toast' }, el('span', {}, text));
  shown.append(
    el(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': 'Close this notice', onclick: () => shown.remove() },
      '×',
    ),
  );
  byId('toasts').append(shown);
  setTimeout(() => shown.remove(), SHOWN_MS);
};
