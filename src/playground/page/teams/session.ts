/** The person at the Teams pane, and the tenant. */

import { isOwnServer } from '../own-server.ts';
import { askAt, PERSON, remember, remembered, tabId, tellAt } from '../server.ts';
import type { TeamsConversation, TeamsDone, TeamsStart } from './wire.ts';

interface Session {
  /** Entra object id. */
  user: string;
  tab: string;
  start: TeamsStart;
}

const USER = 'teams-user';

export const session: Session = {
  user: remembered(USER) ?? '',
  tab: tabId(),
  start: { tenant: '', bot: { id: '', name: '' }, people: [], conversations: [], commands: [] },
};

/** Changes the person; `name` finds the same one in the other pane. */
export const become = ({ id, name }: { id: string; name: string }): void => {
  session.user = id;
  remember(USER, id);
  remember(PERSON, name);
};

export const conversationOf = (id: string): (TeamsConversation & { unread: number }) | undefined =>
  session.start.conversations.find((c) => c.id === id);

const ROOT = '/playground/teams/ui';

/** Asks the server. Throws when it cannot be reached or refuses. */
export const ask = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
  askAt<T>(`${ROOT}/${path}`, { user: session.user, ...query });

/** Tells the server what the person did; resolves with what Teams then shows. */
export const act = (path: string, what: object): Promise<TeamsDone> =>
  tellAt<TeamsDone>(`${ROOT}/${path}`, { ...what, user: session.user, tab: session.tab });

export const addressOf = (conversation: string, message?: string): string => {
  const query = new URLSearchParams({ conversation, ...(message === undefined ? {} : { message }) });
  return `/playground/teams/?${query.toString()}`;
};

export const isOwnAddress = (url: string): boolean =>
  URL.canParse(url, location.href) &&
  isOwnServer(new URL(url, location.href)) &&
  new URL(url, location.href).pathname === '/playground/teams/';
