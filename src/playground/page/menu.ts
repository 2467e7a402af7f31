/** A small menu on a button: arrow keys move, Escape closes, focus returns. */

import { el } from './dom.ts';

export interface MenuItem {
  label: string;
  choose: () => void;
}

/** `title`: what everybody can read of it; `name` begins with that, and tells it from others on the page. */
export const menuButton = (
  title: string,
  name: string,
  face: string,
  items: () => readonly MenuItem[],
): HTMLElement => {
  const list = el('div', { class: 'menu', role: 'menu', 'aria-label': title, hidden: true });
  const button = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': name,
      title,
    },
    face,
  );
  const away = (event: Event): void => {
    if (!(event.target instanceof Node) || !holder.contains(event.target)) close(false);
  };
  const close = (back: boolean): void => {
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('click', away);
    if (back) button.focus();
  };
  const open = (): void => {
    list.replaceChildren(
      ...items().map((item) =>
        el(
          'button',
          {
            type: 'button',
            role: 'menuitem',
            onclick: () => {
              close(true);
              item.choose();
            },
          },
          item.label,
        ),
      ),
    );
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('click', away);
    list.querySelector('button')?.focus();
  };
  button.addEventListener('click', () => (list.hidden ? open() : close(true)));
  list.addEventListener('keydown', (event) => {
    const all = [...list.querySelectorAll('button')];
    const at = all.findIndex((one) => one === document.activeElement);
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus();
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const holder = el('span', { class: 'menu-holder' }, button, list);
  return holder;
};
