/** The company's human-rights programme, for compliance and the chief: how each element stands, and what is missing. Guidance: G9, G12. */

import type { ConditionProgress } from '../../flows/deal/condition-shapes.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import { ASKED_KINDS } from '../../flows/programme/asked-kinds.ts';
import { ELEMENT, ELEMENTS, type ElementId } from '../../flows/programme/elements.ts';
import type { Asked, ElementEntry } from '../../flows/programme/shapes.ts';
import type { Block, Card, Span, Text } from '../card.ts';
import { count, countryWords, dayWords, decisionWords, quoted, sentence, shorten } from '../words.ts';
import { allTrainingButton, reviewChannelButton } from './actions-desk.ts';
import {
  askedPageButton,
  conflictsButton,
  elementButton,
  programmeButton,
  recordAskedButton,
  sayElementButton,
  whatCameButton,
} from './actions-programme.ts';
import { showYearButton } from './actions-yearly.ts';
import { row } from './actions.ts';
import { ownPartWords } from './contribution.ts';
import { onPage } from './pages.ts';
import type { ElementStanding } from './programme-standing.ts';

/** By id of a point: how it is cited. */
export type Citations = ReadonlyMap<string, string>;

const cited = (points: readonly string[], citations: Citations): string =>
  [...new Set(points.flatMap((point) => citations.get(point) ?? []))].join('; ');

const MOST_LINE = 160;
const A_ROW = 5;

const stateItem = ({ id, entry, missing }: ElementStanding): Text => {
  const { title } = ELEMENT[id];
  const [first] = missing;
  const more = missing.length - 1;
  return first === undefined
    ? [
        { strong: title },
        ': stands.',
        ...(entry ? [' ', { person: entry.owner }, ` looks at it again by ${dayWords(entry.next)}.`] : []),
      ]
    : [
        { strong: title },
        `: missing. ${shorten(first, MOST_LINE)}`,
        ...(more > 0 ? [{ quiet: ` And ${more} more.` }] : []),
      ];
};

/** Answers `/deal programme`. */
export const programmeCard = (all: readonly ElementStanding[], citations: Citations): Card => {
  const standing = all.filter(({ missing }) => missing.length === 0).length;
  const isWhole = standing === all.length;
  return {
    blocks: [
      { kind: 'title', text: 'Human-rights programme', tone: isWhole ? 'good' : 'attention' },
      {
        kind: 'text',
        text: isWhole
          ? `All ${count(all.length, 'part')} stand.`
          : `${standing} of ${count(all.length, 'part')} stand. What the others lack is said here, and on their own pages.`,
      },
      { kind: 'list', items: all.map(stateItem) },
      ...row(...ELEMENTS.slice(0, A_ROW).map((id) => elementButton(id))),
      ...row(...ELEMENTS.slice(A_ROW).map((id) => elementButton(id))),
      {
        kind: 'note',
        text: `The parts are those that the Guidance names for a company’s programme (${cited(['G9', 'G12'], citations)}). Only compliance and the chief see this page.`,
      },
    ],
  };
};

const facts = ({ owner, next, evidence, who, on }: ElementEntry): Block => ({
  kind: 'facts',
  facts: [
    { label: 'Owner', value: [{ person: owner }] },
    { label: 'Looked at again by', value: dayWords(next) },
    { label: 'Evidence', value: evidence ?? 'None' },
    ...(who === undefined ? [] : [{ label: 'Who spoke last', value: [{ person: who }] }]),
    ...(on === undefined ? [] : [{ label: 'When', value: dayWords(on) }]),
  ],
});

const MOST_TEXT = 1500;

const entryBlocks = (entry: ElementEntry | undefined): Block[] =>
  entry
    ? [
        facts(entry),
        { kind: 'text', text: [{ person: entry.by }, ` wrote on ${dayWords(entry.at)}:`] },
        { kind: 'quote', text: shorten(entry.text, MOST_TEXT) },
      ]
    : [];

export interface ElementAround {
  citations: Citations;
  /** The year of which the report is next. */
  year: number;
  asked: readonly Asked[];
}

const SHOWN_ASKED = 3;

const askedItem = ({ who, kind, on, about, country, came, by }: Asked): Text => [
  { strong: `${shorten(who, 120)}, ${dayWords(on)}` },
  kind === undefined ? '' : ` (${ASKED_KINDS[kind].toLowerCase()})`,
  country === undefined ? '' : `, in ${countryWords(country)}`,
  `, on ${sentence(shorten(about, 300))} `,
  came === undefined
    ? { strong: 'Nobody said yet what came of it. ' }
    : `What came of it: ${sentence(shorten(came, 400))} `,
  { quiet: 'Recorded by ' },
  { person: by },
];

const newest = (asked: readonly Asked[]): Asked[] => asked.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));

