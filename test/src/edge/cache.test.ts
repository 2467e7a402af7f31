import { beforeEach, describe, expect, it } from 'vitest';
import { cached } from '../../../src/edge/cache.ts';

const MINUTE = 60_000;

describe('what a chat said', () => {
  let now: number;
  let asked: string[];
  let answer: string | Error;
  const memory = (more: { keep?: (said: string) => boolean } = {}) =>
    cached(
      async (id: string) => {
        asked.push(id);
        if (answer instanceof Error) throw answer;
        return answer;
      },
      { key: (id) => id, clock: () => new Date(now), ...more },
    );
  beforeEach(() => {
    now = 0;
    asked = [];
    answer = 'member';
  });

  it('is not asked again for five minutes, of each one alone', async () => {
    const standing = memory();
    for (const id of ['U1', 'U1', 'U2']) await standing(id);
    expect(asked).toEqual(['U1', 'U2']);
    now = 5 * MINUTE;
    answer = 'guest';
    expect(await standing('U1')).toBe('guest');
  });

  it('is believed for a quarter of an hour while the chat does not answer', async () => {
    const standing = memory();
    await standing('U1');
    answer = new Error('no answer');
    now = 14 * MINUTE;
    expect(await standing('U1')).toBe('member');
    await expect(standing('U2')).rejects.toThrow('no answer');
    now = 15 * MINUTE;
    await expect(standing('U1')).rejects.toThrow('no answer');
  });

  it('is asked again at once where it is not kept', async () => {
    const standing = memory({ keep: (said) => said !== 'deactivated' });
    await standing('U1');
    now = 5 * MINUTE;
    answer = 'deactivated';
    await standing('U1');
    await standing('U1');
    expect(asked).toEqual(['U1', 'U1', 'U1']);
    answer = new Error('no answer');
    await expect(standing('U1')).rejects.toThrow('no answer');
  });
});
