/** Instants are kept as ISO 8601 in UTC with milliseconds, so that text order is time order. */

/** Throws RangeError when the text is no instant. */
export const instant = (text: string): string => new Date(text).toISOString();

/** Ready from the start, whatever the clocks of several processes say. */
export const AT_ONCE = new Date(0).toISOString();
