import { el, hiddenText, run } from '../dom.ts';
import { drawRail, railItem } from '../rail.ts';
import { session } from './session.ts';
import type { TeamsConversation } from './wire.ts';

/** The words that begin a deal in a channel. */
export const NEW_DEAL = '@Clearthread new deal';
const MARK = { personal: '●', group: '◍', channel: '#' } as const;

/** Draws a person's chats and channels, and what is new there. */
export const drawSide = (
  current: string | undefined,
  { become, open }: { become: (user: string) => void; open: (conversation: string) => void },
): void => {
  const item = ({ id, name, kind, unread }: TeamsConversation & { unread: number }): HTMLElement => {
    const fresh = unread > 0 && id !== current;
    const news = fresh ? el('span', { class: 'count' }, String(unread), hiddenText(' unread')) : undefined;
    return railItem({ id, name, mark: MARK[kind], current: id === current, news, open: () => open(id) });
  };
  const places = (...kinds: TeamsConversation['kind'][]): HTMLElement =>
    el('ul', {}, ...session.start.conversations.filter(({ kind }) => kinds.includes(kind)).map(item));
  run(
    drawRail(
      { pane: 'Teams', people: session.start.people, user: session.user, become, newDeal: NEW_DEAL },
      el('h2', {}, 'Chats'),
      places('personal', 'group'),
      el('h2', {}, 'Channels'),
      places('channel'),
    ),
  );
};
