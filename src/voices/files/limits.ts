/** How much of files is taken. Text goes in whatever these say. */

const MB = 2 ** 20;

export interface FileLimits {
  /** Bytes of one file. */
  file: number;
  /** Files that are sent at once, and their bytes. */
  files: number;
  sending: number;
  /** Bytes of all files of a case, sealed. */
  case: number;
  /** Bytes of all files, sealed. */
  total: number;
  /** Bytes that stay free on the disk, for texts. */
  spare: number;
  /** So many people may send files at once. */
  senders: number;
}

export const FILE_LIMITS: FileLimits = {
  file: 50 * MB,
  files: 30,
  sending: 100 * MB,
  case: 300 * MB,
  total: 10 * 1024 * MB,
  spare: 1024 * MB,
  senders: 20,
};

/** Why a file was not taken; each has words in the texts. */
export type NotTaken =
  | 'fileTooBig'
  | 'fileTooMany'
  | 'fileSendingFull'
  | 'fileCaseFull'
  | 'fileStoreFull'
  | 'fileCrowded'
  | 'fileNoPhoto'
  | 'filePhoto';
