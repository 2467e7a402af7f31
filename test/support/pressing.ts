/** What the decision says to a button and the form behind it, when somebody presses it and fills it in with care. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { suspensionShown } from '../../flows/deal/approval/suspension.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { acceptableGaps, exceptionToConfirm, gapsToTakeBack } from '../../flows/deal/context/gaps.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import { waitingShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import { seatOf } from '../../flows/deal/rights/seats.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import type { Refusal } from '../../flows/ids.ts';
import { ballot } from './deal-lines.ts';

const REASON = 'A reason that says enough.';

/** The commands that a press can end in: the person is free to choose among them. */
type Ends = (view: DealView, about: string, person: string) => DealCommand[];

const DAY = '2031-05-05';
const dayAfter = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10);

export const ENDS: Readonly<Record<string, Ends>> = {
  'deal.answer': (_, section) => [{ type: 'AnswerSection', section, answers: {} }],
  'deal.nothing-changed': (_, section) => [{ type: 'ConfirmSection', section }],
  'deal.hand-over': ({ organisation }, section) =>
    organisation.people.map(({ id }) => ({ type: 'HandOverSection', section, to: id })),
  'deal.take-section-back': (_, section) => [{ type: 'TakeSectionBack', section }],
  'deal.raise-flag': () => [{ type: 'RaiseFlag', title: 'Something worries me here.' }],
  'deal.something-changed': () => [{ type: 'ReportChange', what: 'major', why: REASON }],
  'deal.settle-flag': (_, flag) => [
    { type: 'AdmitFlag', flag, weight: 'moderate', reason: REASON },
    { type: 'DismissFlag', flag, reason: REASON },
  ],
  'deal.confirm-scope': (view) => {
    const factsHash = view.deal.status === 'answering' ? (view.deal.scopeSaid?.factsHash ?? '') : '';
    const seen = waitingShown(view);
    return [
      { type: 'ConfirmScope', factsHash, seen },
      { type: 'RefuseScope', factsHash, reason: REASON, seen },
    ];
  },
  'deal.confirm-lighter': (view) => [
    { type: 'ConfirmLighter', asOf: view.lighterSaid?.at ?? '', seen: waitingShown(view) },
  ],
  'deal.authority': () => [{ type: 'NoteAuthority', note: 'Sent today.' }],
  'deal.send-on': () => [{ type: 'SendOn' }],
  'deal.accept-gaps': (view) => {
    const confirm = exceptionToConfirm(view)?.id;
    return [{ type: 'AcceptGaps', questions: acceptableGaps(view).map(({ id }) => id), reason: REASON, confirm }];
  },
  'deal.take-gaps-back': (view) => {
    const { gaps, exceptions } = gapsToTakeBack(view);
    const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);
    return [{ type: 'TakeGapsBack', questions: ids(gaps), exceptions: ids(exceptions), reason: REASON }];
  },
  'deal.review': (view, _, person) => {
    const { deal } = view;
    if (deal.status !== 'deciding')
      return [
        {
          type: 'CastVote',
          step: 0,
          factsHash: '',
          ballot: { outcome: 'decline', flags: {}, conditions: [], rationale: '' },
        },
      ];
    const seat = seatOf(view, deal, person);
    const absent = 'of' in seat && seat.of !== person ? { for: seat.of } : {};
    const cast = { type: 'CastVote' as const, step: deal.step, factsHash: deal.route.factsHash, ...absent };
    return [
      { ...cast, ballot: ballot(view, { outcome: 'decline' }) },
      { ...cast, ballot: ballot(view) },
    ];
  },
  'deal.take-vote-back': (_, step) => [{ type: 'TakeVoteBack', step: Number(step), reason: REASON }],
  'deal.recuse': () => [{ type: 'Recuse', reason: REASON }],
  'deal.give-information': (_, request) => [{ type: 'GiveInformation', request, text: REASON, sources: [] }],
  'deal.take-question-back': (_, request) => [{ type: 'TakeQuestionBack', request, reason: 'It is in the contract.' }],
  'deal.ask-counsel': () => [{ type: 'AskCounsel' }],
  'deal.object': () => [{ type: 'ObjectToBasis', reason: REASON }],
  'deal.nudge': () => [{ type: 'Nudge' }],
  'deal.reopen': () => [{ type: 'Reopen', reason: REASON }],
  'deal.meet-condition': (_, condition) => [{ type: 'MeetCondition', condition, text: REASON, sources: [] }],
  'deal.hand-over-condition': ({ organisation }, condition) =>
    organisation.people.map(({ id }) => ({ type: 'HandOverCondition', condition, to: id, reason: REASON })),
  'deal.settle-condition': (_, condition) => [{ type: 'AcceptCondition', condition }],
  'deal.lift-suspension': ({ deal }) => {
    const suspended = approvalOf(deal)?.suspended;
    return [{ type: 'LiftSuspension', reason: REASON, suspension: suspended && suspensionShown(suspended) }];
  },
  'deal.reassess': () => [{ type: 'StartReassessment' }],
  'deal.renewals': () => [{ type: 'SetRenewals', licence: DAY, reason: REASON }],
  'deal.licence': () => [{ type: 'SetLicence', licence: 'granted', reason: REASON }],
  'deal.snooze': (view, duty) => [{ type: 'Snooze', duty, until: dayAfter(view.now, 3) }],
};

/** They only show something, to whoever may read the deal. */
export const SHOWING: ReadonlySet<string> = new Set(['deal.why', 'deal.more', 'deal.answers', 'deal.dossier']);

/** A refusal of now, at no input: another choice or another word in the form would be refused as well. */
const isOfNow = ({ code, about }: Refusal): boolean => code !== 'facts changed' && about === undefined;

/** A pause of an hour or a day, which no message tells the end of. */
const PAUSES = /Give them a little time|give them a little time/;

/** Tells what the decision says to everything that the press can end in. Undefined: one way is open. */
export const refusedAll = (
  deal: OpenedDeal,
  { name, value }: { name: string; value: string },
  ask: { person: string; at: string; context: DealContext },
): string | undefined => {
  const { person, at, context } = ask;
  const view = dealView(deal, context.policy, context.organisation, at);
  const about = value.slice(deal.id.length + 1);
  if (SHOWING.has(name)) return canRead(view, person) ? undefined : 'They may not read it.';
  const ends = ENDS[name]?.(view, about, person);
  if (!ends) throw new Error(`nobody knows what ${name} ends in`);
  const said = ends.map((command) => decide(command, deal, { actor: person, at, id: 'pressed' }, context));
  const refused = said.flatMap((one) =>
    one.kind === 'refused' && isOfNow(one.refusal) && !PAUSES.test(one.refusal.text) ? [one.refusal.text] : [],
  );
  return refused.length === ends.length ? refused[0] : undefined;
};
