/** Digests: one for compliance with its picture, one for each person's queue, and all lines page by page. */

import {
  AHEAD_DAYS,
  MOST_SHOWN,
  shownFirst,
  type Digest,
  type DigestLine,
  type LineKind,
  type PersonalDigest,
  type RecordRoot,
} from '../../flows/digest/digest.ts';
import { isQuiet, openAt, totalOf } from '../../flows/digest/tally.ts';
import type { Action, Block, Card } from '../card.ts';
import { chartSvg, chartWords } from '../chart.ts';
import { count, dayWords, listWords, sentence } from '../words.ts';
import { allTrainingButton } from './actions-desk.ts';
import { row } from './actions.ts';
import { lineBlocks, type ShownWith } from './digest-lines.ts';

/** `digest`: the digest's name on a button, `register:…/12`. */
const allButton = (digest: string, lines: number): Action => ({
  name: 'desk.digest-all',
  value: `${digest}/1`,
  label: `Show all ${lines}`,
  opens: 'form',
});
const csvButton = (digest: string): Action => ({
  name: 'desk.digest-csv',
  value: digest,
  label: 'All as CSV',
  opens: 'form',
});

const sinceWords = ({ since }: Digest): string => (since === undefined ? '' : ` since ${dayWords(since)}`);

const decidedWords = (digest: Digest): string => {
  const { approved, 'approved with conditions': withConditions, declined } = digest.decisions;
  const parts = [
    approved > 0 ? `${approved} approved` : '',
    withConditions > 0 ? `${withConditions} approved with conditions` : '',
    declined > 0 ? `${declined} declined` : '',
  ].filter((part) => part !== '');
  return parts.length === 0
    ? `No decisions${sinceWords(digest)}.`
    : `Decided${sinceWords(digest)}: ${listWords(parts)}.`;
};

const COUNTED: readonly (readonly [LineKind, (n: number) => string])[] = [
  ['suspended', (n) => count(n, 'suspended approval')],
  ['condition overdue', (n) => count(n, 'condition overdue', 'conditions overdue')],
  ['reassessment overdue', (n) => count(n, 'reassessment overdue', 'reassessments overdue')],
  ['authority to notify', (n) => count(n, 'authority to notify', 'authorities to notify')],
  ['scope to confirm', (n) => `${count(n, 'deal')} said to be out of scope, to confirm`],
  ['change to confirm', (n) => count(n, 'change to confirm', 'changes to confirm')],
  ['stopped', (n) => count(n, 'deal stopped', 'deals stopped')],
  ['out of scope', (n) => count(n, 'deal found out of scope', 'deals found out of scope')],
  ['waiting for votes', (n) => count(n, 'approval waits', 'approvals wait')],
  ['nobody can vote', (n) => `${count(n, 'approval')} without anybody who can vote`],
  ['country to look at', (n) => count(n, 'country to look at', 'countries to look at')],
  ['country alert', (n) => count(n, 'country alert')],
  ['list not fetched', (n) => count(n, 'list not fetched', 'lists not fetched')],
  ['list old', (n) => count(n, 'old list')],
];

const TRAINING: readonly (readonly [LineKind, string])[] = [
  ['training missing', 'without a training that they need'],
  ['training expired', 'whose training ran out'],
  ['training expiring', 'whose training runs out'],
];

/** Training lines, each person once for every course. */
const trainingWords = ({ lines }: Digest): string[] =>
  TRAINING.flatMap(([kind, what]) => {
    const people = lines.reduce((sum, line) => (line.of === kind ? sum + line.people.length : sum), 0);
    return people === 0 ? [] : [`${count(people, 'person', 'people')} ${what}`];
  });

const countedWords = (digest: Digest): string => {
  const { counts } = digest;
  const holds = (counts['hold to review'] ?? 0) + (counts.hold ?? 0);
  const parts = [
    ...COUNTED.flatMap(([kind, words]) => (counts[kind] ? [words(counts[kind])] : [])),
    ...(holds > 0 ? [count(holds, 'hold')] : []),
    ...trainingWords(digest),
  ];
  return parts.length === 0 ? '' : sentence(listWords(parts));
};

