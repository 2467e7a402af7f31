/** What was said before, in words: answers that were heavier, flags that fell, stops, reopenings; scope to confirm. */

import { addBusinessDays, calendarOf, dayIn } from '../../flows/calendar.ts';
import { confirmers } from '../../flows/deal/rights/whose-turn.ts';
import type { Stop } from '../../flows/deal/said-shapes.ts';
import type { FallenFlags, PastWords } from '../../flows/deal/said-shapes.ts';
import { ALERT_STANDS } from '../../flows/deal/said/contradictions.ts';
import { scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { FactValue, Question } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Block, Span, Text } from '../card.ts';
import { answerWords, capital, count, dayWords, listWords, sentence, shorten, whole } from '../words.ts';
import { othersCounted, othersItems, type Readable } from './others-words.ts';
import { pendingDetails } from './pending-details.ts';
import { renamedCounted, renamedItems, renamedPending } from './renamed-words.ts';
import { pastAnswers, waitingInOrder, type PastAnswers } from './said-order.ts';
import { dismissedFlags, flagTitle, people } from './spans.ts';

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
}
const ON_A_CARD: Room = { lines: FEW, rest: '“Why?” shows all.' };
const SCOPE_CARD: Room = { lines: FEW, rest: 'compliance sees all of it before it confirms.' };
export const IN_A_FORM: Room = { lines: MANY, rest: 'the dossier lists all.' };

