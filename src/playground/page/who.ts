/** Who looks at the page, and through which chat. */
import { el } from './dom.ts';

interface Somebody {
  id: string;
  name: string;
  guest: boolean;
}

export const whoAmI = (people: readonly Somebody[], user: string, become: (user: string) => void): HTMLElement => {
  const options = people.map(({ id, name, guest }) =>
    el('option', { value: id }, guest && !/guest/i.test(name) ? `${name} (guest)` : name),
  );
  const select = el('select', { id: 'who' }, ...options);
  select.value = user;
  select.addEventListener('change', () => become(select.value));
  return el('div', { class: 'who' }, el('label', { for: 'who' }, 'Who am I'), select);
};

const PANES = { Slack: '/playground/', Teams: '/playground/teams/' } as const;

/** The same person in the other chat. */
export const paneSwitch = (current: keyof typeof PANES): HTMLElement =>
  el(
    'nav',
    { class: 'panes', 'aria-label': 'Chat' },
    ...Object.entries(PANES).map(([name, href]) =>
      el('a', { href, 'aria-current': name === current ? 'page' : undefined }, name),
    ),
  );
