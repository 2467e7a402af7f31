/** What people wrote about a deal beside its answers: reasons, evidence, words for others. Read from its events. */

import type { PersonId, Source } from '../../ids.ts';
import { inTurn } from '../../in-turn.ts';
import { SYSTEM } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealDetails } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { isMoved, weightyFirst } from '../said/says-more.ts';
import type { DealView } from '../view.ts';
import type { Moves, SetWith, WordsEver } from './words-shapes.ts';

type Saying = Exclude<WordsEver['of'], 'answer' | 'note' | 'source' | 'role' | 'called' | 'denied'>;
type Written = {
  of: Saying;
  text: string | undefined;
  grave?: boolean;
  set?: SetWith;
  owner?: PersonId;
  /** What an approver asked, by its id. */
  request?: string;
};

/** With where it can be seen: a source says as much as a sentence. */
const evidenceOf = ({ text, sources }: { text: string; sources: readonly Source[] }): Written[] =>
  [text, ...sources.map(({ name }) => name)].map((said) => ({ of: 'evidence', text: said }));

/** What its person wrote beside an answer. Every kind of event is named: the compiler asks what a new one says. */
const writtenIn = (event: DealEvent): Written[] => {
  switch (event.type) {
    case 'DealWithdrawn':
      return [{ of: 'withdrawn', text: event.reason, grave: true }];
    case 'DealReopened':
      return [{ of: 'reopened', text: event.reason }];
    case 'ScopeRefused':
    case 'LighterRefused':
      return [{ of: 'sent back', text: event.reason, grave: true }];
    case 'Recused':
      return [{ of: 'recused', text: event.reason, grave: true }];
    case 'ConditionMet':
      return evidenceOf(event);
    case 'ConditionReturned':
      return [{ of: 'returned', text: event.reason, grave: true }];
    case 'SectionHandedOver':
      return [{ of: 'handed over', text: event.handOver.note }];
    case 'OwnerReassigned':
    case 'ConditionHandedOver':
      return [{ of: 'handed over', text: event.reason }];
    case 'DetailsCorrected':
      return [{ of: 'corrected', text: event.reason }];
    case 'SectionAnswered':
      return [
        { of: 'corrected', text: event.lighter?.why },
        { of: 'corrected', text: event.again },
      ];
    case 'GapsAccepted':
      // Taken from an acceptance, it is the reason of whoever accepted it there.
      return event.from ? [] : [{ of: 'settled', text: event.reason }];
    case 'GapsTakenBack':
      return [{ of: 'taken back', text: event.reason, grave: true }];
    case 'SuspensionLifted':
      return [{ of: 'settled', text: event.reason, grave: true }];
    case 'LicenceSet':
      return [{ of: 'set', text: event.reason, set: { licence: event.licence } }];
    case 'RenewalsSet':
      // The first dates need no reason.
      return [{ of: 'set', text: event.reason ?? '', set: { dates: event.dates } }];
    case 'VoteCast': {
      const { outcome, rationale, noCondition, conditions, leftOut = [], flags, weighing } = event.ballot;
      return [
        { of: outcome === 'decline' ? 'vote' : 'reasons', text: rationale, grave: outcome !== 'approve' },
        { of: 'reasons', text: noCondition },
        { of: 'reasons', text: weighing?.safeguardsOffered },
        ...conditions.map(({ text, owner }): Written => ({ of: 'condition', text, grave: true, owner })),
        ...[...leftOut, ...Object.values(flags)].map(({ reason }): Written => ({ of: 'reasons', text: reason })),
      ];
    }
    case 'VoteTakenBack':
      return [{ of: 'reasons', text: event.reason, grave: true }];
    case 'InformationGiven':
      return evidenceOf(event).map((one) => ({ ...one, request: event.request }));
    case 'AuthorityNoted':
      return [{ of: 'authority', text: event.note, grave: true }];
    case 'ChangeTakenBack':
    case 'HoldEnded':
      return [{ of: 'settled', text: event.reason }];
    case 'InformationTakenBack':
      return [{ of: 'settled', text: event.reason, request: event.request }];
    case 'FlagAdmitted':
      return [{ of: 'admitted', text: event.reason }];
    case 'FlagDismissed':
      return [{ of: 'dismissed', text: event.reason }];
    // Other deals hear of these as worries, with their words.
    case 'FlagRaised':
    case 'InformationAsked':
    case 'HoldNoted':
    case 'ReassessmentRequired':
    case 'DealSuspended':
    // They are of the country, and stand on every deal there.
    case 'AlertNoted':
    case 'AlertEnded':
    case 'LawsTaken':
    case 'SheetMoved':
    // A list says it, of everybody who is called so.
    case 'PartyScreened':
    // `wordsEver` reads answers, notes, denials, names and what took their place.
    case 'DealOpened':
    case 'SectionSavedForLater':
    case 'BasisObjected':
    case 'LighterConfirmed':
    case 'DealDecided':
    // The bot's own words, or none.
    case 'CounselAsked':
    case 'BasisEnded':
    case 'OthersNoted':
    case 'HeardElsewhere':
    case 'HandOverEnded':
    case 'ScopeSaid':
    case 'ScopeConfirmed':
    case 'FoundOutOfScope':
    case 'FoundInScope':
    case 'FindingOut':
    case 'FindOutNudged':
    case 'SentOn':
    case 'DealRouted':
    case 'DealStopped':
    case 'VotesVoided':
    case 'SeatsNoted':
    case 'QuestionsReopened':
    case 'StepCompleted':
    case 'FlagsAskedAgain':
    case 'LighterAskedAgain':
    case 'Nudged':
    case 'RecordExported':
    case 'Reminded':
    case 'Snoozed':
    case 'ConditionAccepted':
    case 'ReassessmentStarted':
      return [];
  }
};

