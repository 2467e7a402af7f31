/** Short runs of text that several cards need: people, sources, flags, conditions, differences. */

import type { Condition, Difference, LeftOut, Vote } from '../../flows/deal/deal.ts';
import { LONGEST_FLAG } from '../../flows/deal/deciding/flagging.ts';
import type { DiscardedVote } from '../../flows/deal/discarded-vote.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { askersOf } from '../../flows/deal/rights/asked-together.ts';
import { othersFirst } from '../../flows/deal/rights/others-first.ts';
import { isOfHit, openHits } from '../../flows/deal/screened/screened.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { readAlike } from '../../flows/end-user.ts';
import type { Source, PersonId } from '../../flows/ids.ts';
import { WEIGHTS, type FlagId, type OpenQuestion, type RaisedFlag } from '../../flows/policy/policy.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { Span, Text } from '../card.ts';
import { differenceTexts } from '../detail-texts.ts';
import {
  capital,
  count,
  dayWords,
  dealNames,
  detailWords,
  endsWithQuotes,
  listWords,
  LONGEST_QUOTED,
  LONGEST_SAID,
  quoted,
  sentence,
  shorten,
  voteWords,
  weightWord,
} from '../words.ts';
import { openParts, whyOpenWords } from './open-words.ts';

const MOST_PEOPLE = 8;
/** `@a, @b and @c`; a long list ends in `and 4 more people`. */
export const people = (ids: readonly PersonId[]): Span[] => {
  const shown = ids.length > MOST_PEOPLE ? ids.slice(0, MOST_PEOPLE - 1) : ids;
  const more = ids.length - shown.length;
  const spans = shown.flatMap((id, i): Span[] => {
    const last = more === 0 && i === shown.length - 1;
    return [...(i === 0 ? [] : [last ? ' and ' : ', ']), { person: id }];
  });
  return more === 0 ? spans : [...spans, ` and ${count(more, 'more person', 'more people')}`];
};

/** Each of the two: with the longest country's they fit a header of 150 characters. */
const MOST_NAME = 39;

/** `D-7K3QXM · “Sample Ministry”, Norway · customer “Sample Networks”` */
export const dealTitle = ({ id, details }: Pick<OpenedDeal, 'id' | 'details'>): string =>
  `${id} · ${dealNames(details, MOST_NAME)}`;

/** A source is a link only if it is https; always with its host. Its name is what somebody typed, and could read like our own line. */
const sourceSpan = ({ name, year, url }: Source): Span => {
  const label = quoted(year === undefined ? name : `${name}, ${year}`, 80);
  const parsed = url === undefined ? undefined : parsedUrl(url);
  return parsed?.protocol === 'https:' ? { link: { url: parsed.href, text: `${label} (${parsed.host})` } } : label;
};

export const sourceSpans = (sources: readonly Source[], most: number): Span[] => {
  if (sources.length === 0) return [];
  const shown = sources.slice(0, most).flatMap((s, i): Span[] => [...(i === 0 ? [] : ['; ']), sourceSpan(s)]);
  const more = sources.length - most;
  const last = shown.at(-1);
  if (more <= 0 && typeof last === 'string') return [...shown.slice(0, -1), sentence(last)];
  return [...shown, more > 0 ? ` and ${count(more, 'more source')}.` : '.'];
};

const heaviness = (flag: RaisedFlag): number => WEIGHTS.indexOf(flag.weight);
export const heaviestFirst = (flags: readonly RaisedFlag[]): RaisedFlag[] =>
  [...flags].sort((a, b) => heaviness(b) - heaviness(a));

/** The deal's flags, the heaviest first; of the same weight, what people raised comes after the rules'. */
export const flagsByWeight = ({ deal, assessment: { flags } }: DealView): RaisedFlag[] => {
  const raised = othersFirst(deal, deal.ownFlags).map(({ id }) => id);
  return heaviestFirst(flags.toSorted((a, b) => raised.indexOf(a.id) - raised.indexOf(b.id)));
};

/** Flags that compliance has not settled. Hits stand by themselves. */
export const pendingFlags = ({ deal }: DealView): OwnFlag[] =>
  othersFirst(
    deal,
    deal.ownFlags.filter((flag) => flag.status === 'pending' && !isOfHit(flag)),
  );

/** The same in a list, where what somebody wrote stands whole. */
export const listedTitle = (flag: Pick<RaisedFlag, 'title' | 'byHand'>, max: number): string =>
  shownTitle(flag, flag.byHand ? LONGEST_FLAG : max);

/** What a rule raised by its title; what somebody wrote in quotes, as it could read like our own line. */
export const shownTitle = ({ title, byHand }: Pick<RaisedFlag, 'title' | 'byHand'>, max: number): string =>
  byHand ? quoted(title, max) : shorten(title, max);

export const flagTitle = (view: DealView, id: FlagId): string => {
  const raised = view.assessment.flags.find((flag) => flag.id === id);
  if (raised) return shownTitle(raised, LONGEST_QUOTED);
  const own = view.deal.ownFlags.find((flag) => flag.id === id);
  return own ? quoted(own.title, LONGEST_QUOTED) : (view.policy.flagTitle(id) ?? id);
};

