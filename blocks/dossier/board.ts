/** The dossier's first page, for whoever reads no other: what, who, where, the risk picture, the decision, its conditions, and who disagreed. */

import { approvalOf, approvedOther } from '../../flows/deal/approval/in-force.ts';
import { tierIsKnown } from '../../flows/deal/context/tier.ts';
import { askersOf } from '../../flows/deal/rights/asked-together.ts';
import { mayBeNeeded, votesOn } from '../../flows/deal/rights/seats.ts';
import { colleaguesReports, isAdmittedLighter } from '../../flows/deal/rights/set-aside.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import { isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { inTurn } from '../../flows/in-turn.ts';
import { WEIGHTS } from '../../flows/policy/policy.ts';
import { approvedWords, stateWord } from '../cards/condition-state.ts';
import { detailTexts } from '../detail-texts.ts';
import {
  count,
  dayWords,
  decisionWords,
  detailWords,
  NOT_A_LICENCE,
  quoted,
  shorten,
  tierMeaning,
  tierWord,
  voteWords,
  weightWord,
} from '../words.ts';
import { bullet, heading, line, nested, type DossierPart, type Line } from './parts.ts';
import { riskTable } from './risk-picture.ts';
import { byWords, flagTitle, nameOf, namesOf } from './words.ts';

/** All of it follows on later pages: the first must stay one page. */
const MOST_NAMES = 120;
const MOST_PARTIES = 240;
const MOST_WORDS = 140;
const MOST_FLAGS = 6;
const MOST_CONDITIONS = 5;
const MOST_VOTES = 5;
const MOST_DISSENT = 5;

const firstOf = (lines: readonly Line[], most: number, what: string): Line[] => [
  ...lines.slice(0, most),
  ...(lines.length > most ? [line(`and ${count(lines.length - most, `more ${what}`)}, in the whole dossier`)] : []),
];

const list = (label: string, lines: readonly Line[], most: number, what: string): Line[] =>
  lines.length === 0 ? [] : [bullet(label, count(lines.length, what)), ...nested(firstOf(lines, most, what))];

const SHOWN = ['product', 'customer', 'endUser', 'destination', 'intermediaries'] as const;

const subject = (view: DealView): Line[] => {
  const texts = new Map(detailTexts(view.deal.details).map(({ label, text }) => [label, text]));
  return SHOWN.flatMap((name) => {
    const label = detailWords(name);
    const text = texts.get(label);
    const most = name === 'intermediaries' ? MOST_PARTIES : MOST_NAMES;
    return text === undefined ? [] : [bullet(label, shorten(text, most))];
  });
};

const risk = (view: DealView): Line[] => {
  const { tier, flags } = view.assessment;
  if (!tier || !tierIsKnown(view)) return [];
  const heaviest = flags.toSorted((a, b) => WEIGHTS.indexOf(b.weight) - WEIGHTS.indexOf(a.weight));
  return [
    bullet('Risk', `${tierWord(tier)}: ${tierMeaning(tier)}`),
    ...list(
      'Raised',
      heaviest.map(({ title, weight }) => line(`${weightWord(weight)}: ${shorten(title, MOST_WORDS)}`)),
      MOST_FLAGS,
      'red flag',
    ),
  ];
};

const STATUS: Record<DealView['deal']['status'], string> = {
  answering: 'Questions are still open. Nothing is decided.',
  deciding: 'It waits for its approvers. Nothing is decided.',
  decided: '',
  'out of scope': 'Out of scope. Nothing was decided.',
  stopped: 'A rule of the policy prohibits this deal.',
  withdrawn: 'The deal was withdrawn.',
};

const decided = (view: DealView): Line[] => {
  const approval = approvalOf(view.deal);
  const { status } = view.deal;
  const votes = votesOn(view.deal).map((vote) =>
    line(`${byWords(view, vote)}: ${voteWords(vote.outcome)}, ${dayWords(vote.at)}`),
  );
  const stands = view.deal.status === 'decided' ? view.deal : (view.deal.standing ?? undefined);
  return [
    ...(stands
      ? [
          bullet(
            'Decision',
            `${decisionWords(stands.decision.outcome)}, ${dayWords(stands.decision.at)}${status === 'decided' ? '' : approvedOther(view.deal) ? `; ${approvedWords(view)} until it is decided again` : '; it stands while the deal is reassessed'}`,
          ),
        ]
      : [bullet('Decision', STATUS[status])]),
    ...(approval?.suspended ? [bullet('Suspended', dayWords(approval.suspended.at))] : []),
    ...list('Votes', votes, MOST_VOTES, 'vote'),
    ...(stands ? [line(NOT_A_LICENCE)] : []),
    ...list(
      'Conditions',
      conditionStanding(view).map((one) =>
        line(
          `${shorten(one.condition.text, MOST_WORDS)} (${nameOf(view, one.condition.owner)}, ${dayWords(one.condition.due)}: ${stateWord(one).toLowerCase()})`,
        ),
      ),
      MOST_CONDITIONS,
      'condition',
    ),
  ];
};

