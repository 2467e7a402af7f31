/** Addresses that people and chats give. */

/**
 * Parses an address, an absolute one or one relative to `base`; undefined where it is none. Never by `URL.canParse`: in Node 20 and 22, once it was called a
 * few thousand times, it says no to every name with an accent (`https://bücher.example`).
 */
export const parsedUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};
