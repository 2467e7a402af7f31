/** Presses and typed words, by role, kind of act and week. */

export interface Act {
  person: string;
  act: string;
  words: number;
  week: number;
}

export interface Row {
  role: string;
  act: string;
  /** By week, from 0. */
  presses: number[];
  words: number[];
}

export interface Tally {
  add(act: Act): void;
  /** Counts deals that were confirmed in batches. */
  confirmed(deals: number): void;
  rows(): Row[];
  confirmedDeals(): number;
}

export const roleOf = (person: string): string => person.replace(/-\d+$/u, '');

export const createTally = (): Tally => {
  const rows = new Map<string, Row>();
  let confirmed = 0;
  return {
    add: ({ person, act, words, week }) => {
      const role = roleOf(person);
      const key = `${role} ${act}`;
      const row = rows.get(key) ?? { role, act, presses: [], words: [] };
      rows.set(key, row);
      row.presses[week] = (row.presses[week] ?? 0) + 1;
      row.words[week] = (row.words[week] ?? 0) + words;
    },
    confirmed: (deals) => void (confirmed += deals),
    rows: () => [...rows.values()],
    confirmedDeals: () => confirmed,
  };
};
