/** What other deals, country alerts and the catalogue say against a deal's answers. Another deal is named to its readers alone. */

import { worriesByDeal } from '../../flows/deal/context/heard.ts';
import { heardKinds } from '../../flows/deal/context/kinds.ts';
import { againstAlert, dealsHeard, endedCount, gravestFirst } from '../../flows/deal/context/others.ts';
import { heardOtherwise } from '../../flows/deal/context/topics.ts';
import type { EndedOther, HeardOtherwise, HeardWorry, Others } from '../../flows/deal/said-shapes.ts';
import { catalogueAgainst } from '../../flows/deal/said/contradictions.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Question, QuestionId } from '../../flows/policy/policy.ts';
import type { Block, Text } from '../card.ts';
import { capital, count, dayWords, endUserKindWords, listWords, shorten } from '../words.ts';
import { whyButton } from './actions.ts';
import type { FactNamed, Told } from './told.ts';

/** The other deals that the reader may read. On a card everybody reads: none. */
export type Readable = ReadonlySet<DealId>;
const NONE: Readable = new Set();

/** For compliance, which reads every deal. */
export const allReadable = ({ deal }: DealView): Readable => new Set(dealsHeard(deal));

const MOST_NAMED = 3;
const KIND_OF_END_USER = 'what kind of end-user it is.';

/** Labels of picked options; "yes" says itself. */
const picked = (question: Question | undefined, says: readonly string[]): string => {
  const labels = question?.options.flatMap(({ value, label }) => (says.includes(value) ? [label] : [])) ?? [];
  return labels.length === 0 ? '' : ` (“${shorten(labels.join('”, “'), 200)}”)`;
};

const questions = ({ policy }: DealView, heard: readonly Pick<HeardOtherwise, 'question' | 'says'>[]): string => {
  const ids = [...new Set(heard.map(({ question }) => question))];
  const says = (id: QuestionId): string[] => heard.flatMap((one) => (one.question === id ? (one.says ?? []) : []));
  const named = ids.slice(0, MOST_NAMED).map((id) => {
    const question = policy.question(id);
    return `“${shorten(question?.text ?? id, 150)}”${picked(question, says(id))}`;
  });
  const more = ids.length - named.length;
  return more > 0 ? `${named.join(' ')} and ${more} more` : named.join(' ');
};

export const endedHow = ({ how, after, at, unconfirmed }: Omit<EndedOther, 'deal'>): string =>
  unconfirmed
    ? `withdrawn on ${dayWords(at)}; compliance had not confirmed what was said to make it lighter`
    : `${how === 'withdrawn' ? `withdrawn after a ${after ?? 'question or a vote'}` : how} on ${dayWords(at)}`;

const endedItem = (one: EndedOther, readable: Readable): Text => [
  {
    strong: readable.has(one.deal) ? `${one.deal} with the same end-user ` : 'An earlier deal with the same end-user ',
  },
  `was ${endedHow(one)}.`,
];

