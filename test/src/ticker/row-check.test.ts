import { expect, it } from 'vitest';
import type { LogFields } from '../../../src/log.ts';
import { startRowCheck } from '../../../src/ticker/row-check.ts';
import type { RowsChecked } from '../../../store/event-store.ts';

const changedRow = (key: string): RowsChecked['changed'] => [{ table: 'conversations', key }];

/** Returns the pages one after the other, then one without anything. */
const paging = (...pages: (RowsChecked | Error)[]) => {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    checkRows: async (after: string | undefined): Promise<RowsChecked> => {
      asked.push(after);
      const next = pages.shift() ?? { checked: 0, changed: [], next: undefined };
      if (next instanceof Error) throw next;
      return next;
    },
  };
};

const logging = () => {
  const lines: [string, LogFields][] = [];
  const note = (event: string, fields: LogFields = {}): void => void lines.push([event, fields]);
  return { lines, logger: { info: note, warn: note, error: note } };
};

it('looks at every page, counts what was changed, and names nobody in the logs', async () => {
  const store = paging(
    { checked: 200, changed: changedRow('person:canary'), next: 'k' },
    { checked: 3, changed: changedRow('person:canary-2'), next: undefined },
  );
  const { lines, logger } = logging();
  const check = startRowCheck({ store, logger });
  await expect.poll(() => check.changed()).toBe(2);
  expect(store.asked).toEqual([undefined, 'k']);
  expect(lines).toEqual([
    ['rows.changed', { count: 2 }],
    ['rows.checked', { count: 203 }],
  ]);
  await check.stop();
});

it('looks again each day: what was mended is no longer counted', async () => {
  const store = paging({ checked: 1, changed: changedRow('a'), next: undefined });
  const check = startRowCheck({ store, logger: logging().logger, everyMs: 5 });
  await expect.poll(() => store.asked.length).toBeGreaterThan(1);
  await expect.poll(() => check.changed()).toBe(0);
  await check.stop();
});

it('keeps the last number while the store does not answer, and tries again', async () => {
  const store = paging({ checked: 1, changed: changedRow('a'), next: undefined }, new Error('canary'));
  const { lines, logger } = logging();
  const check = startRowCheck({ store, logger, everyMs: 5 });
  await expect.poll(() => lines.map(([event]) => event)).toContain('rows.not-checked');
  await expect.poll(() => store.asked.length).toBeGreaterThan(2);
  await check.stop();
});

it('has the row of a state made anew, and goes on where that fails', async () => {
  const states = ['D-1', 'D-2', 'D-3'].map((key) => ({ table: 'snapshots' as const, key }));
  const store = paging({ checked: 4, changed: [...states, ...changedRow('a')], next: undefined });
  const { lines, logger } = logging();
  const mended: string[] = [];
  const mend = async (stream: string): Promise<void> => {
    if (stream === 'D-2') throw new Error('canary');
    mended.push(stream);
  };
  const check = startRowCheck({ store, logger, mend });
  await expect.poll(() => check.changed()).toBe(4);
  expect(mended).toEqual(['D-1', 'D-3']);
  expect(lines.map(([event, { stream }]) => [event, stream])).toEqual([
    ['rows.state-changed', 'D-1'],
    ['rows.state-changed', 'D-2'],
    ['rows.not-mended', 'D-2'],
    ['rows.state-changed', 'D-3'],
    ['rows.changed', undefined],
    ['rows.checked', undefined],
  ]);
  await check.stop();
});
