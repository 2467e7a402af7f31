/** Type-ahead: the typed text goes to the app, whose answers become a list to choose from. */

import { el, run } from './dom.ts';
import { plain } from './text.ts';
import type { Option } from './wire.ts';

const PAUSE_MS = 150;

export interface Combobox {
  id: string;
  placeholder: string;
  /** Accessible name where no label element points at `id`. */
  name: string | undefined;
  describedBy: string | undefined;
  required: boolean;
  minimum: number;
  chosen: string;
  load: (query: string) => Promise<Option[] | undefined>;
  choose: (option: Option | null) => void;
}

export const combobox = (given: Combobox): HTMLElement => {
  let shown: Option[] = [];
  let active = -1;
  let chosen = given.chosen;
  let asked = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const input = el('input', {
    id: given.id,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${given.id}-list`,
    'aria-label': given.name,
    'aria-describedby': given.describedBy,
    'aria-required': given.required ? 'true' : undefined,
    placeholder: given.placeholder,
  });
  input.value = chosen;
  const list = el('ul', {
    class: 'listbox',
    role: 'listbox',
    id: `${given.id}-list`,
    'aria-label': 'Suggestions',
    hidden: true,
  });
  const status = el('span', { class: 'visually-hidden', role: 'status' });

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (option: Option): void => {
    chosen = plain(option.text);
    input.value = chosen;
    close();
    given.choose(option);
  };
  const move = (to: number): void => {
    active = (to + shown.length) % shown.length;
    for (const [n, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(n === active));
    input.setAttribute('aria-activedescendant', `${given.id}-${active}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  };
  const draw = (options: Option[]): void => {
    shown = options;
    active = -1;
    list.replaceChildren(
      ...options.map((option, n) =>
        el(
          'li',
          {
            role: 'option',
            id: `${given.id}-${n}`,
            'aria-selected': 'false',
            onmousedown: (event) => event.preventDefault(),
            onclick: () => choose(option),
          },
          plain(option.text),
          option.description && el('span', { class: 'description' }, plain(option.description)),
        ),
      ),
    );
    if (options.length === 0) list.append(el('li', { class: 'nothing' }, 'No results'));
    status.textContent = options.length === 1 ? '1 result' : `${options.length} results`;
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  const search = async (): Promise<void> => {
    const query = input.value === chosen ? '' : input.value;
    if (query.length < given.minimum) return close();
    const turn = ++asked;
    const options = await given.load(query);
    // An answer to an older query comes too late.
    if (turn === asked && options && document.activeElement === input) draw(options);
  };
  const soon = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => run(search()), PAUSE_MS);
  };
  input.addEventListener('input', soon);
  input.addEventListener('focus', () => {
    input.select();
    soon();
  });
  input.addEventListener('click', () => {
    if (list.hidden) soon();
  });
  input.addEventListener('blur', () => {
    close();
    // Clearing the field undoes the choice; half a word does not.
    if (input.value === '' && chosen !== '') {
      chosen = '';
      given.choose(null);
    }
    input.value = chosen;
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && list.hidden) soon();
    else if (event.key === 'ArrowDown' && shown.length > 0) move(active + 1);
    else if (event.key === 'ArrowUp' && !list.hidden && shown.length > 0) move(active - 1);
    else if (event.key === 'Enter') {
      const option = shown[active === -1 && shown.length === 1 ? 0 : active];
      if (!list.hidden && option) choose(option);
    } else if (event.key === 'Escape' && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el('div', { class: 'combobox' }, input, list, status);
};
