/** What a decision stood on: the sources of its answers, its red flags as voters weighed them, and accepted gaps. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import type { FlagOpinion, Vote } from '../../flows/deal/deal.ts';
import { gapsThatCount, type DealView } from '../../flows/deal/view.ts';
import type { Source } from '../../flows/ids.ts';
import type { FlagId, RaisedFlag } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import { bytesOf } from '../text.ts';
import { count, quoted } from '../words.ts';
import { doneBy, flagsByWeight, listedTitle, shownTitle, noFlagsLine, sourceSpans, votesOf } from './spans.ts';
import { basisOf, given, standsOnSomething } from './stands-on.ts';

const MOST_SOURCES = 3;
const MOST_TOLD = 3;
const MOST_CLEARED = 3;
/** Of those that the same people upheld. */
const MOST_UPHELD = 6;
const MOST_TITLE = 120;
const MOST_REASON = 200;

type Plain = Exclude<Block, { kind: 'title' }>;

/** Each once, those that carry most answers first. */
const sourcesOf = (answers: readonly Answer[]): Source[] => {
  const by = new Map<string, { source: Source; carries: number }>();
  for (const answer of answers) {
    const named = new Map(basisOf(answer).sources.map((one) => [JSON.stringify([one.url, one.name, one.year]), one]));
    for (const [key, source] of named) by.set(key, { source, carries: (by.get(key)?.carries ?? 0) + 1 });
  }
  return [...by.values()].toSorted((a, b) => b.carries - a.carries).map(({ source }) => source);
};

/** Answers that speak for the deal, and that it takes a source, somebody's word, a sheet or counsel's note to believe. */
const needing = (view: DealView) =>
  given(view).filter(
    ({ question: { id, basis }, answer }) => basis !== undefined && view.policy.isBenign(id, answer.value),
  );

/** Of those: counted as the assessment counts them. `alone`: on one source only, where a high risk asks for two. */
const counted = (view: DealView) => {
  const why = new Map(view.assessment.openQuestions.map((one) => [one.id, one.why]));
  const all = needing(view);
  return {
    all,
    some: all.filter(({ question }) => why.get(question.id) !== 'no basis'),
    alone: all.filter(({ question }) => why.get(question.id) === 'one publisher').length,
  };
};

/** `: 4 sources, …. Also @pm’s word. …`: what these stand on. */
const basesText = (named: readonly Answer[]): Span[] => {
  const sources = sourcesOf(named);
  const told = [...new Set(named.flatMap(({ basis }) => basis?.told ?? []))];
  const more = told.length - MOST_TOLD;
  return [
    ...(sources.length === 0
      ? ['.']
      : [`: ${count(sources.length, 'source')}, `, ...sourceSpans(sources, MOST_SOURCES)]),
    ...told.slice(0, MOST_TOLD).flatMap((person, i): Span[] => [i === 0 ? ' Also ' : ', ', { person }, '’s word']),
    ...(more > 0 ? [` and ${count(more, 'more person’s', 'more people’s')}`] : []),
    ...(told.length > 0 ? ['.'] : []),
    ...(named.some(({ basis }) => basis?.sheet) ? [' Also what product sheets and country briefs say.'] : []),
  ];
};

/** `24 of 27 answers that need a basis have one: 4 sources, …. 3 have none.` */
const answersText = (view: DealView): Text => {
  const { all, some, alone } = counted(view);
  if (all.length === 0) {
    const answers = given(view).map(({ answer }) => answer);
    const named = answers.filter(standsOnSomething);
    const which = count(answers.length, 'answer');
    if (named.length === 0) return `None of its ${which} names what it stands on.`;
    return [`${named.length} of ${which} name what they stand on`, ...basesText(named)];
  }
  if (some.length === 0) return `None of its ${count(all.length, 'answer')} that need a basis has one.`;
  const none = all.length - some.length;
  return [
    `${some.length} of ${count(all.length, 'answer')} that need a basis have one`,
    ...basesText(some.map(({ answer }) => answer)),
    ...(some.some(({ question }) => question.basis === 'counsel') ? [' Also counsel’s note.'] : []),
    ...(alone === 0 ? [] : [` Of these ${alone} on one source only, where two are asked for.`]),
    ...(none === 0 ? [] : [` ${none} ${none === 1 ? 'has' : 'have'} none.`]),
  ];
};

