/**
 * Reports of misuse in a yearly report: ranges that the case room hands over as lines, for it counts them itself and the bot knows of no
 * case. Few are published as "fewer than 5", and none too. Guidance: R2.
 */

/** What the case room counts of the reports that arrived in a year and are closed; the first is all of them. */
export const COMPLAINT_ROWS = {
  closed: 'Arrived in the year, and closed',
  credible: 'Found credible',
  substantiated: 'Substantiated, at least in part',
  remedied: 'Made good, at least in part',
  reopened: 'Opened again',
} as const;
export const COMPLAINT_DAYS = {
  acknowledged: 'Days until it was said that they arrived, in the middle',
  answered: 'Days until it was said what came of them, in the middle',
} as const;
export type ComplaintRow = keyof typeof COMPLAINT_ROWS;
export type ComplaintDays = keyof typeof COMPLAINT_DAYS;

/** As the case room says them, smallest first. */
const RANGES = [
  'none',
  '1 to 4',
  '5 to 9',
  '10 to 24',
  '25 to 49',
  '50 to 99',
  '100 to 249',
  '250 to 499',
  '500 to 999',
  '1000 or more',
] as const;

const UNSAID = 'not said of fewer than 5';
/** From this range on a number tells of nobody. */
const FIRST_SAID = RANGES.indexOf('5 to 9');
const FEW = 'fewer than 5';
const MOST_DAYS = 9999;

export interface PublishedComplaints {
  title: string;
  definition: string;
  guidance: string[];
  rows: { id: ComplaintRow; label: string; range: string }[];
  /** Medians. Null: of fewer than 5. */
  days: { id: ComplaintDays; label: string; value: number | null }[];
}

export const NOT_RECOUNTED = 'Not recounted from the record.';

const DEFINITION = `Reports of misuse that arrived in the year and are closed, as ranges that the case room counted and handed over. ${NOT_RECOUNTED} Few are said as “${FEW}”, and none too.`;

const rowIds = Object.keys(COMPLAINT_ROWS) as ComplaintRow[];
const dayIds = Object.keys(COMPLAINT_DAYS) as ComplaintDays[];

/** The label of a line: that of all of them names the year. */
const isLabel = (said: string, label: string): boolean => said.toLowerCase() === label.toLowerCase();

/** Up to a few lines: the case room gives seven. */
const MOST_LINES = 30;

export type ComplaintsRead = { complaints: PublishedComplaints } | { problem: string };

/** Reads the lines. Each of the seven must be there once, for that year, and nothing else. */
export const readComplaints = (text: string, year: number): ComplaintsRead => {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^[\s•*-]+/u, '').trim())
    .filter((line) => line !== '');
  if (lines.length > MOST_LINES) return { problem: 'Please paste the seven lines of the case room, and no more.' };
  const ranges = new Map<ComplaintRow, number>();
  const days = new Map<ComplaintDays, number | null>();
  for (const line of lines) {
    const cut = line.lastIndexOf(':');
    const [label, value] = [
      line.slice(0, cut).trim(),
      line
        .slice(cut + 1)
        .trim()
        .toLowerCase(),
    ];
    const [, ofYear] = /^reports that arrived in (\d{4}) and are closed$/iu.exec(label) ?? [];
    if (ofYear !== undefined && Number(ofYear) !== year)
      return { problem: `These lines are of ${ofYear}. Please count ${year} in the case room.` };
    const row = ofYear === undefined ? rowIds.find((id) => isLabel(label, COMPLAINT_ROWS[id])) : 'closed';
    const day = dayIds.find((id) => isLabel(label, COMPLAINT_DAYS[id]));
    const said = `“${line.slice(0, 80)}”`;
    if (cut < 0 || (!row && !day)) return { problem: `${said} is no line of the case room’s count.` };
    if ((row && ranges.has(row)) || (day && days.has(day))) return { problem: `${said} stands there twice.` };
    if (row) {
      const range = RANGES.findIndex((one) => one === value);
      if (range < 0) return { problem: `${said}: please give the range as the case room says it, such as “5 to 9”.` };
      ranges.set(row, range);
    } else if (day) {
      const count = /^\d{1,4}$/u.test(value) ? Number(value) : undefined;
      if (value !== UNSAID && (count === undefined || count > MOST_DAYS))
        return { problem: `${said}: please give whole days, or “${UNSAID}”.` };
      days.set(day, count ?? null);
    }
  }
  const lacking = [
    ...rowIds.filter((id) => !ranges.has(id)).map((id) => COMPLAINT_ROWS[id]),
    ...dayIds.filter((id) => !days.has(id)).map((id) => COMPLAINT_DAYS[id]),
  ];
  if (lacking.length > 0) return { problem: `A line is missing: ${lacking.join('; ')}.` };
  const all = ranges.get('closed') ?? 0;
  const above = rowIds.find((id) => (ranges.get(id) ?? 0) > all);
  if (above) return { problem: `“${COMPLAINT_ROWS[above]}” can’t be more than all that are closed.` };
  const isFew = all < FIRST_SAID;
  return {
    complaints: {
      title: 'Reports of misuse',
      definition: DEFINITION,
      guidance: ['R2'],
      rows: rowIds.map((id) => {
        const range = ranges.get(id) ?? 0;
        return { id, label: COMPLAINT_ROWS[id], range: range < FIRST_SAID ? FEW : (RANGES[range] ?? FEW) };
      }),
      days: dayIds.map((id) => ({ id, label: COMPLAINT_DAYS[id], value: isFew ? null : (days.get(id) ?? null) })),
    },
  };
};

/** Each a line, as a report shows it. */
export const complaintLines = ({ rows, days }: PublishedComplaints): { label: string; said: string }[] => [
  ...rows.map(({ label, range }) => ({ label, said: range })),
  ...days.map(({ label, value }) => ({ label, said: value === null ? 'not published' : String(value) })),
];
