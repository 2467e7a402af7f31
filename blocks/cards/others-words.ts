/** What other deals, country alerts and the catalogue say against a deal's answers. Another deal is named to its readers alone. */

import { gravestHeard } from '../../flows/deal/context/gravest-heard.ts';
import { heardKinds } from '../../flows/deal/context/kinds.ts';
import { againstAlert, dealsHeard, endedCount, gravestFirst, settledAs } from '../../flows/deal/context/others.ts';
import { heardOtherwise, milderAnswers } from '../../flows/deal/context/topics.ts';
import { heardWaiting } from '../../flows/deal/deciding/waiting-shown.ts';
import type { EndedOther, HeardOtherwise, HeardWorry } from '../../flows/deal/heard-shapes.ts';
import { nameAgainst } from '../../flows/deal/said/contradictions.ts';
import { catalogueAgainst } from '../../flows/deal/said/product-against.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Question, QuestionId } from '../../flows/policy/policy.ts';
import { setApart } from '../../flows/set-apart.ts';
import type { Action, Block, Text } from '../card.ts';
import { capital, count, dayWords, endUserKindWords, quoted, shorten } from '../words.ts';
import { raiseFlagButton, reopenButton, somethingChangedButton, whyButton } from './actions.ts';
import { leftAlertItems } from './alert-words.ts';
import type { FactNamed, Told } from './told.ts';
import { ofAll, SHARES, sharing, WORRY, worriedWords, worryItems, type Readable } from './worry-words.ts';

const NONE: Readable = new Set();

/** For compliance, which reads every deal. */
export const allReadable = ({ deal }: DealView): Readable => new Set(dealsHeard(deal));

/** Answers that one line names; more of those that would raise a severe flag. */
const MOST_NAMED = 3;
const MOST_SEVERE = 8;
export const KIND_OF_END_USER = 'what kind of end-user it is.';

/** Labels of picked options; "yes" says itself. */
const picked = (question: Question | undefined, says: readonly string[]): string => {
  const labels = question?.options.flatMap(({ value, label }) => (says.includes(value) ? [label] : [])) ?? [];
  return labels.length === 0 ? '' : ` (${quoted(labels.join('”, “'), 200)})`;
};

/** In their order. */
const questions = (
  { policy }: DealView,
  heard: readonly (Pick<HeardOtherwise, 'question' | 'says'> & { severe?: boolean })[],
): string => {
  const ids = [...new Set(heard.map(({ question }) => question))];
  const severe = new Set(heard.flatMap(({ question, severe: is }) => (is ? [question] : []))).size;
  const says = (id: QuestionId): string[] => heard.flatMap((one) => (one.question === id ? (one.says ?? []) : []));
  const named = ids.slice(0, Math.max(MOST_NAMED, Math.min(severe, MOST_SEVERE))).map((id) => {
    const question = policy.question(id);
    return `${quoted(question?.text ?? id, 150)}${picked(question, says(id))}`;
  });
  const more = ids.length - named.length;
  return more > 0 ? `${named.join(' ')} and ${more} more` : named.join(' ');
};

const withdrawnWords = (after: EndedOther['after']): string =>
  after === 'colleague'
    ? 'withdrawn by a colleague'
    : after === 'team'
      ? 'withdrawn by one of several who answered it'
      : `withdrawn after a ${after ?? 'question or a vote'}`;

export const endedHow = ({ how, after, at, unconfirmed }: Omit<EndedOther, 'deal'>): string =>
  unconfirmed
    ? `withdrawn on ${dayWords(at)}; compliance had not confirmed what was said to make it lighter`
    : `${how === 'withdrawn' ? withdrawnWords(after) : how} on ${dayWords(at)}`;

/** Of answers against it, those which this deal does not give. */
const againstIn = (view: DealView, { against = [] }: EndedOther): string => {
  // Few ended so, and all of this one's answers are looked at.
  if (against.length === 0) return '';
  const milder = new Set(milderAnswers(view).map(({ question }) => question));
  const said = against.filter((question) => milder.has(question)).map((question) => ({ question }));
  return said.length === 0 ? '' : ` It answered otherwise: ${questions(view, said)}.`;
};

const endedItem = (view: DealView, one: EndedOther, readable: Readable): Text => [
  { strong: `${readable.has(one.deal) ? one.deal : 'Another deal'} ${sharing(one)} ` },
  `was ${endedHow(one)}.${againstIn(view, one)}`,
];

/** ` and 1 more deal`: those that said the same when it was heard. */
export const andMore = (heard: readonly Pick<HeardOtherwise, 'more'>[]): string => {
  const more = Math.max(0, ...heard.map((one) => one.more ?? 0));
  return more === 0 ? '' : ` and ${count(more, 'more deal')}`;
};

