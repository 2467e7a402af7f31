/** What somebody said against a deal that concerns others with its end-user, until it is settled there. House rule. */

import { sameEndUser } from '../../end-user.ts';
import type { Instant, PersonId } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import { overdueInWords } from '../approval/suspension.ts';
import type { InformationRequest } from '../deal.ts';
import type { HeardWorry, Others } from '../heard-shapes.ts';
import { isOnlyBeside } from '../only-beside.ts';
import { flagSince, isOfWorries, type OwnFlag, type SaidElsewhereOf } from '../own-flag.ts';
import { mayBeNeeded } from '../rights/seats.ts';
import { dismissersOf, endersOf, isOwnWord, reopenersOf, reportsReopened } from '../rights/set-aside.ts';
import type { EndedAgainst } from '../said-shapes.ts';
import { settledSince } from '../said/ended-against.ts';
import { openHits } from '../screened/screened.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { isOpen } from './alerts.ts';
import { calledEver } from './ever-said.ts';
import { holdsOn } from './holds.ts';
import { cut, joined, within, type Words } from './joined-words.ts';
import { openLikes } from './similar-holds.ts';
import { isAsClose, saidToStop, stopsNow } from './stopped.ts';

export const latestFirst = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/** Tells whether somebody said that a party is one on a list, or on hold under a name much like it. */
const isThem = ({ hit, status }: OwnFlag): boolean => hit === true && status === 'admitted';

const themWords = ({ title, reason }: OwnFlag): { text: string; isSet: true } => ({
  text: `${within(title)} It is them${reason === undefined ? '.' : `: ${within(reason)}`}`,
  isSet: true,
});

/** What one deal says by itself; the rest shows beside another. */
type Said = Exclude<HeardWorry['of'], 'country' | 'scope' | 'tier' | 'cleared' | 'named'>;

/** `isSet`: its parts stand in quotes of their own. */
type SaidOnce = Pick<HeardWorry, 'by' | 'at' | 'text'> & { isSet?: boolean };

/** A question with what was answered to it: whoever decides on another deal has not read that. */
const asked = ({ by, at, question, ...request }: InformationRequest): SaidOnce => {
  const answer = request.answer ?? request.before?.at(-1);
  return {
    by,
    at: answer?.at ?? at,
    text: answer
      ? `${within(cut(question, LONGEST_QUESTION))} Answered: ${within(cut(answer.text, LONGEST_ANSWER))}`
      : question,
    ...(answer ? { isSet: true } : {}),
  };
};
/** Of a question that has an answer: what an approver asked is worth more than what the team said to it. */
const LONGEST_QUESTION = 1000;
const LONGEST_ANSWER = 500;

/** Whoever asked may think better of it; a stand-in who takes it back hides it from nobody. */
const isOwnTakenBack = ({ by, takenBack }: InformationRequest): boolean => takenBack?.by === by;

/** Of the deal's team: whoever sells it comes last. */
const CHAIRS = ['its team', 'who asked for it', 'who looks after it'] as const;
const chairOf = ({ requester, owner }: OpenedDeal, { by }: Pick<HeardWorry, 'by'>): (typeof CHAIRS)[number] =>
  by === requester ? 'who asked for it' : by === owner ? 'who looks after it' : 'its team';

/** One that did not hold the deal is shown on each that it concerns by itself; a decline is heard as an end. */
const liftedIn = (deal: OpenedDeal): EndedAgainst[] => {
  const open = new Set(reportsReopened(deal));
  return (deal.endedAgainst ?? []).filter(
    (one) => one.of !== 'alert' && one.of !== 'decline' && one.hold === undefined && !open.has(one),
  );
};

/** Who set aside what somebody else had said; what another deal's flag told is that deal's. */
const settersOf = (deal: OpenedDeal, of: Said): PersonId[] => {
  if (of === 'dismissed') return dismissersOf({ ownFlags: deal.ownFlags.filter(({ by }) => by !== SYSTEM) });
  if (of !== 'lifted') return [];
  const lifted = { ...deal, endedAgainst: liftedIn(deal) };
  return [...new Set([...endersOf(lifted), ...reopenersOf(lifted)])];
};

/** That somebody never said so weighs as a flag, which it is once nothing can be changed: a deal that is asked anew is no way around it. */
const deniedIn = ({ objections = [], status }: OpenedDeal): SaidOnce[] =>
  status === 'decided' || status === 'out of scope'
    ? []
    : objections.map(({ by, at, reason: text }) => ({ by, at, text }));

/** Tells whether the deal's end-user had that name, and has another now. */
const wasCalled = (deal: OpenedDeal, name: string): boolean =>
  !sameEndUser(name, deal.details.endUser.name) && calledEver(deal).endUsers.some((one) => sameEndUser(one, name));

