/** The dossier's decision: votes with reasons and signatures, conditions and how they are kept, and what asks for a new review. */

import { approvalOf, approvedOther } from '../../flows/deal/approval/in-force.ts';
import { allReassessments } from '../../flows/deal/approval/reassessments.ts';
import type { Vote } from '../../flows/deal/deal.ts';
import { signedWords } from '../../flows/deal/rights/signing.ts';
import { conditionStanding, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { Approval } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { approvedWords, stateWord } from '../cards/condition-state.ts';
import { CITATIONS } from '../cards/reassessment-words.ts';
import type { Readable } from '../cards/worry-words.ts';
import { dayWords, decisionWords, licenceWord, NOT_A_LICENCE, voteWords } from '../words.ts';
import { bullet, line, nested, type Line } from './parts.ts';
import { ballotLines, byWords, askedText, dealWords, instantWords, nameOf, sourceWords, stepLine } from './words.ts';

const signedLines = (view: DealView, vote: Vote): Line[] => {
  const words = signedWords(view, vote);
  if (words === undefined) return [];
  return [bullet('Signature', vote.signedWith === undefined ? words : `${words}, ${vote.signedWith}`)];
};

const vote = (view: DealView, v: Vote): Line[] => [
  line(`${byWords(view, v)}, step ${v.step + 1}: ${voteWords(v.outcome)}, ${instantWords(v.at)}`),
  ...nested([...ballotLines(view, v), bullet('Made on facts', v.factsHash), ...signedLines(view, v)]),
];

const condition = (view: DealView, one: ConditionStanding): Line[] => {
  const { returned, accepted, evidence, handed } = one.progress;
  const noted = (one: { by: string; for?: string | undefined; at: string }): string =>
    `${byWords(view, one)}, ${instantWords(one.at)}`;
  return [
    line(`Condition: ${askedText(view, one.condition)}`),
    ...nested([
      bullet('State', stateWord(one)),
      ...evidence.flatMap(({ text, sources, ...done }) => [
        bullet('Evidence', `${text} (${noted(done)})`),
        ...sources.map((s) => bullet('Source', sourceWords(s))),
      ]),
      ...(returned ? [bullet('Returned', `${returned.reason} (${noted(returned)})`)] : []),
      ...(handed ? [bullet('Handed over', `to ${nameOf(view, handed.to)}: ${handed.reason} (${noted(handed)})`)] : []),
      ...(accepted ? [bullet('Accepted', noted(accepted))] : []),
    ]),
  ];
};

const decided = (view: DealView, { decision: { outcome, at, votes }, suspended }: Approval): Line[] => [
  bullet('Outcome', decisionWords(outcome)),
  bullet('Decided', instantWords(at)),
  line(NOT_A_LICENCE),
  ...votes.flatMap((v) => vote(view, v)),
  ...(suspended ? [bullet('Suspended', instantWords(suspended.at))] : []),
  ...conditionStanding(view).flatMap((c) => condition(view, c)),
];

/** Writes the approval in force while the deal is reassessed, renewals, reasons for a reassessment, ended approvals. */
export const reassessment = (view: DealView): Line[] => {
  const { deal } = view;
  const { pastApproval, renewals } = deal;
  return [
    ...(deal.standing
      ? [
          line(
            approvedOther(deal)
              ? `${approvedWords(view)} until it is decided again:`
              : 'This approval stands while the deal is reassessed:',
          ),
          ...decided(view, deal.standing),
        ]
      : []),
    ...(approvalOf(deal) && !renewals ? [bullet('Renewals', 'not set')] : []),
    ...(deal.licence
      ? [
          bullet(
            'Export licence since the approval',
            `${licenceWord(deal.licence.licence)}. It stands on: ${deal.licence.reason} (${nameOf(view, deal.licence.by)}, ${instantWords(deal.licence.at)})`,
          ),
        ]
      : []),
    ...(renewals?.dates.length === 0 ? [bullet('Renewals', `none. ${renewals.reason ?? ''}`)] : []),
    ...allReassessments(view).map(({ trigger, why, by, due }) =>
      bullet(`Reassess by ${dayWords(due)}`, `${why} (${CITATIONS[trigger]}, ${nameOf(view, by)})`),
    ),
    ...(pastApproval ? [bullet('Approval of before, not in force', instantWords(pastApproval.at))] : []),
    ...(pastApproval?.ended ?? []).map((c) => bullet('Condition that ended with it', askedText(view, c))),
  ];
};

export const decision = (view: DealView, readable?: Readable): Line[] => {
  const { deal } = view;
  switch (deal.status) {
    case 'decided':
      return decided(view, deal);
    case 'deciding':
      return [
        line('Not decided yet.'),
        ...deal.route.steps.map((s, i) => stepLine(view, s, i)),
        ...deal.votes.flatMap((v) => vote(view, v)),
      ];
    case 'out of scope':
      return [
        ...deal.reasons.map((r) => line(`Out of scope: ${r}`)),
        ...(deal.confirmed
          ? [
              bullet(
                deal.confirmed.deal
                  ? `Rests on the confirmation on ${dealWords(deal.confirmed.deal, readable)}`
                  : 'Confirmed',
                `${nameOf(view, deal.confirmed.by)}, ${instantWords(deal.confirmed.at)}`,
              ),
            ]
          : []),
      ];
    case 'stopped':
      return [line(`Stopped by the rule ${deal.rule}, ${instantWords(deal.at)}`)];
    case 'withdrawn':
      return [line(`Withdrawn: ${deal.reason}`)];
    case 'answering':
      return deal.scopeSaid
        ? [line('Said to be out of scope. Compliance has not confirmed it.'), ...deal.scopeSaid.reasons.map(line)]
        : [line('Questions are still open.')];
    default: {
      const never: never = deal;
      return never;
    }
  }
};