const otherwiseItems = (view: DealView, readable: Readable): Text[] => {
  const heard = gravestHeard(view);
  const deals = [...new Set(heard.map(({ deal }) => deal))].filter((deal) => readable.has(deal));
  const hidden = heard.filter(({ deal }) => !readable.has(deal));
  return [
    ...deals.map((deal): Text => {
      const of = heard.filter((one) => one.deal === deal);
      const called = of.find((one) => one.called !== undefined)?.called;
      const whose =
        called === undefined ? '' : `, which names ${quoted(called, 100)}, who may be the same as somebody named here`;
      return [{ strong: `Answered otherwise in ${deal}${andMore(of)}${whose}: ` }, questions(view, of)];
    }),
    ...(hidden.length === 0 ? [] : [[{ strong: 'Compliance has heard otherwise: ' }, questions(view, hidden)]]),
  ];
};

const alertItems = (view: DealView): Text[] => {
  const against = againstAlert(view);
  return against.length === 0
    ? []
    : [
        [
          { strong: 'A country alert stands, and these answers say that all is well: ' },
          questions(
            view,
            against.map((question) => ({ question })),
          ),
        ],
      ];
};

const kindItems = (view: DealView, readable: Readable): Text[] => {
  const kinds = heardKinds(view);
  const named = kinds.filter(({ deal }) => readable.has(deal));
  return [
    ...named.map(({ deal, kind, party, called }): Text => [
      {
        strong:
          party && called !== undefined
            ? `${deal}, which names ${quoted(called, 100)}, who may be the same as the end-user here, says of its end-user: `
            : called !== undefined
              ? `${deal} says of ${quoted(called, 100)}, which may be the same end-user: `
              : party
                ? `${deal}, ${SHARES.party}, says of its end-user: `
                : `${deal} says of the same end-user: `,
      },
      `${endUserKindWords(kind)}.`,
    ]),
    ...(kinds.length > named.length ? [[{ strong: 'Compliance has heard otherwise: ' }, KIND_OF_END_USER]] : []),
  ];
};

const newest = (ended: readonly EndedOther[], n: number): EndedOther[] =>
  ended.toSorted((a, b) => (a.at > b.at ? -1 : Number(a.at < b.at))).slice(0, n);

/** A stop is no end like another. `n`: with those that are not listed, which may be any. */
export const endedWords = (n: number, ended: readonly Pick<EndedOther, 'how' | 'shares'>[]): string => {
  const stopped = ended.filter(({ how }) => how === 'stopped');
  const rest = n - stopped.length;
  const others = ended.filter(({ how }) => how !== 'stopped');
  return [
    ...(stopped.length > 0
      ? [
          `${count(stopped.length, 'other deal')} ${ofAll(stopped)} ${stopped.length === 1 ? 'was' : 'were'} stopped by a rule of the policy`,
        ]
      : []),
    ...(rest > 0 ? [`${count(rest, 'other deal')} ${ofAll(others)} ended without approval`] : []),
  ].join(', and ');
};

/** Those that are not listed share what some that are listed do. */
const moreItem = ({ deal: { others, details } }: DealView): Text[] => {
  const { more = 0, ended = [] } = others ?? {};
  if (more === 0) return [];
  const find = `Who may read them says “find ${setApart(details.endUser.name)}” to Clearthread`;
  return [
    ended.some(({ shares }) => shares === 'name')
      ? `And ${count(more, 'more deal')} with this end-user, or with one that may be the same, ended without approval. ${find} for those of this name.`
      : `And ${count(more, 'more deal')} with this end-user ended without approval. ${find} for all of them.`,
  ];
};

/** What other deals say, the gravest first: what a rep can bring about alone comes last, and hides nothing. */
const saidItems = (
  view: DealView,
  readable: Readable,
  ends: readonly EndedOther[],
  {
    between = [],
    more = [],
    judges = false,
  }: { between?: readonly Text[]; more?: readonly Text[]; judges?: boolean } = {},
): Text[] => {
  const ended = gravestFirst(ends);
  const { judged, grave, light } = worryItems(view, readable, judges);
  return [
    ...ended.filter(({ how }) => how !== 'withdrawn').map((one) => endedItem(view, one, readable)),
    ...judged,
    ...kindItems(view, readable),
    ...otherwiseItems(view, readable),
    ...between,
    ...grave,
    ...ended.filter(({ how }) => how === 'withdrawn').map((one) => endedItem(view, one, readable)),
    ...more,
    ...light,
  ];
};

