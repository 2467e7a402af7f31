/** What stood against a deal and was ended, in words: what it said, who placed it, who ended it, when and why. */

import { endedSince } from '../../flows/deal/context/ended-before.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import type { EndedAgainst } from '../../flows/deal/said-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import type { Span, Text } from '../card.ts';
import { dayWords, LONGEST_SAID, quoted } from '../words.ts';

const ENDED = {
  hold: 'A hold was lifted ',
  alert: 'A country alert was ended ',
  report: 'A report of a change was taken back ',
  suspension: 'A suspension was lifted ',
  gaps: 'What had been taken back was accepted again as not known ',
  decline: 'The deal was reopened over a decline ',
} as const;

const endedWords = ({ of, name, reopened }: EndedAgainst): string => {
  if (name !== undefined) return `A hold on ${quoted(name, 100)} was lifted `;
  return reopened && of === 'report' ? 'The deal was reopened over a report of a change ' : ENDED[of];
};

/** ` Lifted by the requester of this deal.` Empty where nobody on its team ended it. */
const byTeam = ({ deal }: DealView, { of, by }: EndedAgainst): Span[] => {
  if ((of !== 'hold' && of !== 'alert') || !deal.team.includes(by)) return [];
  const who = by === deal.requester ? 'the requester' : by === deal.owner ? 'the owner' : 'somebody on the team';
  return [' ', { strong: `${of === 'hold' ? 'Lifted' : 'Ended'} by ${who} of this deal.` }];
};

const endedText = (view: DealView, ended: EndedAgainst): Text => {
  const { why, from, by, at, reason } = ended;
  return [
    { strong: endedWords(ended) },
    `on ${dayWords(at)} by `,
    { person: by },
    `: ${quoted(reason, LONGEST_SAID)}`,
    ...(why === undefined ? [] : [`. It said: ${quoted(why, LONGEST_SAID)}`]),
    ...(from === undefined ? [] : ([', by ', { person: from }] satisfies Span[])),
    ...byTeam(view, ended),
  ];
};

/** A line with whoever said what it tells. */
export interface SaidLine {
  by: PersonId;
  text: Text;
  /** Somebody on the deal's team ended it. */
  byTeam?: true;
}

export const endedLines = (view: DealView): SaidLine[] =>
  [...(view.deal.endedAgainst ?? []), ...endedSince(view)].map((ended) => ({
    by: ended.from ?? ended.by,
    text: endedText(view, ended),
    ...(byTeam(view, ended).length > 0 ? { byTeam: true } : {}),
  }));

/**
 * What somebody on the deal's team ended comes first; then each author in turn, and whoever sells the deal last: much of one pushes
 * out nothing of another.
 */
export const inOrder = ({ deal }: DealView, lines: readonly SaidLine[]): Text[] => {
  const byTeam = lines.filter((line) => line.byTeam);
  const rest = lines.filter((line) => !line.byTeam);
  return [...byTeam, ...othersFirst(deal, rest)].map(({ text }) => text);
};

/** What the deal was reopened over at that moment. */
export const reopenedItems = (view: DealView, at: Instant): Text[] =>
  (view.deal.endedAgainst ?? [])
    .filter((ended) => ended.reopened && ended.at === at)
    .map((ended) => endedText(view, ended));

/** Holds and country alerts alone. */
export const liftedItems = (view: DealView): Text[] => {
  const endedAgainst = (view.deal.endedAgainst ?? []).filter(({ of }) => of === 'hold' || of === 'alert');
  return inOrder(view, endedLines({ ...view, deal: { ...view.deal, endedAgainst } }));
};
