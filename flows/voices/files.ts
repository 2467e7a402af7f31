/** Files that come with a report: what a message says of them, and under which names they are saved (item C9 of the Guidance). */

/** Stands in the sealed message, and nowhere else: whoever can open the message can open the file. */
export interface SealedFile {
  /** Under which its sealed bytes are kept. */
  id: string;
  name: string;
  /** How long it is; what follows is padding. */
  bytes: number;
  /** The private key that opens it: each file has one of its own. */
  key: string;
  /** Whether what a photo says of where and when it was taken was removed. */
  cleaned: boolean;
}

const isFile = (value: unknown): value is SealedFile => {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, bytes, key, cleaned } = value as Record<keyof SealedFile, unknown>;
  return (
    [id, name, key].every((text) => typeof text === 'string') && Number.isSafeInteger(bytes) && cleaned === !!cleaned
  );
};

/** Returns the files that an opened message names. */
export const filesIn = (message: unknown): SealedFile[] => {
  if (typeof message !== 'object' || message === null || !('files' in message)) return [];
  return Array.isArray(message.files) ? message.files.filter(isFile) : [];
};

/** What a double click opens in a viewer or an editor. Others may run, or be a page that tells its sender of it. */
const KNOWN = new Set(
  (
    'jpg jpeg png webp gif bmp tif tiff heic heif avif mp4 m4v mov webm avi mkv 3gp mp3 m4a aac wav ogg oga opus amr flac ' +
    'pdf txt csv docx xlsx pptx odt ods odp zip'
  ).split(' '),
);

/** Characters of a name. */
const MOST_OF_NAME = 120;

/** Parts of paths, and what turns the direction of a text or is not seen in it. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}/\\:*?"<>|]/gu;

/** Device names of Windows: no file can have them. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Returns the name without a path, in one line and in the order of its letters; empty where nothing is left. */
export const shownName = (name: string): string => {
  const clean = name
    .slice(0, 2000)
    .normalize('NFC')
    .replaceAll(UNSAFE, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s-]+/, '')
    .replace(/[.\s]+$/, '');
  const characters = [...clean];
  if (characters.length <= MOST_OF_NAME) return clean;
  const ending = /\.\w{1,8}$/.exec(clean)?.[0] ?? '';
  return `${characters.slice(0, MOST_OF_NAME - ending.length).join('')}${ending}`;
};

/** Returns a name under which it can be saved: what might run or show itself as a page needs to be renamed first. */
export const savedName = (name: string): string => {
  const shown = shownName(name);
  const safe = shown === '' || DEVICE.test(shown) ? `file ${shown}`.trim() : shown;
  const ending = /\.([^.]+)$/.exec(safe)?.[1]?.toLowerCase();
  return ending !== undefined && KNOWN.has(ending) ? safe : `${safe}.rename-to-open`;
};
