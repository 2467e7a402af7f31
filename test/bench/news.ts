/** What other deals say, at a company's size: the first look at all, the look after one act, and the words of others beside a review. */

import type { DealView } from '../../flows/deal/view.ts';
import { silentLogger } from '../../src/log.ts';
import { writtenElsewhere } from '../../src/route/written.ts';
import type { DealIndex } from '../../src/streams/deal-index.ts';
import type { Deals } from '../../src/streams/deals.ts';
import type { Registers } from '../../src/streams/registers.ts';
import { createLook } from '../../src/ticker/others.ts';
import { measured, percentiles } from './pause.ts';

interface NewsOptions {
  index: DealIndex;
  deals: Deals;
  registers: Registers;
  clock: () => Date;
}

/** Acts, one after the other, each followed by a look. */
const ACTS = 20;
const LATE_MS = 60_000;

const took = ({ ms, cpuMs, pauseMs }: { ms: number; cpuMs: number; pauseMs: number }): string =>
  `${(cpuMs / 1000).toFixed(2)} s of the processor (${(ms / 1000).toFixed(2)} s by the clock), other work waits ${pauseMs.toFixed(0)} ms at most`;

/** Nothing that is heard is written: every look hears what the first one heard, and other figures stay those of the same record. */
export const newsBench = async ({ index, deals, registers, clock }: NewsOptions): Promise<string[]> => {
  let told = 0;
  const silent: Pick<Deals, 'handle' | 'view'> = {
    view: deals.view,
    handle: async (deal, command, ask) => {
      if (command.type !== 'NoteOthers' && command.type !== 'NoteHeard') return deals.handle(deal, command, ask);
      told += 1;
      const view = await deals.view(deal);
      if (!view) throw new Error(`there is no ${deal}`);
      return { kind: 'refused', refusal: { code: 'not now', text: 'This bench writes nothing.' }, view };
    },
  };
  const computed: number[] = [];
  const look = createLook({ index, deals: silent, registers, clock, logger: silentLogger }, (ms) => computed.push(ms));
  const first = await measured(() => look());
  const heard = told;
  const all = await index();
  const open = all.filter((one) => one.open);
  const after: { ms: number; cpuMs: number; pauseMs: number; listeners: number }[] = [];
  for (let n = 0; n < ACTS; n += 1) {
    const { id } = open[Math.floor(((n + 0.5) * open.length) / ACTS)]!;
    const said = await deals.handle(
      id,
      { type: 'RaiseFlag', title: `Sample flag ${n}` },
      { actor: 'compliance-1', cause: `news-${n}` },
    );
    if (said.kind !== 'accepted') throw new Error(`no flag: ${said.refusal.text}`);
    const { made, ...rest } = await measured(() => look());
    after.push({ ...rest, listeners: made });
  }
  const sorted = after.toSorted((a, b) => a.cpuMs - b.cpuMs);
  const [half, worst] = [sorted[Math.floor(ACTS / 2)]!, sorted[ACTS - 1]!];
  const views: DealView[] = [];
  for (const { id } of open.slice(0, 50)) {
    const view = await deals.view(id);
    if (view) views.push(view);
  }
  let at = 0;
  const words = await percentiles(() =>
    writtenElsewhere({ index, deals, registers }, views[(at += 1) % views.length]!, 'compliance-1', LATE_MS),
  );
  return [
    `  news of all, the first look: ${took(first)}; without what is told ${((computed[0] ?? 0) / 1000).toFixed(2)} s; ${heard} of ${all.length} hear something`,
    `  news after one flag, ${ACTS} times: half of them ${took(half)} for ${half.listeners} deals; the longest ${took(worst)} for ${worst.listeners}`,
    `  the words of other deals beside a review: half ${words.p50.toFixed(1)} ms of the processor, 99 % ${words.p99.toFixed(1)} ms, the first ${words.first.toFixed(1)} ms (a page waits 700 ms for them)`,
  ];
};
