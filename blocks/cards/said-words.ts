/** What is said and waits, in words: what makes a deal lighter, scope to confirm, the authority to notify. */

import { addBusinessDays, calendarOf, dayIn } from '../../flows/calendar.ts';
import { heldAble, type HeldAble } from '../../flows/catalogue.ts';
import { isNamedByOfficers } from '../../flows/deal/deciding/ending.ts';
import { confirmers } from '../../flows/deal/rights/confirmers.ts';
import type { LighterSaid } from '../../flows/deal/said-shapes.ts';
import { ALERT_STANDS } from '../../flows/deal/said/contradictions.ts';
import { waitingInOrder, whoSaid } from '../../flows/deal/said/said-order.ts';
import { scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { FactValue, Question, QuestionId } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Block, Span, Text } from '../card.ts';
import {
  answerWords,
  dayWords,
  endsWithQuotes,
  LONGEST_QUOTED,
  LONGEST_SAID,
  quoted,
  quotedWhole,
  sentence,
  shorten,
  whole,
} from '../words.ts';
import { inFullFirst } from './folded.ts';
import { othersItems } from './others-words.ts';
import { pendingDetails } from './pending-details.ts';
import { endUserPending, intermediariesPending, othersPending } from './renamed-words.ts';
import { people } from './spans.ts';
import type { Readable } from './worry-words.ts';

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

/** Lines of one list: keeps its text under what a block takes. */
const LINES_A_LIST = 6;
/** Lines on a card, where the forms show more. */
const FEW = 6;
/** Lines in a form. */
const MANY = 24;

/** How much of a list there is room for, and where the rest is to be seen. */
export interface Room {
  lines: number;
  rest: string;
  /** What has no room in full stands in brief. */
  isForm?: true;
}
const ON_A_CARD: Room = { lines: FEW, rest: '“Why?” shows all.' };
const SCOPE_CARD: Room = { lines: FEW, rest: 'compliance sees all of it before it confirms.' };
export const IN_A_FORM: Room = { lines: MANY, rest: 'the dossier lists all.', isForm: true };

/** Lists as many as there is room for, and says how many more there are, and where. */
export const listed = (items: readonly Text[], { lines, rest, isForm }: Room): PlainBlock[] => {
  const shown = isForm ? inFullFirst(items, lines, 'more', `: ${rest}`) : items.slice(0, lines);
  const more = items.length - shown.length;
  return [
    ...Array.from({ length: Math.ceil(shown.length / LINES_A_LIST) }, (_, i) => ({
      kind: 'list' as const,
      items: shown.slice(i * LINES_A_LIST, (i + 1) * LINES_A_LIST),
    })),
    ...(more > 0 && !isForm ? [{ kind: 'note', text: `And ${more} more: ${rest}` } satisfies PlainBlock] : []),
  ];
};

/** `yes`, `don't know`, `“Widely available”` */
export const answerSaid = (question: Question | undefined, value: FactValue): string => {
  const words = answerWords(question, value);
  const plain = value === 'yes' || value === 'no' || value === 'unknown' || value === 'not-applicable';
  return plain ? words.toLowerCase() : quoted(words, 80);
};

/**
 * Orders what speaks against a deal: the catalogue and its own answers, other deals, and last the alerts of its country,
 * which are many where things go wrong and say the same.
 */
export const inOrder = (view: DealView, contradicts: readonly string[], readable?: Readable): Text[] => {
  const alerts = contradicts.filter((text) => text.startsWith(ALERT_STANDS));
  const own = contradicts.filter((text) => !alerts.includes(text));
  // A card stays short: who confirms has a form.
  const most = readable ? LONGEST_QUOTED : 400;
  const texts = (some: readonly string[]): Text[] => some.map((text) => endsWithQuotes(text, most));
  return [...texts(own), ...othersItems(view, readable), ...texts(alerts)];
};

/** Why compliance is asked where nothing speaks against it. */
const WRITTEN_ELSEWHERE: PlainBlock = {
  kind: 'note',
  text: 'Somebody wrote something elsewhere that may be of this deal. Compliance reads it first.',
};

