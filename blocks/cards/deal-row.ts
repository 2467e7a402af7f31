/** A deal as a row of a list: in a few lines, or in one, with what waits for the reader and the way to it. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Part } from '../../flows/lists/mine.ts';
import type { Turn } from '../../flows/lists/waits.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import type { Action, Block, Span, Text } from '../card.ts';
import { spansOf } from '../fallback.ts';
import { count, productWords, quoted } from '../words.ts';
import { openThreadButton, renewalsButton, row } from './actions.ts';
import { decidedInShort } from './condition-state.ts';
import { showButton } from './digest-lines.ts';
import { progressLine, statusLine } from './next-line.ts';
import { dealTitle } from './spans.ts';
import { flagsStand } from './stood-on.ts';
import { turnLines } from './turn-words.ts';

const MOST_TURNS = 3;
const MOST_NAME = 80;
const SHORT_NAME = 60;

type PlainBlock = Exclude<Block, { kind: 'title' }>;

export interface ListedRow {
  view: DealView;
  /** What waits for the reader on it. */
  turns: readonly Turn[];
  part?: Part | undefined;
  /** Red flags that were searched, by ids in capitals. */
  flags?: ReadonlySet<FlagId> | undefined;
  /** Of its thread, where the reader's chat has one. */
  threadUrl?: string | undefined;
}

const threadButton = ({ view, threadUrl }: ListedRow): Action | undefined =>
  threadUrl === undefined
    ? undefined
    : {
        ...openThreadButton(view.deal.id, threadUrl),
        label: 'Thread',
        accessibleLabel: `Thread of ${view.deal.id}`,
      };

/** Tells whether the deal's card names others than the reader: a row says then what both have to do. */
const waitsForOthers = ({ view, turns }: ListedRow, person: PersonId): boolean => {
  const people: readonly PersonId[] = waitingFor(view).people;
  const selves = [person, ...turns.flatMap((turn) => turn.for ?? [])];
  return people.length > 0 && !selves.some((id) => people.includes(id));
};

const RENEWALS = 'Say when the licence or the contract is renewed';

/** An approval's owner says which dates it hangs on: asked beside what waits, and never alone. */
const setsRenewals = ({ view, turns }: ListedRow, person: PersonId): boolean =>
  turns.length > 0 &&
  view.deal.status === 'decided' &&
  approvalOf(view.deal) !== undefined &&
  view.deal.owner === person &&
  !view.deal.renewals;

const moreThings = (n: number): string[] => (n > 0 ? [`and ${count(n, 'more thing')}`] : []);

/** `D-7K3QXM · “Sample Ministry”: Answer Product, since 3 May 2027`, and the buttons for it: all that waits, in a line. */
export const shortRowBlocks = (listed: ListedRow, person: PersonId): PlainBlock[] => {
  const { view, turns } = listed;
  const { id, details } = view.deal;
  const shown = turnLines(view, turns.slice(0, MOST_TURNS), person, true);
  const renews = setsRenewals(listed, person);
  const items: Text[] = [
    ...shown.map(({ text }) => text),
    ...moreThings(turns.length - shown.length),
    ...(renews ? [RENEWALS] : []),
  ];
  const actions = row(...shown.map(({ action }) => action), renews && renewalsButton(id));
  return [
    {
      kind: 'text',
      text: [
        { strong: `${id} · ${quoted(details.endUser.name, SHORT_NAME)}` },
        ': ',
        ...(items.length === 0
          ? statusLine(view)
          : items.flatMap((item, i): Span[] => [...(i === 0 ? [] : ['; ']), ...spansOf(item)])),
      ],
    },
    ...(actions.length > 0 ? actions : row(showButton(id))),
  ];
};

/** `D-7K3QXM · “Sample Ministry”, Norway · customer “Sample Networks”`, what waits or what is next, and the product with its tier. */
export const rowBlocks = (listed: ListedRow, person: PersonId): PlainBlock[] => {
  const { view, turns } = listed;
  const { id, details } = view.deal;
  const renews = setsRenewals(listed, person);
  const shown = turnLines(view, turns.slice(0, MOST_TURNS), person);
  const items = [
    // What it has come to, before what that leaves to do.
    ...(turns.length > 0 && view.deal.status === 'decided' ? [decidedInShort(view)] : []),
    ...shown.map(({ text }) => text),
    ...moreThings(turns.length - shown.length),
    ...(turns.length > 0 && waitsForOthers(listed, person) ? [['Others: ', ...spansOf(statusLine(view, true))]] : []),
    ...(renews ? [RENEWALS] : []),
  ];
  const [first] = items;
  const notes = [
    productWords(details.product, MOST_NAME),
    progressLine(view),
    ...flagsStand(view, listed.flags ?? new Set()),
  ];
  return [
    { kind: 'text', text: [{ strong: dealTitle(view.deal) }] },
    items.length > 1 ? { kind: 'list', items } : { kind: 'text', text: first ?? statusLine(view, true) },
    { kind: 'note', text: notes.filter((text) => text !== '').join(' · ') },
    ...row(...shown.map(({ action }) => action), renews && renewalsButton(id), showButton(id), threadButton(listed)),
  ];
};