/** Flags that one voter upheld and another cleared. */
const disputed = (view: DealView): Line[] => {
  const votes = votesOn(view.deal);
  const flags = [...new Set(votes.flatMap((vote) => Object.keys(vote.flags)))];
  return flags.flatMap((flag) => {
    const of = (opinion: 'uphold' | 'clear'): string[] =>
      votes.flatMap((vote) => (vote.flags[flag]?.opinion === opinion ? [byWords(view, vote)] : []));
    const [upheld, cleared] = [of('uphold'), of('clear')];
    return upheld.length === 0 || cleared.length === 0
      ? []
      : [
          line(
            `${shorten(flagTitle(view, flag), MOST_WORDS)}: upheld by ${upheld.join(', ')}; cleared by ${cleared.join(', ')}`,
          ),
        ];
  });
};

/** A line with whoever said what it tells. */
interface Said {
  by: PersonId;
  line: Line;
}

/** Flags that wait, and those that were dismissed or counted as less than they waited. */
const flagged = (view: DealView): Said[] => {
  const of = view.deal.ownFlags.filter((flag) => !isOfHit(flag) || flag.like !== undefined);
  return [
    ...of.filter(({ status }) => status === 'pending'),
    ...of.filter((flag) => flag.status === 'dismissed' || isAdmittedLighter(flag)),
  ].map(({ title, by, status, weight, settledBy, reason }) => {
    const settled = status === 'dismissed' ? 'dismissed it' : `counted it as ${weightWord(weight).toLowerCase()}`;
    const who = settledBy === undefined ? 'compliance' : nameOf(view, settledBy);
    const why = reason === undefined ? '' : `: ${shorten(reason, MOST_NAMES)}`;
    const text = `${nameOf(view, by)} raised ${quoted(title, MOST_NAMES)}; ${status === 'pending' ? 'it waits for compliance' : `${who} ${settled}${why}`}`;
    return { by, line: line(text) };
  });
};

/** What colleagues reported against the approval, and nothing settled yet. */
const reported = (view: DealView): Said[] =>
  colleaguesReports(view.deal).map(({ by, why }) => ({
    by,
    line: line(`${nameOf(view, by)} reported a change: ${quoted(why, MOST_NAMES)}; it is not settled`),
  }));

/** Approvers first, each author in turn: trifles of one push out nobody's word. */
const saidInTurn = (view: DealView, said: readonly Said[]): Line[] => {
  const isJudge = ({ by }: Said): boolean => mayBeNeeded(view, by);
  const all = [...said.filter(isJudge), ...said.filter((one) => !isJudge(one))];
  return inTurn(all).map((one) => one.line);
};

const dissent = (view: DealView): Line[] => {
  const votes = votesOn(view.deal);
  const { objections = [], endedAgainst = [] } = view.deal;
  const lines = [
    ...votes
      .filter(({ outcome }) => outcome === 'decline')
      .map((vote) => line(`${byWords(view, vote)} voted to decline: ${shorten(vote.rationale, MOST_WORDS)}`)),
    ...disputed(view),
    ...votes.flatMap((vote) =>
      (vote.leftOut ?? []).map(({ condition, askedBy, reason }) =>
        line(
          `${namesOf(view, askersOf({ askedBy, condition }))} asked for ${quoted(condition.text, MOST_NAMES)}; ${byWords(view, vote)} did without: ${shorten(reason, MOST_NAMES)}`,
        ),
      ),
    ),
    ...saidInTurn(view, [
      ...reported(view),
      ...flagged(view),
      ...endedAgainst
        .filter(({ of }) => of === 'hold')
        .map(({ by, from, why = '', reason }) => ({
          by: from ?? by,
          line: line(
            `${from === undefined ? 'Somebody' : nameOf(view, from)} placed a hold: ${quoted(why, MOST_NAMES)}; ${nameOf(view, by)} lifted it: ${shorten(reason, MOST_NAMES)}`,
          ),
        })),
      ...objections.map(({ by, questions, reason }) => ({
        by,
        line: line(
          `${nameOf(view, by)} denied having said what ${count(questions.length, 'answer')} stood on: ${shorten(reason, MOST_NAMES)}`,
        ),
      })),
    ]),
  ];
  if (lines.length === 0) return votes.length === 0 ? [] : [bullet('Dissent', 'none recorded')];
  return [bullet('Dissent', ''), ...nested(firstOf(lines, MOST_DISSENT, 'point'))];
};

export const board = (view: DealView): DossierPart[] => [
  heading(1, `Deal ${view.deal.id}: ${shorten(view.deal.details.customer, MOST_NAMES)}`),
  ...subject(view),
  ...risk(view),
  ...riskTable(view),
  ...decided(view),
  ...dissent(view),
];
