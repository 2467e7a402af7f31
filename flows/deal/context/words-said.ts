/** What people wrote about a deal beside its answers: reasons, evidence, words for others. Read from its events. */

import { SYSTEM } from '../../organisation.ts';
import type { DealEvent } from '../events.ts';
import { inTurn, type WordsEver } from './words-ever.ts';

type Saying = Exclude<WordsEver['of'], 'answer' | 'note' | 'source' | 'role' | 'denied'>;
type Written = { of: Saying; text: string | undefined; grave?: boolean };

/**
 * What its person wrote, for the kinds of event that say it beside an answer. Answers, notes and denials are read elsewhere; an
 * event that is not named here says nothing to other deals, so a new one with words has to be added.
 */
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
      return [{ of: 'evidence', text: event.text }];
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
      return [{ of: 'corrected', text: event.lighter?.why }];
    case 'GapsAccepted':
    case 'GapsTakenBack':
      return [{ of: 'settled', text: event.reason }];
    case 'SuspensionLifted':
      return [{ of: 'settled', text: event.reason, grave: true }];
    case 'LicenceSet':
      return [{ of: 'settled', text: event.reason }];
    case 'RenewalsSet':
      return [{ of: 'settled', text: event.reason }];
    case 'VoteCast': {
      const { outcome, rationale, noCondition, conditions, flags } = event.ballot;
      return [
        { of: outcome === 'decline' ? 'vote' : 'reasons', text: rationale, grave: outcome !== 'approve' },
        { of: 'reasons', text: noCondition },
        ...conditions.map(({ text }): Written => ({ of: 'condition', text, grave: true })),
        ...Object.values(flags).map(({ reason }): Written => ({ of: 'reasons', text: reason })),
      ];
    }
    default:
      return [];
  }
};

/** Returns all of it, oldest first. What the bot wrote by itself is nobody's. */
export const wordsSaid = (events: readonly DealEvent[]): WordsEver[] =>
  events.flatMap((event) =>
    event.by === SYSTEM
      ? []
      : writtenIn(event).flatMap(({ of, text, grave = false }): WordsEver[] =>
          text === undefined ? [] : [{ of, text, by: event.by, at: event.at, gone: false, grave }],
        ),
  );

/** What stands on no other page of its own deal. */
const NOWHERE_ELSE: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>([
  'withdrawn',
  'sent back',
  'recused',
  'evidence',
  'returned',
  'handed over',
  'corrected',
]);

/** Returns what was written about the deal itself and stands nowhere else: of each author in turn, the latest first. */
export const saidBeside = (events: readonly DealEvent[]): WordsEver[] =>
  inTurn(
    wordsSaid(events)
      .filter(({ of }) => NOWHERE_ELSE.has(of))
      .toReversed(),
  );