interface Weighed {
  flag: RaisedFlag;
  given: readonly (FlagOpinion & { vote: Vote })[];
  as: 'upheld' | 'cleared' | 'both' | 'not weighed';
}

const weighed = (view: DealView): Weighed[] => {
  const votes = votesOf(view.deal);
  return flagsByWeight(view).map((flag): Weighed => {
    const given = votes.flatMap((vote) => {
      const opinion = vote.flags[flag.id];
      return opinion ? [{ ...opinion, vote }] : [];
    });
    const cleared = given.filter(({ opinion }) => opinion === 'clear').length;
    if (given.length === 0) return { flag, given, as: 'not weighed' };
    return { flag, given, as: cleared === 0 ? 'upheld' : cleared === given.length ? 'cleared' : 'both' };
  });
};

const AS: Record<Weighed['as'], string> = {
  upheld: 'upheld',
  cleared: 'cleared',
  both: 'upheld by some and cleared by others',
  'not weighed': 'not weighed',
};

/** `H-RF4: cleared by 2 of 3`, of those of the deal's flags that are `named`, by ids in capitals. */
export const flagsStand = (view: DealView, named: ReadonlySet<FlagId>): string[] =>
  weighed(view)
    .filter(({ flag }) => named.has(flag.id.toUpperCase()))
    .map(({ flag, given, as }) => {
      const cleared = given.filter(({ opinion }) => opinion === 'clear').length;
      const all = cleared === given.length && cleared > 1 ? 'all ' : `${cleared} of `;
      return `${flag.id}: ${cleared === 0 ? AS[as] : `cleared by ${all}${given.length}`}`;
    });

const namesOf = (votes: readonly Vote[]): Span[] =>
  votes.flatMap((vote, i): Span[] => [...(i === 0 ? [] : [', ']), ...doneBy(vote)]);

/** `By @a, @b: “Reason”; by @c: “Another”; upheld by @d.`: nobody is given another's words. */
const clearedSpans = ({ given }: Weighed): Span[] => {
  const by = new Map<string, Vote[]>();
  for (const { opinion, reason = '', vote } of given)
    if (opinion === 'clear') by.set(reason, [...(by.get(reason) ?? []), vote]);
  const upheld = given.filter(({ opinion }) => opinion === 'uphold').map(({ vote }) => vote);
  return [
    ...[...by].flatMap(([reason, votes], i): Span[] => [
      i === 0 ? 'By ' : '; by ',
      ...namesOf(votes),
      ...(reason === '' ? [] : [`: ${quoted(reason, MOST_REASON)}`]),
    ]),
    ...(upheld.length === 0 ? [] : ['; upheld by ', ...namesOf(upheld)]),
    '.',
  ];
};

/** `Title (H-RF4)`: by its code it can be searched. */
const flagName = ({ flag }: Pick<Weighed, 'flag'>): string => `${shownTitle(flag, MOST_TITLE)} (${flag.id})`;

