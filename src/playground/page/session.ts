/** The person at the page, and the workspace. */

import { askAt, remember, remembered, tabId, tellAt, uploadAt } from './server.ts';
import type { Acting, Done, Start } from './wire.ts';

interface Session {
  user: string;
  tab: string;
  start: Start;
}

export const session: Session = {
  user: remembered('user') ?? '',
  tab: tabId(),
  start: { team: '', bot: '', people: [], channels: [], commands: [], shortcuts: [], homeTab: false },
};

export const become = (user: string): void => {
  session.user = user;
  remember('user', user);
};

export const nameOf = (user: string): string => session.start.people.find((p) => p.id === user)?.name ?? user;
export const isBot = (user: string): boolean => user === session.start.bot;
export const channelOf = (id: string) => session.start.channels.find((c) => c.id === id);

/** Asks the server. Throws when it cannot be reached or refuses. */
export const ask = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
  askAt<T>(`/playground/ui/${path}`, { user: session.user, ...query });

/** Uploads a file to the workspace. */
export const upload = (file: File): Promise<{ id: string; name: string } | { error: string }> =>
  uploadAt(
    `/playground/ui/file?${new URLSearchParams({ user: session.user, tab: session.tab, name: file.name }).toString()}`,
    file,
  );

/** Tells the server what the person did. `error` says what went wrong, in words for that person. */
export const act = <T extends Acting>(path: string, what: Omit<T, keyof Acting>): Promise<Done> =>
  tellAt<Done>(`/playground/ui/${path}`, { ...what, user: session.user, tab: session.tab });
