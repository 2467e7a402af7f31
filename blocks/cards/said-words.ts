/** What was said before, in words: answers that were heavier, flags that fell, stops, reopenings; scope to confirm. */

import { addBusinessDays, calendarOf, dayIn } from '../../flows/calendar.ts';
import { confirmers } from '../../flows/deal/rights/whose-turn.ts';
import type { Stop } from '../../flows/deal/said-shapes.ts';
import type { FallenFlags } from '../../flows/deal/said-shapes.ts';
import type { PastAnswer } from '../../flows/deal/said-shapes.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { sameProduct } from '../../flows/organisation.ts';
import type { FactValue, Question } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import { answerWords, count, dayWords, endUserKindWords, listWords, sentence, shorten } from '../words.ts';
import { othersCounted, othersItems, type Readable } from './others-words.ts';
import { renamedCounted, renamedItems, renamedPending } from './renamed-words.ts';
import { flagTitle, people } from './spans.ts';

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

const MOST_REASONS = 8;

/** `yes`, `don't know`, `“Widely available”` */
const answerSaid = (question: Question | undefined, value: FactValue): string => {
  const words = shorten(answerWords(question, value), 80);
  const plain = value === 'yes' || value === 'no' || value === 'unknown' || value === 'not-applicable';
  return plain ? words.toLowerCase() : `“${words}”`;
};

/** `Was yes until 25 November 2026: “Can the product …?” @a changed it: “…”` */
const pastAnswer = (view: DealView, { question: id, before, until, changedBy, why }: PastAnswer): Text => {
  const question = view.policy.question(id);
  return [
    { strong: `Was ${answerSaid(question, before)} until ${dayWords(until)}: ` },
    `${shorten(question?.text ?? id, 150)} `,
    { person: changedBy },
    ` changed it: “${shorten(why, 200)}”`,
  ];
};

const fallen = (view: DealView, { flags, by, at, why }: FallenFlags): Text => [
  { strong: `${count(flags.length, 'red flag')} fell on ${dayWords(at)}: ` },
  `${shorten(flags.map((id) => flagTitle(view, id)).join('; '), 300)} (`,
  { person: by },
  `: “${shorten(why, 200)}”)`,
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

/** Everything that was heavier before, for the people who judge the deal. */
export const saidBefore = (view: DealView): Text[] => {
  const { was = [], fell = [], stops = [], reopenings = [], objections = [] } = view.deal;
  const ofStops = new Set(stops.map(({ lifted }) => lifted?.at));
  return [
    ...stops.map((stop): Text => stopText(view, stop)),
    ...renamedItems(view),
    ...was.map((past) => pastAnswer(view, past)),
    ...fell.map((flags) => fallen(view, flags)),
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
  const answers = deal.was?.length ?? 0;
  const renamed = renamedCounted(view);
  const flags = new Set((deal.fell ?? []).flatMap((one) => one.flags)).size;
  const parts = [
    ...(answers > 0 ? [`${count(answers, 'answer was', 'answers were')} heavier before`] : []),
    ...(flags > 0 ? [`${count(flags, 'red flag')} fell`] : []),
    ...(renamed === undefined ? [] : [renamed]),
    ...othersCounted(view),
  ];
  return parts.length === 0 ? '' : `${listWords(parts)}: “Why?” shows what was said, and why.`;
};

/** For the root card: stops in full, the rest as a count. */
export const pastBlocks = (view: DealView): PlainBlock[] => {
  const counted = countedBefore(view);
  return [...liftedStops(view), ...(counted === '' ? [] : [{ kind: 'note', text: counted } satisfies PlainBlock])];
};

/** Reasons of a deal that is said to be out of scope, and what speaks against it. */
export const scopeSaidBlocks = (view: DealView, readable?: Readable): PlainBlock[] => {
  const said = scopeSaidOf(view.deal);
  if (!said) return [];
  const { reasons, by, at } = said;
  const contradicts: Text[] = [...said.contradicts.map((text) => shorten(text, 400)), ...othersItems(view, readable)];
  return [
    { kind: 'list', items: reasons.map(sentence) },
    { kind: 'note', text: ['Said by ', { person: by }, ` on ${dayWords(at)}. It counts when compliance confirms it.`] },
    ...(contradicts.length === 0
      ? []
      : [
          { kind: 'heading', text: 'What speaks against it' } satisfies PlainBlock,
          {
            kind: 'list',
            items: contradicts.slice(0, MOST_REASONS),
          } satisfies PlainBlock,
        ]),
  ];
};

const MOST_CHANGES = 6;

/** Changes that make the deal lighter, each with before, now and why; until compliance confirms them the heavier counts. */
export const lighterSaidBlocks = (view: DealView): PlainBlock[] => {
  const { deal, policy, facts } = view;
  if (!deal.lighterSaid) return [];
  const { was, answers, changes } = deal.lighterSaid;
  const { endUser, product } = deal.details;
  const items: Text[] = [
    ...renamedPending(view, deal.lighterSaid),
    ...(was.endUser === endUser.kind
      ? []
      : [`End-user: was ${endUserKindWords(was.endUser)}, now ${endUserKindWords(endUser.kind)}.`]),
    ...(sameProduct(was.product, product) ? [] : [`Product: was ${was.product.name}, now ${product.name}.`]),
    ...answers.map(({ question: id, answer }): Text => {
      const question = policy.question(id);
      const now = facts.answers[id];
      return `${shorten(question?.text ?? id, 150)} Was ${answerSaid(question, answer.value)}, now ${now === undefined ? 'not asked' : answerSaid(question, now)}.`;
    }),
  ];
  const more = items.length - MOST_REASONS;
  return [
    {
      kind: 'text',
      text: [
        { strong: 'Lighter than before. ' },
        'Until compliance confirms it, the heavier of before and now counts.',
      ],
    },
    ...(items.length === 0 ? [] : [{ kind: 'list', items: items.slice(0, MOST_REASONS) } satisfies PlainBlock]),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more.` } satisfies PlainBlock] : []),
    {
      kind: 'list',
      items: changes
        .slice(-MOST_CHANGES)
        .map(({ by, at, why }): Text => [{ person: by }, `, ${dayWords(at)}: “${shorten(why, 200)}”`]),
    },
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
  if (deal.status !== 'out of scope' || !deal.confirmed) return undefined;
  const { by, at, deal: other } = deal.confirmed;
  return other === undefined
    ? ['Confirmed by ', { person: by }, ` on ${dayWords(at)}.`]
    : [
        'As confirmed by ',
        { person: by },
        ` on ${dayWords(at)} for ${other}: that stands for this product and kind of end-user.`,
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
