import { el, hiddenText, run } from './dom.ts';
import { drawRail, railItem } from './rail.ts';
import { session } from './session.ts';

interface SideActions {
  become: (user: string) => void;
  open: (channel: string) => void;
  openHome: () => void;
}

/** The command that begins a deal. */
export const newDeal = (): string => session.start.commands[0]?.command ?? '/deal';

/** Draws the side. `current`: a channel, or `home` for the app's own page. */
export const drawSide = (current: string | undefined, { become, open, openHome }: SideActions): void => {
  const places = (kind: 'channel' | 'dm'): HTMLElement[] =>
    session.start.channels
      .filter((c) => c.kind === kind)
      .map(({ id, name, shared, unread }) =>
        railItem({
          id,
          name: shared ? `${name} (shared)` : name,
          mark: kind === 'dm' ? '●' : '#',
          current: id === current,
          news: unread && id !== current ? el('span', { class: 'dot' }, hiddenText(' (unread)')) : undefined,
          open: () => open(id),
        }),
      );
  const home = { id: 'home', name: 'Home', mark: '⌂', current: current === 'home', open: openHome };
  const people = session.start.people.filter((p) => !p.bot && !p.deactivated);
  run(
    drawRail(
      { pane: 'Slack', people, user: session.user, become, newDeal: newDeal() },
      el('h2', {}, 'Channels'),
      el('ul', {}, ...places('channel')),
      el('h2', {}, 'Direct messages'),
      el('ul', {}, ...places('dm'), session.start.homeTab && railItem(home)),
    ),
  );
};
