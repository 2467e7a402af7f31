import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../store/checkpoint.ts';
import { databaseFile, findCheckpointKey, loadCheckpointKey, loadDataKey } from '../../store/keys.ts';

describe('the keys of an installation', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'clearthread-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('come from the environment, and then nothing is written', () => {
    const key = Buffer.alloc(32, 9);
    expect(loadDataKey(`${key.toString('base64')}\n`, dir)).toEqual(key);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('are made once in the data folder, for its owner only', () => {
    const folder = join(dir, 'new', 'data');
    const key = loadDataKey(undefined, folder);
    expect(key.length).toBe(32);
    expect(loadDataKey('', folder)).toEqual(key);
    const signer = publicKeyOf(loadCheckpointKey(undefined, folder));
    expect(publicKeyOf(loadCheckpointKey(undefined, folder))).toBe(signer);
    const files = readdirSync(folder);
    expect(files.toSorted()).toEqual(['checkpoint.key', 'data.key']);
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(loadDataKey(undefined, join(dir, 'other'))).not.toEqual(key);
  });

  it.each(['short', Buffer.alloc(31).toString('base64'), `${Buffer.alloc(32).toString('base64')}!`, 'a'.repeat(44)])(
    'are refused with a sentence: %s',
    (value) => {
      expect(() => loadDataKey(value, dir)).toThrow(/^CLEARTHREAD_DATA_KEY is not usable: it must be 32 random bytes/);
    },
  );

  it('are never made anew beside a database that needs the old one', () => {
    writeFileSync(databaseFile(dir), '');
    expect(() => loadDataKey(undefined, dir)).toThrow(/data key of .* is missing: set CLEARTHREAD_DATA_KEY/);
    expect(readdirSync(dir)).toEqual(['clearthread.sqlite']);
  });

  it('are refused when the file is damaged', () => {
    writeFileSync(join(dir, 'data.key'), 'half');
    expect(() => loadDataKey(undefined, dir)).toThrow(/data\.key is not usable/);
    expect(readFileSync(join(dir, 'data.key'), 'utf8')).toBe('half');
  });

  it('sign checkpoints from PEM, PEM on one line, or base64 DER', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    for (const value of [pem, pem.trim().replaceAll('\n', '\\n'), der]) {
      expect(publicKeyOf(loadCheckpointKey(value, dir))).toBe(publicKeyOf(privateKey));
    }
    expect(findCheckpointKey(undefined, dir)).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuse another kind of key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    for (const value of [pem, 'nonsense']) {
      expect(() => loadCheckpointKey(value, dir)).toThrow(/^CLEARTHREAD_CHECKPOINT_KEY is not usable: .*Ed25519/);
    }
  });
});
