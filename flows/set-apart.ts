/**
 * What somebody typed, for between quotation marks: it ends none of them, and makes no line of its own that reads like ours.
 */
export const setApart = (text: string): string => text.replace(/[“”]/gu, '"').replace(/\s+/gu, ' ');
