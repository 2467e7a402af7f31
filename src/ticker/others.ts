/** Tells open deals what other deals say against them: after each act that may matter, and at the start. */

import type { SaidElsewhere } from '../../flows/deal/context/elsewhere.ts';
import { heardBySeveral, isToldTogether } from '../../flows/deal/context/heard-by.ts';
import { heardBy, listenersTo, type SaidChange } from '../../flows/deal/context/news-of-some.ts';
import { newsInTurn } from '../../flows/deal/context/news.ts';
import type { DealEvent, DealEventType } from '../../flows/deal/events.ts';
import type { Others } from '../../flows/deal/heard-shapes.ts';
import type { DealId } from '../../flows/ids.ts';
import { OTHER_PRODUCT, SYSTEM } from '../../flows/organisation.ts';
import { sha256 } from '../../store/chain.ts';
import {
  atOnce,
  createBell,
  inSlices,
  inTurns,
  repeating,
  yieldToOthers,
  type Alone,
  type Bell,
  type Repeating,
} from '../bell.ts';
import type { Logger } from '../log.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Registers } from '../streams/registers.ts';
import { askForSheets } from './asking-sheets.ts';
import { dropAcceptances, dropScopes } from './dropping.ts';
import { createPlannedLook } from './planned-holds.ts';

export interface OthersOptions {
  index: DealIndex;
  deals: Pick<Deals, 'handle' | 'view'>;
  registers: Pick<Registers, 'scopes' | 'gaps' | 'sheets' | 'policy' | 'holds'>;
  clock: () => Date;
  logger: Logger;
  /** Other work goes on beside its looks, where absent. */
  alone?: Alone | undefined;
  /** Rung when something happened that may matter. */
  bell: Bell;
  /** The longest sleep: what another bot's crash left undone is made good after it. */
  everyMs?: number | undefined;
  /** No rest follows a shorter look, in milliseconds. */
  longMs?: number | undefined;
}

const EVERY_MS = 10 * 60_000;
/** After a long look other work has this many times as long, so that no click pays for it. */
const REST = 19;
const MOST_REST_MS = 5000;
/** After a shorter one there is no rest: news that comes in the middle of a review has to be read before the vote. */
const LONG_MS = 100;

const CONCERNS: ReadonlySet<DealEventType> = new Set<DealEventType>([
  'DealOpened',
  'DetailsCorrected',
  'SectionAnswered',
  'DealDecided',
  'DealStopped',
  'DealWithdrawn',
  'DealReopened',
  'ReassessmentStarted',
  'LighterConfirmed',
  'LighterRefused',
  'FoundOutOfScope',
  'ScopeConfirmed',
  'ScopeRefused',
  'SectionSavedForLater',
  'FlagRaised',
  'VoteCast',
  'InformationAsked',
  'InformationGiven',
  'InformationTakenBack',
  'HoldNoted',
  'ReassessmentRequired',
  'DealSuspended',
  'SuspensionLifted',
  'ChangeTakenBack',
  'HoldEnded',
  'FlagDismissed',
  // What people write beside what they do.
  'OwnerReassigned',
  'SectionHandedOver',
  'BasisObjected',
  'Recused',
  'FlagAdmitted',
  'VoteTakenBack',
  'GapsAccepted',
  'GapsTakenBack',
  'ConditionMet',
  'ConditionReturned',
  'ConditionHandedOver',
  'LicenceSet',
  'RenewalsSet',
  'AuthorityNoted',
]);

/** Tells whether a commit may be news for another deal, or make another deal's news its own. */
export const concernsOthers = (events: readonly Pick<DealEvent, 'type'>[]): boolean =>
  events.some(({ type }) => CONCERNS.has(type));

/** Has each deal that rests on a confirmation which was withdrawn since look again. @param since - of the last look */
const askRestingAgain = async (
  all: Iterable<Seen>,
  since: string,
  { registers, deals, logger }: Pick<OthersOptions, 'registers' | 'deals' | 'logger'>,
): Promise<string> => {
  const dropped = ((await registers.scopes.now()).state.dropped ?? []).filter(({ at }) => at > since);
  if (dropped.length === 0) return since;
  for (const { deal, said } of all) {
    // One outside the catalogue may be called much like its product: the deal itself tells.
    const drop =
      said.rests === undefined
        ? undefined
        : dropped.find(({ product }) => product === deal.summary.product.id || product === OTHER_PRODUCT);
    if (!drop) continue;
    // One that rests on another is refused.
    await deals
      .handle(deal.id, { type: 'Tick' }, { actor: SYSTEM, cause: `rests:${drop.at}` })
      .catch((error: unknown) => logger.error('others.rests', { stream: deal.id, error }));
    await yieldToOthers();
  }
  return (
    dropped
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? since
  );
};

/** What the last look saw of each deal. */
interface Seen {
  deal: IndexedDeal;
  said: SaidElsewhere;
}

/**
 * Tells compliance once of all settled deals that hear of one. Returns those of which it was told; the rest is told deal by
 * deal. What a crash cuts off after it is told once more, with the deals that are left.
 */
