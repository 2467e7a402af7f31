/** A year of daily lists over a few deals, with restarts, a second bot and what breaks off: no hit is missed, and none is told twice. */

import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { SYSTEM } from '../../../flows/organisation.ts';
import { runs } from '../../support/runs.ts';
import { anEntry, screenedDesk, type ScreenedDesk } from '../../support/screened-deals.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const NAMES = ['Ilmaras Qorvath', 'Zevranka Dynamics', 'Bulmet Harokz'];
const DAYS = 365;

/** Of each party: which version of its entry the list of a day has, or none. */
const version = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 3 });
const day = fc.record({
  list: fc.tuple(version, version, version),
  /** What happens after it is taken. `cut`: one deal is told, and the bot dies. `none`: the next list comes first. */
  then: fc.constantFrom('walk', 'walk', 'walk', 'two bots', 'restart', 'cut', 'none'),
  /** Whose hit compliance clears afterwards. */
  clear: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 2 }),
});
type Day = typeof day extends fc.Arbitrary<infer D> ? D : never;

/** What must be there of one party: by version of its entry. */
class Expected {
  readonly status = new Map<number, 'open' | 'cleared' | 'gone'>();
  raised = 0;
  compared(now: number | undefined): void {
    for (const [of, status] of this.status) if (of !== now && status === 'open') this.status.set(of, 'gone');
    if (now === undefined) return;
    const before = this.status.get(now);
    if (before !== undefined && before !== 'gone') return;
    this.status.set(now, 'open');
    this.raised += 1;
  }
  clear(): boolean {
    const [open] = [...this.status].filter(([, status]) => status === 'open');
    if (open) this.status.set(open[0], 'cleared');
    return open !== undefined;
  }
}

let folder: SqliteFolder | undefined;
afterEach(async () => folder?.remove());

const play = async (days: readonly Day[]): Promise<void> => {
  const here = sqliteFolder();
  folder = here;
  let at: ScreenedDesk = screenedDesk({ folder: here });
  const deals: string[] = [];
  for (const name of NAMES) deals.push(await at.openWith({ endUser: { name, kind: 'private' } }));
  const expected = NAMES.map(() => new Expected());
  for (const { list, then, clear } of days) {
    const entries = list.flatMap((of, n) =>
      of === undefined ? [] : [anEntry(`MU-${n}`, NAMES[n]!, { programmes: [`Programme ${of}`] })],
    );
    await at.take(entries);
    if (then === 'none') continue;
    if (then === 'cut') {
      const command = await at.screening.newsFor(deals[0]!);
      const { state } = await at.desk.registers.screening.read();
      const [spread] = Object.keys(state.spreads);
      if (command) await at.deals.handle(deals[0]!, command, { actor: SYSTEM, cause: spread! });
    }
    if (then === 'cut' || then === 'restart') at = screenedDesk({ folder: here });
    if (then === 'two bots') {
      const beside = screenedDesk({ folder: here });
      await Promise.all([at.spread(), beside.spread(), at.screening.look(), beside.screening.look()]);
    } else await at.spread();
    list.forEach((of, n) => expected[n]!.compared(of));
    if (clear !== undefined && expected[clear]!.clear()) {
      const flag = (await at.view(deals[clear]!)).deal.ownFlags.find(({ status }) => status === 'pending');
      const said = await at.act(deals[clear]!, 'compliance-1', {
        type: 'DismissFlag',
        flag: flag?.id ?? '',
        reason: 'Another person, born in 1961.',
      });
      expect(said).toBe('accepted');
    }
  }
  for (const [n, deal] of deals.entries()) {
    const { screened, ownFlags } = (await at.view(deal)).deal;
    const found = (screened?.hits ?? []).map(({ entry, gone, flag }) => {
      const of = Number(entry.programmes[0]?.at(-1));
      const settled = ownFlags.find(({ id }) => id === flag)?.status === 'dismissed';
      return [of, gone ? 'gone' : settled ? 'cleared' : 'open'] as const;
    });
    expect(new Map(found)).toEqual(expected[n]!.status);
    expect(found).toHaveLength(expected[n]!.status.size);
    const raised = (await at.deals.events(deal)).filter(({ type }) => type === 'FlagRaised');
    expect(raised).toHaveLength(expected[n]!.raised);
  }
  await here.remove();
  folder = undefined;
};

it('misses none and tells none twice', async () => {
  await fc.assert(fc.asyncProperty(fc.array(day, { minLength: DAYS, maxLength: DAYS }), play), {
    numRuns: runs(1),
    endOnFailure: true,
  });
}, 120_000);

it('does so for short ways, too', async () => {
  await fc.assert(fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 6 }), play), { numRuns: 10 });
}, 120_000);
