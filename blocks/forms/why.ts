/** "Why?": the tier, the rule that set it, every flag and its reasons, open questions, the trace. */

import { tierIsKnown } from '../../flows/deal/context/tier.ts';
import { decidesOn } from '../../flows/deal/rights/deciders.ts';
import { sectionProgress } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { OpenQuestion, RaisedFlag } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, Span, Text } from '../card.ts';
import { answersButton, row } from '../cards/actions.ts';
import { contributionText } from '../cards/contribution.ts';
import { disputedItems, DISPUTED_SHEETS, otherDisputes } from '../cards/disputed-words.ts';
import { everBlocks, MOST_LINES as MOST_WRITTEN, ofProductBlocks, type Written } from '../cards/ever-words.ts';
import { countedAnswer } from '../cards/flag-basis.ts';
import { pendingItem, waitingTitle } from '../cards/flag-waits.ts';
import { folded, inFullFirst } from '../cards/folded.ts';
import { gapItems, takenBackItems } from '../cards/gap-words.ts';
import { holdsInFull } from '../cards/hold-words.ts';
import { saidInFull } from '../cards/in-full.ts';
import { intermediariesBlocks } from '../cards/intermediaries-words.ts';
import { officersBlocks } from '../cards/officers-words.ts';
import { openParts, openWords } from '../cards/open-words.ts';
import { againstItems } from '../cards/others-words.ts';
import { NOTES_WHERE, PAST_WHERE, pastItems } from '../cards/past-words.ts';
import { askedBlocks } from '../cards/reassessment-words.ts';
import { flagNote, isForNow, loweringWords, pictureInSteps, restOfTrace } from '../cards/risk-picture.ts';
import { saidBefore } from '../cards/said-before.ts';
import { IN_A_FORM, lighterSaidBlocks, supposedBy } from '../cards/said-words.ts';
import { asideItems } from '../cards/set-aside.ts';
import { flagsByWeight, listedTitle, shownTitle, noFlagsLine, pendingFlags } from '../cards/spans.ts';
import { sheetNotes } from '../cards/stands-on.ts';
import { WHO_DECIDED, whoDecidedItems } from '../cards/who-decided.ts';
import type { Readable } from '../cards/worry-words.ts';
import {
  answerWords,
  count,
  HOUSE_RULES,
  quoted,
  sentence,
  shorten,
  tierMeaning,
  tierWord,
  weightWord,
} from '../words.ts';
import { makeForm } from './inputs.ts';
import { inRoom, MOST_BLOCKS, OF_PRODUCT_PART, type ReviewPart, sizeOf } from './review-room.ts';
import { listsPart } from './review-standing.ts';

/** As many as have room, at most. */
const MOST_FLAGS_IN_FULL = 15;
/** Blocks of the flags that are not shown in full. */
const IN_BRIEF = 6;
/** Rough limit as JSON: a modal holds about 60,000 characters in all, a Teams dialog 50,000 bytes. */
const MOST_FLAG_TEXT = 27_000;
const LINES_A_LIST = 12;
const MOST_LISTS = 5;
/** So many lists of what people said in full: those after them in brief. */
const FEW_LISTS = 3;

const SHEET_NOTES = 'Notes on the product sheet and the country brief';
const SAID_OF_PRODUCT = 'Said before of the product or the country';
const OPEN = 'Open questions';
const ACCEPTED = 'Not known, and accepted by compliance';
const TAKEN_BACK = 'Accepted by compliance, and taken back';
const STEPS = 'Step by step';

const becauseLine = (view: DealView, id: string): Text => {
  const own = view.deal.ownFlags.find((f) => f.id === id);
  if (own?.like) return 'Called much like somebody on hold; compliance says that it is them';
  if (own?.hit) return 'Found on a list; compliance says that it is them';
  if (own?.ended) return 'Somebody on the team of this deal ended it; compliance says that it counts';
  if (own?.by === SYSTEM) return 'Raised by what another deal says';
  if (own) return ['Raised in the thread by ', { person: own.by }];
  const question = view.policy.question(id);
  const value = (view.heavier?.facts ?? view.facts).answers[id];
  if (!question) return id;
  if (value === undefined) return ['Not answered: ', question.text];
  const { by, first } = countedAnswer(view, id) ?? {};
  const said: Span[] = first ? [{ person: first.by }, ', and again by '] : [];
  const who: Span[] = by === undefined ? [] : [' — ', ...said, by === SYSTEM ? supposedBy(view) : { person: by }];
  return [{ strong: shorten(answerWords(question, value), 80) }, ` to ${quoted(question.text, 150)}`, ...who];
};

