/** Files that people hand in as evidence: what the bot saw of them, and which it takes. */

/** Why a file's content is not in the record. */
export type UnreadBecause = 'chat' | 'gone' | 'slow' | 'failed';

/** What the bot saw of a file when it was handed in. */
export interface FileSeen {
  /** Of its content, in small hexadecimal letters. Absent: not verified. */
  sha256?: string | undefined;
  /** In bytes. */
  size?: number | undefined;
  /** Why it is not verified. */
  unread?: UnreadBecause | undefined;
}

/** Larger ones can't be read while somebody waits for their form to close. */
export const MOST_FILE_BYTES = 20_000_000;

/** Papers, tables, slides, mails, pictures and archives of those; nothing that runs. */
const ENDINGS: ReadonlySet<string> = new Set(
  'pdf doc docx odt rtf txt md xls xlsx ods csv tsv json xml ppt pptx odp eml msg png jpg jpeg gif webp heic tif tiff zip'.split(
    ' ',
  ),
);

const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/iu.exec(name.trim())?.[1]?.toLowerCase() ?? '';

/** Tells whether a file of that name is of a kind that counts as evidence. */
export const isEvidenceType = (name: string): boolean => ENDINGS.has(endingOf(name));
