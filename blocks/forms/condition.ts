/** An approval's condition: its owner reports it done, compliance accepts or returns that. Guidance: T and C items. */

import { firstOf } from '../../flows/deal/approval/in-force.ts';
import { liftShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId, Source } from '../../flows/ids.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { evidenceItem, ofOtherWords, ownerAndDue, judgeSpans, standingOfCondition } from '../cards/condition-state.ts';
import { fileItems, type FilesNow } from '../cards/file-words.ts';
import { waitingBlocks } from '../cards/flag-waits.ts';
import { inFullFirst } from '../cards/folded.ts';
import { sourceSpans } from '../cards/spans.ts';
import { count, dayWords, LONGEST_SAID, quoted } from '../words.ts';
import { allBeside, withBeside } from './all-beside.ts';
import { type Looking, newerThan, type Shown, writtenNow, writtenOf } from './confirm-looking.ts';
import { choiceInput, filesInput, makeForm, paragraphInput, textOf, following, MAX_TEXT } from './inputs.ts';
import { fileLines, FILES_HINT, MOST_FILES, readFiles, readSources, SOURCES_HINT } from './lines.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const NOT_THERE = 'This condition is not part of the deal any more.';
const ACCEPTED = 'This condition is accepted already. There is nothing left to do.';
const NEWER = 'Nothing is saved yet: something newer was handed in while you were reading. Please look at it first.';

const MOST_EARLIER = 6;
const MOST_SOURCES = 20;

const conditionBlocks = ({ condition }: ConditionStanding): FormBlock[] => [
  { kind: 'quote', text: condition.text },
  { kind: 'note', text: ownerAndDue(condition) },
];

export const returnedBlocks = ({ progress }: ConditionStanding): FormBlock[] => {
  const { returned } = progress;
  if (!returned) return [];
  return [
    { kind: 'text', text: [{ person: returned.by }, ` returned it on ${dayWords(returned.at)}:`] },
    { kind: 'quote', text: returned.reason },
  ];
};

export const meetConditionForm = (view: DealView, condition: string, values: FormValues = {}): Form => {
  const found = standingOfCondition(view, condition);
  if (!found) return savedForm(NOT_THERE);
  if (found.progress.status === 'accepted') return savedForm(ACCEPTED);
  if (found.progress.status === 'met')
    return savedForm('This condition is done. It waits for compliance to look at it.');
  return makeForm({
    name: 'deal.meet-condition',
    title: 'Condition done',
    submit: 'Hand it in',
    context: { deal: view.deal.id, condition },
    blocks: [
      ...conditionBlocks(found),
      ...returnedBlocks(found),
      paragraphInput('text', 'What was done?', textOf(values, 'text'), {
        hint: 'So that someone who was not there can see that it is done.',
      }),
      paragraphInput('sources', 'Where can it be seen?', textOf(values, 'sources'), {
        most: MAX_TEXT,
        hint: SOURCES_HINT,
        optional: true,
      }),
      filesInput('files', 'Files that show it', MOST_FILES, fileLines(values, 'files'), {
        hint: FILES_HINT,
        optional: true,
      }),
      {
        kind: 'note',
        text: ['Next: ', ...judgeSpans(view, [found.condition]), ' can accept it, or return it with a reason.'],
      },
    ],
  });
};

export const readMeetConditionForm = (
  values: FormValues,
): Read<{ text: string; sources: Source[]; files: Source[] }> => {
  const form = reader(values);
  return form.done({
    text: form.reason('text', 'Please say in a sentence what was done.', { tells: 'what was done' }),
    sources: readSources(form, 'sources'),
    files: readFiles(form, values, 'files', MOST_FILES),
  });
};

/** All evidence that was handed in; the newest in full. */
const evidenceBlocks = (view: DealView, { progress }: ConditionStanding, now: FilesNow | undefined): FormBlock[] => {
  const newest = progress.evidence.at(-1);
  if (!newest) return [];
  const earlier = inTurn(progress.evidence.slice(0, -1).toReversed());
  const cited = sourceSpans(
    newest.sources.filter(({ file }) => file === undefined),
    MOST_SOURCES,
  );
  const files = fileItems(newest.sources, now);
  const of = ofOtherWords(newest, view);
  return [
    { kind: 'heading', text: 'What was done' },
    { kind: 'quote', text: newest.text },
    { kind: 'note', text: ['Said by ', { person: newest.by }, ` on ${dayWords(newest.at)}.`] },
    ...(of === undefined ? [] : [{ kind: 'text', text: [{ strong: of }] } as const]),
    ...(cited.length === 0 ? [] : [{ kind: 'text', text: ['Sources: ', ...cited] } as const]),
    ...(files.length === 0 ? [] : [{ kind: 'text', text: 'Files:' } as const, { kind: 'list', items: files } as const]),
    ...(earlier.length === 0
      ? []
      : [
          { kind: 'heading', text: `Handed in before: ${count(earlier.length, 'time')}` } as const,
          {
            kind: 'list',
            items: inFullFirst(
              earlier.map((one) => evidenceItem(one, view, MOST_SOURCES)),
              MOST_EARLIER,
              'more',
              ': the dossier has all',
            ),
          } as const,
        ]),
  ];
};

