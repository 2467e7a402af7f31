/** Who looks at the page, and what the workspace is. */
import type { Acting, Done, Start } from './wire.ts';

interface Session {
  user: string;
  tab: string;
  start: Start;
}

const remembered = (name: string): string | undefined => sessionStorage.getItem(name) ?? undefined;

const tabId = (): string => {
  const known = remembered('tab');
  if (known !== undefined) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem('tab', made);
  return made;
};

export const session: Session = {
  user: remembered('user') ?? '',
  tab: tabId(),
  start: { team: '', bot: '', people: [], channels: [], commands: [], shortcuts: [], homeTab: false },
};

export const become = (user: string): void => {
  session.user = user;
  sessionStorage.setItem('user', user);
};

export const nameOf = (user: string): string => session.start.people.find((p) => p.id === user)?.name ?? user;
export const isBot = (user: string): boolean => user === session.start.bot;
export const channelOf = (id: string) => session.start.channels.find((c) => c.id === id);

const UNREACHABLE = 'The playground does not answer. Is it still running?';

/** Throws when the server cannot be reached or refuses. */
export const ask = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
  const response = await fetch(
    `/playground/ui/${path}?${new URLSearchParams({ user: session.user, ...query }).toString()}`,
  );
  if (!response.ok) throw new Error(`The playground answered ${response.status}.`);
  // Same origin, same release: `wire.ts` is the contract.
  return (await response.json()) as T;
};

/** Tells the server what the person did. What went wrong is in `error`, in words for that person. */
export const act = async <T extends Acting>(path: string, what: Omit<T, keyof Acting>): Promise<Done> => {
  try {
    const response = await fetch(`/playground/ui/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...what, user: session.user, tab: session.tab }),
    });
    return (await response.json()) as Done;
  } catch {
    return { error: UNREACHABLE };
  }
};
