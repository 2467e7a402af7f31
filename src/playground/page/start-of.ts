/** What tells one message from another for somebody who hears the names of buttons. */

const MOST = 60;

/** Returns a message's first line, or the beginning of it; where it has no words, the time. */
export const startOf = (text: string, at: Date): string => {
  const [line = ''] = text.trim().split('\n', 1);
  if (line === '') return `message of ${at.toLocaleTimeString()}`;
  return line.length <= MOST ? line : `${line.slice(0, MOST).trimEnd()}…`;
};

/** Returns the first words in a card's JSON, in reading order; empty where it has none. */
export const firstText = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return '';
  if ('inlines' in part && Array.isArray(part.inlines)) return part.inlines.map(firstText).join('');
  if ('text' in part && typeof part.text === 'string') return part.text;
  return Object.values(part).map(firstText).find(Boolean) ?? '';
};