const tellTogether = async (
  news: readonly (readonly [DealId, Others])[],
  now: ReadonlyMap<DealId, Seen>,
  { deals, logger }: Pick<OthersOptions, 'deals' | 'logger'>,
): Promise<ReadonlySet<DealId>> => {
  const told = new Set<DealId>();
  const several = heardBySeveral(news, (deal) => now.get(deal)?.said.settled !== undefined);
  for (const [source, hearers] of several) {
    const sorted = hearers.toSorted();
    const versions = sorted.map((deal) => `${deal}/${now.get(deal)?.deal.version}`).join(',');
    const ask = { actor: SYSTEM, cause: `heard:${sha256(versions).slice(0, 32)}` };
    const outcome = await deals.handle(source, { type: 'NoteHeard', deals: sorted }, ask).catch((error: unknown) => {
      logger.error('others.not-told-together', { stream: source, error });
    });
    if (outcome?.kind === 'accepted') told.add(source);
    await yieldToOthers();
  }
  return told;
};

export interface LookAtOthers {
  /**
   * Tells every open deal once what it does not know yet. A failed deal is told in the next look; the others go on. Resolves
   * with how many deals it looked at: all, or those for which something that moved since the last look may be news.
   *
   * @param whole - looks at all, as the first look does
   */
  (whole?: boolean): Promise<number>;
}

type LookOptions = Omit<OthersOptions, 'bell' | 'everyMs' | 'longMs' | 'alone'>;

/** @param spent - told how long each look took, in milliseconds, without what was told after it */
export const createLook = (options: LookOptions, spent: (ms: number) => void = () => {}): LookAtOthers => {
  const { index, deals, clock, logger } = options;
  const tellPlanners = createPlannedLook(options);
  let seen: ReadonlyMap<DealId, Seen> | undefined;
  let droppedUntil = '';
  /** Deals that were not told. */
  const left = new Set<DealId>();

  /** Reads what moved since the last look. */
  const follow = async (all: readonly IndexedDeal[]): Promise<{ now: Map<DealId, Seen>; changes: SaidChange[] }> => {
    const moved = all.filter((deal) => seen?.get(deal.id)?.deal !== deal);
    const said = await index.said(moved.map(({ id }) => id));
    const now = new Map<DealId, Seen>();
    const changes: SaidChange[] = [];
    const rest = inSlices();
    for (const deal of all) {
      await rest();
      const before = seen?.get(deal.id);
      if (before?.deal === deal) {
        now.set(deal.id, before);
        continue;
      }
      const says = said.get(deal.id);
      if (says) now.set(deal.id, { deal, said: says });
      changes.push({ before: before?.said, now: says });
    }
    for (const [id, { said: before }] of seen ?? []) if (!now.has(id)) changes.push({ before, now: undefined });
    return { now, changes };
  };

  return async (whole = false) => {
    const began = performance.now();
    const all = await index();
    await dropScopes(all, options);
    await dropAcceptances(all, options);
    await askForSheets(all, options.registers, clock().toISOString()).catch((error: unknown) =>
      logger.error('others.sheets-not-asked', { error }),
    );
    await tellPlanners(all);
    const isFirst = seen === undefined;
    const { now, changes } = await follow(all);
    seen = now;
    droppedUntil = await askRestingAgain(now.values(), droppedUntil, options);
    const says = [...now.values()].map(({ said }) => said);
    const again = says.filter(({ id }) => left.has(id));
    const listeners =
      whole || isFirst ? says : [...new Set([...(await inTurns(listenersTo(says, changes))), ...again])];
    const speakers = listeners === says ? says : await inTurns(heardBy(says, listeners));
    const news: [DealId, Others][] = [];
    await inTurns(newsInTurn(speakers, clock().toISOString(), listeners), (found) => {
      if (found) news.push(found);
    });
    spent(performance.now() - began);
    const told = await tellTogether(news, now, options);
    left.clear();
    for (const [deal, others] of news) {
      const ask = { actor: SYSTEM, cause: `others:${now.get(deal)?.deal.version ?? 0}` };
      const together = isToldTogether(others, told) ? { together: true as const } : {};
      await deals.handle(deal, { type: 'NoteOthers', ...others, ...together }, ask).catch((error: unknown) => {
        left.add(deal);
        logger.error('others.not-told', { stream: deal, error });
      });
      await yieldToOthers();
    }
    return listeners.length;
  };
};

/** Looks at all deals once. */
export const tellOthers = (options: LookOptions): Promise<number> => createLook(options)();

/** Looks at all deals at the start and every ten minutes, at what moved whenever the bell rings; what rings during a pass or the rest after it is one. */
export const startOthers = ({
  bell,
  everyMs = EVERY_MS,
  longMs = LONG_MS,
  alone = atOnce,
  ...options
}: OthersOptions): Repeating => {
  const rest = createBell();
  let tookMs = 0;
  const look = createLook(options, (ms) => {
    tookMs = ms;
  });
  let wholeAt = Number.NEGATIVE_INFINITY;
  const pass = async (ended: () => boolean): Promise<undefined> => {
    const started = performance.now();
    const whole = started - wholeAt >= everyMs;
    if (whole) wholeAt = started;
    await alone(() => look(whole)).catch((error: unknown) => {
      options.logger.error('others.not-read', { error });
      wholeAt = Number.NEGATIVE_INFINITY;
      // As after a long look: a store that fails is left alone for a while.
      tookMs = Math.max(longMs, performance.now() - started);
    });
    if (!ended() && tookMs >= longMs) await rest.heard(Math.min(REST * tookMs, MOST_REST_MS));
  };
  const passing = repeating(pass, everyMs, bell);
  return {
    stop: () => {
      rest.ring();
      return passing.stop();
    },
  };
};
