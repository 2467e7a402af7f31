/** Messages of a desk's outbox and their recipients: everything owed, settled as it is read. */

import { createRender } from '../../src/outbox/render.ts';
import { plain } from '../blocks/cards/plain.ts';
import type { AtDesk } from './desk.ts';

export interface ToldBy {
  /** A person, `thread` or `channel`. */
  to: string;
  text: string;
}

const FAR = '2099-01-01T00:00:00.000Z';

/** Fact notices whose words match, at most that many rows, and the number of live cards owed besides. */
export const tellAll = async (
  { store, desk }: AtDesk,
  of: RegExp,
  most = Infinity,
): Promise<{ told: ToldBy[]; cards: number }> => {
  const { deals, registers, organisation } = desk;
  const render = createRender({ deals, registers, organisation });
  const told: ToldBy[] = [];
  let cards = 0;
  for (let read = 0; read < most;) {
    const rows = await store.claim(FAR, 1000, Math.min(200, most - read));
    if (rows.length === 0) break;
    read += rows.length;
    for (const row of rows) {
      await store.settle(row.id, row.version, row.attempts);
      if (row.kind === 'live') {
        cards += 1;
        continue;
      }
      const message = await render(row);
      const text = message ? plain(message.card({})) : '';
      if (message && of.test(text)) {
        told.push({ to: message.where.to === 'person' ? message.where.person : message.where.to, text });
      }
    }
  }
  return { told, cards };
};
