/** Holds in words, the same on every card and form. Guidance: A1 and A8. */

import { isOpen } from '../../flows/deal/context/alerts.ts';
import { holdsOn } from '../../flows/deal/context/holds.ts';
import { flagOfLike, similarHolds, type SimilarHold } from '../../flows/deal/context/similar-holds.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { HOLD_STOPS, stopsOf, type Hold, type HoldCause, type HoldStop, type PlannedHold } from '../../flows/hold.ts';
import type { Block, Choice, Span } from '../card.ts';
import { count, dayWords, endsOf, listWords, LONGEST_SAID, quoted, quotedSentence, shorten } from '../words.ts';
import { folded } from './folded.ts';
import { partWords } from './hit-words.ts';

const STOP_LABELS: Record<HoldStop, string> = {
  upgrades: 'Upgrades',
  updates: 'Updates',
  support: 'Support',
  training: 'Training',
  access: 'Access: disable the product where it allows that',
};
export const STOP_CHOICES: readonly Choice[] = HOLD_STOPS.map((value) => ({ value, label: STOP_LABELS[value] }));

/** Both, so that nobody can tell a report of misuse from another reason to look. */
const INQUIRY = 'Guidance 7, bullet 1; Guidance 7, bullet 4, sub-bullet 1';

export const HOLD_CITATIONS: Record<HoldCause, string> = {
  breach: 'Guidance 7, bullet 1',
  inquiry: INQUIRY,
  complaint: INQUIRY,
};
const LOOKED_INTO: Omit<Choice, 'value'> = {
  label: 'Something is looked into',
  // Slack shows 75 characters.
  description: 'News, an audit, a suspicion: until it ends. Guidance 7, bullet 1',
};

export const CAUSE_LABELS: Record<HoldCause, Omit<Choice, 'value'>> = {
  breach: { label: 'Breach of the agreement', description: HOLD_CITATIONS.breach },
  inquiry: LOOKED_INTO,
  complaint: LOOKED_INTO,
};

/** `stop upgrades, updates and support, and disable the product where it allows that`: no capital, no full stop. */
export const stopWords = (stops: readonly HoldStop[]): string => {
  const help = stops.filter((stop) => stop !== 'access');
  const parts = [
    ...(help.length === 0 ? [] : [`stop ${listWords(help)}`]),
    ...(stops.includes('access') ? ['disable the product where it allows that'] : []),
  ];
  return parts.join(', and ');
};

/** `the end-user Sample Ministry`; `this deal`, or the deal by its id. */
export const heldWords = ({ on }: Hold, here = false): string =>
  on.of === 'end-user' ? `the end-user ${shorten(on.name, 150)}` : here ? 'this deal' : `the deal ${on.deal}`;

type PlainBlock = Exclude<Block, { kind: 'title' }>;

const MOST_IN_FULL = 3;
/** What was said of each of them is read before anybody votes. */
const MOST_LIKE = 8;

/** What came of it: whoever is not asked about yet is as soon as something happens on the deal. */
const askedSpans = (view: DealView, similar: SimilarHold): Span[] => {
  const flag = flagOfLike(view.deal, similar);
  if (!flag || flag.status === 'pending') return [isOpen(view.deal) ? NOBODY_APPROVES : COMPLIANCE_SAYS];
  const said = flag.status === 'admitted' ? 'It is them' : 'Another party';
  const who: Span[] = flag.settledBy === undefined ? ['compliance'] : [{ person: flag.settledBy }];
  return [`${said}, says `, ...who, flag.reason === undefined ? '.' : `: ${quotedSentence(flag.reason, LONGEST_SAID)}`];
};
const NOBODY_APPROVES = 'Nobody can approve this deal until compliance says who it is.';
const COMPLIANCE_SAYS = 'Compliance says who it is.';

/** Names much like one on hold of which nobody said yet who it is, for a whole channel: not whose. */
const likeBlocks = (view: DealView): Block[] => {
  const isSettled = (similar: SimilarHold): boolean =>
    (flagOfLike(view.deal, similar)?.status ?? 'pending') !== 'pending';
  const open = similarHolds(view).filter((one) => !isSettled(one));
  const parties = [...new Set(open.map(({ party }) => quoted(party, 100)))];
  const more = parties.length - MOST_IN_FULL;
  const named = [...parties.slice(0, MOST_IN_FULL), ...(more > 0 ? [count(more, 'more name')] : [])];
  return parties.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: `${listWords(named)} ${parties.length === 1 ? 'is' : 'are'} called much like somebody on hold. “Why?” says whom. ${isOpen(view.deal) ? NOBODY_APPROVES : COMPLIANCE_SAYS}`,
        },
      ];
};

