/** Instants are kept as ISO 8601 in UTC with milliseconds, so that text order is time order. */

/** Normalises an instant. Throws RangeError when the text is none. */
export const instant = (text: string): string => new Date(text).toISOString();

/** A past instant: ready from the start, however the clocks of several processes differ. */
export const AT_ONCE = new Date(0).toISOString();
