/** A deal's record as a readable Markdown page: who knew what, when, and the decisions made on it. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { allReassessments } from '../../flows/deal/approval/reassessments.ts';
import { acceptedGaps } from '../../flows/deal/context/gaps.ts';
import { tierIsKnown } from '../../flows/deal/context/tier.ts';
import type { Answer, Vote } from '../../flows/deal/deal.ts';
import { conditionStanding, type ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { Renamed } from '../../flows/deal/said-shapes.ts';
import type { Approval } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { stateWord } from '../cards/condition-state.ts';
import { takenWords } from '../cards/gap-words.ts';
import { CITATIONS } from '../cards/reassessment-words.ts';
import { pastWords } from '../cards/renamed-words.ts';
import { restOfTrace } from '../cards/risk-picture.ts';
import { detailTexts } from '../detail-texts.ts';
import {
  answerWords,
  count,
  dayWords,
  decisionWords,
  HOUSE_RULES,
  licenceWord,
  NOT_A_LICENCE,
  tierMeaning,
  tierWord,
  voteWords,
  weightWord,
} from '../words.ts';
import { history, type RecordedCommit } from './history.ts';
import { bullet, heading, line, nested } from './markdown.ts';
import { contributionLines, openLines, riskPicture } from './risk-picture.ts';
import {
  byWords,
  ballotLines,
  conditionText,
  flagTitle,
  instantWords,
  nameOf,
  questionWords,
  sourceWords,
  stepLine,
} from './words.ts';

const PAST_DETAIL: Readonly<Record<Renamed, string>> = {
  'end-user': 'End-user',
  customer: 'Customer',
  intermediaries: 'Intermediaries',
  roles: 'Intermediaries and their parts',
  kind: 'Kind of end-user',
  product: 'Product',
  destination: 'Destination',
};

const details = (view: DealView): string[] => {
  const { deal, policy } = view;
  return [
    ...detailTexts(deal.details).map(({ label, text }) => bullet(label, text)),
    bullet('Requested by', nameOf(view, deal.requester)),
    bullet('Owner', nameOf(view, deal.owner)),
    bullet('Opened', instantWords(deal.openedAt)),
    bullet('Status', deal.status),
    bullet('Policy', `${policy.name} ${policy.version} (${deal.policy})`),
  ];
};

const basisBullets = (view: DealView, { sources, basis, checklist }: Answer): string[] => [
  ...[...sources, ...(basis?.sources ?? [])].map((s) => bullet('Source', sourceWords(s))),
  ...(basis?.told === undefined ? [] : [bullet('Stands on the word of', nameOf(view, basis.told))]),
  ...(checklist === undefined ? [] : [bullet('Given', 'in one press for a whole list')]),
];

const answerLines = (view: DealView, id: string, answer: Answer): string[] => {
  const question = view.policy.question(id);
  return [
    line(questionWords(question, id)),
    ...nested([
      bullet('Answer', answerWords(question, answer.value)),
      ...(answer.note ? [bullet('Note', answer.note)] : []),
      ...basisBullets(view, answer),
      bullet('Given by', `${nameOf(view, answer.by)}, ${instantWords(answer.at)}`),
    ]),
  ];
};

const answers = (view: DealView): string[] =>
  view.policy.sections.flatMap((section) => {
    const given = view.deal.answers[section.id];
    if (!given) return [];
    return [heading(3, section.title), ...Object.entries(given).flatMap(([id, a]) => answerLines(view, id, a)), ''];
  });

const assessment = (view: DealView): string[] => {
  const { tier, rule, flags } = view.assessment;
  const known = tierIsKnown(view);
  const unknown = tier && !known ? 'not set before every section is answered' : 'out of scope';
  return [
    bullet('Tier', tier && known ? `${tierWord(tier)}: ${tierMeaning(tier)}` : unknown),
    ...(rule && known ? [bullet('Set by rule', rule)] : []),
    line(HOUSE_RULES),
    ...contributionLines(view),
    ...flags.flatMap((flag) => [
      line(`${flag.title} (${flag.citation})`),
      ...nested([
        bullet('Weight', `${weightWord(flag.weight)}, before context ${weightWord(flag.baseWeight)}`),
        bullet('Why', flag.why),
        ...flag.modifiers.map((m) => bullet(m.effect, m.text)),
      ]),
    ]),
    ...openLines(view),
    ...acceptedGaps(view).map(({ question: q, by, at, reason, from }) =>
      line(
        `Not known: ${q.text} (${q.citation}) Accepted by ${nameOf(view, by)}, ${instantWords(at)}${takenWords(from)}: ${reason}`,
      ),
    ),
    ...restOfTrace(view).map((t) => line(`${t.id}: ${t.text}`)),
    ...view.deal.ownFlags.map((f) =>
      line(`Raised by ${nameOf(view, f.by)}, ${f.status}: ${f.title}${f.reason ? ` (${f.reason})` : ''}`),
    ),
  ];
};

const vote = (view: DealView, v: Vote): string[] => [
  line(`${byWords(view, v)}, step ${v.step + 1}: ${voteWords(v.outcome)}, ${instantWords(v.at)}`),
  ...nested([...ballotLines(view, v), bullet('Made on facts', v.factsHash)]),
];

const condition = (view: DealView, one: ConditionStanding): string[] => {
  const { returned, accepted, evidence, handed } = one.progress;
  const noted = (one: { by: string; for?: string | undefined; at: string }): string =>
    `${byWords(view, one)}, ${instantWords(one.at)}`;
  return [
    line(`Condition: ${conditionText(view, one.condition)}`),
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

const decided = (view: DealView, { decision: { outcome, at, votes }, suspended }: Approval): string[] => [
  bullet('Outcome', decisionWords(outcome)),
  bullet('Decided', instantWords(at)),
  line(NOT_A_LICENCE),
  ...votes.flatMap((v) => vote(view, v)),
  ...(suspended ? [bullet('Suspended', instantWords(suspended.at))] : []),
  ...conditionStanding(view).flatMap((c) => condition(view, c)),
];

/** Writes the approval in force while the deal is reassessed, renewals, reasons for a reassessment, ended approvals. */
const reassessment = (view: DealView): string[] => {
  const { deal } = view;
  const { pastApproval, renewals } = deal;
  return [
    ...(deal.standing
      ? [line('This approval stands while the deal is reassessed:'), ...decided(view, deal.standing)]
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
    ...(pastApproval?.ended ?? []).map((c) => bullet('Condition that ended with it', conditionText(view, c))),
  ];
};

/** Answers that were heavier, flags that fell, stops and reopenings. */
const saidBefore = ({ deal, ...view }: DealView): string[] => {
  const { was = [], fell = [], stops = [], reopenings = [], objections = [], renamed = [] } = deal;
  const named = (by: string, at: string): string => `${nameOf({ ...view }, by)}, ${instantWords(at)}`;
  const all = [
    ...stops.map(({ rule, at, lifted }) =>
      bullet(
        `Stopped by the rule ${rule}, ${instantWords(at)}`,
        lifted ? `taken back: ${lifted.reason} (${named(lifted.by, lifted.at)})` : 'not taken back',
      ),
    ),
    ...renamed.map(({ of, before, until, changedBy, why }) =>
      bullet(
        `${PAST_DETAIL[of]} until ${instantWords(until)}: ${pastWords(of, before)}`,
        `${why} (changed by ${nameOf({ ...view }, changedBy)})`,
      ),
    ),
    ...was.map(({ question: id, before, by, at, until, changedBy, why }) => {
      const question = view.policy.question(id);
      return bullet(
        `Was ${answerWords(question, before)} until ${instantWords(until)}: ${questionWords(question, id)}`,
        `${why} (given by ${named(by, at)}; changed by ${nameOf(view, changedBy)})`,
      );
    }),
    ...fell.map(({ flags, by, at, why }) =>
      bullet(
        'Red flags that fell',
        `${flags.map((id) => flagTitle({ ...view, deal }, id)).join('; ')}: ${why} (${named(by, at)})`,
      ),
    ),
    ...objections.map(({ by, at, reason, questions }) =>
      bullet(`Denied having said what ${count(questions.length, 'answer')} stood on`, `${reason} (${named(by, at)})`),
    ),
    ...reopenings.map(({ by, at, reason }) => bullet('Reopened', `${reason} (${named(by, at)})`)),
  ];
  return all.length === 0 ? [] : [heading(2, 'What was said before'), ...all, ''];
};

const decision = (view: DealView): string[] => {
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
                deal.confirmed.deal ? `Rests on the confirmation on ${deal.confirmed.deal}` : 'Confirmed',
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

const requests = (view: DealView): string[] =>
  view.deal.requests.flatMap(({ by, at, question, answer, takenBack }) => [
    line(`${nameOf(view, by)} asked, ${instantWords(at)}: ${question}`),
    ...nested(
      answer
        ? [
            bullet('Answer', `${answer.text} (${nameOf(view, answer.by)}, ${instantWords(answer.at)})`),
            ...answer.sources.map((s) => bullet('Source', sourceWords(s))),
          ]
        : [
            takenBack
              ? bullet('Taken back', `by ${nameOf(view, takenBack.by)}, ${instantWords(takenBack.at)}`)
              : bullet('Answer', 'none yet'),
          ],
    ),
  ]);

/** `commits`: the whole record, oldest first. */
export const dossier = (view: DealView, commits: readonly RecordedCommit[]): string =>
  [
    heading(1, `Deal ${view.deal.id}: ${view.deal.details.customer}`),
    heading(2, 'The deal'),
    ...details(view),
    '',
    heading(2, 'Decision'),
    ...decision(view),
    ...reassessment(view),
    '',
    heading(2, 'Assessment'),
    ...assessment(view),
    '',
    ...riskPicture(view),
    ...saidBefore(view),
    heading(2, 'Answers'),
    ...answers(view),
    ...requests(view),
    '',
    heading(2, 'Record'),
    ...history(view, commits),
    '',
  ].join('\n');