const flagLines = (view: DealView, flag: RaisedFlag): Text[] => {
  const moved = flag.weight === flag.baseWeight ? '' : ` (on its own: ${weightWord(flag.baseWeight).toLowerCase()})`;
  return [
    [{ strong: 'Weight: ' }, `${weightWord(flag.weight).toLowerCase()}${moved}`],
    ...flag.modifiers.map((m): Text => [{ strong: `Made ${m.effect}: ` }, shorten(m.text, 200)]),
    ...flag.because.map((id) => becauseLine(view, id)),
  ];
};

const flagInFull = (view: DealView, flag: RaisedFlag): FormBlock[] => {
  const safeguards = flag.safeguards.map((id) => view.policy.safeguards[id]?.title ?? id).join('; ');
  return [
    { kind: 'heading', text: shownTitle(flag, 140) },
    { kind: 'text', text: shorten(flag.why, 600) },
    { kind: 'list', items: inFullFirst(flagLines(view, flag), LINES_A_LIST, 'more reason') },
    {
      kind: 'note',
      text: [
        { quiet: flag.citation },
        ...(safeguards === '' ? [] : [` · Safeguards that would answer it: ${shorten(safeguards, 600)}`]),
      ],
    },
  ];
};

/** The heaviest flags in full, as many as fit into so many blocks. */
const flagsInFull = (view: DealView, flags: readonly RaisedFlag[], room: number): FormBlock[][] => {
  const full: FormBlock[][] = [];
  let size = 0;
  let left = room;
  for (const flag of flags.slice(0, MOST_FLAGS_IN_FULL)) {
    const blocks = flagInFull(view, flag);
    size += JSON.stringify(blocks).length;
    left -= blocks.length;
    if (size > MOST_FLAG_TEXT || left < 0) break;
    full.push(blocks);
  }
  return full;
};

/** Long lists in several blocks. */
const lists = (shown: readonly Text[]): FormBlock[] =>
  Array.from({ length: Math.ceil(shown.length / LINES_A_LIST) }, (_, i) => ({
    kind: 'list',
    items: shown.slice(i * LINES_A_LIST, (i + 1) * LINES_A_LIST),
  }));

/** What people said: what has no room in full stands in brief. */
const part = (heading: string, items: readonly Text[], more: string, where = ''): FormBlock[] =>
  items.length === 0
    ? []
    : [{ kind: 'heading', text: heading }, ...lists(inFullFirst(items, LINES_A_LIST * FEW_LISTS, more, where))];

/** Of the policy's words: what has no room is counted. */
const counted = (heading: string, items: readonly Text[], more: string): FormBlock[] =>
  items.length === 0
    ? []
    : [{ kind: 'heading', text: heading }, ...lists(folded(items, LINES_A_LIST * MOST_LISTS, more))];

/** A deal whose sections are not all answered has no tier yet. */
const notYetBlocks = (view: DealView): FormBlock[] => {
  const sections = sectionProgress(view);
  const done = sections.filter((section) => section.done).length;
  return [
    { kind: 'heading', text: 'No tier yet' },
    {
      kind: 'text',
      text: `${done} of ${count(sections.length, 'section')} answered. The tier is set when all of them are. This is what was said so far.`,
    },
  ];
};

const tierBlocks = (view: DealView): FormBlock[] => {
  const { tier, rule, trace, scope, scopeReasons } = view.assessment;
  const known = tierIsKnown(view);
  const ruleText = known ? trace.find((line) => line.id === rule)?.text : undefined;
  const lowering = loweringWords(view);
  const harm = contributionText(view);
  const first: FormBlock[] =
    scope === 'out'
      ? [{ kind: 'heading', text: 'Out of scope' }]
      : tier === null || !known
        ? notYetBlocks(view)
        : [
            { kind: 'heading', text: `Tier: ${tierWord(tier)}` },
            ...(isForNow(view) ? [] : [{ kind: 'text', text: sentence(`It means: ${tierMeaning(tier)}`) } as const]),
          ];
  return [
    ...first,
    ...(ruleText === undefined ? [] : [{ kind: 'text', text: [{ strong: 'The rule: ' }, ruleText] } as const]),
    ...(lowering === '' ? [] : [{ kind: 'text', text: lowering } as const]),
    ...(harm === undefined ? [] : [{ kind: 'text', text: harm } as const]),
    ...(scopeReasons.length === 0
      ? []
      : [{ kind: 'list', items: inFullFirst(scopeReasons, LINES_A_LIST, 'more reason') } as const]),
    ...pictureInSteps(view),
    { kind: 'note', text: flagNote(view.policy) },
  ];
};