/**
 * Returns what was said and not decided on, by kinds. A flag that was heard of another deal is that deal's to tell.
 */
export const worriesOf = (view: DealView): Omit<HeardWorry, 'deal'>[] => {
  const { deal } = view;
  const approval = approvalOf(deal);
  const suspended = approval?.suspended;
  const requests = deal.requests.filter((request) => !isOwnTakenBack(request)).map(asked);
  const listed = new Set([...openHits(deal).map(({ flag }) => flag), ...openLikes(deal).map(({ id }) => id)]);
  const raised = deal.ownFlags.flatMap((flag) => {
    // That is their word, as a flag is.
    const them = isThem(flag);
    const by = them ? flag.settledBy : flag.by;
    // It is another word than before since somebody said so, dismissed it, or it waits once more.
    const at = them || flag.status === 'dismissed' ? (flag.settledAt ?? flag.at) : flagSince(flag);
    return by === undefined || by === SYSTEM
      ? []
      : [{ ...flag, by, at, ...(them ? themWords(flag) : { text: flag.title }) }];
  });
  const cast = [...(deal.status === 'deciding' ? deal.votes : []), ...(isOpen(deal) ? (deal.carried ?? []) : [])];
  const all: Record<Said, readonly SaidOnce[]> = {
    flag: [...raised.filter(({ status }) => status !== 'dismissed'), ...deniedIn(deal)],
    listed: deal.ownFlags.flatMap(({ id, at, title: text }) => (listed.has(id) ? [{ by: deal.owner, at, text }] : [])),
    dismissed: raised.filter(({ status }) => status === 'dismissed'),
    // A hold on the end-user reaches each of its deals by itself, and under its name alone those of whom this one is of now. One on a deal
    // stands also where that was withdrawn since.
    hold: [
      ...new Map([...holdsOn(view), ...Object.values(deal.holds ?? {})].map((hold) => [hold.id, hold])).values(),
    ].flatMap(({ on, by, at, reason: text }) =>
      on.of === 'deal' || wasCalled(deal, on.name) ? [{ by, at, text }] : [],
    ),
    lifted: [
      ...liftedIn(deal).map(({ by, at, why: text }) => ({ by, at, text })),
      ...settledSince(deal).map(({ by, at, why: text }) => ({ by, at, text })),
    ],
    stop: stopsNow(view),
    answer: saidToStop(view),
    report: [
      ...(deal.reassessments ?? []).flatMap(({ by, since: at, why: text }) =>
        by === SYSTEM ? [] : [{ by, at, text }],
      ),
      ...reportsReopened(deal).flatMap(({ from: by, at, why: text }) =>
        by === undefined || text === undefined ? [] : [{ by, at, text }],
      ),
    ],
    suspended:
      approval && suspended
        ? [{ by: deal.owner, at: suspended.joined ?? suspended.at, text: overdueInWords(view, suspended) }]
        : [],
    // What was confirmed since is out of scope.
    refused:
      deal.status === 'out of scope'
        ? []
        : [deal.scopeRefused, deal.lighterRefused].flatMap((sent) =>
            sent ? [{ by: sent.by, at: sent.at, text: sent.reason }] : [],
          ),
    // Until it is accepted again, or the deal is over.
    gaps: Object.values(deal.gapsTakenBack ?? {}).flatMap(({ by, at, reason: text, forAll }) =>
      by === SYSTEM || forAll ? [] : [{ by, at, text }],
    ),
    question: isOpen(deal) ? requests : [],
    asked: isOpen(deal) ? [] : requests,
    conditions: cast.flatMap(({ conditions, by, at }) =>
      conditions.length === 0 ? [] : [{ by, at, text: conditions.map(({ text }) => text).join('; ') }],
    ),
  };
  return (Object.keys(all) as Said[]).flatMap((of) => {
    const each = all[of].toSorted(latestFirst);
    const [last] = each;
    if (!last) return [];
    const isOfTeam = ({ by }: Pick<HeardWorry, 'by'>): boolean => deal.team.includes(by);
    // What the deal's own team says later hides nothing that others said, nor what one colleague says often what another said
    // once; those who may judge the deal are read first. A rep makes anybody the team, so all of it takes turns.
    const others = each.filter((one) => !isOfTeam(one));
    const judges = others.filter(({ by }) => mayBeNeeded(view, by));
    const team = each
      .filter(isOfTeam)
      .toSorted((a, b) => CHAIRS.indexOf(chairOf(deal, a)) - CHAIRS.indexOf(chairOf(deal, b)));
    const said = [
      ...inTurn(judges).map((one) => ({ ...one, who: '' })),
      ...inTurn(others.filter((one) => !judges.includes(one))).map((one) => ({ ...one, who: 'a colleague: ' })),
      ...inTurn(team).map((one) => ({ ...one, who: `${chairOf(deal, one)}: ` })),
    ];
    // Beside what one says against it, another's words could take that back in the same breath.
    const isOfSeveral = new Set(said.map(({ by }) => by)).size > 1;
    const texts = new Map(
      said.flatMap(({ who, by, text, isSet }): [string, Words][] => {
        if (text === undefined) return [];
        const shown = isOfSeveral ? `${who}${isSet ? text : within(text)}` : text;
        return [[shown, { by, text: shown, isOwn: isOwnWord(deal, by) }]];
      }),
    );
    const words = texts.size === 0 ? {} : { text: joined([...texts.values()]) };
    const also = [...new Set(each.map(({ by }) => by))].filter((by) => by !== last.by);
    const setAsideBy = settersOf(deal, of);
    return [
      {
        of,
        by: last.by,
        ...(also.length > 0 ? { also } : {}),
        ...(setAsideBy.length > 0 ? { setAsideBy } : {}),
        at: last.at,
        ...words,
      },
    ];
  });
};

