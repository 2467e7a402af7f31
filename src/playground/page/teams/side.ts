import { byId, el, hiddenText } from '../dom.ts';
import { paneSwitch, whoAmI } from '../who.ts';
import { session } from './session.ts';
import type { TeamsConversation } from './wire.ts';

const MARK = { personal: '●', group: '◍', channel: '#' } as const;

/** The rail: who looks, which chats and channels they have, and what is new there. */
export const drawSide = (
  current: string | undefined,
  actions: { become: (user: string) => void; open: (conversation: string) => void },
): void => {
  const item = ({ id, name, kind, unread }: TeamsConversation & { unread: number }): HTMLElement => {
    const fresh = unread > 0 && id !== current;
    return el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: fresh ? 'place unread' : 'place',
          'aria-current': id === current ? 'page' : undefined,
          'data-conversation': id,
          onclick: () => actions.open(id),
        },
        el('span', { class: 'mark', 'aria-hidden': 'true' }, MARK[kind]),
        el('span', { class: 'place-name' }, name),
        fresh && el('span', { class: 'count' }, String(unread), hiddenText(' unread')),
      ),
    );
  };
  const places = (...kinds: TeamsConversation['kind'][]): HTMLElement =>
    el('ul', {}, ...session.start.conversations.filter(({ kind }) => kinds.includes(kind)).map(item));
  const focused = document.activeElement;
  const where = focused instanceof HTMLElement ? focused.dataset['conversation'] : undefined;
  const who = focused?.id === 'who';
  byId('side').replaceChildren(
    el(
      'div',
      { class: 'workspace' },
      el('strong', {}, 'Clearthread'),
      el('span', {}, 'Playground'),
      paneSwitch('Teams'),
    ),
    whoAmI(session.start.people, session.user, actions.become),
    el('h2', {}, 'Chats'),
    places('personal', 'group'),
    el('h2', {}, 'Channels'),
    places('channel'),
    el('p', { class: 'note' }, 'Sample people, this machine only. Nothing here reaches Teams.'),
  );
  // Drawing again must not take the keyboard's place away.
  if (who) document.getElementById('who')?.focus();
  else if (where !== undefined)
    byId('side')
      .querySelector<HTMLElement>(`[data-conversation="${CSS.escape(where)}"]`)
      ?.focus();
};