/** What the deal was of before each correction with which the product, its end-user, the country or who is in between became another. */
const movesIn = (events: readonly DealEvent[]): ReadonlyMap<DealEvent, Moves> => {
  const moves = new Map<DealEvent, Moves>();
  let was: DealDetails | undefined;
  for (const event of events) {
    if (event.type !== 'DealOpened' && event.type !== 'DetailsCorrected') continue;
    if (was && isMoved(was, event.details)) moves.set(event, { was, now: event.details });
    was = event.details;
  }
  return moves;
};

/** The bot notes in each deal that somebody lifted a hold. */
const authorOf = (event: DealEvent): PersonId => (event.type === 'HoldEnded' ? event.lifted : event.by);

/** Returns all of it, oldest first. What the bot wrote by itself is nobody's. */
export const wordsSaid = (events: readonly DealEvent[]): WordsEver[] => {
  const moves = movesIn(events);
  const flags = new Map(events.flatMap((event) => (event.type === 'FlagRaised' ? [[event.flag, event.title]] : [])));
  const asked = new Map(
    events.flatMap((event) => (event.type === 'InformationAsked' ? [[event.request, event.question]] : [])),
  );
  const flagIn = (event: DealEvent): Pick<WordsEver, 'flag'> => {
    const flag = event.type === 'FlagAdmitted' || event.type === 'FlagDismissed' ? flags.get(event.flag) : undefined;
    return flag === undefined ? {} : { flag };
  };
  return events.flatMap((event) =>
    authorOf(event) === SYSTEM
      ? []
      : writtenIn(event).flatMap(({ of, text, grave = false, set, owner, request = '' }): WordsEver[] =>
          text === undefined
            ? []
            : [
                {
                  of,
                  text,
                  ...flagIn(event),
                  ...(set ? { set } : {}),
                  ...(owner === undefined ? {} : { owner }),
                  ...(asked.has(request) ? { asked: asked.get(request) } : {}),
                  by: authorOf(event),
                  at: event.at,
                  gone: false,
                  grave,
                  ...(moves.has(event) ? { moves: moves.get(event) } : {}),
                },
              ],
        ),
  );
};

/** What stands on no other page of its own deal. */
const NOWHERE_ELSE: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>([
  'withdrawn',
  'sent back',
  'recused',
  'evidence',
  'returned',
  'handed over',
  'corrected',
  'set',
  'authority',
]);

const conditionKey = (text: string, owner: PersonId | undefined): string =>
  JSON.stringify([text.trim().toLowerCase(), owner]);

/** Conditions that compliance accepted as met, by their words and whom they were asked of: a reassessment asks for none of them, and lists those that are open. */
const metConditions = ({ deal }: Pick<DealView, 'deal'>, events: readonly DealEvent[]): ReadonlySet<string> => {
  const met = new Set(events.flatMap((event) => (event.type === 'ConditionAccepted' ? [event.condition] : [])));
  // What waits once more is listed as that.
  for (const [id, { status }] of Object.entries(approvalOf(deal)?.conditions ?? {}))
    if (status !== 'accepted') met.delete(id);
  const decided = events.flatMap((event) => (event.type === 'DealDecided' ? event.conditions : []));
  return new Set(decided.flatMap(({ id, text, owner }) => (met.has(id) ? [conditionKey(text, owner)] : [])));
};

/** Returns what was written about the deal itself and stands nowhere else: of each author in turn, what weighs more first, then the latest. */
export const saidBeside = (view: Pick<DealView, 'deal' | 'policy'>, events: readonly DealEvent[]): WordsEver[] => {
  const met = metConditions(view, events);
  // Whoever votes with it takes over what another asked for first.
  const known = new Set<string>();
  const isFirst = (key: string): boolean => !known.has(key) && known.add(key).size > 0;
  return inTurn(
    weightyFirst(
      view,
      wordsSaid(events)
        .filter(
          ({ of, text, owner }) =>
            NOWHERE_ELSE.has(of) ||
            (of === 'condition' && met.has(conditionKey(text, owner)) && isFirst(conditionKey(text, owner))),
        )
        .toReversed(),
    ),
  );
};
