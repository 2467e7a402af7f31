import { el } from '../dom.ts';

/** What the bot said to this person alone: it stays until they have read it. */
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
