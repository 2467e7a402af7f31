/** Reads what somebody wrote, whatever is in it: fields that this version does not know are shown by their name. */

export interface Part {
  /** Undefined where it needs none. */
  label: string | undefined;
  text: string;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['what', 'What happened'],
  ['where', 'Where'],
  ['when', 'When'],
  ['product', 'Which product'],
  ['others', 'Companies, authorities and places'],
  ['safe', 'Is it safe to answer them here'],
  ['how', 'To take care of when we answer'],
  ['concerns', 'Concerns, so that it is not sealed to them'],
  ['meeting', 'Would like to talk in person'],
  ['language', 'Language'],
]);

/** What stands for a choice on the report page. */
const CHOICES: ReadonlyMap<string, string> = new Map([
  ['safe yes', 'Yes, here'],
  ['safe no', 'No, please don’t answer'],
  ['meeting yes', 'Yes'],
]);

/** Whether who reported it said that an answer here is safe for them. */
export type Safe = 'yes' | 'no' | 'unsaid';

/** What they wrote last counts, but for silence. */
export const safeAfter = (before: Safe, value: unknown): Safe => {
  const said = typeof value === 'object' && value !== null && 'safe' in value ? value.safe : undefined;
  return said === 'yes' || said === 'no' ? said : before;
};

/** Tells whether it was kept for handlers alone, since an answer is not safe. */
export const isWithheld = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'withheld' in value;

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (typeof value === 'object' && 'name' in value) return textOf(value.name);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
};

/** Returns its parts with something in them, in the order of the report page and then as they come. */
export const partsOf = (value: unknown): Part[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ label: undefined, text: textOf(value) }].filter(({ text }) => text !== '');
  }
  // Files are no text: see fileList.
  const { kind, files: _files, withheld: _withheld, ...fields } = value as Record<string, unknown>;
  const names = Object.keys(fields);
  const ordered = [
    ...[...LABELS.keys()].filter((name) => names.includes(name)),
    ...names.filter((name) => !LABELS.has(name)),
  ];
  return ordered
    .map((name) => ({
      label: (kind === 'words' || kind === 'who') && name === 'text' ? undefined : (LABELS.get(name) ?? name),
      text: CHOICES.get(`${name} ${textOf(fields[name])}`) ?? textOf(fields[name]),
    }))
    .filter(({ text }) => text !== '');
};
