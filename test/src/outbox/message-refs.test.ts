/** Places of messages, when the store fails for a moment. */

import { beforeEach, expect, it } from 'vitest';
import { messageRefs } from '../../../src/outbox/message-refs.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { memoryStore } from '../slack/bot.ts';

const REF = { channel: 'C0CLEAR', message: '1.1' };
let store: ReturnType<typeof memoryStore>;
/** Number of saves that still fail. */
let failing: number;
let tries: number;

beforeEach(() => {
  store = memoryStore();
  failing = 0;
  tries = 0;
  const save = store.saveRef;
  store.saveRef = (...ref) => {
    tries += 1;
    if (failing === 0) return save(...ref);
    failing -= 1;
    return Promise.reject(new StoreFault('busy', 'not done', 'x'));
  };
});

it('is saved at the third try', async () => {
  failing = 2;
  await messageRefs(store).saveRef('D-1', 'root', REF);
  expect(await store.ref('D-1', 'root')).toEqual(REF);
  expect(tries).toBe(3);
});

it('is remembered where no try helped, and saved before it is used', async () => {
  const refs = messageRefs(store);
  failing = 3;
  await expect(refs.saveRef('D-1', 'root', REF)).rejects.toThrow(StoreFault);
  expect(await store.ref('D-1', 'root')).toBeUndefined();
  expect(await refs.ref('D-1', 'section:product')).toBeUndefined();
  failing = 3;
  await expect(refs.ref('D-1', 'root')).rejects.toThrow(StoreFault);
  expect(await refs.ref('D-1', 'root')).toEqual(REF);
  expect(await store.ref('D-1', 'root')).toEqual(REF);
});

it('follows what another process saved once it is saved itself', async () => {
  const refs = messageRefs(store);
  failing = 3;
  await expect(refs.saveRef('D-1', 'root', REF)).rejects.toThrow(StoreFault);
  await refs.ref('D-1', 'root');
  await store.saveRef('D-1', 'root', { ...REF, message: '2.2' });
  expect(await refs.ref('D-1', 'root')).toEqual({ ...REF, message: '2.2' });
});