type Handed = NonNullable<ConditionStanding['progress']['handed']>;

const handedText = ({ by, to, at, reason }: Handed, from: PersonId): Text => [
  { strong: `Handed over on ${dayWords(at)} ` },
  'by ',
  { person: by },
  ...(from === by ? [] : [' from ', { person: from }]),
  ' to ',
  { person: to },
  `: ${quoted(reason, LONGEST_SAID)}`,
];

/** Why it is another's now, and what was said where it was handed over or returned before: each author in turn, the latest first. */
export const handedBlocks = ({ condition, progress }: ConditionStanding): FormBlock[] => {
  const { handed, handedBefore = [], returnedBefore = [] } = progress;
  const owners = [firstOf(condition).owner, ...handedBefore.map(({ to }) => to)];
  const before = [
    ...handedBefore.map((one, n) => ({ by: one.by, at: one.at, text: handedText(one, owners[n]!) })),
    ...returnedBefore.map(({ by, at, reason }) => ({
      by,
      at,
      text: [
        { strong: `Returned on ${dayWords(at)} ` },
        'by ',
        { person: by },
        `: ${quoted(reason, LONGEST_SAID)}`,
      ] as Text,
    })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const items = inTurn(before).map(({ text }) => text);
  return [
    ...(handed ? [{ kind: 'text', text: handedText(handed, owners.at(-1)!) } as const] : []),
    ...(items.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Said of it before' } as const,
          { kind: 'list', items: inFullFirst(items, MOST_EARLIER, 'more', ': the dossier has all') } as const,
        ]),
  ];
};

/** What was handed in last stands above, in full. */
const withoutNewest = (view: DealView, looking: Looking, { progress }: ConditionStanding): Looking => {
  const [written, newest] = [writtenOf(view, looking), progress.evidence.at(-1)];
  const beside = written.beside?.filter(
    ({ of, by, text }) => !(of === 'evidence' && by === newest?.by && text === newest.text),
  );
  return { ...looking, written: { ...looking.written, [view.deal.id]: { ...written, beside } } };
};

export type SettledCondition = { verdict: 'accept' } | { verdict: 'return'; reason: string };

/** What the form showed before: how many pieces of evidence, and what speaks against the deal (`liftShown`). */
interface ShownHere extends Shown {
  evidence?: number | undefined;
}

/**
 * With what is said against the deal: whoever has the condition may say nothing more of it once somebody else handed something in.
 *
 * @param shown - what the form showed before; empty: it is shown for the first time
 * @param now - what was seen of its files just now
 */
export const settleConditionForm = (
  view: DealView,
  condition: string,
  values: FormValues = {},
  shown: ShownHere = {},
  looking: Looking = {},
  now?: FilesNow | undefined,
): Form => {
  const found = standingOfCondition(view, condition);
  if (!found) return savedForm(NOT_THERE);
  if (found.progress.status === 'accepted') return savedForm(ACCEPTED);
  if (found.progress.status === 'open') return savedForm('Nothing waits for you here: this condition is open.');
  const verdict = textOf(values, 'verdict');
  const evidence = found.progress.evidence.length;
  const [seen, written] = [liftShown(view), writtenNow(view, looking)];
  const isAgain = shown.evidence !== undefined && shown.evidence !== evidence;
  return makeForm({
    name: 'deal.settle-condition',
    title: 'Accept or return',
    submit: 'Save',
    context: { deal: view.deal.id, condition, evidence, seen, ...written },
    blocks: withBeside(
      [
        ...(isAgain ? [{ kind: 'text', text: [{ strong: NEWER }] } as const] : newerThan(shown, seen, written)),
        ...conditionBlocks(found),
        ...evidenceBlocks(view, found, now),
        ...returnedBlocks(found),
        ...handedBlocks(found),
        ...waitingBlocks(view),
      ],
      allBeside(view, withoutNewest(view, looking, found)),
      [
        choiceInput(
          'verdict',
          'Is the condition kept?',
          [
            { value: 'accept', label: 'Accept it', description: 'It is done, and no more reminders come' },
            { value: 'return', label: 'Return it', description: 'It is open again, with its old date' },
          ],
          verdict,
          { reactive: true },
        ),
        ...(verdict === 'return'
          ? following([
              paragraphInput('reason', 'What is missing?', textOf(values, 'reason'), { hint: 'The owner reads this.' }),
            ])
          : []),
      ],
    ),
  });
};

export const readSettleConditionForm = (values: FormValues): Read<SettledCondition> => {
  const form = reader(values);
  const verdict = form.one('verdict', ['accept', 'return'], 'Please accept it or return it.');
  if (verdict === 'accept') return form.done({ verdict });
  return form.done({
    verdict,
    reason: form.reason('reason', 'Please say what is missing. The owner reads it.', { tells: 'what is missing' }),
  });
};
