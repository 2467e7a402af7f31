/** Requests to the playground's own server, and values that this browser tab remembers. */

export const remembered = (name: string): string | undefined => sessionStorage.getItem(name) ?? undefined;

export const remember = (name: string, value: string): void => sessionStorage.setItem(name, value);

/** The key of the person's name, for both panes: ids differ between the chats, names don't. */
export const PERSON = 'person';

/** Returns the person of the other pane, or the previous one here, or the first. */
export const whoToBe = <T extends { id: string; name: string }>(people: readonly T[], before: string): T | undefined =>
  people.find(({ name }) => name === remembered(PERSON)) ?? people.find(({ id }) => id === before) ?? people[0];

export const tabId = (): string => {
  const known = remembered('tab');
  if (known !== undefined) return known;
  const made = crypto.randomUUID();
  remember('tab', made);
  return made;
};

const UNREACHABLE = 'The playground does not answer. Is it still running?';

/** Asks the server. Throws when it cannot be reached or refuses. */
export const askAt = async <T>(path: string, query: Record<string, string>): Promise<T> => {
  const response = await fetch(`${path}?${new URLSearchParams(query).toString()}`);
  if (!response.ok) throw new Error(`The playground answered ${response.status}.`);
  // Same origin, same release: `wire.ts` is the contract.
  return (await response.json()) as T;
};

/** Tells the server something. `error` says what went wrong, in words for the person who acted. */
export const tellAt = async <T>(path: string, what: object): Promise<T | { error: string }> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    return (await response.json()) as T;
  } catch {
    return { error: UNREACHABLE };
  }
};

/** Like `tellAt`, with a file as its body. */
export const uploadAt = async <T>(path: string, file: File): Promise<T | { error: string }> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
      body: file,
    });
    return (await response.json()) as T;
  } catch {
    return { error: UNREACHABLE };
  }
};
