/** One view at a time. What people wrote is shown as text and never as markup. */

import { byId, element } from '../../../signing/page/draw.ts';

export const say = (words: string): void => {
  byId('status').textContent = words;
};

/** Shows a view in place of the one before. A screen reader goes on at its title. */
export const show = (title: string, ...parts: Node[]): void => {
  byId('title').textContent = title;
  document.title = `${title} · Case room`;
  byId('view').replaceChildren(...parts);
  say('');
  window.scrollTo(0, 0);
  byId('title').focus();
};

export const words = (text: string, className?: string): HTMLElement =>
  element('p', { text, ...(className === undefined ? {} : { className }) });

/** A part of a view with a heading. */
export const card = (heading: string, ...parts: Node[]): HTMLElement => {
  const made = element('section', { className: 'card' }, element('h2', { text: heading }), ...parts);
  return made;
};

export const button = (text: string, press: () => void, className?: 'primary' | 'wide'): HTMLButtonElement => {
  const made = element('button', { text, ...(className === undefined ? {} : { className }) });
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
};

export const buttons = (...made: HTMLButtonElement[]): HTMLElement => element('div', { className: 'buttons' }, ...made);

let fields = 0;

/** A line or a text to fill in, with its label, and a hint below. */
export const field = <Kind extends 'input' | 'textarea'>(
  kind: Kind,
  label: string,
  hint?: string,
): { box: HTMLElementTagNameMap[Kind]; parts: HTMLElement[] } => {
  fields += 1;
  const id = `field-${fields}`;
  const box = element(kind, { id });
  const named = element('label', { text: label });
  named.htmlFor = id;
  if (hint === undefined) return { box, parts: [named, box] };
  box.setAttribute('aria-describedby', `${id}-hint`);
  return { box, parts: [named, box, element('p', { id: `${id}-hint`, className: 'hint', text: hint })] };
};

/** A box to tick, or one of several to choose. */
export const choice = (
  type: 'checkbox' | 'radio',
  text: string,
  name = '',
): { box: HTMLInputElement; part: HTMLElement } => {
  const box = element('input');
  box.type = type;
  box.name = name;
  return { box, part: element('label', { className: 'choice' }, box, element('span', { text })) };
};

/** A form with one thing to press. While that runs, it can't be pressed again. */
export const form = (
  press: string,
  parts: readonly Node[],
  submit: () => Promise<void>,
  ...others: HTMLButtonElement[]
): HTMLFormElement => {
  const go = element('button', { text: press, className: 'primary' });
  const made = element('form', {}, ...parts, buttons(go, ...others));
  made.noValidate = true;
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    void submit().finally(() => {
      go.disabled = false;
    });
  });
  return made;
};

/** Lets the browser draw what was said before it computes for a second or two. */
export const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => void setTimeout(resolve, 20));
  });

const LONG = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export const dayWords = (day: string): string => LONG.format(new Date(`${day}T00:00:00Z`));
