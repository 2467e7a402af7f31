import { el } from '../dom.ts';

/** Draws the bot's private words to this person: they stay until read. */
export const notice = (text: string): HTMLElement => {
  const shown: HTMLElement = el(
    'div',
    { class: 'notice', role: 'status' },
    el('p', {}, el('strong', {}, 'Only for you: '), text),
    el(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': 'Dismiss this notice', onclick: () => shown.remove() },
      '×',
    ),
  );
  return shown;
};
