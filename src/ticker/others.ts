/** Tells open deals what other deals say against them: after each act that may matter, and at the start. */

import { newsOfOthers } from '../../flows/deal/context/others.ts';
import type { DealEvent, DealEventType } from '../../flows/deal/events.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { yieldToOthers, type Bell } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';

export interface OthersOptions {
  index: DealIndex;
  deals: Pick<Deals, 'handle'>;
  clock: () => Date;
  logger: Logger;
  /** Rung when something happened that may matter. */
  bell: Bell;
  /** The longest sleep: what another bot's crash left undone is made good after it. */
  everyMs?: number | undefined;
}

export interface TellingOthers {
  /** Stops, and waits for the pass under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 10 * 60_000;

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
  'SectionSavedForLater',
  'FlagRaised',
  'VoteCast',
  'InformationAsked',
  'HoldNoted',
]);

/** Tells whether a commit may be news for another deal, or make another deal's news its own. */
export const concernsOthers = (events: readonly Pick<DealEvent, 'type'>[]): boolean =>
  events.some(({ type }) => CONCERNS.has(type));

/** Tells every open deal once what it does not know yet. A failed deal is told in the next pass; the others go on. */
export const tellOthers = async ({
  index,
  deals,
  clock,
  logger,
}: Pick<OthersOptions, 'index' | 'deals' | 'clock' | 'logger'>): Promise<void> => {
  const all = await index();
  const versions = new Map(all.map(({ id, version }) => [id, version]));
  const news = newsOfOthers(
    all.map(({ said }) => said),
    clock().toISOString(),
  );
  for (const [deal, others] of news) {
    const ask = { actor: SYSTEM, cause: `others:${versions.get(deal) ?? 0}` };
    await deals
      .handle(deal, { type: 'NoteOthers', ...others }, ask)
      .catch((error: unknown) => logger.error('others.not-told', { stream: deal, error }));
    await yieldToOthers();
  }
};

/** Looks at the start, whenever the bell rings, and every ten minutes. */
export const startOthers = ({ bell, everyMs = EVERY_MS, ...options }: OthersOptions): TellingOthers => {
  let ended = false;
  const loop = async (): Promise<void> => {
    while (!ended) {
      await tellOthers(options).catch((error: unknown) => options.logger.error('others.not-read', { error }));
      if (!ended) await bell.heard(everyMs);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      ended = true;
      bell.ring();
      await running;
    },
  };
};
