/** A generated record: its year counted, much written after that, and counted again as it stood then. */

import { canonical } from '../../flows/canonical.ts';
import type { AskedKind } from '../../flows/programme/asked-kinds.ts';
import { yearOf } from '../../flows/yearly/deal-year.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import { readYear, type YearSources } from '../../src/yearly/read-year.ts';
import { yearAsOf } from '../../src/yearly/year-as-of.ts';
import { aDeal, aPolicy } from './deal-builders.ts';
import { atDesk } from './desk.ts';
import { REPORTING } from './reported-year.ts';
import { firm, randomFrom } from './yearly.ts';

/** Where the clock of a desk begins is in it. */
const YEAR = yearOf(2027);
const COUNTED = '2028-01-15T09:00:00.000Z';
const AFTER = '2028-03-01T09:00:00.000Z';
const KINDS: readonly AskedKind[] = ['affected', 'rights', 'public', 'workers', 'other'];

export interface Recounted {
  /** Of all cells, and who is behind each: small years publish nothing, and would be equal for that alone. */
  isEqual: boolean;
  /** Whether what was written after it would make others of them. */
  isMoved: boolean;
  deals: number;
}

export const recounted = async (seed: number): Promise<Recounted> => {
  const at = atDesk({ organisation: REPORTING });
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const policy = aPolicy();
  let acts = 0;
  const by = (actor: string) => ({ actor, cause: `recount-${(acts += 1)}` });
  const accepted = (outcome: { kind: string }): void => {
    if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome).slice(0, 300)}`);
  };
  const open = async (): Promise<string> => {
    const details = {
      ...aDeal().details,
      customer: firm(below(9)),
      endUser: { name: firm(12 + below(9)), kind: 'private' as const },
    };
    const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
    const outcome = await at.deals.open({ type: 'OpenDeal', home, details }, by('rep-1'));
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    return outcome.view.deal.id;
  };
  const withdraw = async (id: string): Promise<void> =>
    accepted(await at.deals.handle(id, { type: 'Withdraw', reason: 'They chose another supplier' }, by('rep-1')));
  const ask = async (on: string): Promise<void> =>
    accepted(
      await at.desk.registers.programme.handle(
        {
          type: 'RecordAsked',
          who: firm(below(30)),
          kind: KINDS[below(5)] ?? 'other',
          on,
          about: 'How it is used there',
        },
        by('compliance-1'),
      ),
    );
  try {
    const [open1, over]: [string[], string[]] = [[], []];
    for (let n = 2 + below(8); n > 0; n -= 1) (random() < 0.3 ? open1 : over).push(await open());
    for (const id of over) await withdraw(id);
    for (let n = below(8); n > 0; n -= 1) await ask('2027-02-10');
    at.downUntil(COUNTED);
    const sources: YearSources = { ...at.desk, organisation: REPORTING, policy, now: COUNTED };
    const count = async (all: Parameters<typeof readYear>[0], of: YearSources): Promise<string> => {
      const record = await readYear(all, YEAR, of);
      const { figures, behind } = countYear(record, {
        year: YEAR,
        least: 5,
        countedAt: COUNTED,
        organisation: REPORTING,
      });
      return canonical({
        figures,
        behind: behind().map((cell) => ({ ...cell, of: cell.of.toSorted((a, b) => (a.id < b.id ? -1 : 1)) })),
      });
    };
    const first = await count(await at.desk.index(), sources);
    at.downUntil(AFTER);
    for (const id of over) {
      if (random() > 0.5) continue;
      accepted(await at.deals.handle(id, { type: 'Reopen', reason: 'They ask once more' }, by('rep-1')));
      if (random() < 0.5) await withdraw(id);
    }
    for (const id of open1) if (random() < 0.5) await withdraw(id);
    if (random() < 0.5) await withdraw(await open());
    for (let n = below(4); n > 0; n -= 1) await ask('2027-02-11');
    const all = await at.desk.index();
    const then = await yearAsOf(all, COUNTED, { ...at.desk, store: at.store });
    return {
      isEqual: (await count(then.all, { ...sources, ...then.sources })) === first,
      isMoved: (await count(all, sources)) !== first,
      deals: all.length,
    };
  } finally {
    await at.end();
  }
};
