/** Counts a year from the bot's index, in slices, for its chats. The same record is counted once, however many ask. */

import { createHash } from 'node:crypto';
import { canonical } from '../../flows/canonical.ts';
import { endUserKeys } from '../../flows/end-user.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { yearOf } from '../../flows/yearly/deal-year.ts';
import { countriesToName, countYearWalk } from '../../flows/yearly/figures.ts';
import { LEAST } from '../../flows/yearly/protect.ts';
import type { YearlyFigures } from '../../flows/yearly/published.ts';
import type { NamedIn } from '../../flows/yearly/register-shapes.ts';
import type { YearlyWords } from '../../flows/yearly/words.ts';
import type { EventStore } from '../../store/event-store.ts';
import { inTurns } from '../bell.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';
import { readYear } from './read-year.ts';
import { createNaming, secretsOf } from './secrets.ts';

export interface YearCountOptions {
  store: Pick<EventStore, 'read'>;
  deals: Pick<Deals, 'events'>;
  registers: Registers;
  index: DealIndex;
  clock: () => Date;
}

/** Of the figures, the words and who may be named: what somebody approves. When they were counted is no part of it. */
export const hashOfReport = (figures: YearlyFigures, words: YearlyWords, mayName: readonly string[]): string =>
  createHash('sha256')
    .update(canonical({ figures: { ...figures, countedAt: '' }, words, mayName }))
    .digest('hex');

export interface CountedYear {
  figures: YearlyFigures;
  /** Countries of which enough deals were decided to name them. */
  countries: ReadonlySet<string>;
  organisation: Organisation;
}

/** `unread`: so many deals can't be read, and a count without them would be wrong. */
export type YearCount = CountedYear | { unread: number };

export interface CountYears {
  /** Throws StoreFault. */
  count(year: number): Promise<YearCount>;
  /** Finds names that must not stand in the words. */
  named(counted: CountedYear, words: YearlyWords, mayName?: readonly string[]): Promise<NamedIn[]>;
}

interface Latest {
  /** All that a count rests on, but the deals themselves. */
  key: string;
  all: WeakRef<readonly IndexedDeal[]>;
  at: number;
  tookMs?: number | undefined;
  counted: Promise<CountedYear>;
}

/** Where deals change all the time and counting takes long, whoever asks again gets the count that was begun for them. */
const LONG_MS = 1000;
const LATELY_MS = 30_000;
const KEPT_MS = 600_000;
const isLately = ({ at, tookMs }: Latest): boolean => {
  const age = performance.now() - at;
  return age < LATELY_MS && (tookMs ?? age) > LONG_MS;
};

export const createCountYears = ({ store, deals, registers, index, clock }: YearCountOptions): CountYears => {
  const naming = createNaming();
  let latest: Latest | undefined;
  /** Keys of names take most of a first count. Those of names that are gone from the record are forgotten with the next. */
  let known: ReadonlyMap<string, readonly string[]> = new Map();

  const countNow = async (
    year: number,
    all: readonly IndexedDeal[],
    organisation: Organisation,
    policy: CompiledPolicy,
  ): Promise<CountedYear> => {
    const now = clock().toISOString();
    const of = yearOf(year);
    const record = await readYear(all, of, { store, deals, registers, organisation, policy, now });
    const least = policy.yearlyReport?.least ?? LEAST;
    const [before, keys] = [known, new Map<string, readonly string[]>()];
    const keysOf = (name: string): readonly string[] => {
      const found = keys.get(name) ?? before.get(name) ?? endUserKeys(name);
      keys.set(name, found);
      return found;
    };
    const counted = await inTurns(countYearWalk(record, { year: of, least, countedAt: now, organisation }, keysOf));
    known = keys;
    return { figures: counted.figures, countries: countriesToName(counted, least), organisation };
  };

  let timer: NodeJS.Timeout | undefined;
  /** What was counted, and names of a record, are kept no longer than people work on it. */
  const forgetLater = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      [latest, known] = [undefined, new Map()];
      naming.forget();
    }, KEPT_MS).unref();
  };

  return {
    count: async (year) => {
      forgetLater();
      const policy = registers.policy();
      if (!policy) throw new Error('a year is counted by a policy');
      const [all, organisation, holds, training, files, programme] = await Promise.all([
        index(),
        registers.organisation(),
        registers.holds.now(),
        registers.training.now(),
        registers.files.now(),
        registers.programme.now(),
      ]);
      const unread = index.newer().length + index.unread().length;
      if (unread > 0) return { unread };
      const day = clock().toISOString().slice(0, 10);
      const versions = [holds, training, files, programme].map(({ version }) => version);
      const key = [year, organisation.hash, policy.hash, day, ...versions].join(' ');
      if (latest?.key === key && (latest.all.deref() === all || isLately(latest))) return latest.counted;
      const begun: Latest = {
        key,
        all: new WeakRef(all),
        at: performance.now(),
        counted: countNow(year, all, organisation, policy),
      };
      latest = begun;
      begun.counted.then(
        () => {
          begun.tookMs = performance.now() - begun.at;
        },
        () => {
          if (latest === begun) latest = undefined;
        },
      );
      return begun.counted;
    },
    named: async ({ organisation, countries }, words, mayName = []) =>
      naming.find(words, secretsOf(await index(), organisation, countries), mayName),
  };
};