/** Tells whether a worry is what people said against another deal, and stands there. */
export const isSaidByPeople = (of: HeardWorry['of']): of is SaidElsewhereOf['of'] =>
  of === 'flag' || of === 'hold' || of === 'report';

/** Returns what people other than this one said elsewhere that a flag of the bot tells. */
export const saidByOthers = ({ deal, organisation }: DealView, flag: OwnFlag, actor: PersonId): SaidElsewhereOf[] => {
  const others = (ids: readonly PersonId[]): PersonId[] => ids.filter((id) => id !== actor && id !== SYSTEM);
  const held = (organisation.holds ?? []).find(({ id }) => id === flag.like?.hold);
  const heard = isOfWorries(flag) && flag.status === 'pending';
  const worries = heard ? (deal.others?.worries ?? []).filter((worry) => !isOnlyBeside(worry)) : [];
  return [
    ...(held ? [{ of: 'hold' as const, from: others([held.by]), hold: held.id }] : []),
    ...worries.flatMap(({ of, by, also = [], deal: from }): SaidElsewhereOf[] =>
      isSaidByPeople(of) ? [{ of, from: others([by, ...also]), deal: from }] : [],
    ),
  ].filter(({ from }) => from.length > 0);
};

const NAMES = '; ';
const namesAll = ({ text: known = '' }: HeardWorry, { text = '' }: HeardWorry): boolean => {
  const names = new Set(known.split(NAMES));
  return text.split(NAMES).every((name) => names.has(name));
};

/**
 * Tells whether a deal knows of a worry, or of a later one of its kind, of an end-user that is no less the same; and of all who set it
 * aside.
 */
export const isNoted = (noted: Others | undefined, worry: HeardWorry): boolean =>
  noted?.worries?.some(
    (known) =>
      known.deal === worry.deal &&
      known.of === worry.of &&
      // A name says the same whenever it was said last; another says something else.
      (worry.of === 'named' ? namesAll(known, worry) : known.at >= worry.at) &&
      (!worry.otherwise || known.otherwise === true) &&
      isAsClose(known, worry) &&
      (worry.setAsideBy ?? []).every((id) => known.setAsideBy?.includes(id)),
  ) ?? false;

/** What is over, or was said once, counts for a year; what stands counts as long as it does. */
export const AGES: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  'listed',
  'dismissed',
  'lifted',
  'answer',
  'asked',
  'country',
  'scope',
  'tier',
  'refused',
  'gaps',
  'cleared',
  'named',
]);

/** Tells whether it speaks against a deal. What was asked in one that is over, or was settled lighter, is shown and stops nothing. */
export const doubts = ({ of }: Pick<HeardWorry, 'of'>): boolean => of !== 'asked' && of !== 'cleared';

/** What an approved deal hears, too. */
export const GRAVE: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  'flag',
  'hold',
  'stop',
  'answer',
  'report',
  'suspended',
]);

/** Tells whether a flag that another deal brought waits for compliance already: there is one at a time. */
export const flagWaits = ({ deal }: Pick<DealView, 'deal'>): boolean =>
  deal.ownFlags.some((flag) => isOfWorries(flag) && flag.status === 'pending');

/** Tells whether a worry waits for compliance in each new deal with the end-user, as it does in its own. */
export const isWaiting = ({ deal }: Pick<DealView, 'deal'>, worry: HeardWorry): boolean =>
  // What was said against another end-user is shown.
  !isOnlyBeside(worry) &&
  // A company may be in two countries; an authority is of one.
  (GRAVE.has(worry.of) ||
    worry.of === 'tier' ||
    worry.otherwise === true ||
    (worry.of === 'country' && !['private', 'state-tied'].includes(deal.details.endUser.kind)));
