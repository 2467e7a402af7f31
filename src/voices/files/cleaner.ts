/**
 * Cleans photos of what they say of where, when and by what they were taken. Decoders of pictures have had many faults, so
 * each photo is drawn anew in a process of its own that has no environment, writes no file, can't reach the network where
 * the system allows to take it away, and is killed when it takes too long.
 */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createTurns } from '../turns.ts';

export interface Cleaner {
  /**
   * Undefined: it is damaged, too large, animated, or no photo. Rejects with Crowded where too many wait, and with what
   * reading it throws.
   */
  clean(photo: AsyncIterable<Uint8Array>): Promise<Buffer | undefined>;
}

export interface CleanerOptions {
  /** The compiled child. */
  script?: string | undefined;
  /** Milliseconds for one photo. */
  patience?: number | undefined;
  /** Bytes of a cleaned photo. */
  most?: number | undefined;
}

/** So many at once: each may take all of its memory. */
const AT_ONCE = 2;

/** So many may wait: some minutes. */
const MOST_WAITING = 120;

const usualScript = (): string => fileURLToPath(new URL('photo.child.js', import.meta.url));

/** No core dump, and no file: it is the shell's own word, so that what runs afterwards can't lift it. */
const LIMITED = ['/bin/sh', '-c', 'ulimit -c 0; ulimit -f 0; exec "$@"', 'sh'];

const UNSHARE = 'unshare';
const WITHOUT_NETWORK = ['--map-root-user', '--net', '--'];

let isolated: boolean | undefined;

/** Tells whether this system lets us take the network away from a process; looked for once. */
export const canIsolate = (): boolean =>
  (isolated ??= process.platform === 'linux' && spawnSync(UNSHARE, [...WITHOUT_NETWORK, 'true']).status === 0);

/** What is put before the command. */
const wrapper = (): readonly string[] => {
  if (process.platform === 'win32') return [];
  return [...(canIsolate() ? [UNSHARE, ...WITHOUT_NETWORK] : []), ...LIMITED];
};

const start = (script: string): ChildProcess => {
  const [command, ...args] = [...wrapper(), process.execPath, '--max-old-space-size=256', script];
  return spawn(command, args, {
    cwd: tmpdir(),
    // Pictures never go through a file, however large they are; one thread has one heap.
    env: { PATH: process.env['PATH'], VIPS_DISC_THRESHOLD: '64g', MALLOC_ARENA_MAX: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: process.platform !== 'win32',
  });
};

/** The whole group: what stands before the command, and the command. */
const kill = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

export const createCleaner = ({
  script = usualScript(),
  patience = 20_000,
  most = 50 * 2 ** 20,
}: CleanerOptions = {}): Cleaner => {
  const inTurn = createTurns(AT_ONCE, MOST_WAITING);

  const drawnAnew = async (photo: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> => {
    const child = start(script);
    const { stdin, stdout } = child;
    let isOver = false;
    const ended = new Promise<number | null>((resolve) => {
      const end = (code: number | null): void => {
        isOver = true;
        resolve(code);
      };
      child.once('error', () => end(null));
      child.once('close', end);
    });
    const stop = (): void => {
      if (!isOver) kill(child);
    };
    const timer = setTimeout(stop, patience);
    const parts: Buffer[] = [];
    let bytes = 0;
    stdout?.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > most) stop();
      else parts.push(part);
    });
    let fault: unknown;
    const read = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* photo;
      } catch (error) {
        fault = error;
        throw error;
      }
    };
    try {
      // A child that ends before it has read everything says why in its exit code.
      if (stdin) await pipeline(Readable.from(read()), stdin).catch(() => {});
      if (fault !== undefined) throw fault;
      const code = await ended;
      return code === 0 && bytes > 0 && bytes <= most ? Buffer.concat(parts) : undefined;
    } finally {
      clearTimeout(timer);
      stop();
    }
  };

  return { clean: (photo) => inTurn(() => drawnAnew(photo)) };
};

/** A white point. */
const SAMPLE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==',
  'base64',
);

/** What an operator has to know of cleaning on this machine; nothing where all is well. */
export const cleaningProblem = async (cleaner: Cleaner): Promise<string | undefined> => {
  const sample = await cleaner.clean(
    (async function* () {
      yield SAMPLE;
    })(),
  );
  if (!sample) {
    return 'Photos can’t be cleaned on this machine, so none is taken unless its author says to take it as it is: the package sharp does not run here.';
  }
  return canIsolate()
    ? undefined
    : 'Photos are cleaned in a process that could reach the network: this system does not let us take it away (unshare).';
};
