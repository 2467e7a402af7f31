/**
 * The process of the voices is killed while people report, add something, and handlers work: whoever was shown a receipt finds
 * their report, and what somebody was told is kept, is.
 */

import { expect, it } from 'vitest';
import type { ShownCase } from '../../src/voices/room/wire.ts';
import { openVoicesStore } from '../../src/voices/store.ts';
import { answerTo, askAt, openCaseRoom, reportTo, signIn, twoHandlers, words } from '../support/case-room.ts';
import { hiddenIn } from '../support/voices-page.ts';
import { voicesProcess } from '../support/voices-process.ts';

const voices = voicesProcess();

/** Milliseconds after it was sent; undefined: as soon as it is answered. */
const WAITS = [0, 40, 120, 300, undefined];

const post = async (url: string, fields: Record<string, string>): Promise<string | undefined> => {
  try {
    return await (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
  } catch {
    return undefined;
  }
};

it('keeps what has a receipt, and lets a lost answer be asked for again', async () => {
  let receipted = 0;
  let lost = 0;
  let url = await voices.start();
  for (const wait of WAITS) {
    const page = await (await fetch(`${url}/`)).text();
    const fields = { receipt: hiddenIn(page, 'receipt'), readers: hiddenIn(page, 'readers'), what: `Sample ${wait}` };
    const asked = post(`${url}/report`, fields);
    await (wait === undefined ? asked : new Promise((resolve) => setTimeout(resolve, wait)));
    await voices.end('SIGKILL');
    const answer = await asked;
    url = await voices.start();
    const shown = await post(`${url}/answers`, { receipt: fields.receipt });
    if (answer?.includes('Your report has arrived')) {
      receipted += 1;
      expect(shown).toContain('Your report arrived on');
    } else {
      lost += 1;
      // The page is still open: pressing Send once more is enough. Practice readers are made anew at each start.
      const readers = hiddenIn(await (await fetch(`${url}/`)).text(), 'readers');
      expect(await post(`${url}/report`, { ...fields, readers })).toContain('Your report has arrived');
      expect(await post(`${url}/answers`, { receipt: fields.receipt })).toContain('Your report arrived on');
    }
  }
  await voices.end('SIGKILL');
  expect(receipted + lost).toBe(WAITS.length);
  expect(receipted).toBeGreaterThan(0);
}, 120_000);

it('keeps what its author adds once they are told so, and keeps it once where they press again', async () => {
  let url = await voices.start();
  const page = await (await fetch(`${url}/`)).text();
  const receipt = hiddenIn(page, 'receipt');
  const report = { receipt, readers: hiddenIn(page, 'readers'), what: 'Sample' };
  expect(await post(`${url}/report`, report)).toContain('Your report has arrived');
  /** Messages, and events of the case: each addition is both. */
  const kept = (): number => {
    const store = openVoicesStore(voices.folder());
    const [found] = store.cases();
    const counts = [store.messagesOf(found?.id ?? '').length - 1, found?.events.length ?? 0];
    store.close();
    expect(counts[0]).toBe(counts[1]);
    return counts[0] ?? 0;
  };
  let told = 0;
  for (const [n, wait] of WAITS.entries()) {
    const added = { receipt, words: `Sample addition ${n}` };
    const asked = post(`${url}/add`, added);
    await (wait === undefined ? asked : new Promise((resolve) => setTimeout(resolve, wait)));
    await voices.end('SIGKILL');
    const isTold = (await asked)?.includes('It has arrived.') ?? false;
    // Those before are kept once each.
    expect(kept()).toBeGreaterThanOrEqual(isTold ? n + 1 : n);
    expect(kept()).toBeLessThanOrEqual(n + 1);
    if (isTold) told += 1;
    url = await voices.start();
    expect(await post(`${url}/add`, added)).toContain('It has arrived.');
  }
  await voices.end('SIGKILL');
  expect(kept()).toBe(WAITS.length);
  expect(told).toBeGreaterThan(0);
}, 120_000);

it('keeps each step that a handler was told is kept, and half of none', async () => {
  const room = await openCaseRoom({ kept: voices.folder() });
  const { ada, ben } = await twoHandlers(room);
  const { id } = await reportTo(room, [ada, ben]);
  await room.end();
  const investigate = { do: 'investigate', who: ['counsel-1'], not: ['rep-1'] };
  let told = 0;
  for (const [action, wait] of [
    [{ do: 'acknowledge' }, 3],
    [{ do: 'work' }, 1],
    [{ do: 'work', due: '2027-01-20' }, 2],
    [investigate, 4],
    [{ do: 'work', due: null }, undefined],
    [{ do: 'feedback' }, undefined],
    [{ do: 'close' }, undefined],
    [{ do: 'ask' }, undefined],
  ] as const) {
    await voices.start();
    const ask = askAt(voices.roomUrl());
    const token = await signIn({ ask }, ada);
    const shown = (await ask('case', { id }, token)).body as unknown as ShownCase;
    const toThem = ['acknowledge', 'feedback', 'ask'].includes(action.do);
    const message = { forHandlers: await words('A step.', shown.recipients) };
    const asked = toThem
      ? await answerTo(shown, 'To them.', { action })
      : { id, events: shown.events.length, action, message };
    const answer = ask('act', asked, token).catch(() => undefined);
    await (wait === undefined ? answer : new Promise((resolve) => setTimeout(resolve, wait)));
    await voices.end('SIGKILL');
    if ((await answer)?.status === 200) told += 1;
    const store = openVoicesStore(voices.folder());
    const kept = store.caseOf(id)?.events.length ?? 0;
    // A step may be kept whose answer was lost on the way; its message is then there, too.
    expect(kept).toBeGreaterThanOrEqual(told);
    expect(store.messagesOf(id)).toHaveLength(1 + kept);
    store.close();
  }
  expect(told).toBeGreaterThanOrEqual(4);
}, 120_000);
