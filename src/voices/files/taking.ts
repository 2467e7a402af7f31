/**
 * Takes the files of one sending: seals each while it arrives, cleans photos once everything is there, and says which were
 * not taken and why. Nothing unsealed is on the disk at any time: a photo that waits to be cleaned is sealed to a key that
 * is in memory alone.
 */

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { shownName, type SealedFile } from '../../../flows/voices/files.ts';
import type { Logger } from '../../log.ts';
import { Crowded } from '../turns.ts';
import type { Cleaner } from './cleaner.ts';
import { FILE_LIMITS, type FileLimits, type NotTaken } from './limits.ts';
import { HEAD, photoKind } from './photos.ts';
import { openFile, sealFile } from './sealing.ts';
import type { FileStore, FileWriter, StoredFile } from './store.ts';

/** What its author asked for. */
export interface FileWishes {
  /** Photos are cleaned. */
  clean: boolean;
  /** What can't be cleaned goes in as it is. */
  asItIs: boolean;
}

export interface Taken {
  /** For the sealed message. */
  files: SealedFile[];
  stored: StoredFile[];
  /** Names the same files the same, whatever they were sealed to; hex. */
  marks: string[];
  notTaken: { name: string; why: NotTaken }[];
  /** Names of those that went in as they are though they were to be cleaned. */
  asTheyAre: string[];
}

export interface Taking {
  /** Seals a file while it arrives. Reads it to its end whatever happens, so that what follows it arrives too. */
  take(name: string, content: Readable): Promise<void>;
  /** A file of which nothing was read. */
  refuse(name: string, why: NotTaken): void;
  /** Whether anybody chose a file. */
  isEmpty(): boolean;
  /** Cleans what is to be cleaned. `inCase`: bytes of the files that are in the case. */
  finish(wishes: FileWishes, inCase: number): Promise<Taken>;
  /** They belong to a case now: the end erases them no more. */
  keep(stored: readonly StoredFile[]): void;
  /** Erases all that belongs to no case. */
  end(): void;
}

export interface FileTaking {
  begin(): Taking;
  /** Erases the files of what was erased. */
  sweep(): void;
}

interface Arrived extends StoredFile {
  name: string;
  key: string;
  /** Of the file itself. */
  length: number;
  head: Buffer;
  mark: string;
}

/** What can't be cleaned, today or tomorrow: whoever wants may send it as it is. */
const NEVER_CLEAN = new Set<NotTaken>(['fileNoPhoto', 'filePhoto']);

const isFull = (code: string): boolean => /^(?:SQLITE_FULL|SQLITE_IOERR_WRITE)/.test(code);

export interface FileTakingOptions {
  store: FileStore;
  cleaner: Cleaner;
  /** Bytes that are free on the disk. */
  free: () => number;
  limits?: FileLimits | undefined;
  logger: Logger;
}