/** Reasons of a deal that is said to be out of scope, and what speaks against it. */
export const scopeSaidBlocks = (view: DealView, readable?: Readable, room = SCOPE_CARD): PlainBlock[] => {
  const said = scopeSaidOf(view.deal);
  if (!said) return [];
  const { reasons, by, at, why } = said;
  const { others } = view.deal;
  const contradicts = inOrder(view, scopeAgainst(view, said), readable);
  const isWritten = (): boolean => Boolean(others?.ofProduct || others?.written) || isNamedByOfficers(view);
  return [
    { kind: 'list', items: reasons.map(sentence) },
    { kind: 'note', text: ['Said by ', { person: by }, ` on ${dayWords(at)}. It counts when compliance confirms it.`] },
    ...(why === undefined
      ? []
      : [
          { kind: 'text', text: 'It was sent back before. What is different now:' } satisfies PlainBlock,
          { kind: 'quote', text: whole(why, LONGEST_WHY) } satisfies PlainBlock,
        ]),
    ...(contradicts.length === 0
      ? // Who confirms it reads the words themselves.
        !readable && isWritten()
        ? [WRITTEN_ELSEWHERE]
        : []
      : [{ kind: 'heading', text: 'What speaks against it' } satisfies PlainBlock, ...listed(contradicts, room)]),
  ];
};

interface LighterLines {
  items: Text[];
  changes: Text[];
}

/** `, by @rep`: who gave the answer that counts now. */
const givenNow = ({ deal }: DealView, question: QuestionId): Span[] => {
  const by = Object.values(deal.answers).flatMap((given) => given[question]?.by ?? [])[0];
  return by === undefined ? [] : [', by ', { person: by }];
};

/** ` In between it was yes, by @b on 24 November 2026; @a changed it.` Where somebody said something heavier than what counted before. */
const inBetween = ({ deal, policy }: DealView, id: QuestionId, value: FactValue): Span[] => {
  const heavier = (deal.was ?? []).filter(
    ({ question, before, by }) => question === id && by !== SYSTEM && policy.lightens(id, before, value),
  );
  const worst = heavier.find(({ before }) => !heavier.some((other) => policy.lightens(id, other.before, before)));
  return worst
    ? [
        ` In between it was ${answerSaid(policy.question(id), worst.before)}, by `,
        { person: worst.by },
        ` on ${dayWords(worst.at)}; `,
        { person: worst.changedBy },
        ' changed it.',
      ]
    : [];
};

const SUPPOSED_BY: Readonly<Record<HeldAble, string>> = {
  analyses: 'the catalogue, which says that the product analyses data about people',
  marked: 'the catalogue, which marks the product as able',
  unlisted: 'default, since the product is not in the catalogue',
  category: 'the catalogue, by the category of the product',
};
/** Whose word it is that nobody of the deal gave. */
export const supposedBy = (view: DealView): string =>
  SUPPOSED_BY[heldAble(view, view.deal.details.product) ?? 'marked'];

const OVER = {
  details: 'when the deal was of others, or of less',
  words: 'before something was said in other words',
};

const confirmedBefore = ({ again }: LighterSaid, question: QuestionId): Span[] =>
  again?.questions.includes(question)
    ? [
        ' Confirmed before by ',
        { person: again.by },
        ` on ${dayWords(again.at)}, ${OVER[again.over]}. Please look again.`,
      ]
    : [];

