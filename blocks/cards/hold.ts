/** Messages and lists of the holds register. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Hold, PlannedHold } from '../../flows/hold.ts';
import type { Instant, ReminderStage, PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import type { Reached, FanOut } from '../../flows/registers/fan-out.ts';
import { plannedHolds, standingHolds } from '../../flows/registers/hold-placing.ts';
import type { HoldFact, HoldsState } from '../../flows/registers/hold-shapes.ts';
import { holdsRule } from '../../flows/registers/holds.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import type { Block, Card, Text } from '../card.ts';
import { capital, count, dayWords, endsOf, listWords, LONGEST_SAID, quoted } from '../words.ts';
import { holdReviewButton, holdsButton, liftHoldButton, placeHoldButton, withdrawHoldButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { heldLine, heldWords, HOLD_CITATIONS, holdWhy, stopWords } from './hold-words.ts';
import { onPage } from './pages.ts';
import { dealTitle } from './spans.ts';

export interface HoldAround extends RegisterContext {
  now: Instant;
  deals: readonly DealView[];
  reader: PersonId | undefined;
}

/** Deals that a message names, and the number of others. */
export const reachedItems = ({ deals, first }: Reached, views: readonly DealView[]): Text[] => {
  const named = first.flatMap((id) => {
    const view = views.find(({ deal }) => deal.id === id);
    return view ? [dealTitle(view.deal)] : [];
  });
  const more = deals - named.length;
  return more > 0 ? [...named, named.length === 0 ? count(deals, 'deal') : `and ${count(more, 'more deal')}`] : named;
};

/** `14 days before the date`: the policy's reminder rule in words. */
const rhythm = (context: RegisterContext): string => {
  const { before, after, escalate } = holdsRule(context);
  const moments = [
    ...(before.length === 0 ? [] : [`${listWords(before)} days before the date`]),
    'on the date',
    ...(after.length === 0 ? [] : [`${listWords(after)} business days after it`]),
  ];
  const told = escalate ? ` After ${count(escalate.after, 'business day')} somebody else is told.` : '';
  return `Reminders come ${listWords(moments)}.${told}`;
};

const REVIEW_TITLES: Record<ReminderStage, string> = {
  delegated: 'A hold waits',
  before: 'A hold is to be looked at soon',
  reminder: 'A hold is to be looked at today',
  overdue: 'A hold was not looked at',
  escalation: 'Somebody may need help',
  suspension: 'A hold is to be looked at',
};

const toReview = (hold: Hold, of: ReminderStage, around: HoldAround): Card => {
  const { reader, organisation } = around;
  const may = reader !== undefined && isOfCompliance(organisation, reader);
  const [deal] = around.deals;
  const what = `The hold on ${heldWords(hold)} has the review date ${dayWords(hold.review)}.`;
  const why = may
    ? `You get this because compliance looks at every hold again by its date. ${rhythm(around)}`
    : 'You get this because compliance has not looked at it since, and you are the next to hear of it.';
  return {
    blocks: [
      { kind: 'title', text: REVIEW_TITLES[of], tone: of === 'before' ? 'neutral' : 'attention' },
      {
        kind: 'text',
        text: may || hold.on.of === 'deal' ? what : `A hold has the review date ${dayWords(hold.review)}.`,
      },
      ...(deal ? [{ kind: 'text', text: dealTitle(deal.deal) } satisfies Block] : []),
      ...(may ? holdWhy(hold, false) : []),
      { kind: 'note', text: why },
      ...(may ? row(liftHoldButton(hold), holdReviewButton(hold)) : []),
    ],
  };
};

const plannedMet = (
  { hold, reached }: Extract<HoldFact, { fact: 'planned hold met' }>,
  { deals, reader }: HoldAround,
): Card => ({
  blocks: [
    { kind: 'title', text: 'Deals before a planned hold', tone: 'attention' },
    {
      kind: 'text',
      text: [
        ...(hold.by === reader ? ['You plan'] : [{ person: hold.by }, ' plans']),
        ` to put ${heldWords(hold)} on hold from ${dayWords(hold.from)}. ${reached.deals === 1 ? 'This deal names' : 'These deals name'} whom the hold or its reason is about, or somebody called much like that. Nothing stops ${reached.deals === 1 ? 'it' : 'them'} before that day:`,
      ],
    },
    { kind: 'list', items: reachedItems(reached, deals) },
    {
      kind: 'note',
      text: 'To stop them now, withdraw the hold and place it from today. Colleagues of compliance who review them see that it is planned, and why; nobody else does.',
    },
    ...row(withdrawHoldButton(hold), placeHoldButton('')),
  ],
});

