/** The middle of a pane: the head of the open place, its content, and how to begin where it is empty. */

import { byId, el } from './dom.ts';

const UNREAD = ' (unread)';
let news = false;

const markNews = (button: HTMLElement): void => {
  const label = (button.getAttribute('aria-label') ?? '').replace(UNREAD, '');
  button.setAttribute('aria-label', news ? `${label}${UNREAD}` : label);
  button.classList.toggle('unread', news);
};

/** Tells whoever sees only the open place, as on a phone, whether something is new elsewhere. */
export const showNews = (there: boolean): void => {
  news = there;
  for (const button of document.querySelectorAll<HTMLElement>('.to-side')) markNews(button);
};

/** Selects the part that a narrow window shows. */
export const show = (which: 'side' | 'channel' | 'thread'): void => {
  document.body.dataset['pane'] = which;
  nameParts();
};

/** As in the style sheet. */
const narrow = window.matchMedia('(max-width: 760px)');

/** Parts beside the main one: which `show` of them is alone in a narrow window, and their role in a wide one. */
const PARTS = [
  ['rail', 'side', null],
  ['thread', 'thread', 'complementary'],
] as const;

/** What a narrow window shows alone is its main part, and has the heading of the page. */
const nameParts = (): void => {
  for (const [id, pane, role] of PARTS) {
    const part = document.getElementById(id);
    const alone = narrow.matches && document.body.dataset['pane'] === pane;
    if (part) part.role = alone ? 'main' : role;
    for (const title of part?.querySelectorAll('.part-title') ?? []) title.ariaLevel = alone ? '1' : '2';
  }
};
narrow.addEventListener('change', nameParts);

interface Head {
  title: string;
  /** Label of the button that shows the rail in a narrow window. */
  rail: string;
  /** The kind of place. */
  where?: string | undefined;
}

export const drawPlace = ({ title, rail, where }: Head, ...inside: Node[]): void => {
  const toRail = { type: 'button', class: 'quiet to-side', 'aria-label': rail, onclick: () => show('side') };
  const button = el('button', toRail, '☰');
  markNews(button);
  const head = el(
    'header',
    {},
    button,
    el('h1', {}, title),
    where !== undefined && el('span', { class: 'where' }, where),
  );
  byId('channel').replaceChildren(head, ...inside);
};

export const emptyPlace = (words = 'No messages yet.'): HTMLElement => el('p', { class: 'empty' }, words);

/** Draws an invitation; pressing its button puts `typed` into the message box. */
export const invitation = (
  { heading, typed, button }: { heading: string; typed: string; button: string },
  fill: (typed: string) => void,
): HTMLElement =>
  el(
    'div',
    { class: 'empty' },
    el('h2', {}, heading),
    el('p', {}, `Type ${typed}. The questions, the red flags and the decision all stay in one thread.`),
    el('button', { type: 'button', class: 'primary', onclick: () => fill(typed) }, button),
  );
