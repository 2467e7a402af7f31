/** What was said before, in words: answers that were heavier, words that others replaced, flags that fell, stops, reopenings. */

import type { FallenFlags, Stop } from '../../flows/deal/said-shapes.ts';
import { whoElse, whoseValue } from '../../flows/deal/said/first-said.ts';
import { pastAnswers, type PastAnswers } from '../../flows/deal/said/said-order.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { saidUnasked, type Unasked } from '../../flows/deal/said/unasked.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { inTurns } from '../../flows/in-turn.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Block, Span, Text } from '../card.ts';
import { capital, count, dayWords, listWords, LONGEST_SAID, quoted, quotedWhole, shorten } from '../words.ts';
import { othersCounted } from './others-words.ts';
import { renamedCounted, renamedItems, takenOutItems } from './renamed-words.ts';
import { replacedShown, betweenShown } from './replaced-words.ts';
import { answerSaid, supposedBy } from './said-words.ts';
import { savedItems } from './saved-words.ts';
import { asideItems } from './set-aside.ts';
import { dismissedFlags, flagTitle, people } from './spans.ts';
import type { Readable } from './worry-words.ts';

const NONE: Readable = new Set();

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

/**
 * `Was yes until 25 November 2026: “Can the product …?” @b said so on 24 November 2026. @a changed it: “…”`; of a question that was changed again since:
 * `Was yes until 25 November 2026, now no, changed 3 times: …`
 */
const pastAnswer = (view: DealView, { said, also, last, times }: PastAnswers): Text => {
  const { question: id, before, by, at, until, changedBy, why } = said;
  const question = view.policy.question(id);
  const now = view.facts.answers[id];
  const is = now === undefined ? 'not asked now' : `now ${answerSaid(question, now)}`;
  const again = times === 1 ? '' : `, ${is}, changed ${times} times`;
  return [
    { strong: `Was ${answerSaid(question, before)} until ${dayWords(until)}${again}: ` },
    `${shorten(question?.text ?? id, 150)} `,
    ...(by === SYSTEM
      ? ([`By ${supposedBy(view)}. `, { person: changedBy }, ' denied it'] satisfies Span[])
      : ([
          { person: by },
          ` said so on ${dayWords(at)}`,
          ...(also.length === 0 ? [] : [', as did ', ...people(also)]),
          '. ',
          { person: changedBy },
          ' changed it',
        ] satisfies Span[])),
    `: ${quotedWhole(why, LONGEST_WHY)}`,
    ...(last.why === why
      ? []
      : ([' Last, ', { person: last.changedBy }, `: ${quotedWhole(last.why, LONGEST_WHY)}`] satisfies Span[])),
  ];
};

/** `Was yes, and is not asked any more: “Is the end-user close to …?” @b said so on 24 November 2026.` */
const unasked = (view: DealView, { question: id, value, by, also = [], at }: Unasked): Text => {
  const question = view.policy.question(id);
  return [
    { strong: `Was ${answerSaid(question, value)}, and is not asked any more: ` },
    `${shorten(question?.text ?? id, 150)} `,
    { person: by },
    ` said so on ${dayWords(at)}`,
    ...(also.length === 0 ? [] : [', as did ', ...people(also)]),
    '.',
  ];
};

const fallen = (view: DealView, { flags, by, at, why }: FallenFlags): Text => [
  { strong: `${count(flags.length, 'red flag')} fell on ${dayWords(at)}: ` },
  `${shorten(flags.map((id) => flagTitle(view, id)).join('; '), 300)} (`,
  { person: by },
  `: ${quotedWhole(why, LONGEST_WHY)})`,
];

/** Who had said “yes” when it stopped the deal: who said so first, then whoever said the same. */
const stoppersOf = ({ deal }: DealView, id: QuestionId, { at: stopped }: Stop): PersonId[] => {
  const past = deal.was?.find(
    ({ question, before, at, until }) => question === id && before === 'yes' && at <= stopped && until >= stopped,
  );
  if (past) return [past.by, ...(past.also ?? [])];
  // Once the chief took it back, it is asked again.
  const now = [deal.answers, deal.lastSaid ?? {}].flatMap((all) =>
    Object.values(all).flatMap((given) => own(given, id) ?? []),
  )[0];
  return now?.value === 'yes' && now.at <= stopped ? [whoseValue(deal, now).by, ...whoElse(deal, now)] : [];
};

/** `, by @rep-3, as did @rep-2` Whoever says the same is not covered by what the first says later. */
export const saidBySpans = ([first, ...others]: readonly PersonId[], when = ''): Span[] =>
  first === undefined || first === SYSTEM
    ? []
    : [', by ', { person: first }, when, ...(others.length === 0 ? [] : [', as did ', ...people(others)])];

const stopReason = (view: DealView, stop: Stop): Span[] => {
  const said = (stop.because ?? []).flatMap((id) => {
    const text = view.policy.question(id)?.text;
    return text === undefined ? [] : [{ text, by: stoppersOf(view, id, stop) }];
  });
  if (said.length === 0) return ['a rule of the policy forbade it'];
  return said.flatMap(({ text, by }, n): Span[] => [
    `${n === 0 ? '' : '; '}“yes” to ${quoted(text, 150)}`,
    ...saidBySpans(by),
  ]);
};

