import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishTo } from '../../../src/checkpoints/publish.ts';

const head = { size: 12, note: 'the note\n' };

describe('a checkpoint in a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clearthread-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is one file per size, written once', async () => {
    const publish = publishTo({ to: 'folder', folder });
    await publish(head);
    await publish(head);
    await publish({ size: 13, note: 'another\n' });
    expect(readdirSync(folder).toSorted()).toEqual(['checkpoint-12.txt', 'checkpoint-13.txt']);
    expect(readFileSync(join(folder, 'checkpoint-12.txt'), 'utf8')).toBe('the note\n');
  });

  it('is never overwritten: what says something else stays, and the fault says so', async () => {
    writeFileSync(join(folder, 'checkpoint-12.txt'), 'before\n');
    await expect(publishTo({ to: 'folder', folder })(head)).rejects.toMatchObject({ code: 'other-there' });
    expect(readFileSync(join(folder, 'checkpoint-12.txt'), 'utf8')).toBe('before\n');
  });

  it('makes no folder: what should be mounted there may not be', async () => {
    const missing = join(folder, 'mount');
    await expect(publishTo({ to: 'folder', folder: missing })(head)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(missing)).toBe(false);
  });
});

describe('a checkpoint at an address', () => {
  const address = 'https://witness.example/in?token=canary';
  const asking = (answer: () => Response) => {
    const asked: [string, RequestInit | undefined][] = [];
    const ask: typeof fetch = async (url, init) => {
      asked.push([String(url), init]);
      return answer();
    };
    return { asked, publish: publishTo({ to: 'address', address }, ask) };
  };

  it('is posted as text, and follows no redirect', async () => {
    const { asked, publish } = asking(() => new Response('thanks'));
    await publish(head);
    expect(asked).toMatchObject([
      [
        address,
        {
          method: 'POST',
          body: 'the note\n',
          redirect: 'error',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        },
      ],
    ]);
  });

  it.each([
    ['status-503', () => new Response('', { status: 503 })],
    [
      'unreachable',
      () => {
        throw new TypeError(`fetch failed: ${address}`);
      },
    ],
  ])('fails with %s, and names no address', async (code, answer) => {
    const fault: unknown = await asking(answer)
      .publish(head)
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ code });
    expect(String((fault as Error).stack) + JSON.stringify(fault)).not.toContain('canary');
    expect(fault).not.toHaveProperty('cause');
  });
});