/** Lists as many as there is room for, and says how many more there are, and where. */
export const listed = (items: readonly Text[], { lines, rest }: Room): PlainBlock[] => {
  const shown = items.slice(0, lines);
  const more = items.length - shown.length;
  return [
    ...Array.from({ length: Math.ceil(shown.length / LINES_A_LIST) }, (_, i) => ({
      kind: 'list' as const,
      items: shown.slice(i * LINES_A_LIST, (i + 1) * LINES_A_LIST),
    })),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: ${rest}` } satisfies PlainBlock] : []),
  ];
};

/** `yes`, `don't know`, `“Widely available”` */
const answerSaid = (question: Question | undefined, value: FactValue): string => {
  const words = shorten(answerWords(question, value), 80);
  const plain = value === 'yes' || value === 'no' || value === 'unknown' || value === 'not-applicable';
  return plain ? words.toLowerCase() : `“${words}”`;
};

/**
 * `Was yes until 25 November 2026: “Can the product …?” @a changed it: “…”`; of a question that was changed again since:
 * `Was yes until 25 November 2026, now no, changed 3 times: …`
 */
const pastAnswer = (view: DealView, { said, last, times }: PastAnswers): Text => {
  const { question: id, before, until, changedBy, why } = said;
  const question = view.policy.question(id);
  const now = view.facts.answers[id];
  const is = now === undefined ? 'not asked now' : `now ${answerSaid(question, now)}`;
  const again = times === 1 ? '' : `, ${is}, changed ${times} times`;
  return [
    { strong: `Was ${answerSaid(question, before)} until ${dayWords(until)}${again}: ` },
    `${shorten(question?.text ?? id, 150)} `,
    { person: changedBy },
    ` changed it: “${whole(why, LONGEST_WHY)}”`,
    ...(last.why === why
      ? []
      : ([' Last, ', { person: last.changedBy }, `: “${whole(last.why, LONGEST_WHY)}”`] satisfies Span[])),
  ];
};

const fallen = (view: DealView, { flags, by, at, why }: FallenFlags): Text => [
  { strong: `${count(flags.length, 'red flag')} fell on ${dayWords(at)}: ` },
  `${shorten(flags.map((id) => flagTitle(view, id)).join('; '), 300)} (`,
  { person: by },
  `: “${whole(why, LONGEST_WHY)}”)`,
];

const stopReason = ({ policy }: DealView, { because }: Stop): string => {
  const said = (because ?? []).flatMap((id) => policy.question(id)?.text ?? []);
  return said.length === 0
    ? 'a rule of the policy forbade it'
    : listWords(said.map((text) => `“yes” to “${shorten(text, 150)}”`));
};

/** `Stopped on 25 November 2026: “yes” to “…”. @chief took it back on …: “…”` */
const stopText = (view: DealView, stop: Stop): Span[] => [
  { strong: `Stopped on ${dayWords(stop.at)}` },
  `: ${stopReason(view, stop)}.`,
  ...(stop.lifted
    ? ([
        ' ',
        { person: stop.lifted.by },
        ` took it back on ${dayWords(stop.lifted.at)}: “${shorten(stop.lifted.reason, 300)}”`,
      ] satisfies Span[])
    : []),
];

/** Stops that were taken back: they stay on the card for good. */
export const liftedStops = (view: DealView): PlainBlock[] =>
  (view.deal.stops ?? [])
    .filter(({ lifted }) => lifted !== undefined)
    .map((stop): PlainBlock => ({ kind: 'text', text: stopText(view, stop) }));

const mostFirst = (fell: readonly FallenFlags[]): FallenFlags[] =>
  fell.toSorted((a, b) => b.flags.length - a.flags.length);

/** `A note of @a was replaced on 3 March 2027: “…” To “Who …?”` */
const pastWords = (view: DealView, { question: id, value, note, by, until, changedBy }: PastWords): Text[] => {
  const asked = shorten(view.policy.question(id)?.text ?? id, 150);
  return [
    ...(value === undefined ? [] : [['An answer of ', value] as const]),
    ...(note === undefined ? [] : [['A note of ', note] as const]),
  ].map(([what, words]): Text => [
    { strong: what },
    { person: by },
    ` was replaced on ${dayWords(until)} by `,
    { person: changedBy },
    `: “${shorten(words, 300)}” To “${asked}”`,
  ]);
};

const ENDED = {
  hold: 'A hold was lifted ',
  alert: 'A country alert was ended ',
  report: 'A report of a change was taken back ',
} as const;

const byWords = (by: PersonId): Span[] => (by === SYSTEM ? ['another deal'] : [{ person: by }]);

/** Everything that was heavier or otherwise before, for the people who judge the deal. */
export const saidBefore = (view: DealView): Text[] => {
  const { fell = [], stops = [], reopenings = [], objections = [], endedAgainst = [] } = view.deal;
  const ofStops = new Set(stops.map(({ lifted }) => lifted?.at));
  return [
    ...stops.map((stop): Text => stopText(view, stop)),
    ...renamedItems(view),
    ...pastAnswers(view).map((past) => pastAnswer(view, past)),
    ...(view.deal.reworded ?? []).flatMap((words) => pastWords(view, words)),
    ...mostFirst(fell).map((flags) => fallen(view, flags)),
    ...dismissedFlags(view).map(({ title, by, reason = '', settledBy }): Text => [
      { strong: 'A flag was dismissed: ' },
      `“${shorten(title, 200)}”, raised by `,
      ...byWords(by),
      `. Reason: “${shorten(reason, 200)}”`,
      ...(settledBy === undefined ? [] : [', says ', { person: settledBy } satisfies Span]),
    ]),
    ...endedAgainst.map(({ of, why, from, by, at, reason }): Text => [
      { strong: ENDED[of] },
      `on ${dayWords(at)} by `,
      { person: by },
      `: “${shorten(reason, 200)}”`,
      ...(why === undefined ? [] : [`. It said: “${shorten(why, 200)}”`]),
      ...(from === undefined ? [] : [', by ', { person: from }]),
    ]),
    ...objections.map(({ by, at, reason, questions }): Text => [
      { person: by },
      ` denied on ${dayWords(at)} having said what ${count(questions.length, 'answer')} stood on: “${shorten(reason, 200)}”`,
    ]),
    ...reopenings
      .filter(({ at }) => !ofStops.has(at))
      .map(({ by, at, reason }): Text => [
        { strong: `Reopened on ${dayWords(at)} ` },
        'by ',
        { person: by },
        `: “${shorten(reason, 200)}”`,
      ]),
  ];
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
  const words = deal.reworded?.length ?? 0;
  const parts = [
    ...(answers > 0 ? [`${count(answers, 'answer was', 'answers were')} heavier before`] : []),
    ...(flags > 0 ? [`${count(flags, 'red flag')} fell`] : []),
    ...(words > 0 ? [`${count(words, 'answer or note was', 'answers or notes were')} in other words before`] : []),
    ...(dismissed > 0 ? [`${count(dismissed, 'raised flag was', 'raised flags were')} dismissed`] : []),
    ...(lifted > 0 ? [`${count(lifted, 'hold, alert or report was', 'holds, alerts or reports were')} ended`] : []),
    ...(renamed === undefined ? [] : [renamed]),
    ...(again === 0 ? [] : [`it was reopened ${again === 1 ? 'once' : `${again} times`}`]),
    ...othersCounted(view),
  ];
  return parts.length === 0 ? '' : `${capital(listWords(parts))}: “Why?” shows what was said, and why.`;
};

/** For the root card: stops in full, the rest as a count. */
export const pastBlocks = (view: DealView): PlainBlock[] => {
  const counted = countedBefore(view);
  return [...liftedStops(view), ...(counted === '' ? [] : [{ kind: 'note', text: counted } satisfies PlainBlock])];
};

/**
 * Orders what speaks against a deal: the catalogue and its own answers, other deals, and last the alerts of its country,
 * which are many where things go wrong and say the same.
 */
export const inOrder = (view: DealView, contradicts: readonly string[], readable?: Readable): Text[] => {
  const alerts = contradicts.filter((text) => text.startsWith(ALERT_STANDS));
  const own = contradicts.filter((text) => !alerts.includes(text));
  const texts = (some: readonly string[]): Text[] => some.map((text) => shorten(text, 400));
  return [...texts(own), ...othersItems(view, readable), ...texts(alerts)];
};

/** Reasons of a deal that is said to be out of scope, and what speaks against it. */
export const scopeSaidBlocks = (view: DealView, readable?: Readable, room = SCOPE_CARD): PlainBlock[] => {
  const said = scopeSaidOf(view.deal);
  if (!said) return [];
  const { reasons, by, at } = said;
  const contradicts = inOrder(view, scopeAgainst(view, said), readable);
  return [
    { kind: 'list', items: reasons.map(sentence) },
    { kind: 'note', text: ['Said by ', { person: by }, ` on ${dayWords(at)}. It counts when compliance confirms it.`] },
    ...(contradicts.length === 0
      ? []
      : [{ kind: 'heading', text: 'What speaks against it' } satisfies PlainBlock, ...listed(contradicts, room)]),
  ];
};

/** Changes that make the deal lighter, each with before, now and why; until compliance confirms them the heavier counts. */
export const lighterSaidBlocks = (view: DealView, room = ON_A_CARD): PlainBlock[] => {
  const { policy, facts } = view;
  if (!view.lighterSaid) return [];
  const { answers, changes } = waitingInOrder(view, view.lighterSaid);
  const items: Text[] = [
    ...renamedPending(view, view.lighterSaid),
    ...pendingDetails(view),
    ...answers.map(({ question: id, answer }): Text => {
      const question = policy.question(id);
      const now = facts.answers[id];
      return `${shorten(question?.text ?? id, 150)} Was ${answerSaid(question, answer.value)}, now ${now === undefined ? 'not asked' : answerSaid(question, now)}.`;
    }),
  ];
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Lighter than before. ' },
        'Until compliance confirms it, the heavier of before and now counts, and the last approval waits.',
      ],
    },
    ...listed(items, room),
    ...listed(
      changes.map(({ by, at, why, times }): Text => [
        { person: by },
        `, ${dayWords(at)}${times > 1 ? `, ${times} times` : ''}: “${whole(why, LONGEST_WHY)}”`,
      ]),
      room,
    ),
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
      text: [{ strong: 'Sent back. ' }, { person: by }, ` of compliance: “${shorten(reason, 300)}”`],
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
        ` on ${dayWords(at)} for ${other}: that stands for this product and ${deal.details.endUser.kind === 'private' ? 'this end-user' : 'kind of end-user'}.`,
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
          `“${shorten(done.note, 300)}” `,
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