/** `Upheld by @a, @b: One title (H-RF4); another.`, for each of those who upheld together. */
const upheldTexts = (upheld: readonly Weighed[]): Text[] => {
  const by = new Map<string, Weighed[]>();
  for (const one of upheld) {
    const who = JSON.stringify(one.given.map(({ vote }) => [vote.by, vote.for]));
    by.set(who, [...(by.get(who) ?? []), one]);
  }
  const texts = [...by.values()].map((some): Text => {
    const more = some.length - MOST_UPHELD;
    const titles = some.slice(0, MOST_UPHELD).map(flagName);
    return [
      'Upheld by ',
      ...namesOf((some[0]?.given ?? []).map(({ vote }) => vote)),
      `: ${titles.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    ];
  });
  const others = texts.length - MOST_CLEARED;
  return [
    ...texts.slice(0, MOST_CLEARED),
    ...(others > 0 ? [`and ${count(others, 'more', 'more')} that were upheld: the dossier has all`] : []),
  ];
};

/** `5 red flags: 4 upheld, 1 cleared.`, by whom, and why those were cleared that were. */
const flagTexts = (view: DealView): Text[] => {
  const all = weighed(view);
  if (all.length === 0) return [noFlagsLine(view)];
  const parts = (['upheld', 'cleared', 'both', 'not weighed'] as const).flatMap((as) => {
    const these = all.filter((one) => one.as === as).length;
    return these === 0 ? [] : [`${these} ${AS[as]}`];
  });
  const cleared = all.filter(({ as }) => as === 'cleared' || as === 'both');
  const more = cleared.length - MOST_CLEARED;
  return [
    `${count(all.length, 'red flag')}: ${parts.join(', ')}.`,
    ...cleared
      .slice(0, MOST_CLEARED)
      .map((one): Text => [
        `${one.as === 'both' ? 'Cleared by some' : 'Cleared'}: ${flagName(one)}. `,
        ...clearedSpans(one),
      ]),
    ...(more > 0 ? [`and ${count(more, 'more', 'more')} that were cleared`] : []),
    ...upheldTexts(all.filter(({ as }) => as === 'upheld')),
  ];
};

/** A few lines for whoever asks who decided; none before it is decided. */
export const stoodOnItems = (view: DealView): Text[] => {
  const { deal } = view;
  if (deal.status !== 'decided') return [];
  const gaps = Object.keys(gapsThatCount(deal)).length;
  return [
    answersText(view),
    ...flagTexts(view),
    ...(gaps === 0 ? [] : [`${count(gaps, 'answer')} not known, accepted by compliance.`]),
  ];
};

export const stoodOnBlocks = (view: DealView): Plain[] => {
  const items = stoodOnItems(view);
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: 'What it stood on' },
        { kind: 'list', items },
      ];
};

/** `Title: upheld by @a, cleared by @b “because …”.` */
const flagItem = ({ flag, given }: Weighed): Text => [
  { strong: listedTitle(flag, MOST_TITLE) },
  ` (${flag.id})`,
  ...(given.length === 0 ? [': not weighed'] : []),
  ...given.flatMap(({ opinion, reason, vote }, i): Span[] => [
    `${i === 0 ? ': ' : ', '}${opinion === 'clear' ? 'cleared' : 'upheld'} by `,
    ...doneBy(vote),
    ...(reason === undefined ? [] : [` ${quoted(reason, MOST_REASON)}`]),
  ]),
  '.',
];

/** Of one list: a longer one is hard to read on a phone. */
const FLAGS_A_LIST = 4;
const MOST_FLAGS = 20;

const MOST_BYTES = 10_000;

/** The first items, as many as there is room for. */
const roomFor = (items: readonly Text[]): Text[] => {
  let left = MOST_BYTES;
  return items.slice(0, MOST_FLAGS).filter((item) => {
    left -= bytesOf(item);
    return left >= 0;
  });
};

/** Every flag as each voter weighed it; nothing before anybody did. */
export const weighedBlocks = (view: DealView): Plain[] => {
  const all = weighed(view);
  if (all.every(({ given }) => given.length === 0)) return [];
  const items = roomFor(all.map(flagItem));
  const more = all.length - items.length;
  const shown = more > 0 ? [...items, `and ${count(more, 'more flag')}: the dossier has all`] : items;
  return [
    { kind: 'heading', text: 'Red flags, as weighed' },
    ...Array.from({ length: Math.ceil(shown.length / FLAGS_A_LIST) }, (_, i): Plain => ({
      kind: 'list',
      items: shown.slice(i * FLAGS_A_LIST, (i + 1) * FLAGS_A_LIST),
    })),
  ];
};