export const createFileTaking = ({
  store,
  cleaner,
  free,
  limits = FILE_LIMITS,
  logger,
}: FileTakingOptions): FileTaking => {
  let senders = 0;
  /** Whatever is wrong with the store of files: the text goes in. Throws what is no error of the store. */
  const storeFault = (error: unknown): NotTaken => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('SQLITE_')) throw error;
    if (!isFull(code)) logger.error('voices.files-failed', { error });
    return 'fileStoreFull';
  };
  /** Where even erasing finds no room, the next start erases it. */
  const erase = (ids: readonly string[]): void => {
    try {
      store.drop(ids);
    } catch (error) {
      storeFault(error);
    }
  };
  const hasRoom = (bytes: number): boolean => store.used() + bytes <= limits.total && free() - bytes > limits.spare;

  const sealTo = async (writer: FileWriter, content: AsyncIterable<Uint8Array>): Promise<string> => {
    const { key, sealed } = await sealFile(content);
    for await (const part of sealed) writer.write(part);
    return key;
  };

  return {
    begin: () => {
      const begun: string[] = [];
      const arrived: Arrived[] = [];
      const notTaken: Taken['notTaken'] = [];
      let chosen = 0;
      let sent = 0;
      let isSender = false;

      const drop = (id: string): void => {
        begun.splice(begun.indexOf(id), 1);
        erase([id]);
      };
      const refuse = (name: string, why: NotTaken): void => {
        chosen += 1;
        notTaken.push({ name: shownName(name), why });
      };
      const reasonNow = (): NotTaken | undefined => {
        if (arrived.length >= limits.files) return 'fileTooMany';
        if (!isSender && senders >= limits.senders) return 'fileCrowded';
        return hasRoom(0) ? undefined : 'fileStoreFull';
      };

      const take = async (name: string, content: Readable): Promise<void> => {
        let why = reasonNow();
        if (why === undefined && !isSender) {
          isSender = true;
          senders += 1;
        }
        const writer = store.begin();
        begun.push(writer.id);
        const hash = createHash('sha256');
        let head = Buffer.alloc(0);
        let length = 0;
        const counted = async function* (): AsyncGenerator<Uint8Array> {
          for await (const part of content as AsyncIterable<Buffer>) {
            length += part.length;
            sent += part.length;
            if (length > limits.file) why ??= 'fileTooBig';
            else if (sent > limits.sending) why ??= 'fileSendingFull';
            if (why !== undefined) continue;
            if (head.length < HEAD) head = Buffer.concat([head, part.subarray(0, HEAD)]);
            hash.update(part);
            yield part;
          }
        };
        const bounded: FileWriter = {
          ...writer,
          write: (sealed) => {
            if (why !== undefined) return;
            try {
              if (!hasRoom(sealed.length)) why = 'fileStoreFull';
              else writer.write(sealed);
            } catch (error) {
              why = storeFault(error);
            }
          },
        };
        const key = await sealTo(bounded, counted());
        // A form without a file sends an empty one without a name.
        if (length === 0 && name === '') return drop(writer.id);
        if (why === undefined) {
          try {
            const stored = writer.end();
            chosen += 1;
            arrived.push({ ...stored, name: shownName(name), key, length, head, mark: hash.digest('hex') });
            return;
          } catch (error) {
            why = storeFault(error);
          }
        }
        drop(writer.id);
        // What was not taken makes room for what follows.
        sent -= length;
        refuse(name, why);
      };

      /** The photo without what was beside it, as a file of its own; or why there is none. */
      const cleaned = async (file: Arrived, number: number): Promise<Arrived | NotTaken> => {
        if (photoKind(file.head) === undefined) return 'fileNoPhoto';
        try {
          const photo = await cleaner.clean(openFile(store.read(file.id), { key: file.key, bytes: file.length }));
          const kind = photo && photoKind(photo);
          if (!photo || !kind) return 'filePhoto';
          const writer = store.begin();
          begun.push(writer.id);
          const key = await sealTo(
            writer,
            (async function* () {
              yield photo;
            })(),
          );
          const stored = writer.end();
          drop(file.id);
          // Cameras and phones write the time into the name.
          return { ...file, ...stored, key, length: photo.length, name: `photo-${number}.${kind}` };
        } catch (error) {
          return error instanceof Crowded ? 'fileCrowded' : storeFault(error);
        }
      };

      return {
        take,
        refuse,
        isEmpty: () => chosen === 0,
        finish: async ({ clean, asItIs }, inCase) => {
          const taken: Taken = { files: [], stored: [], marks: [], notTaken, asTheyAre: [] };
          let bytes = inCase;
          for (const file of arrived) {
            const made = clean ? await cleaned(file, taken.files.filter((one) => one.cleaned).length + 1) : file;
            const last = typeof made !== 'string' ? made : asItIs && NEVER_CLEAN.has(made) ? file : made;
            if (typeof last === 'string' || bytes + last.bytes > limits.case) {
              notTaken.push({ name: file.name, why: typeof last === 'string' ? last : 'fileCaseFull' });
              continue;
            }
            bytes += last.bytes;
            const { id, name, key, length, mark } = last;
            taken.files.push({ id, name, bytes: length, key, cleaned: last !== file });
            taken.stored.push({ id, bytes: last.bytes });
            if (clean && last === file) taken.asTheyAre.push(name);
            taken.marks.push(`${mark} ${String(last !== file)}`);
          }
          return taken;
        },
        keep: (stored) => {
          const ids = stored.map(({ id }) => id);
          for (const id of ids) begun.splice(begun.indexOf(id), 1);
          store.release(ids);
        },
        end: () => {
          if (isSender) senders -= 1;
          isSender = false;
          erase(begun.splice(0));
        },
      };
    },
    sweep: () => store.sweep(),
  };
};