/** The same for those who may read the deal: like whom, and since when that hold stands. */
const likeInFull = (view: DealView): Block[] => {
  const items = similarHolds(view).map((similar): Span[] => {
    const { hold, party, name } = similar;
    return [
      `${quoted(party, 100)} is called much like ${quoted(name, 100)}, on hold since ${dayWords(hold.at)}. `,
      ...askedSpans(view, similar),
    ];
  });
  return items.length === 0 ? [] : [{ kind: 'list', items: folded(items, MOST_LIKE, 'more such name') }];
};

/** What a flag of such a name is about, for a whole channel; in full for whoever settles it. */
export const likeHeldBlocks = (view: DealView, { like, title }: OwnFlag, inFull: boolean): PlainBlock[] => {
  const hold = (view.organisation.holds ?? []).find(({ id }) => id === like?.hold);
  if (!like || !hold || hold.on.of !== 'end-user') return [{ kind: 'quote', text: title }];
  const party = { strong: quoted(like.party, 100) };
  const as = partWords(view, {
    name: like.party,
    ...(like.as.includes('together') ? { together: true as const } : {}),
  });
  return inFull
    ? [
        {
          kind: 'text',
          text: [party, `, ${as}, is called much like ${quoted(hold.on.name, 100)}, who is on hold.`],
        },
        ...holdWhy(hold).filter((block) => block.kind !== 'title'),
      ]
    : [{ kind: 'text', text: [party, `, ${as}, is called much like somebody on hold. “Why?” says whom.`] }];
};

const onHoldBlocks = (view: DealView): Block[] => {
  const standing = holdsOn(view);
  if (standing.length === 0) return [];
  const { status } = view.deal;
  const open = status === 'answering' || status === 'deciding' || status === 'stopped';
  return [
    {
      kind: 'text',
      text: [
        { strong: 'On hold: ' },
        `${stopWords(stopsOf(standing))}.${open ? ' Nobody can approve this deal meanwhile.' : ''} Only compliance can lift it.`,
      ],
    },
  ];
};

/** Holds on cards that a whole channel sees: what to stop, not why. */
export const holdBlocks = (view: DealView): Block[] => [...onHoldBlocks(view), ...likeBlocks(view)];

/** Author, time and reason of the hold, and its latest end: for those who may read the deal; of a planned one, for compliance. */
export const holdWhy = (hold: Hold | PlannedHold, here = true): Block[] => [
  {
    kind: 'text',
    text: [
      { person: hold.by },
      'from' in hold
        ? ` plans to put ${heldWords(hold, here)} on hold from ${dayWords(hold.from)}:`
        : ` put ${heldWords(hold, here)} on hold on ${dayWords(hold.at)}:`,
    ],
  },
  { kind: 'quote', text: endsOf(hold.reason, LONGEST_SAID) },
  {
    kind: 'note',
    text: `${CAUSE_LABELS[hold.because].label} (${HOLD_CITATIONS[hold.because]}). Looked at again by ${dayWords(hold.review)}.`,
  },
];

/** A deal's holds with their reasons, for those who may read it. */
export const holdsInFull = (view: DealView): Block[] => {
  const holds = holdsOn(view);
  const more = holds.length - MOST_IN_FULL;
  return [
    ...onHoldBlocks(view),
    ...holds.slice(0, MOST_IN_FULL).flatMap((hold) => holdWhy(hold)),
    ...(more > 0
      ? [{ kind: 'note', text: `And ${count(more, 'more hold')}: compliance has the list of all.` } satisfies Block]
      : []),
    ...likeInFull(view),
  ];
};

/** `On hold: upgrades and support` in a line of its own. */
export const heldLine = (hold: Hold): Span[] => [
  { strong: shorten(heldTitle(hold), 150) },
  `: ${stopWords(hold.stop)}.`,
];

const heldTitle = ({ on }: Hold): string => (on.of === 'end-user' ? on.name : on.deal);
