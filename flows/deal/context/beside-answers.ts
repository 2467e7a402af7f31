/** What people wrote beside a deal's answers, as its state keeps it: reasons, evidence, and what votes said. */

import type { Instant, PersonId } from '../../ids.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { Vote } from '../deal.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import { seatOfVote } from '../rights/quorum.ts';
import type { DealView } from '../view.ts';
import type { WordsEver } from './words-shapes.ts';

/** What somebody wrote of a deal. */
export interface Wording {
  by: PersonId;
  at: Instant;
  text: string;
  /** Where it is of the deal as a whole: what it is. */
  of?: WordsEver['of'] | undefined;
}

interface Said {
  by: PersonId;
  at: Instant;
}

const ofVote = (vote: Vote | DiscardedVote): Wording[] => {
  const { by, at, rationale, noCondition, conditions, leftOut = [], flags = {}, weighing } = vote;
  return [
    rationale,
    noCondition,
    weighing?.safeguardsOffered,
    ...conditions.map(({ text }) => text),
    ...leftOut.map(({ reason }) => reason),
    ...Object.values(flags).map(({ reason }) => reason),
  ].flatMap((text) => (text === undefined ? [] : [{ by, at, text }]));
};

type Reasoned = Said & { reason?: string | undefined };
const withReason = (all: readonly Reasoned[], of?: Wording['of']): Wording[] =>
  all.flatMap(({ by, at, reason: text }) => (text === undefined ? [] : [{ by, at, text, ...(of ? { of } : {}) }]));

/** Why they were taken back, with when. */
export const whyTakenBack = ({ deal }: DealView): Reasoned[] =>
  deal.status === 'deciding'
    ? (deal.carried ?? []).flatMap(({ back, ...vote }) => {
        const at = deal.tookBack?.[seatOfVote(vote)];
        return at === undefined ? [] : [{ by: vote.by, at, reason: back?.reason }];
      })
    : [];

/** Returns it all, but what the bot wrote. Of a deal from before that was kept: what there is. */
export const besideAnswers = (view: DealView): Wording[] => {
  const { deal } = view;
  const { remarks = [], requests, ownFlags, scopeRefused, lighterRefused, reopenings = [], authority } = deal;
  const approvals = [deal.standing, deal.status === 'decided' ? deal : undefined].filter((one) => one !== undefined);
  const progress = [
    ...Object.values(approvalOf(deal)?.conditions ?? {}),
    ...Object.values(deal.standing?.conditions ?? {}),
  ];
  const answers = requests.flatMap(({ answer, before = [] }) => [...before, ...(answer ? [answer] : [])]);
  const told = [...progress.flatMap(({ evidence }) => evidence), ...answers];
  const returned = progress.flatMap((one) => [...(one.returned ? [one.returned] : []), ...(one.returnedBefore ?? [])]);
  const handed = progress.flatMap((one) => [...(one.handed ? [one.handed] : []), ...(one.handedBefore ?? [])]);
  const sentBack = [scopeRefused, lighterRefused].filter((one) => one !== undefined);
  // Why a country alert ended is of the country.
  const endedAgainst = (deal.endedAgainst ?? []).filter(({ of }) => of !== 'alert');
  const said = deal.status === 'answering' ? deal.scopeSaid : undefined;
  const takenBack = requests.flatMap((one) => (one.takenBack ? [one.takenBack] : []));
  return [
    ...remarks,
    ...told.flatMap(({ by, at, text, sources }): Wording[] =>
      [text, ...sources.map(({ name }) => name)].map((said) => ({ by, at, text: said, of: 'evidence' })),
    ),
    ...ownFlags.flatMap(({ settledBy: by, settledAt: at = '', reason: text }) =>
      by === undefined || text === undefined ? [] : [{ by, at, text }],
    ),
    ...(deal.lighterSaid?.changes ?? []).map(({ by, at, why: text }): Wording => ({ by, at, text, of: 'corrected' })),
    ...(deal.was ?? []).map(({ changedBy: by, until: at, why: text }): Wording => ({ by, at, text, of: 'corrected' })),
    ...withReason(sentBack, 'sent back'),
    ...withReason(Object.values(deal.gapsTakenBack ?? {}), 'taken back'),
    ...withReason(returned, 'returned'),
    ...withReason(handed, 'handed over'),
    ...withReason([
      ...reopenings,
      ...Object.values(deal.gaps ?? {}),
      ...endedAgainst,
      ...takenBack,
      ...whyTakenBack(view),
    ]),
    ...(said?.why === undefined ? [] : [{ by: said.by, at: said.at, text: said.why }]),
    ...(authority?.done ? [{ ...authority.done, text: authority.done.note }] : []),
    ...[
      ...(deal.status === 'deciding' ? deal.votes : []),
      ...(deal.carried ?? []),
      ...(deal.pastVotes ?? []),
      ...approvals.flatMap(({ decision }) => decision.votes),
    ].flatMap(ofVote),
  ].filter(({ by }) => by !== SYSTEM);
};