/** What changed, the heaviest first, and why. What there may be many of comes last. */
const lighterLines = (view: DealView, lighter: LighterSaid): LighterLines => {
  const { policy, facts } = view;
  const { answers, changes } = waitingInOrder(view, lighter);
  return {
    items: [
      ...endUserPending(view, lighter),
      ...othersPending(view, lighter),
      ...pendingDetails(view),
      ...answers.map(({ question: id, answer }): Text => {
        const question = policy.question(id);
        const now = facts.answers[id];
        const { value } = answer;
        // A colleague may have said it before, and the rep again.
        const { said: { by, at } = answer, also = [] } = whoSaid(view, id, value) ?? {};
        const is = `; now ${now === undefined ? 'not asked' : answerSaid(question, now)}`;
        return [
          `${shorten(question?.text ?? id, 150)} Was ${answerSaid(question, value)}, by `,
          ...(by === SYSTEM
            ? [`${supposedBy(view)}${is}`]
            : ([
                { person: by },
                ...(also.length === 0
                  ? [` on ${dayWords(at)}${is}`]
                  : [` on ${dayWords(at)}, as did `, ...people(also), is]),
              ] satisfies Span[])),
          ...givenNow(view, id),
          '.',
          ...inBetween(view, id, value),
          ...confirmedBefore(lighter, id),
        ];
      }),
      ...intermediariesPending(view, lighter),
    ],
    changes: changes.map(({ by, at, why, times }): Text => [
      { person: by },
      `, ${dayWords(at)}${times > 1 ? `, ${times} times` : ''}: ${quotedWhole(why, LONGEST_WHY)}`,
    ]),
  };
};

/** Tells whether a card shows all that waits for compliance: nobody confirms what they do not see. */
export const lighterFits = (view: DealView): boolean => {
  if (!view.lighterSaid) return true;
  const { items, changes } = lighterLines(view, view.lighterSaid);
  return items.length <= FEW && changes.length <= FEW;
};

/** Changes that make the deal lighter, each with before, now and why; until compliance confirms them the heavier counts. */
export const lighterSaidBlocks = (view: DealView, room = ON_A_CARD): PlainBlock[] => {
  if (!view.lighterSaid) return [];
  const { items, changes } = lighterLines(view, view.lighterSaid);
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Lighter than before. ' },
        'Until compliance confirms it, the heavier of before and now counts, and the last approval waits.',
      ],
    },
    ...listed(items, room),
    ...listed(changes, room),
  ];
};

/** Why compliance sent the scope back, until it is answered again. */
export const scopeRefusedBlocks = ({ deal, policy }: DealView): PlainBlock[] => {
  const { scopeRefused } = deal;
  if (!scopeRefused || deal.status !== 'answering' || deal.answers[policy.scopeSection] !== undefined) return [];
  const { by, reason } = scopeRefused;
  return [
    {
      kind: 'text',
      text: [{ strong: 'Sent back. ' }, { person: by }, ` of compliance: ${quoted(reason, LONGEST_SAID)}`],
    },
  ];
};

/** Who confirmed that the deal is out of scope. Empty if nobody had to. */
export const confirmedText = ({ deal }: DealView): Text | undefined => {
  // That somebody is private is confirmed of them alone.
  if (deal.status !== 'out of scope' || !deal.confirmed) return undefined;
  const { by, at, deal: other } = deal.confirmed;
  return other === undefined
    ? ['Confirmed by ', { person: by }, ` on ${dayWords(at)}.`]
    : [
        'As confirmed by ',
        { person: by },
        ` on ${dayWords(at)} for ${other}: that stands for this product and ${deal.details.endUser.kind === 'private' ? 'this end-user' : 'kind of end-user'} in this country.`,
      ];
};

/** The duty to notify the authority, or that it was done. */
export const authorityBlocks = (view: DealView): PlainBlock[] => {
  const { deal, organisation } = view;
  if (!deal.authority) return [];
  const { since, done } = deal.authority;
  if (done) {
    return [
      {
        kind: 'text',
        text: [
          { strong: 'Authority: ' },
          `${quoted(done.note, LONGEST_SAID)} `,
          { person: done.by },
          `, ${dayWords(done.at)}.`,
        ],
      },
    ];
  }
  const who = confirmers(view);
  const calendar = calendarOf(organisation, who[0]);
  const from = dayIn(addBusinessDays(since, 1, calendar), calendar);
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Notify the authority. ' },
        ...(who.length === 0 ? ['Compliance'] : people(who)),
        `: from ${dayWords(from)}, and say here when it is done. `,
        { quiet: 'EU Regulation 2021/821, Article 5.' },
      ],
    },
  ];
};
