/** The installation's two keys: from the environment, or for the embedded default made once in the data folder. */

import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreFault } from './event-store.ts';

export const databaseFile = (dataDir: string): string => join(dataDir, 'clearthread.sqlite');
const dataKeyFile = (dataDir: string): string => join(dataDir, 'data.key');
const checkpointKeyFile = (dataDir: string): string => join(dataDir, 'checkpoint.key');

const DATA_KEY_HELP = 'it must be 32 random bytes in base64, for example from: openssl rand -base64 32';
const CHECKPOINT_KEY_HELP =
  'it must be an Ed25519 private key, PEM or base64 PKCS8 DER, for example from: openssl genpkey -algorithm ed25519';

const badKey = (where: string, help: string, cause?: unknown): StoreFault =>
  new StoreFault('bad-key', 'not done', `${where} is not usable: ${help}`, { cause });

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new StoreFault('unreadable-key', 'not done', `The key file ${file} can't be read.`, { cause: error });
  }
};

const flush = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

/** Appears whole or not at all, and on disk before anything is encrypted with it. Of two processes, the first wins. */
const makeKeyFile = (dataDir: string, file: string, text: string): string => {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const handle = openSync(draft, 'wx', 0o600);
    writeSync(handle, text);
    fsyncSync(handle);
    closeSync(handle);
    try {
      linkSync(draft, file);
      flush(dataDir);
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StoreFault('no-key-file', 'not done', `The key file ${file} can't be made.`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
};

const parseDataKey = (text: string, where: string): Buffer => {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  // Buffer.from skips characters that are not base64: compare, so that a typing error is not taken for another key.
  const same = key.toString('base64').replace(/=+$/, '') === trimmed.replace(/=+$/, '');
  if (key.length !== 32 || !same) throw badKey(where, DATA_KEY_HELP);
  return key;
};

/** Like `loadDataKey`, but creates nothing: undefined where there is no key. */
export const findDataKey = (value: string | undefined, dataDir: string): Buffer | undefined => {
  if (value !== undefined && value.trim() !== '') return parseDataKey(value, 'CLEARTHREAD_DATA_KEY');
  const file = dataKeyFile(dataDir);
  const found = readIfThere(file);
  return found === undefined ? undefined : parseDataKey(found, file);
};

/**
 * Loads the 32-byte key that wraps every stream's key. `value` is CLEARTHREAD_DATA_KEY. Throws StoreFault with a
 * sentence for the operator when it is not usable, or when the database exists and its key does not.
 */
export const loadDataKey = (value: string | undefined, dataDir: string): Buffer => {
  const found = findDataKey(value, dataDir);
  if (found) return found;
  const file = dataKeyFile(dataDir);
  if (existsSync(databaseFile(dataDir))) {
    const message = `The data key of ${databaseFile(dataDir)} is missing: set CLEARTHREAD_DATA_KEY, or put ${file} back.`;
    throw new StoreFault('missing-data-key', 'not done', message);
  }
  return parseDataKey(makeKeyFile(dataDir, file, `${randomBytes(32).toString('base64')}\n`), file);
};

const nextDataKeyFile = (dataDir: string): string => `${dataKeyFile(dataDir)}.next`;

/** The key that is to replace the one in the data folder; made once, and found again by a run that finishes another's. */
export const nextDataKey = (dataDir: string): Buffer => {
  const file = nextDataKeyFile(dataDir);
  const text = readIfThere(file) ?? makeKeyFile(dataDir, file, `${randomBytes(32).toString('base64')}\n`);
  return parseDataKey(text, file);
};

/** Reads a key that a setting holds. Throws StoreFault. */
export const dataKeyIn = (value: string, setting: string): Buffer => parseDataKey(value, setting);

/** Puts the next key in the place of the old one, which is overwritten. */
export const takeNextDataKey = (dataDir: string): void => {
  const [file, next] = [dataKeyFile(dataDir), nextDataKeyFile(dataDir)];
  const old = openSync(file, 'r+');
  try {
    const { size } = fstatSync(old);
    renameSync(next, file);
    flush(dataDir);
    writeSync(old, Buffer.alloc(size), 0, size, 0);
    fsyncSync(old);
  } finally {
    closeSync(old);
  }
};

const parseCheckpointKey = (text: string, where: string): KeyObject => {
  let key: KeyObject;
  try {
    key = text.includes('-----BEGIN')
      ? // Environment files often carry a PEM on one line.
        createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw badKey(where, CHECKPOINT_KEY_HELP, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw badKey(where, CHECKPOINT_KEY_HELP);
  return key;
};

/** Like `loadCheckpointKey`, but creates nothing: undefined where there is no key yet. */
export const findCheckpointKey = (value: string | undefined, dataDir: string): KeyObject | undefined => {
  if (value !== undefined && value.trim() !== '') return parseCheckpointKey(value, 'CLEARTHREAD_CHECKPOINT_KEY');
  const file = checkpointKeyFile(dataDir);
  const found = readIfThere(file);
  return found === undefined ? undefined : parseCheckpointKey(found, file);
};

/** Loads the Ed25519 private key that signs checkpoints. `value` is CLEARTHREAD_CHECKPOINT_KEY. Throws StoreFault. */
export const loadCheckpointKey = (value: string | undefined, dataDir: string): KeyObject => {
  const found = findCheckpointKey(value, dataDir);
  if (found) return found;
  const file = checkpointKeyFile(dataDir);
  const made = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  return parseCheckpointKey(makeKeyFile(dataDir, file, made.toString()), file);
};
