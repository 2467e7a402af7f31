/** The middle of a pane: the head of the open place, its content, and how to begin where it is empty. */

import { byId, el } from './dom.ts';

/** Selects the part that a narrow window shows. */
export const show = (which: 'side' | 'channel' | 'thread'): void => {
  document.body.dataset['pane'] = which;
};

interface Head {
  title: string;
  /** Label of the button that shows the rail in a narrow window. */
  rail: string;
  /** The kind of place. */
  where?: string | undefined;
}

export const drawPlace = ({ title, rail, where }: Head, ...inside: Node[]): void => {
  const toRail = { type: 'button', class: 'quiet to-side', 'aria-label': rail, onclick: () => show('side') };
  const head = el(
    'header',
    {},
    el('button', toRail, '☰'),
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
    el('h3', {}, heading),
    el('p', {}, `Type ${typed}. The questions, the red flags and the decision all stay in one thread.`),
    el('button', { type: 'button', class: 'primary', onclick: () => fill(typed) }, button),
  );
