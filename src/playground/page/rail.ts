/** The rail of both panes: the person, the chat, and the places to go to. */

import { byId, el, redraw, released } from './dom.ts';
import { showNews } from './place.ts';
import { hasTour, tourButton } from './tour.ts';

interface Somebody {
  id: string;
  name: string;
  role: string;
  guest: boolean;
}

const whoAmI = (people: readonly Somebody[], user: string, become: (user: string) => void): HTMLElement => {
  const roleOf = ({ role, guest }: Somebody): string => (guest ? 'Guest' : role);
  const options = people.map((one) =>
    el('option', { value: one.id, selected: one.id === user }, [one.name, roleOf(one)].filter(Boolean).join(' · ')),
  );
  const me = people.find(({ id }) => id === user);
  const select = el('select', { id: 'who', 'aria-describedby': 'who-role' }, ...options);
  select.addEventListener('change', () => become(select.value));
  // The closed list has room for the name alone.
  const role = el('p', { id: 'who-role', class: 'note' }, me ? roleOf(me) : '');
  return el('div', { class: 'who' }, el('label', { for: 'who' }, 'Who am I'), select, role);
};

const PANES = { Slack: '/playground/', Teams: '/playground/teams/' } as const;

/** Draws the switch to the same person in the other chat. */
const paneSwitch = (current: keyof typeof PANES): HTMLElement =>
  el(
    'nav',
    { class: 'panes', 'aria-label': 'Chat' },
    ...Object.entries(PANES).map(([name, href]) =>
      el('a', { href, 'aria-current': name === current ? 'page' : undefined }, name),
    ),
  );

interface RailItem {
  id: string;
  name: string;
  mark: string;
  /** It is open in the middle. */
  current: boolean;
  /** The sign that something is new there. */
  news?: HTMLElement | undefined;
  open: () => void;
}

export const railItem = ({ id, name, mark, current, news, open }: RailItem): HTMLElement =>
  el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: news ? 'place unread' : 'place',
        'aria-current': current ? 'page' : undefined,
        'data-place': id,
        onclick: open,
      },
      el('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
      el('span', { class: 'place-name' }, name),
      news,
    ),
  );

interface Rail {
  pane: keyof typeof PANES;
  people: readonly Somebody[];
  user: string;
  become: (user: string) => void;
  /** The words that begin a deal in this pane. */
  newDeal: string;
}

let turn = 0;

/** Draws the rail as last asked for, once nobody presses anything in it. */
export const drawRail = async (
  { pane, people, user, become, newDeal }: Rail,
  ...places: readonly HTMLElement[]
): Promise<void> => {
  turn += 1;
  const mine = turn;
  const rail = byId('side');
  await released(rail);
  if (turn !== mine) return;
  const focused = document.activeElement;
  const place = focused instanceof HTMLElement ? focused.dataset['place'] : undefined;
  const who = focused?.id === 'who';
  redraw(rail, [
    el(
      'div',
      { class: 'workspace' },
      el('h1', { class: 'narrow-only' }, 'Clearthread'),
      el('strong', { class: 'wide-only' }, 'Clearthread'),
      el('span', {}, 'Playground'),
      paneSwitch(pane),
    ),
    whoAmI(people, user, become),
    ...places,
    el('p', { class: 'note' }, `Sample people, this machine only. Nothing here reaches ${pane}.`),
    ...(hasTour() ? [tourButton(newDeal)] : []),
  ]);
  showNews(rail.querySelector('.place.unread') !== null);
  // Drawing again must not take the keyboard focus away.
  if (who) byId('who').focus();
  else if (place !== undefined) rail.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`)?.focus();
};