export const othersItems = (
  view: DealView,
  readable: Readable = NONE,
  { between = [], judges = false }: { between?: readonly Text[]; judges?: boolean } = {},
): Text[] => saidItems(view, readable, view.deal.others?.ended ?? [], { between, more: moreItem(view), judges });

/** For compliance, which settles what was heard of other deals. */
export const heardItems = (view: DealView): Text[] => saidItems(view, allReadable(view), heardWaiting(view).ended);

const catalogueItems = (view: DealView): Text[] =>
  catalogueAgainst(view, view.facts.answers).map((text): Text => [{ strong: 'The answers say that it can’t. ' }, text]);

/**
 * For the first page of a review and “Why?”. `judges`: the reader decides on the deal, and is none of its team. Empty: nothing speaks
 * against the answers.
 */
export const againstItems = (view: DealView, readable: Readable = NONE, judges = false): Text[] => [
  ...nameAgainst(view),
  ...catalogueItems(view),
  ...leftAlertItems(view),
  ...othersItems(view, readable, { between: alertItems(view), judges }),
];

/** Parts of a sentence that counts it, for the root card. */
export const othersCounted = (view: DealView): string[] => {
  const ended = endedCount(view.deal.others);
  const { ended: ends = [], worries = [] } = view.deal.others ?? {};
  const worried = new Set(worries.map(({ deal }) => deal)).size;
  const against = new Set([...heardOtherwise(view).map(({ question }) => question), ...againstAlert(view)]).size;
  return [
    ...(nameAgainst(view).length > 0 ? ['a name says otherwise'] : []),
    ...(ended > 0 ? [endedWords(ended, ends)] : []),
    ...(worried > 0 ? [worriedWords(worried, worries)] : []),
    ...(catalogueAgainst(view, view.facts.answers).length > 0 ? ['the catalogue contradicts the answers'] : []),
    ...(heardKinds(view).length > 0 ? ['another deal says a graver kind of end-user'] : []),
    ...(against > 0 ? [`${count(against, 'answer contradicts', 'answers contradict')} what was heard`] : []),
  ];
};

const worriesTold = (
  { deal: { others } }: DealView,
  worries: readonly HeardWorry['of'][],
  asked: DealId | undefined,
): Block[] => {
  if (worries.length === 0) return [];
  const heard = others?.worries ?? [];
  if (asked !== undefined) {
    const what = worries.includes('question')
      ? 'is undecided, with your question'
      : 'is undecided, with your conditions';
    const shared = heard.find(({ deal }) => deal === asked)?.shares === undefined;
    const as = shared ? 'has the same end-user as' : 'shares a company with';
    return [{ kind: 'text', text: `This deal ${as} ${asked}, which ${what}.` }];
  }
  return [
    { kind: 'text', text: `Of another deal ${ofAll(heard.filter(({ of }) => worries.includes(of)))}:` },
    { kind: 'list', items: worries.map((of) => `${WORRY[of]}.`) },
  ];
};

/** What compliance can do about a deal that is settled. */
const lookAgain = ({ deal }: DealView): { words: Block[]; actions: Action[] } => {
  const settled = settledAs(deal);
  if (settled === undefined) return { words: [], actions: [] };
  if (settled === 'approved')
    return {
      words: [{ kind: 'text', text: 'This deal is approved. Compliance decides whether it needs another review.' }],
      actions: [somethingChangedButton(deal.id)],
    };
  return {
    words: [
      { kind: 'text', text: 'This deal is out of scope. Compliance decides whether it needs a review after all.' },
    ],
    actions: [reopenButton(deal.id), raiseFlagButton(deal.id)],
  };
};

export const heardTold = (
  view: DealView,
  { ended, otherwise, kind, worries = [], asked }: FactNamed<'others noted'>,
): Told => ({
  blocks: [
    ...worriesTold(view, worries, asked),
    ...(ended === 0
      ? []
      : [
          { kind: 'text', text: `${endedWords(ended, newest(view.deal.others?.ended ?? [], ended))}.` } satisfies Block,
        ]),
    ...(otherwise.length === 0 && !kind
      ? []
      : [
          {
            kind: 'text',
            text: 'Compliance has heard otherwise:',
          } satisfies Block,
          {
            kind: 'list',
            items: [
              ...(kind ? [capital(KIND_OF_END_USER)] : []),
              ...otherwise.map((id) => shorten(view.policy.question(id)?.text ?? id, 200)),
            ],
          } satisfies Block,
          ...(settledAs(view.deal)
            ? []
            : [
                {
                  kind: 'text',
                  text: 'Please look again at what these answers stand on. They count as they are unless you change them.',
                } satisfies Block,
              ]),
        ]),
    ...lookAgain(view).words,
  ],
  actions: [whyButton(view.deal.id), ...lookAgain(view).actions],
});
