/** Who is asked outside of the company, by kinds that are the same each year. Guidance: G9, H2. */

export const ASKED_KINDS = {
  affected: 'People who could be harmed, and who speaks for them',
  rights: 'Rights groups',
  public: 'Embassies and public bodies',
  workers: 'Workers, and their unions',
  other: 'Others',
} as const;
export type AskedKind = keyof typeof ASKED_KINDS;

export const isAskedKind = (text: string): text is AskedKind => Object.hasOwn(ASKED_KINDS, text);
