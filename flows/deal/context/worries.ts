/** What somebody said against a deal that concerns others with its end-user, until it is settled there. House rule. */

import type { Instant } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { HeardWorry, Others } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { holdsOn } from './holds.ts';

export const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/** What one deal says by itself; the rest shows beside another. */
type Said = Exclude<HeardWorry['of'], 'country' | 'scope' | 'tier'>;

const MOST_TEXT = 300;
const shortened = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text);

/**
 * Returns what was said and not decided on, by kinds. A flag that was heard of another deal is that deal's to tell.
 */
export const worriesOf = (view: DealView): Omit<HeardWorry, 'deal'>[] => {
  const { deal } = view;
  const { suspended } = approvalOf(deal) ?? {};
  const raised = deal.ownFlags.filter(({ by }) => by !== SYSTEM).map((flag) => ({ ...flag, text: flag.title }));
  const cast = [...(deal.status === 'deciding' ? deal.votes : []), ...(isOpen(deal) ? (deal.carried ?? []) : [])];
  const all: Record<Said, readonly Pick<HeardWorry, 'by' | 'at' | 'text'>[]> = {
    flag: raised.filter(({ status }) => status !== 'dismissed'),
    dismissed: raised.filter(({ status }) => status === 'dismissed'),
    // A hold on the end-user reaches each of its deals by itself.
    hold: holdsOn(view).flatMap(({ on, by, at, reason: text }) => (on.of === 'deal' ? [{ by, at, text }] : [])),
    lifted: (deal.endedAgainst ?? []).flatMap(({ of, by, at, why: text }) =>
      of === 'alert' ? [] : [{ by, at, text }],
    ),
    report: (deal.reassessments ?? []).flatMap(({ by, since: at, why: text }) =>
      by === SYSTEM ? [] : [{ by, at, text }],
    ),
    suspended: suspended ? [{ by: deal.owner, at: suspended.at }] : [],
    // Also one that was answered: whoever decides on another deal has not read the answer.
    question: isOpen(deal)
      ? deal.requests.flatMap(({ takenBack, by, at, question: text }) => (takenBack ? [] : [{ by, at, text }]))
      : [],
    conditions: cast.flatMap(({ conditions, by, at }) =>
      conditions.length === 0 ? [] : [{ by, at, text: conditions.map(({ text }) => text).join('; ') }],
    ),
  };
  return (Object.keys(all) as Said[]).flatMap((of) => {
    const each = all[of].toSorted(latestFirst);
    const [last] = each;
    if (!last) return [];
    // What the deal's own team says later hides nothing that others said.
    const texts = each
      .toSorted((a, b) => Number(deal.team.includes(a.by)) - Number(deal.team.includes(b.by)))
      .flatMap(({ text }) => text ?? []);
    const words = texts.length === 0 ? {} : { text: shortened([...new Set(texts)].join('; ')) };
    return [{ of, by: last.by, at: last.at, ...words }];
  });
};

/** Tells whether a deal knows of a worry, or of a later one of its kind. */
export const isNoted = (noted: Others | undefined, { deal, of, at }: HeardWorry): boolean =>
  noted?.worries?.some((known) => known.deal === deal && known.of === of && known.at >= at) ?? false;

/** What is over, or was said once, counts for a year; what stands counts as long as it does. */
export const AGES: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  'dismissed',
  'lifted',
  'country',
  'scope',
  'tier',
]);

/** What an approved deal hears, too. */
export const GRAVE: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['flag', 'hold', 'report', 'suspended']);

/** Tells whether a flag that another deal brought waits for compliance already: there is one at a time. */
export const flagWaits = ({ deal }: Pick<DealView, 'deal'>): boolean =>
  deal.ownFlags.some(({ by, status }) => by === SYSTEM && status === 'pending');

/** Tells whether a worry waits for compliance in each new deal with the end-user, as it does in its own. */
export const isWaiting = ({ deal }: Pick<DealView, 'deal'>, { of }: HeardWorry): boolean =>
  // A company may be in two countries; an authority is of one.
  GRAVE.has(of) ||
  of === 'tier' ||
  (of === 'country' && !['private', 'state-tied'].includes(deal.details.endUser.kind));
