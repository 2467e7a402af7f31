/** Who looks at the Teams pane, and what the tenant is. */

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

/** `name` finds the same person in the other pane. */
export const become = ({ id, name }: { id: string; name: string }): void => {
  session.user = id;
  remember(USER, id);
  remember(PERSON, name);
};

export const conversationOf = (id: string): (TeamsConversation & { unread: number }) | undefined =>
  session.start.conversations.find((c) => c.id === id);

const ROOT = '/playground/teams/ui';

/** Throws when the server cannot be reached or refuses. */
export const ask = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
  askAt<T>(`${ROOT}/${path}`, { user: session.user, ...query });

/** What the person did; answered with what Teams then shows. */
export const act = (path: string, what: object): Promise<TeamsDone> =>
  tellAt<TeamsDone>(`${ROOT}/${path}`, { ...what, user: session.user, tab: session.tab });

/** A message's address in this pane. */
export const addressOf = (conversation: string, message?: string): string => {
  const query = new URLSearchParams({ conversation, ...(message === undefined ? {} : { message }) });
  return `/playground/teams/?${query.toString()}`;
};

export const isOwnAddress = (url: string): boolean =>
  URL.canParse(url, location.href) &&
  new URL(url, location.href).origin === location.origin &&
  new URL(url, location.href).pathname === '/playground/teams/';
