import { byId, el, hiddenText } from './dom.ts';
import { session } from './session.ts';
import { paneSwitch, whoAmI } from './who.ts';

export interface SideActions {
  become: (user: string) => void;
  open: (channel: string) => void;
  openHome: () => void;
}

/** `home` for the app's own page. */
export const drawSide = (current: string | undefined, actions: SideActions): void => {
  const item = (id: string, name: string, mark: string, unread: boolean, open: () => void): HTMLElement =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: unread ? 'place unread' : 'place',
          'aria-current': id === current ? 'page' : undefined,
          onclick: open,
        },
        el('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
        el('span', { class: 'place-name' }, name),
        unread && el('span', { class: 'dot' }, hiddenText(' (unread)')),
      ),
    );
  const places = (kind: 'channel' | 'dm') =>
    session.start.channels
      .filter((c) => c.kind === kind)
      .map((c) =>
        item(
          c.id,
          c.shared ? `${c.name} (shared)` : c.name,
          kind === 'dm' ? '●' : '#',
          c.unread && c.id !== current,
          () => actions.open(c.id),
        ),
      );
  const focused = document.activeElement;
  const [at, who] = [focused?.textContent, focused?.id === 'who'];
  byId('side').replaceChildren(
    el(
      'div',
      { class: 'workspace' },
      el('strong', {}, 'Clearthread'),
      el('span', {}, 'Playground'),
      paneSwitch('Slack'),
    ),
    whoAmI(
      session.start.people.filter((p) => !p.bot && !p.deactivated),
      session.user,
      actions.become,
    ),
    el('h2', {}, 'Channels'),
    el('ul', {}, ...places('channel')),
    el('h2', {}, 'Direct messages'),
    el('ul', {}, ...places('dm'), session.start.homeTab && item('home', 'Home', '⌂', false, actions.openHome)),
    el('p', { class: 'note' }, 'Sample people, this machine only. Nothing here reaches Slack.'),
  );
  // Drawing again must not take the keyboard's place away.
  if (who) document.getElementById('who')?.focus();
  else if (focused instanceof HTMLElement && !focused.isConnected)
    [...byId('side').querySelectorAll('button')].find((button) => button.textContent === at)?.focus();
};