/** Flags that somebody raised and compliance dismissed: whoever decides reads them too. Hits stand by themselves. */
export const dismissedFlags = ({ deal }: Pick<DealView, 'deal'>): OwnFlag[] =>
  deal.ownFlags.filter((flag) => flag.status === 'dismissed' && !isOfHit(flag));

/** `1 red flag fell`, `a stop was taken back`: what counted once, or was raised. */
const countedNoMore = (view: DealView): string[] => {
  const { fell = [], stops = [] } = view.deal;
  const dismissed = dismissedFlags(view).length;
  const flags = new Set(fell.flatMap((one) => one.flags)).size;
  const lifted = stops.filter(({ lifted: back }) => back !== undefined).length;
  return [
    ...(flags > 0 ? [`${count(flags, 'red flag')} fell`] : []),
    ...(lifted > 0 ? [`${lifted === 1 ? 'a stop was' : `${lifted} stops were`} taken back`] : []),
    ...(dismissed > 0
      ? [`compliance dismissed ${dismissed === 1 ? 'one that was' : `${dismissed} that were`} raised`]
      : []),
  ];
};

export const noFlagsLine = (view: DealView): string => {
  if (openHits(view.deal).length > 0)
    return 'No red flag counts yet. A list may name somebody of this deal, and it waits for compliance to say who that is.';
  const waiting = pendingFlags(view).length;
  if (waiting > 0) {
    return `No red flag counts yet. ${waiting === 1 ? 'One that was raised waits' : `${waiting} that were raised wait`} for compliance to admit or dismiss ${waiting === 1 ? 'it' : 'them'}.`;
  }
  const before = countedNoMore(view);
  return before.length === 0 ? 'No red flags were raised.' : `No red flag counts now. ${capital(listWords(before))}.`;
};

/** `2 red flags. Heaviest: … (heavy), … (moderate).` */
export const heaviestLine = (view: DealView): string => {
  const flags = flagsByWeight(view);
  if (flags.length === 0) return noFlagsLine(view);
  const named = flags.slice(0, 3).map((f) => `${shownTitle(f, 300)} (${weightWord(f.weight).toLowerCase()})`);
  return flags.length === 1
    ? `1 red flag: ${named.join('')}.`
    : `${count(flags.length, 'red flag')}. Heaviest: ${named.join(', ')}.`;
};

/** Reasons for the tier, a line each: the rule, if it is wanted, and the open questions. */
export const whyLines = (view: DealView, withRule: boolean): string[] => {
  const { rule, trace } = view.assessment;
  const ruleText = withRule ? trace.find((line) => line.id === rule)?.text : undefined;
  const { open, accepted } = openParts(view);
  const [first, ...others] = open;
  const words = (question: OpenQuestion): string => {
    const why = whyOpenWords(question);
    return why === '' ? question.text : `${question.text} (${why})`;
  };
  return [
    ...(ruleText === undefined ? [] : [sentence(ruleText)]),
    ...(first === undefined
      ? []
      : [
          others.length === 0
            ? `1 open question: ${words(first)}`
            : `${others.length + 1} open questions, first: ${words(first)}`,
        ]),
    ...(accepted.length === 0
      ? []
      : [sentence(`Accepted by compliance: ${shorten(accepted.map(({ text }) => text).join(' '), 300)}`)]),
  ];
};

/** `, due 1 May 2027, a day that @b set. ` */
export const dueSpans = ({ due, dueBy }: Condition, after: string, label = 'due'): Span[] =>
  dueBy === undefined
    ? [`, ${label} ${dayWords(due)}${after}`]
    : [`, ${label} ${dayWords(due)}, a day that `, { person: dueBy }, ` set${after}`];

/** Names who asked for a condition, where somebody else took it over or more than one did. */
export const conditionItems = (conditions: readonly Condition[]): Text[] =>
  conditions.map((condition) => [
    `${sentence(condition.text)} Owner: `,
    { person: condition.owner },
    ...dueSpans(condition, '.'),
    ...(condition.askedBy === undefined
      ? alsoAskedAlone(condition)
      : [' Asked for by ', { person: condition.askedBy } satisfies Span, ...alsoAsked(condition), '.']),
  ]);

const shown = (value: string): string => (value.trim() === '' ? 'nothing' : endsWithQuotes(value, 200));

const ALIKE = ' It reads the same, in letters of another alphabet.';

const WEIGHT: Readonly<Record<Difference['what'], number>> = {
  flag: 0,
  alert: 0,
  exception: 0,
  answer: 1,
  details: 1,
  gap: 1,
  evidence: 2,
};

/** An answer that is the same, and only stands on something else or has another note, comes last. */
const weightOf = ({ what, before, after }: Difference): number =>
  what === 'answer' && before.split(' · ')[0] === after.split(' · ')[0] ? 3 : WEIGHT[what];

