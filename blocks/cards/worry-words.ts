/** What is said against other deals, in words: what they share with this one, and each kind of worry. */

import { companyKeys } from '../../flows/company-name.ts';
import { worriesByDeal, type HeardDeal } from '../../flows/deal/context/heard.ts';
import type { HeardWorry, Shares } from '../../flows/deal/heard-shapes.ts';
import { isByName, isOnlyBeside } from '../../flows/deal/only-beside.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Span, Text } from '../card.ts';
import { capital, count, dayWords, quoted } from '../words.ts';

/** The other deals that the reader may read. On a card everybody reads: none. */
export type Readable = ReadonlySet<DealId>;

export const SHARES = {
  party: 'which shares a party with this one',
  like: 'which names somebody who may be the same as the end-user here',
  name: 'whose end-user may be the same as one named here',
  sale: 'with the same product and country, through the same company',
  product: 'with the same product, through the same company',
  confirmation: 'on whose confirmation this one rests',
} satisfies Record<Shares, string>;

export interface Shared {
  shares?: Shares | undefined;
}

/** `with the same end-user`, or what else they have in common. */
export const sharing = ({ shares }: Shared): string => (shares ? SHARES[shares] : 'with the same end-user');

/** The same of several deals. */
export const ofAll = (all: readonly Shared[]): string =>
  all.every(({ shares }) => shares === undefined)
    ? 'with this end-user'
    : all.every(({ shares }) => shares === 'name')
      ? 'whose end-user may be the same'
      : 'with this end-user or company';

export const WORRY = {
  flag: 'A red flag was raised there',
  listed: 'Somebody there may be on a list, or on hold',
  dismissed: 'A red flag was raised there, and dismissed',
  hold: 'Compliance put it on hold',
  lifted: 'What stood against it is over there',
  stop: 'It was stopped',
  answer: 'Somebody answered “yes” there to what stops a deal',
  report: 'Somebody reported a change that asks for a new review of it',
  suspended: 'Its approval is suspended',
  country: 'It goes to another country',
  scope: 'Its answers put it in scope',
  tier: 'Its answers make it of higher risk, with this product and country',
  cleared: 'It was approved at a lower risk, or found out of scope',
  named: 'It names somebody whose name or part says another kind of end-user',
  refused: 'Compliance did not confirm what makes it lighter',
  gaps: 'Compliance took back there what it had accepted as not known',
  question: 'An approver asked something there',
  asked: 'An approver asked something there, before it was over',
  conditions: 'An approver set conditions there',
} satisfies Record<HeardWorry['of'], string>;

/** As long as a worry keeps it. */
export const LONGEST_WORRY = 9700;

/** What stops a deal is said with who said it, for those who may read that deal, and when. */
const worryWords = ({ of, text, by, at, otherwise }: HeardWorry, reads: boolean, isNamed: boolean): Span[] => {
  const also = otherwise ? ` ${SAID_OTHERWISE}` : '';
  // A company's name may tell whose deal it is, where this one does not name it, too.
  if (text === undefined || (of === 'named' && !reads && !isNamed)) return [`${WORRY[of]}.${also}`];
  const words = `${WORRY[of]}: ${quoted(text, LONGEST_WORRY)}`;
  return of === 'stop' || of === 'answer'
    ? [`${words}, answered `, ...(reads ? ['by ', { person: by }, ' '] : []), `on ${dayWords(at)}.`]
    : [`${words}.${also}`];
};

const SAID_OTHERWISE =
  'What is sold here, to or through whom, or what for, is not word for word what it was dismissed of.';

/** Of the lightest, which a rep alone can bring about, so many are named. */
const MOST_LIGHT = 3;

/** What they are called there, where that is another name. */
const calledWords = (worries: readonly HeardWorry[]): string[] => {
  const called = worries.find((worry) => worry.called !== undefined)?.called;
  return called === undefined ? [] : [`There it is called ${quoted(called, LONGEST_WORRY)}. `];
};

/** Tells whether it is said of a company that this deal names, with its legal form or without: another one's name may tell whose deal it is. */
const isOfCompanyHere = ({ deal }: DealView, worry: HeardWorry): boolean => {
  if (worry.of !== 'named' || !isOnlyBeside(worry)) return false;
  const parts = (worry.text ?? '').split(', ');
  const begins = parts.map((_, n) => parts.slice(0, n + 1).join(', ')).flatMap(companyKeys);
  const here = [deal.details.customer, ...deal.details.intermediaries.map(({ name }) => name)].flatMap(companyKeys);
  return begins.some((key) => here.includes(key));
};

const heardItem = (view: DealView, { deal, worries }: HeardDeal, reads: boolean): Text => [
  { strong: `${reads ? deal : 'Another deal'} ${sharing(worries.find(isByName) ?? worries[0]!)}: ` },
  ...(reads ? calledWords(worries) : []),
  ...worries.flatMap((worry, n): Span[] => [
    ...(n === 0 ? [] : [' ']),
    ...worryWords(worry, reads, isOfCompanyHere(view, worry)),
  ]),
];

interface WorryItems {
  /** Of people who may judge this deal. */
  judged: Text[];
  grave: Text[];
  light: Text[];
}

/**
 * Worries by deal, and how many other deals there are that the reader may not read. `judges`: whoever reads it decides on this deal, and
 * reads what was said of those, too, without which they are and who said it.
 */
export const worryItems = (view: DealView, readable: Readable, judges: boolean): WorryItems => {
  const all = worriesByDeal(view);
  const hidden = judges ? [] : all.filter(({ deal }) => !readable.has(deal));
  const shown = all.filter((one) => !hidden.includes(one));
  const item = (one: HeardDeal): Text => heardItem(view, one, readable.has(one.deal));
  const light = shown.filter(({ judged, grave }) => !judged && !grave);
  const more = light.length - MOST_LIGHT;
  return {
    judged: shown.filter(({ judged }) => judged).map(item),
    grave: [
      ...shown.filter(({ judged, grave }) => !judged && grave).map(item),
      ...(hidden.length === 0
        ? []
        : [
            `${capital(
              worriedWords(
                hidden.length,
                hidden.flatMap(({ worries }) => worries),
              ),
            )}.`,
          ]),
    ],
    light: [
      ...light.slice(0, MOST_LIGHT).map(item),
      ...(more > 0 ? [`And ${count(more, 'more deal')} of that kind.`] : []),
    ],
  };
};

/** What was heard, without words and without the deal: for everybody. */
export const worryKinds = ({ deal: { others } }: DealView): string[] =>
  [...new Set((others?.worries ?? []).map(({ of }) => of))].map((of) => `${WORRY[of]}.`);

export const worriedWords = (deals: number, worries: readonly Shared[]): string =>
  `something was said of ${count(deals, 'other deal')} ${ofAll(worries)}`;