export const holdCard = (fact: HoldFact, _state: HoldsState, around: HoldAround): Card => {
  switch (fact.fact) {
    case 'deals held':
      return {
        blocks: [
          { kind: 'title', text: 'On hold', tone: 'stop' },
          {
            kind: 'text',
            text: `${capital(stopWords(fact.hold.stop))}. Compliance put ${heldWords(fact.hold)} on hold, and this is for your deals:`,
          },
          { kind: 'list', items: reachedItems(fact.reached, around.deals) },
          ...holdWhy(fact.hold, false),
          { kind: 'note', text: 'You get this because you own these deals. Their threads say it too.' },
        ],
      };
    case 'deals released':
      return {
        blocks: [
          { kind: 'title', text: 'Hold lifted' },
          {
            kind: 'text',
            text: [{ person: fact.by }, ` lifted the hold on ${heldWords(fact.hold)}. What was stopped can go on:`],
          },
          { kind: 'list', items: reachedItems(fact.reached, around.deals) },
          { kind: 'quote', text: endsOf(fact.reason, LONGEST_SAID) },
        ],
      };
    case 'hold lifted':
      return {
        blocks: [
          { kind: 'title', text: fact.from === undefined ? 'Hold lifted' : 'Hold withdrawn' },
          {
            kind: 'text',
            text: [
              { person: fact.by },
              fact.from === undefined
                ? ` lifted the hold on ${heldWords(fact.hold)}:`
                : ` withdrew the hold on ${heldWords(fact.hold)} that was to begin on ${dayWords(fact.from)}:`,
            ],
          },
          { kind: 'quote', text: endsOf(fact.reason, LONGEST_SAID) },
          {
            kind: 'text',
            text: [{ person: fact.hold.by }, fact.from === undefined ? ' had placed it:' : ' had planned it:'],
          },
          { kind: 'quote', text: endsOf(fact.hold.reason, LONGEST_SAID) },
        ],
      };
    case 'planned hold met':
      return plannedMet(fact, around);
    case 'hold to review':
      return toReview(fact.hold, fact.of, around);
    default: {
      const never: never = fact;
      return never;
    }
  }
};

/** Offers the form where words cannot open it. `deal` empty: the form asks for the hold's target. */
export const placeHoldCard = (deal: string): Card => ({
  blocks: [
    {
      kind: 'text',
      text: `A hold stops upgrades, updates, support or training${deal === '' ? ' for a deal or an end-user' : ` for ${deal}`} until compliance lifts it.`,
    },
    ...row(placeHoldButton(deal)),
  ],
});

/** Holds on one page of the list: three blocks each. */
export const HOLDS_A_PAGE = 10;

/** `4,200 of 5,000 deals`, while the hold is still spreading. */
export const spreadWords = (spread: Pick<FanOut<unknown>, 'reached' | 'of'> | undefined): string =>
  spread === undefined
    ? ''
    : spread.of === 0
      ? 'It is on its way to its deals.'
      : `It is on its way: ${spread.reached.toLocaleString('en')} of ${spread.of.toLocaleString('en')} deals know of it.`;

const holdEntry = (state: HoldsState, hold: Hold, today: string): Block[] => {
  const late = hold.review < today;
  const on = spreadWords(state.spreads[`${hold.id}:placed`]);
  return [
    { kind: 'text', text: heldLine(hold) },
    {
      kind: 'note',
      text: [
        ...(late ? [{ strong: `To be looked at since ${dayWords(hold.review)}. ` }] : []),
        `By `,
        { person: hold.by },
        ` on ${dayWords(hold.at)}${late ? '' : `, to be looked at by ${dayWords(hold.review)}`}. ${HOLD_CITATIONS[hold.because]}. ${quoted(hold.reason, LONGEST_SAID)}${on === '' ? '' : ` ${on}`}`,
      ],
    },
    ...row(liftHoldButton(hold), holdReviewButton(hold)),
  ];
};

const plannedEntry = (hold: PlannedHold): Block[] => [
  { kind: 'text', text: heldLine(hold) },
  {
    kind: 'note',
    text: [
      { strong: `Begins on the morning of ${dayWords(hold.from)}. ` },
      'By ',
      { person: hold.by },
      `, to be looked at by ${dayWords(hold.review)}. ${HOLD_CITATIONS[hold.because]}. ${quoted(hold.reason, LONGEST_SAID)}`,
    ],
  },
  ...row(withdrawHoldButton(hold)),
];

/** Planned ones by their day, then those that stand, the next review date first. */
const inOrder = (state: HoldsState): (Hold | PlannedHold)[] => [
  ...plannedHolds(state).toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from))),
  ...standingHolds(state).toSorted((a, b) => (a.review < b.review ? -1 : Number(a.review > b.review))),
];

/** Answers `/deal holds`, for compliance. `page` from 1. */
export const holdsCard = (state: HoldsState, today: string, page = 1): Card => {
  const all = inOrder(state);
  const [planned, standing] = [plannedHolds(state).length, standingHolds(state).length];
  const { shown, more } = onPage(all, page, HOLDS_A_PAGE);
  return {
    blocks: [
      {
        kind: 'title',
        text: `${standing === 0 ? 'No hold stands' : count(standing, 'hold stands', 'holds stand')}${planned === 0 ? '' : `, ${planned} planned`}`,
      },
      ...(all.length === 0
        ? [{ kind: 'text', text: 'Nothing is stopped on any deal or for any end-user.' } satisfies Block]
        : []),
      ...shown.flatMap((hold) => ('from' in hold ? plannedEntry(hold) : holdEntry(state, hold, today))),
      ...row(placeHoldButton(''), more > 0 && holdsButton(page + 1, more)),
    ],
  };
};