/** `Question: was …, now …` for each difference, what weighs most first; `most`: as many as there is room for. */
export const differenceItems = (view: DealView, differences: readonly Difference[], most = Infinity): Text[] =>
  differences
    .toSorted((a, b) => weightOf(a) - weightOf(b))
    .slice(0, most)
    .map((d): Text => {
      const { before, after } = differenceTexts(d);
      // One press for several may have become one for each.
      const change =
        before === after
          ? ` Given anew, the same: ${sentence(shown(after))}`
          : ` Was: ${sentence(shown(before))} Now: ${sentence(shown(after))}`;
      switch (d.what) {
        case 'answer':
          return [{ strong: view.policy.question(d.id)?.text ?? d.id }, change];
        case 'evidence': {
          const request = view.deal.requests.find((r) => r.id === d.id);
          const about = request?.question ?? view.policy.question(d.id)?.text ?? d.id;
          return [{ strong: `New evidence on ${quoted(about, 150)}.` }, change];
        }
        case 'flag':
          return [{ strong: `Flag: ${sentence(flagTitle(view, d.id))}` }, change];
        case 'details':
          return [{ strong: `${detailWords(d.id)}.` }, change, ...(readAlike(d.before, d.after) ? [ALIKE] : [])];
        case 'gap':
          return [{ strong: `Not known: ${view.policy.question(d.id)?.text ?? d.id}` }, change];
        case 'exception':
          return [{ strong: 'An exception of the policy.' }, change];
        case 'alert':
          return [{ strong: 'Country alert.' }, change];
        default: {
          const never: never = d.what;
          return never;
        }
      }
    });

/** `@a`, or `@a, for @b` if @a acted for @b, who was away. `after`: a comma, if the sentence goes on. */
export const doneBy = ({ by, for: absent }: Pick<Vote, 'by' | 'for'>, after: ',' | '' = ''): Span[] =>
  absent === undefined ? [{ person: by }] : [{ person: by }, ', for ', { person: absent }, after];

/** `@a: approve`, `@a, for @b: approve` */
export const voteSpans = (vote: Vote): Span[] => [...doneBy(vote), `: ${voteWords(vote.outcome).toLowerCase()}`];

/** Why a vote needs no condition, why it clears or upholds a flag, and what it says of safeguards. */
export const alsoWhy = (
  view: DealView,
  { noCondition, flags = {}, weighing }: Pick<DiscardedVote, 'noCondition' | 'flags' | 'weighing'>,
  most: number,
): string[] => [
  ...(noCondition === undefined ? [] : [` No condition: ${quoted(noCondition, most)}`]),
  ...(weighing?.safeguardsOffered === undefined
    ? []
    : [` Safeguards offered: ${quoted(weighing.safeguardsOffered, most)}`]),
  ...Object.entries(flags).flatMap(([id, { opinion, reason }]) =>
    reason === undefined
      ? []
      : [` ${opinion === 'clear' ? 'Cleared' : 'Upheld'} ${quoted(flagTitle(view, id), 100)}: ${quoted(reason, most)}`],
  ),
];

/** ` and @b`: who else asked for the same. */
export const alsoAsked = ({ askedAlso = [] }: Pick<Condition, 'askedAlso'>): Span[] =>
  askedAlso.flatMap((id): Span[] => [' and ', { person: id }]);

/** ` Also asked for by @b.`: of one whose asker stands beside it. */
const alsoAskedAlone = ({ askedAlso: [first, ...others] = [] }: Condition): Span[] =>
  first === undefined ? [] : [' Also asked for by ', { person: first }, ...alsoAsked({ askedAlso: others }), '.'];

/** Everybody whose word it is, also who set its date or named its owner. */
export const askerSpans = (left: Pick<LeftOut, 'askedBy' | 'condition'>): Span[] => {
  const [first = left.askedBy, ...askedAlso] = askersOf(left);
  return [{ person: first }, ...alsoAsked({ askedAlso })];
};

/** Why a vote left out, or changed, what others had asked for. */
export const leftOutWhy = ({ leftOut = [] }: Pick<DiscardedVote, 'leftOut'>): Span[] =>
  leftOut.flatMap(({ condition, askedBy, reason, instead }): Span[] => [
    ` ${instead ? 'Changed' : 'Left out'} ${quoted(condition.text, LONGEST_SAID)}, asked for by `,
    ...askerSpans({ askedBy, condition }),
    `: ${quoted(reason, LONGEST_SAID)}`,
  ]);

/** `@a: approve with conditions, 3 March 2027. “…”` */
export const castItem = (view: DealView, vote: Vote): Text => [
  ...voteSpans(vote),
  `, ${dayWords(vote.at)}. ${quoted(vote.rationale, LONGEST_SAID)}`,
  ...alsoWhy(view, vote, LONGEST_SAID),
  ...leftOutWhy(vote),
];

export const votesOf = (deal: OpenedDeal): readonly Vote[] => {
  if (deal.status === 'deciding') return deal.votes;
  return deal.status === 'decided' ? deal.decision.votes : [];
};