/** `2 deals are being answered, and 1 waits for its approvers.` Whether or not one of them has a line below. */
const workWords = (digest: Digest): string => {
  const [answering, review] = [openAt(digest, 'answering'), openAt(digest, 'review')];
  const parts = [
    answering > 0 ? `${count(answering, 'deal is', 'deals are')} being answered` : '',
    review > 0 ? `${count(review, 'deal is', 'deals are')} with the approvers` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : sentence(listWords(parts));
};

/** `Reassessments due: 1 within 30 days.`, `… 2 within 30 days, 5 within 60 days in all and 9 within 90 days in all.` */
const dueWords = ({ reassessments }: Digest): string => {
  const parts = AHEAD_DAYS.flatMap((days, i) => {
    const [before = 0, now = 0] = [reassessments[i - 1], reassessments[i]];
    return now > before ? [`${now} within ${days} days${before > 0 ? ' in all' : ''}`] : [];
  });
  return parts.length === 0 ? '' : `Reassessments due: ${listWords(parts)}.`;
};

const closedWords = ({ closed }: Digest): string => {
  const parts = [
    closed.declined > 0 ? `${closed.declined} declined` : '',
    closed.stopped > 0 ? `${closed.stopped} stopped by a rule` : '',
    closed.withdrawn > 0 ? `${closed.withdrawn} withdrawn` : '',
    closed['out of scope'] > 0 ? `${closed['out of scope']} out of scope` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Closed deals are not in the picture: ${listWords(parts)}.`;
};

const undatedWords = ({ undated = 0 }: Digest): string =>
  undated === 0
    ? ''
    : `${count(undated, 'approved deal stands', 'approved deals stand')} under an older policy without a latest date for a new look.`;

/** `9f86 d081 884c 7d65 (the first 16 of its 64 digits)`: enough to compare, and short enough to read out. */
const startOf = (root: string): string =>
  `${(root.slice(0, 16).match(/.{1,4}/gu) ?? []).join(' ')} (the first 16 of its ${root.length} digits)`;

const ofCommits = ({ size }: RecordRoot): string => (size === undefined ? '' : `, ${count(size, 'commit')}`);

/** As `audit verify --root` takes it. */
export const wholeRoot = ({ root, size }: RecordRoot): string => (size === undefined ? root : `${size}:${root}`);

const rootWords = ({ checkpoint }: Digest): string =>
  checkpoint === undefined
    ? ''
    : `Root hash of the record${ofCommits(checkpoint)}: ${startOf(checkpoint.root)}. This message is one more copy of it outside the database.`;

const notes = (...texts: readonly string[]): Block[] => {
  const said = texts.filter((text) => text !== '').join(' ');
  return said === '' ? [] : [{ kind: 'note', text: said }];
};

const moreWords = (shown: number, all: number): string =>
  all > shown ? `The ${shown} that need somebody most, of ${all}.` : '';

/** Tells whether any cell has a deal: a picture of only dashes says nothing. */
const hasDeals = ({ cells }: Digest): boolean =>
  Object.values(cells).some((stages) => Object.values(stages).some((n) => n > 0));

/** `name`: the digest's name for its buttons. */
export const digestCard = (digest: Digest, shownWith: ShownWith, name: string): Card => {
  const title: Block = { kind: 'title', text: `Compliance digest, ${dayWords(digest.until)}` };
  if (isQuiet(digest)) {
    const quiet = `All is quiet${sinceWords(digest)}: nothing was decided, and nothing waits for anybody.`;
    return {
      blocks: [
        title,
        { kind: 'text', text: quiet },
        ...notes(undatedWords(digest), closedWords(digest), rootWords(digest)),
      ],
    };
  }
  const shown = shownFirst(digest.lines);
  const all = totalOf(digest);
  const summary = [decidedWords(digest), workWords(digest), countedWords(digest), dueWords(digest)].filter(
    (words) => words !== '',
  );
  return {
    blocks: [
      title,
      ...(hasDeals(digest) ? [{ kind: 'picture', svg: chartSvg(digest), alt: chartWords(digest) } as const] : []),
      { kind: 'text', text: summary.join(' ') },
      ...shown.flatMap((line) => lineBlocks(line, shownWith)),
      ...notes(moreWords(shown.length, all)),
      ...row(
        digest.lines.length > shown.length && allButton(name, digest.lines.length),
        csvButton(name),
        digest.lines.some(({ of }) => of.startsWith('training')) && allTrainingButton(0, 'Training'),
      ),
      ...notes(undatedWords(digest), closedWords(digest), rootWords(digest)),
    ],
  };
};

const MOST_OTHERS = 5;

/** One person's queue. `why`: the reason that they get it. */
export const personalCard = (digest: PersonalDigest, shownWith: ShownWith, why: string): Card => {
  const mine = shownFirst(digest.mine, MOST_SHOWN - MOST_OTHERS);
  const others = digest.others.slice(0, MOST_OTHERS);
  const nothing = mine.length + others.length === 0;
  const group = (heading: string, lines: readonly DigestLine[], all: number, own: boolean): Block[] =>
    lines.length === 0
      ? []
      : [
          { kind: 'heading', text: heading },
          ...lines.flatMap((line) => lineBlocks(line, shownWith, own)),
          ...notes(moreWords(lines.length, all)),
        ];
  return {
    blocks: [
      { kind: 'title', text: `Your deals, ${dayWords(digest.until)}` },
      ...(nothing
        ? [{ kind: 'text', text: 'Nothing waits for you, and nothing of yours waits for anybody.' } as const]
        : []),
      ...group('Waits for you', mine, digest.counts.mine, true),
      ...group('Yours, and waits for somebody else', others, digest.counts.others, false),
      { kind: 'note', text: why },
    ],
  };
};
