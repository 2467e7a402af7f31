/** What a decision stood on: the sources of its answers, its red flags as voters weighed them, and accepted gaps. */

import { needsBasis } from '../../flows/deal/basis/basis.ts';
import type { Answer, FlagOpinion, Vote } from '../../flows/deal/deal.ts';
import { gapsThatCount, type DealView } from '../../flows/deal/view.ts';
import type { Source } from '../../flows/ids.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import { bytesOf } from '../text.ts';
import { count, quoted, shorten } from '../words.ts';
import { doneBy, flagsByWeight, noFlagsLine, sourceSpans, votesOf } from './spans.ts';
import { basisOf, given, standsOnSomething } from './stands-on.ts';

const MOST_SOURCES = 3;
const MOST_TOLD = 3;
const MOST_CLEARED = 3;
const MOST_UPHELD = 3;
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

/** `24 of 31 answers that need a basis name one: 4 sources, …; @pm’s word; product sheets and country briefs.` */
const answersText = (view: DealView): Text => {
  const asked = given(view).filter(({ question, answer }) => needsBasis(view.policy, question, answer));
  const all = (asked.length > 0 ? asked : given(view)).map(({ answer }) => answer);
  const named = all.filter(standsOnSomething);
  const which = asked.length > 0 ? ' that need a basis' : '';
  if (named.length === 0) return `None of its ${count(all.length, 'answer')}${which} names what it stands on.`;
  const sources = sourcesOf(named);
  const told = [...new Set(named.flatMap(({ basis }) => basis?.told ?? []))];
  const more = told.length - MOST_TOLD;
  return [
    `${named.length} of ${count(all.length, 'answer')}${which} name what they stand on`,
    ...(sources.length === 0
      ? ['.']
      : [`: ${count(sources.length, 'source')}, `, ...sourceSpans(sources, MOST_SOURCES)]),
    ...told.slice(0, MOST_TOLD).flatMap((person, i): Span[] => [i === 0 ? ' Also ' : ', ', { person }, '’s word']),
    ...(more > 0 ? [` and ${count(more, 'more person’s', 'more people’s')}`] : []),
    ...(told.length > 0 ? ['.'] : []),
    ...(named.some(({ basis }) => basis?.sheet) ? [' Also what product sheets and country briefs say.'] : []),
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

/** `“Reason” @a, @b; upheld by @c.` */
const clearedSpans = ({ given }: Weighed): Span[] => {
  const by = (opinion: FlagOpinion['opinion']): Span[] =>
    given
      .filter((one) => one.opinion === opinion)
      .flatMap(({ vote }, i) => [...(i === 0 ? [] : [', ']), ...doneBy(vote)]);
  const [cleared, upheld] = [by('clear'), by('uphold')];
  const reason = given.find(({ opinion }) => opinion === 'clear')?.reason;
  const why = reason === undefined ? '' : `${quoted(reason, MOST_REASON)} `;
  return [why, ...cleared, ...(upheld.length === 0 ? [] : ['; upheld by ', ...upheld])];
};

/** `Title (H-RF4)`: by its code it can be searched. */
const flagName = ({ flag }: Weighed): string => `${shorten(flag.title, MOST_TITLE)} (${flag.id})`;

/** `5 red flags: 4 upheld, 1 cleared.`, which were upheld, and why those were cleared that were. */
const flagTexts = (view: DealView): Text[] => {
  const all = weighed(view);
  if (all.length === 0) return [noFlagsLine(view)];
  const parts = (['upheld', 'cleared', 'both', 'not weighed'] as const).flatMap((as) => {
    const these = all.filter((one) => one.as === as).length;
    return these === 0 ? [] : [`${these} ${AS[as]}`];
  });
  const upheld = all.filter(({ as }) => as === 'upheld');
  const others = upheld.length - MOST_UPHELD;
  const cleared = all.filter(({ as }) => as === 'cleared' || as === 'both');
  const more = cleared.length - MOST_CLEARED;
  return [
    `${count(all.length, 'red flag')}: ${parts.join(', ')}.`,
    ...(upheld.length === 0
      ? []
      : [
          `Upheld: ${upheld.slice(0, MOST_UPHELD).map(flagName).join('; ')}${others > 0 ? `; and ${others} more` : ''}.`,
        ]),
    ...cleared
      .slice(0, MOST_CLEARED)
      .map((one): Text => [
        `${one.as === 'both' ? 'Cleared by some' : 'Cleared'}: ${flagName(one)}. `,
        ...clearedSpans(one),
      ]),
    ...(more > 0 ? [`and ${count(more, 'more', 'more')} that were cleared`] : []),
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
  { strong: shorten(flag.title, MOST_TITLE) },
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