const more = (id: ElementId, { asked, year }: ElementAround): Block[] => {
  switch (id) {
    case 'training':
      return row(allTrainingButton(0, 'Everybody’s training'));
    case 'channel':
      return row(reviewChannelButton());
    case 'working':
      return row(conflictsButton(1, 'Our own part in harm'));
    case 'reporting':
      return row(showYearButton(year, `Report of ${year}`));
    case 'asked':
      return [
        ...(asked.length > 0
          ? [{ kind: 'list', items: newest(asked).slice(0, SHOWN_ASKED).map(askedItem) } as const]
          : []),
        ...row(recordAskedButton(), asked.length > 0 && askedPageButton(1, asked.length)),
      ];
    default:
      return [];
  }
};

/** One element's own page. */
export const elementCard = ({ id, entry, shows, missing }: ElementStanding, around: ElementAround): Card => {
  const { title, about, guidance } = ELEMENT[id];
  return {
    blocks: [
      { kind: 'title', text: title, tone: missing.length === 0 ? 'good' : 'attention' },
      { kind: 'text', text: about },
      ...(missing.length > 0
        ? [{ kind: 'text', text: [{ strong: 'Missing' }] } as const, { kind: 'list', items: missing } as const]
        : []),
      ...(shows.length > 0
        ? [
            { kind: 'text', text: [{ strong: 'What the record shows' }] } as const,
            { kind: 'list', items: shows } as const,
          ]
        : []),
      ...entryBlocks(entry),
      ...more(id, around),
      ...row(sayElementButton(id, entry ? 'Change' : 'Write it'), programmeButton()),
      { kind: 'note', text: cited(guidance, around.citations) },
    ],
  };
};

const ASKED_PAGE = 8;

/** All who were asked, newest first. */
export const askedCard = (asked: readonly Asked[], page: number, citations: Citations): Card => {
  const { shown, more: left } = onPage(newest(asked), page, ASKED_PAGE);
  return {
    blocks: [
      { kind: 'title', text: 'Who was asked' },
      ...(shown.length === 0 ? [{ kind: 'text', text: 'Nobody is recorded here yet.' } as const] : []),
      ...shown.flatMap((one): Block[] => [{ kind: 'text', text: askedItem(one) }, ...row(whatCameButton(one))]),
      ...row(recordAskedButton(), left > 0 && askedPageButton(page + 1, left), elementButton('asked', 'Back')),
      {
        kind: 'note',
        text: `Please name no person who could be harmed by it (${cited(ELEMENT.asked.guidance, citations)}).`,
      },
    ],
  };
};

export type Conflict = Pick<
  DealSummary,
  | 'id'
  | 'customer'
  | 'endUser'
  | 'destination'
  | 'status'
  | 'decision'
  | 'conditions'
  | 'holds'
  | 'suspended'
  | 'ownPart'
>;

const DONE: ReadonlySet<ConditionProgress['status']> = new Set(['accepted']);

/** What was done, in words. */
const doneWords = ({ status, decision, conditions = [], holds = [], suspended }: Conflict): string => {
  const kept = conditions.filter(({ state }) => DONE.has(state)).length;
  return [
    decision ? decisionWords(decision.outcome) : status === 'decided' ? 'Decided' : `Not decided: ${status}`,
    ...(conditions.length > 0 ? [`${count(conditions.length, 'condition')}, ${kept} of them kept and accepted`] : []),
    ...(holds.length > 0 ? [count(holds.length, 'hold')] : []),
    ...(suspended ? ['suspended'] : []),
  ].join('; ');
};

const conflictSpans = (deal: Conflict): Span[] => [
  { strong: deal.id },
  ` ${quoted(deal.customer, 60)} for ${quoted(deal.endUser.name, 60)}, ${countryWords(deal.destination)}. `,
  `${ownPartWords(deal.ownPart ?? '') ?? 'We would have a part in the harm'}. `,
  `Done: ${doneWords(deal)}.`,
];

const CONFLICTS_PAGE = 8;

/** Deals in which the company would have a part of its own in harm, and what was done. Guidance: G10. */
export const conflictsCard = (all: readonly Conflict[], page: number, citations: Citations): Card => {
  const { shown, more: left } = onPage(all, page, CONFLICTS_PAGE);
  return {
    blocks: [
      { kind: 'title', text: 'Our own part in harm', tone: all.length > 0 ? 'attention' : 'neutral' },
      {
        kind: 'text',
        text:
          all.length === 0
            ? 'No deal says that we would cause harm, or contribute to it.'
            : `${count(all.length, 'deal')} in which people answered that we would cause harm, or contribute to it. Being linked to it by the sale alone is not among them.`,
      },
      ...(shown.length > 0 ? [{ kind: 'list', items: shown.map(conflictSpans) } as const] : []),
      ...row(left > 0 && conflictsButton(page + 1, `Show ${left} more`), elementButton('working', 'Back')),
      {
        kind: 'note',
        text: `Deals of which nothing was written since an older version are not looked at here. ${cited(['G10'], citations)}`,
      },
    ],
  };
};