/** Texts of up to 3,000 characters, each in a block of its own. */
const inFullBlocks = (view: DealView): FormBlock[] => {
  const { items, left } = saidInFull(view);
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'What approvers asked and said, in full' },
    ...items.map((item): FormBlock => ({ kind: 'list', items: [item] })),
    ...(left > 0 ? [{ kind: 'note', text: `And ${count(left, 'more text')}: the dossier has all.` } as const] : []),
  ];
};

const openItem = (question: OpenQuestion): Text => [
  ...openWords(question, 200),
  ' ',
  { quiet: `(${question.citation})` },
];

/** The version that the deal is judged by, whatever the company uses for others now. */
const policyWords = ({ policy: { name, version } }: DealView): string =>
  `Judged by the policy ${quoted(name, 100)}, version ${shorten(version, 40)}.`;

/** `reader`: whoever decides on the deal, and is none of its team, reads more. */
export const whyForm = (view: DealView, readable?: Readable, written?: Written, reader?: PersonId): Form => {
  const judges = reader !== undefined && decidesOn(view, reader);
  const flags = flagsByWeight(view);
  const pending = pendingFlags(view);
  const { open } = openParts(view);
  const before: ReviewPart[] = [
    { blocks: [...holdsInFull(view).filter((block) => block.kind !== 'title'), ...tierBlocks(view)] },
    { blocks: part(WHO_DECIDED, whoDecidedItems(view), 'more vote'), instead: WHO_DECIDED },
    {
      blocks: [
        ...lighterSaidBlocks(view, IN_A_FORM),
        ...(view.deal.standing ? askedBlocks(view) : []),
        ...intermediariesBlocks(view.deal.details),
        ...part('What speaks against these answers', againstItems(view, readable, judges), 'more line'),
        ...part(
          'What was said before',
          saidBefore(view, readable, asideItems(view, readable, judges)),
          'more change',
          ': the dossier lists all',
        ),
      ],
    },
    { blocks: part(SHEET_NOTES, sheetNotes(view), 'more note', NOTES_WHERE), instead: SHEET_NOTES },
    ...(judges
      ? [
          {
            blocks: part(
              DISPUTED_SHEETS,
              [...disputedItems(view, reader), ...otherDisputes(view, reader)],
              'more dispute',
            ),
          },
          { blocks: part(SAID_OF_PRODUCT, pastItems(view), 'more', PAST_WHERE), instead: SAID_OF_PRODUCT },
        ]
      : []),
    { blocks: officersBlocks(view, written?.officers) },
    // Page 1 of a review refers to this one.
    {
      blocks: everBlocks(view, written, MOST_WRITTEN),
      instead: 'Words of deals with this end-user, and what was written here',
      last: true,
      where: 'those deals and the dossier have them.',
    },
    { blocks: ofProductBlocks(view, written, MOST_WRITTEN), ...OF_PRODUCT_PART, where: 'those deals have them.' },
    { blocks: flags.length === 0 ? [{ kind: 'text', text: noFlagsLine(view) }] : [] },
  ];
  const after: ReviewPart[] = [
    { blocks: [...listsPart(view), ...part(waitingTitle(view), pending.map(pendingItem), 'more flag')] },
    { blocks: inFullBlocks(view), instead: 'What was said in full' },
    { blocks: counted(OPEN, open.map(openItem), 'more open question'), instead: OPEN },
    { blocks: part(ACCEPTED, gapItems(view), 'more line'), instead: ACCEPTED },
    { blocks: part(TAKEN_BACK, takenBackItems(view), 'more line'), instead: TAKEN_BACK },
    {
      blocks: counted(
        STEPS,
        restOfTrace(view).map((line) => shorten(line.text, 200)),
        'more step',
      ),
      instead: STEPS,
      least: true,
    },
    {
      blocks: [
        { kind: 'note', text: `${policyWords(view)} ${HOUSE_RULES}` },
        ...row(Object.keys(view.deal.answers).length > 0 && answersButton(view.deal.id)),
      ],
    },
  ];
  const full = flagsInFull(view, flags, MOST_BLOCKS - sizeOf([...before, ...after]) - IN_BRIEF);
  const brief = flags.slice(full.length);
  const flagBlocks = [
    ...full.flat(),
    ...counted(
      `${count(brief.length, 'more flag')}, in brief`,
      brief.map((f) => [{ strong: weightWord(f.weight) }, `: ${listedTitle(f, 150)} `, { quiet: `(${f.citation})` }]),
      'more flag',
    ),
  ];
  return makeForm({
    name: 'deal.why',
    title: 'Why?',
    close: 'Close',
    context: { deal: view.deal.id },
    blocks: inRoom([...before, { blocks: flagBlocks }, ...after], 'the dossier has them.'),
  });
};
