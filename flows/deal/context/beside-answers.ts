/** What people wrote beside a deal's answers, as its state keeps it: reasons, evidence, and what votes said. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { Vote } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import type { DealView } from '../view.ts';

/** What somebody wrote of a deal. */
export interface Wording {
  by: PersonId;
  at: Instant;
  text: string;
}

type Said = { by: PersonId; at: Instant };

const ofVote = ({
  by,
  at,
  rationale,
  noCondition,
  conditions,
  flags = {},
  weighing,
}: Vote | DiscardedVote): Wording[] =>
  [
    rationale,
    noCondition,
    weighing?.safeguardsOffered,
    ...conditions.map(({ text }) => text),
    ...Object.values(flags).map(({ reason }) => reason),
  ].flatMap((text) => (text === undefined ? [] : [{ by, at, text }]));

/** Returns it all, but what the bot wrote. Of a deal from before that was kept: what there is. */
export const besideAnswers = ({ deal }: DealView): Wording[] => {
  const { remarks = [], requests, ownFlags, scopeRefused, lighterRefused, reopenings = [], authority } = deal;
  const approvals = [deal.standing, deal.status === 'decided' ? deal : undefined].filter((one) => one !== undefined);
  const progress = [
    ...Object.values(approvalOf(deal)?.conditions ?? {}),
    ...Object.values(deal.standing?.conditions ?? {}),
  ];
  const reasons: (Said & { reason?: string | undefined })[] = [
    ...[scopeRefused, lighterRefused].filter((one) => one !== undefined),
    ...reopenings,
    ...Object.values(deal.gaps ?? {}),
    ...Object.values(deal.gapsTakenBack ?? {}),
    ...(deal.endedAgainst ?? []),
    ...progress.flatMap(({ returned, returnedBefore = [], handed, handedBefore = [] }) => [
      ...(returned ? [returned] : []),
      ...returnedBefore,
      ...(handed ? [handed] : []),
      ...handedBefore,
    ]),
  ];
  const answers = requests.flatMap(({ answer, before = [] }) => [...before, ...(answer ? [answer] : [])]);
  return [
    ...remarks,
    ...answers,
    ...ownFlags.flatMap(({ settledBy: by, settledAt: at = '', reason: text }) =>
      by === undefined || text === undefined ? [] : [{ by, at, text }],
    ),
    ...progress.flatMap(({ evidence }) => evidence),
    ...[...progress.flatMap(({ evidence }) => evidence), ...answers].flatMap(({ by, at, sources }) =>
      sources.map(({ name: text }) => ({ by, at, text })),
    ),
    ...(deal.lighterSaid?.changes ?? []).map(({ by, at, why: text }) => ({ by, at, text })),
    ...(deal.was ?? []).map(({ changedBy: by, until: at, why: text }) => ({ by, at, text })),
    ...reasons.flatMap(({ by, at, reason: text }) => (text === undefined ? [] : [{ by, at, text }])),
    ...(authority?.done ? [{ ...authority.done, text: authority.done.note }] : []),
    ...[
      ...(deal.status === 'deciding' ? deal.votes : []),
      ...(deal.carried ?? []),
      ...approvals.flatMap(({ decision }) => decision.votes),
    ].flatMap(ofVote),
  ].filter(({ by }) => by !== SYSTEM);
};