const otherwiseItems = (view: DealView, readable: Readable): Text[] => {
  const heard = heardOtherwise(view);
  const deals = [...new Set(heard.map(({ deal }) => deal))].filter((deal) => readable.has(deal));
  const hidden = heard.filter(({ deal }) => !readable.has(deal));
  return [
    ...deals.map((deal): Text => {
      const of = heard.filter((one) => one.deal === deal);
      return [{ strong: `Answered otherwise in ${deal}: ` }, questions(view, of)];
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
    ...named.map(({ deal, kind, party }): Text => [
      {
        strong: party
          ? `${deal}, which shares a party with this one, says of its end-user: `
          : `${deal} says of the same end-user: `,
      },
      `${endUserKindWords(kind)}.`,
    ]),
    ...(kinds.length > named.length ? [[{ strong: 'Compliance has heard otherwise: ' }, KIND_OF_END_USER]] : []),
  ];
};

const earlierWords = (n: number): string => `${count(n, 'earlier deal')} with this end-user ended without approval`;

const moreItem = (more = 0): Text[] =>
  more === 0 ? [] : [`And ${count(more, 'more earlier deal')} with this end-user ended without approval.`];

const WORRY = {
  flag: 'A red flag was raised there',
  dismissed: 'A red flag was raised there, and dismissed',
  hold: 'Compliance put it on hold',
  lifted: 'A hold, a report or a suspension is over there',
  report: 'Somebody reported a change that asks for a new review of it',
  suspended: 'Its approval is suspended',
  country: 'It goes to another country',
  scope: 'Its answers put it in scope',
  tier: 'Its answers make it of higher risk, with this product and country',
  question: 'An approver asked something there',
  asked: 'An approver asked something there, before it was over',
  conditions: 'An approver set conditions there',
} satisfies Record<HeardWorry['of'], string>;

/** As long as a worry keeps it. */
const LONGEST_WORRY = 1000;

const worryWords = ({ of, text }: HeardWorry): string =>
  text === undefined ? `${WORRY[of]}.` : `${WORRY[of]}: “${shorten(text, LONGEST_WORRY)}”.`;

/** Worries by deal. */
export const worryItems = (view: DealView, readable: Readable): Text[] => {
  const deals = worriesByDeal(view);
  const hidden = deals.filter(({ deal }) => !readable.has(deal)).length;
  return [
    ...deals
      .filter(({ deal }) => readable.has(deal))
      .map(({ deal, worries }): Text => [
        { strong: `${deal} with the same end-user: ` },
        worries.map(worryWords).join(' '),
      ]),
    ...(hidden === 0 ? [] : [`${capital(worriedWords(hidden))}.`]),
  ];
};

/** What was heard, without words and without the deal: for everybody. */
export const worryKinds = ({ deal: { others } }: DealView): string[] =>
  [...new Set((others?.worries ?? []).map(({ of }) => of))].map((of) => `${WORRY[of]}.`);

const worriedWords = (deals: number): string =>
  `something was said against ${count(deals, 'other deal')} with this end-user`;

/** What other deals say. */
export const othersItems = (view: DealView, readable: Readable = NONE): Text[] => [
  ...gravestFirst(view.deal.others?.ended ?? []).map((one) => endedItem(one, readable)),
  ...moreItem(view.deal.others?.more),
  ...worryItems(view, readable),
  ...kindItems(view, readable),
  ...otherwiseItems(view, readable),
];

const catalogueItems = (view: DealView): Text[] =>
  catalogueAgainst(view, view.facts.answers).map((text): Text => [{ strong: 'The answers say that it can’t. ' }, text]);

/** For the first page of a review and “Why?”. Empty: nothing speaks against the answers. */
export const againstItems = (view: DealView, readable: Readable = NONE): Text[] => [
  ...catalogueItems(view),
  ...othersItems(view, readable),
  ...alertItems(view),
];

/** Parts of a sentence that counts it, for the root card. */
export const othersCounted = (view: DealView): string[] => {
  const ended = endedCount(view.deal.others);
  const worried = new Set(view.deal.others?.worries?.map(({ deal }) => deal)).size;
  const against = new Set([...heardOtherwise(view).map(({ question }) => question), ...againstAlert(view)]).size;
  return [
    ...(ended > 0 ? [earlierWords(ended)] : []),
    ...(worried > 0 ? [worriedWords(worried)] : []),
    ...(catalogueAgainst(view, view.facts.answers).length > 0 ? ['the catalogue contradicts the answers'] : []),
    ...(heardKinds(view).length > 0 ? ['another deal says a graver kind of end-user'] : []),
    ...(against > 0 ? [`${count(against, 'answer contradicts', 'answers contradict')} what was heard`] : []),
  ];
};

const worriesTold = (worries: readonly HeardWorry['of'][], asked: DealId | undefined): Block[] => {
  if (worries.length === 0) return [];
  if (asked !== undefined) {
    const what = worries.includes('question')
      ? 'is undecided, with your question'
      : 'is undecided, with your conditions';
    return [{ kind: 'text', text: `This deal has the same end-user as ${asked}, which ${what}.` }];
  }
  return [
    { kind: 'text', text: 'Of another deal with this end-user:' },
    { kind: 'list', items: worries.map((of) => `${WORRY[of]}.`) },
  ];
};

export const heardTold = (
  view: DealView,
  { ended, otherwise, kind, worries = [], asked }: FactNamed<'others noted'>,
): Told => ({
  blocks: [
    ...worriesTold(worries, asked),
    ...(ended === 0 ? [] : [{ kind: 'text', text: `${earlierWords(ended)}.` } satisfies Block]),
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
          {
            kind: 'text',
            text: 'Please look again at what these answers stand on. They count as they are unless you change them.',
          } satisfies Block,
        ]),
  ],
  actions: [whyButton(view.deal.id)],
});

/** `D-7K3QXM was declined on 3 November 2026` and so on, for the dossier. */
export const othersNotedLines = (view: DealView, { ended, otherwise, kinds = [], worries = [] }: Others): string[] => [
  ...ended.map((one) => `${one.deal} with the same end-user was ${endedHow(one)}`),
  ...otherwise.map(
    ({ question, deal, at }) =>
      `${deal} answered otherwise on ${dayWords(at)}: ${view.policy.question(question)?.text ?? question}`,
  ),
  ...kinds.map(
    ({ deal, kind, at }) => `${deal} said on ${dayWords(at)} of the same end-user: ${endUserKindWords(kind)}`,
  ),
  ...worries.map(
    ({ deal, of, at }) => `${deal} with the same end-user, on ${dayWords(at)}: ${WORRY[of].toLowerCase()}`,
  ),
];

export const othersCount = ({ ended, more = 0, otherwise, kinds = [], worries = [] }: Others): string =>
  listWords([
    ...(ended.length > 0 ? [earlierWords(ended.length)] : []),
    ...(more > 0 ? [`${count(more, 'more earlier deal is', 'more earlier deals are')} not listed`] : []),
    ...(otherwise.length > 0 ? [`${count(otherwise.length, 'answer is', 'answers are')} otherwise elsewhere`] : []),
    ...(kinds.length > 0 ? ['a graver kind of end-user is said elsewhere'] : []),
    ...(worries.length > 0 ? ['something was said against another deal with this end-user'] : []),
  ]);