/** `Stopped on 25 November 2026: “yes” to “…”. @chief took it back on …: “…”` */
const stopText = (view: DealView, stop: Stop): Span[] => [
  { strong: `Stopped on ${dayWords(stop.at)}` },
  ': ',
  ...stopReason(view, stop),
  '.',
  ...(stop.lifted
    ? ([
        ' ',
        { person: stop.lifted.by },
        ` took it back on ${dayWords(stop.lifted.at)}: ${quoted(stop.lifted.reason, LONGEST_SAID)}`,
      ] satisfies Span[])
    : []),
];

/** Stops that were taken back, for the page that is signed. */
export const liftedStopItems = (view: DealView): Span[][] =>
  (view.deal.stops ?? []).filter(({ lifted }) => lifted !== undefined).map((stop) => stopText(view, stop));

/** The same on the card: they stay there for good. */
export const liftedStops = (view: DealView): PlainBlock[] =>
  liftedStopItems(view).map((text): PlainBlock => ({ kind: 'text', text }));

const mostFirst = (fell: readonly FallenFlags[]): FallenFlags[] =>
  fell.toSorted((a, b) => b.flags.length - a.flags.length);

/** Lines that a page shows of it: with more, each kind is shown in turn. */
const A_PAGE = 15;

/**
 * Everything that was heavier or otherwise before, for the people who judge the deal. What the deal team can make many
 * of comes last: names hide no answers. `readable`: other deals that the reader may read. `aside`: what was set aside; none where it stands by itself.
 * `elsewhere`: questions whose change the page shows in another place.
 */
export const saidBefore = (
  view: DealView,
  readable: Readable = NONE,
  aside: readonly Text[] = asideItems(view, readable),
  elsewhere: readonly QuestionId[] = [],
): Text[] => {
  const { fell = [], stops = [], reopenings = [] } = view.deal;
  const ofStops = new Set(stops.map(({ lifted }) => lifted?.at));
  const past = pastAnswers(view).filter(({ said }) => !elsewhere.includes(said.question));
  const isOwn = ({ said: { by, changedBy } }: PastAnswers): boolean => by === changedBy;
  const { others, own: ofOwn } = replacedShown(view);
  const kinds: Text[][] = [
    past.filter((one) => !isOwn(one)).map((one) => pastAnswer(view, one)),
    [...others.flatMap(({ lines }) => lines), ...betweenShown(view, others)],
    saidUnasked(view).map((one) => unasked(view, one)),
    past.filter(isOwn).map((one) => pastAnswer(view, one)),
    ofOwn.flatMap(({ lines }) => lines),
    // What has no room among these comes in turn with all else, and pushes off none of them.
    betweenShown(view, ofOwn),
    [...aside],
    mostFirst(fell).map((flags) => fallen(view, flags)),
    takenOutItems(view),
    renamedItems(view),
    reopenings
      .filter(({ at }) => !ofStops.has(at))
      .map(({ by, at, reason }): Text => [
        { strong: `Reopened on ${dayWords(at)} ` },
        'by ',
        { person: by },
        `: ${quoted(reason, LONGEST_SAID)}`,
      ]),
  ];
  const first = [...savedItems(view), ...stops.map((stop): Text => stopText(view, stop))];
  return [...first, ...(first.length + kinds.flat().length > A_PAGE ? inTurns(kinds) : kinds.flat())];
};

/** `2 answers were heavier before, and 3 red flags fell.` Empty if there is nothing of it. */
const countedBefore = (view: DealView): string => {
  const { deal } = view;
  const answers = new Set((deal.was ?? []).map(({ question }) => question)).size;
  const renamed = renamedCounted(view);
  // One that lifted a stop is told with the stop.
  const again = (deal.reopenings?.length ?? 0) - (deal.stops ?? []).filter(({ lifted }) => lifted).length;
  const flags = new Set((deal.fell ?? []).flatMap((one) => one.flags)).size;
  const dismissed = dismissedFlags(view).length;
  const lifted = deal.endedAgainst?.length ?? 0;
  // One source may stand under each answer of a section.
  const words = new Set(
    (deal.reworded ?? []).flatMap(({ sources, by, ...one }) =>
      sources ? sources.map((source) => JSON.stringify([by, source])) : [JSON.stringify([by, one])],
    ),
  ).size;
  const denied = deal.objections?.length ?? 0;
  const parts = [
    ...(answers > 0 ? [`${count(answers, 'answer was', 'answers were')} heavier before`] : []),
    ...(flags > 0 ? [`${count(flags, 'red flag')} fell`] : []),
    ...(words > 0
      ? [`${count(words, 'answer, note or source was', 'answers, notes or sources were')} in other words before`]
      : []),
    ...(dismissed > 0 ? [`${count(dismissed, 'raised flag was', 'raised flags were')} dismissed`] : []),
    ...(denied > 0 ? [`${count(denied, 'colleague')} denied having said so`] : []),
    ...(lifted > 0 ? [`${count(lifted, 'thing against it was', 'things against it were')} ended`] : []),
    ...(renamed === undefined ? [] : [renamed]),
    ...(again === 0 ? [] : [`it was reopened ${again === 1 ? 'once' : `${again} times`}`]),
    // What a deal is waiting to be out of scope against stands above, in words.
    ...(scopeSaidOf(deal) ? [] : othersCounted(view)),
  ];
  return parts.length === 0 ? '' : `${capital(listWords(parts))}: “Why?” shows what was said, and why.`;
};

/** For the root card: stops in full, the rest as a count. */
export const pastBlocks = (view: DealView): PlainBlock[] => {
  const counted = countedBefore(view);
  return [...liftedStops(view), ...(counted === '' ? [] : [{ kind: 'note', text: counted } satisfies PlainBlock])];
};
