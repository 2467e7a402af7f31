/** What a deal stands on no more: last days that have passed, and words of people who sell it by now or are gone. House rule. */

import { addDays, calendarOf, morningOf } from '../../calendar.ts';
import type { Day, Instant, PersonId } from '../../ids.ts';
import { person as personOf } from '../../organisation.ts';
import { saidBy, sellers } from '../basis/basis.ts';
import { lawsOf, lawsRunOut } from '../basis/laws.ts';
import { isOpen } from '../context/alerts.ts';
import { gapsOutgrown, gapsRunOut, lastDayOf } from '../context/gaps.ts';
import { namedIn } from '../rights/close.ts';
import type { LostBasis } from '../said-shapes.ts';
import { sheetsRunOut } from '../taking/sheets.ts';
import type { DealView } from '../view.ts';

/** So many days after its last one a basis serves a review on that was begun in time. */
export const REVIEW_DAYS = 30;

const DAY_MS = 86_400_000;

const wordsOf = (view: DealView, ids: readonly PersonId[], left?: true): NonNullable<LostBasis['words']> =>
  ids.flatMap((of) => {
    const questions = saidBy(view.deal.answers, of);
    return questions.length === 0 ? [] : [{ of, questions, ...(left ? { left } : {}) }];
  });

/** Returns the answers of an open deal that stand on the word of somebody who sells it by now. */
export const saidBySellers = (view: DealView): NonNullable<LostBasis['words']> =>
  isOpen(view.deal) ? wordsOf(view, sellers(view.deal)) : [];

/** Those that stand on the word of somebody who is not in the organisation file any more: nobody can ask them. */
const saidByGone = (view: DealView): NonNullable<LostBasis['words']> =>
  isOpen(view.deal)
    ? wordsOf(
        view,
        [...new Set(namedIn(view.deal))].filter(
          (id) => !personOf(view.organisation, id) && !sellers(view.deal).includes(id),
        ),
        true,
      )
    : [];

/** What a last day is compared with. */
type Dated = Pick<DealView, 'deal' | 'organisation' | 'now'>;

/** Returns what a deal stands on whose last day has passed. */
export const datesOver = (view: Dated): LostBasis => {
  const note = lawsRunOut(view.deal, view)?.id;
  const gaps = gapsRunOut(view);
  const sheets = sheetsRunOut(view);
  return {
    ...(note === undefined ? {} : { note }),
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(sheets.length === 0 ? {} : { sheets }),
  };
};

const ifAny = (lost: LostBasis): LostBasis | undefined => (Object.keys(lost).length === 0 ? undefined : lost);

/** Returns what a review that begins now can't stand on. */
export const lostBasis = (view: DealView): LostBasis | undefined => {
  const over = datesOver(view);
  const outgrown = gapsOutgrown(view).filter((id) => !over.gaps?.includes(id));
  const words = [...saidBySellers(view), ...saidByGone(view)];
  return ifAny({
    ...over,
    ...(outgrown.length === 0 ? {} : { outgrown }),
    ...(words.length === 0 ? {} : { words }),
  });
};

/** Returns what ran out so long ago that a review which was begun in time does not stand on it either. */
export const longOver = (view: Dated): LostBasis | undefined =>
  view.deal.status === 'deciding'
    ? ifAny(datesOver({ ...view, now: new Date(Date.parse(view.now) - REVIEW_DAYS * DAY_MS).toISOString() }))
    : undefined;

/** Returns when time next ends a basis of the review, or null. */
export const longOverAt = (view: DealView): Instant | null => {
  const { deal, organisation } = view;
  if (deal.status !== 'deciding') return null;
  const laws = lawsOf(deal);
  const dated: { until: Day; by: PersonId }[] = [
    ...(laws ? [laws] : []),
    ...Object.values(deal.gaps ?? {}).flatMap((gap) => lastDayOf(gap) ?? []),
    ...Object.values(deal.answers).flatMap((section) =>
      Object.values(section).flatMap(({ basis }) => basis?.sheet ?? []),
    ),
  ];
  return dated
    .map(({ until, by }) => morningOf(addDays(until, REVIEW_DAYS + 1), calendarOf(organisation, by)))
    .reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
};
