/** Product sheets and country briefs: one of them in full, and the list of all. */

import { hasRunOut } from '../../flows/calendar.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { DatasetsInUse } from '../../flows/indicators/suggest.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { sheetQuestions, type SheetKind } from '../../flows/policy/sheet-questions.ts';
import { askedFor, begins, maySave, sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import { judgeRefusal, readsAsked, readsDispute, settleRefusal } from '../../flows/registers/sheet-rights.ts';
import type { Sheet, SheetAsked, SheetOf } from '../../flows/sheet.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, dayWords, endsOf, LONGEST_SAID, sentence, shorten } from '../words.ts';
import {
  beginSheetButton,
  judgeSheetButton,
  settleDisputeButton,
  sheetButton,
  sheetsListButton,
  showSheetButton,
} from './actions-sheets.ts';
import { row } from './actions.ts';
import { folded } from './folded.ts';
import { onPage } from './pages.ts';
import { disputeText, settledSpans, sheetAnswerText, sheetOfWords, sheetTitle, versionSpans } from './sheet-words.ts';
import { people } from './spans.ts';
import { suggestedItems } from './suggested-words.ts';

const A_PAGE = 8;
/** Of one sheet, in one message. */
const MOST_ANSWERS = 31;

interface Reading {
  reader: PersonId;
  organisation: Organisation;
  policy: CompiledPolicy | undefined;
  now: Instant;
  /** Data on countries that is in use. */
  datasets?: DatasetsInUse | undefined;
}

const missingItems = ({ on, answers }: Sheet, policy: CompiledPolicy | undefined): Text[] =>
  (policy ? sheetQuestions(policy, on.of, answers) : [])
    .filter(({ id }) => answers[id] === undefined)
    .map(({ text }) => [`${shorten(text, 200)} `, { quiet: 'Not answered yet.' }]);

const waitsBlocks = ({ id, on, waits }: Sheet, { reader, organisation, policy }: Reading): Block[] =>
  waits
    ? [
        { kind: 'heading', text: 'Lighter answers that wait for compliance' },
        { kind: 'list', items: Object.entries(waits.answers).map(([q, answer]) => sheetAnswerText(policy, q, answer)) },
        {
          kind: 'note',
          text: ['By ', { person: waits.by }, `, ${dayWords(waits.at)}: ${sentence(endsOf(waits.why, LONGEST_SAID))}`],
        },
        ...row(judgeRefusal(organisation, waits, reader) === undefined && judgeSheetButton(on, id)),
      ]
    : [];

const MOST_SUGGESTED = 12;

const suggestedPart = (on: SheetOf, sheet: Sheet | undefined, { policy, datasets }: Reading): Block[] => {
  const items = policy ? suggestedItems(policy, on, sheet?.answers ?? {}, datasets) : [];
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: 'What data suggests' },
        { kind: 'list', items: folded(items, MOST_SUGGESTED, 'more', ': the form shows all') },
        {
          kind: 'note',
          text: 'No answer by itself: counsel or compliance confirms it in the brief, or does not (House rule).',
        },
      ];
};

const MOST_DISPUTES = 5;

/** What was said, to who may read it; to everybody else how often. */
const disputeBlocks = (sheet: Sheet, { reader, organisation }: Reading): Block[] => {
  const over = (sheet.settled ?? []).filter((dispute) => readsDispute(organisation, sheet, dispute, reader));
  const { id, on, disputes } = sheet;
  const read = inTurn(disputes).filter((dispute) => readsDispute(organisation, sheet, dispute, reader));
  const shown = read.slice(0, MOST_DISPUTES);
  const others = disputes.length - shown.length;
  return [
    ...shown.flatMap((dispute): Block[] => [
      { kind: 'text', text: [{ strong: 'Disputed. ' }, ...disputeText(dispute)] },
      ...row(
        settleRefusal(organisation, sheet, dispute, reader) === undefined && settleDisputeButton(on, id, dispute.id),
      ),
    ]),
    ...(others === 0
      ? []
      : [
          {
            kind: 'text',
            text: [
              `${shown.length === 0 ? count(others, 'dispute') : count(others, 'more dispute')} ${others === 1 ? 'waits' : 'wait'} for an answer.`,
              ...(read.length > shown.length ? [' The next are shown as these are answered.'] : []),
            ],
          } satisfies Block,
        ]),
    // The latest first: whoever settles the next reads what was said before.
    ...over
      .slice(-MOST_DISPUTES)
      .toReversed()
      .map((dispute): Block => ({
        kind: 'text',
        text: [{ strong: 'Was disputed. ' }, ...disputeText(dispute), ...settledSpans(dispute)],
      })),
    ...(over.length > MOST_DISPUTES
      ? [
          {
            kind: 'note',
            text: `And ${count(over.length - MOST_DISPUTES, 'dispute')} settled before these.`,
          } satisfies Block,
        ]
      : []),
  ];
};

/** One sheet in full; `sheet` undefined: nobody has filled it in. */
export const sheetCard = (
  on: SheetOf,
  sheet: Sheet | undefined,
  asked: SheetAsked | undefined,
  reading: Reading,
): Card => {
  const { reader, organisation, policy, now } = reading;
  const may = maySave(organisation, on, reader);
  const title: Block = { kind: 'title', text: sheetTitle(on) };
  if (!sheet) {
    return {
      blocks: [
        title,
        {
          kind: 'text',
          text:
            asked && readsAsked(organisation, asked, reader)
              ? ['Nobody has filled it in yet. Asked on ', `${dayWords(asked.at)}: `, ...people(asked.to), '.']
              : ['Nobody has filled it in yet. Who can: ', ...people(askedFor(organisation, on)), '.'],
        },
        ...suggestedPart(on, sheet, reading),
        ...row(may && sheetButton(on, 'Fill it in')),
      ],
    };
  }
  return {
    blocks: [
      title,
      { kind: 'text', text: ['This is ', ...versionSpans(sheet, hasRunOut(sheet, { organisation, now })), '.'] },
      {
        kind: 'list',
        items: folded(
          [
            ...Object.entries(sheet.answers).map(([id, answer]) => sheetAnswerText(policy, id, answer)),
            ...missingItems(sheet, policy),
          ],
          MOST_ANSWERS,
          'more',
          ': the form shows all',
        ),
      },
      ...suggestedPart(on, sheet, reading),
      ...waitsBlocks(sheet, reading),
      ...disputeBlocks(sheet, reading),
      ...row(may && sheetButton(on, 'Look again')),
    ],
  };
};

const notes = (more: number, words: (n: number) => string): Block[] =>
  more > 0 ? [{ kind: 'note', text: words(more) }] : [];

const inFives = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / 5) }, (_, i) => all.slice(i * 5, i * 5 + 5));

/** Answers `/deal sheet` and `/deal brief`: all of one kind. */
export const sheetsCard = (
  kind: SheetKind,
  all: readonly Sheet[],
  asked: readonly SheetAsked[],
  { reader, organisation, now }: Reading,
  page = 1,
): Card => {
  const sorted = all
    .filter(({ on }) => on.of === kind)
    .toSorted((a, b) => sheetOfWords(a.on).localeCompare(sheetOfWords(b.on)));
  const { shown, more } = onPage(sorted, page, A_PAGE);
  const known = new Set(sorted.map(({ id }) => id));
  const missing = asked.filter(
    (one) => one.on.of === kind && !known.has(sheetIdOf(one.on)) && readsAsked(organisation, one, reader),
  );
  const mine = (kind === 'product' ? organisation.products : [])
    .map(({ id, name }): SheetOf => ({ of: 'product', product: id, name }))
    .filter(
      (on) =>
        maySave(organisation, on, reader) &&
        ![...known, ...missing.map((one) => sheetIdOf(one.on))].includes(sheetIdOf(on)),
    );
  const mayFill =
    kind === 'country' ||
    organisation.products.some(({ id, name }) => maySave(organisation, { of: 'product', product: id, name }, reader));
  const fillers = mayFill
    ? []
    : [
        ...new Set(
          organisation.products.flatMap(({ id, name }) => askedFor(organisation, { of: 'product', product: id, name })),
        ),
      ];
  const [one, many] = kind === 'country' ? ['country brief', 'country briefs'] : ['product sheet', 'product sheets'];
  return {
    blocks: [
      { kind: 'title', text: sorted.length === 0 ? `No ${one} yet` : count(sorted.length, one, many) },
      ...(sorted.length === 0
        ? [
            {
              kind: 'text',
              text:
                kind === 'country'
                  ? 'Counsel or compliance answers once what every deal to a country asks. Each deal team confirms it.'
                  : 'A product’s manager answers once what every deal with it asks. Each deal team confirms it.',
            } satisfies Block,
          ]
        : []),
      ...shown.flatMap((sheet): Block[] => [
        {
          kind: 'text',
          text: [
            { strong: `${sheetOfWords(sheet.on)}: ` },
            ...versionSpans(sheet, hasRunOut(sheet, { organisation, now })),
            sheet.disputes.length === 0 ? '.' : `. ${count(sheet.disputes.length, 'dispute')}.`,
          ],
        },
        ...row(
          showSheetButton(sheet.on),
          maySave(organisation, sheet.on, reader) && sheetButton(sheet.on, 'Look again'),
        ),
      ]),
      ...missing.slice(0, A_PAGE).flatMap(({ on, at, to }): Block[] => [
        {
          kind: 'text',
          text: [
            { strong: `${sheetOfWords(on)}: ` },
            'not there yet. Asked on ',
            `${dayWords(at)}: `,
            ...people(to),
            '.',
          ],
        },
        ...row(maySave(organisation, on, reader) && sheetButton(on, 'Fill it in')),
      ]),
      ...notes(
        missing.length - A_PAGE,
        (n) => `And ${n} more that were asked for. They come here as these are filled in.`,
      ),
      ...(mine.length === 0
        ? []
        : [{ kind: 'text', text: 'Fill one in: of these nobody has said anything yet.' } satisfies Block]),
      ...(fillers.length === 0
        ? []
        : [{ kind: 'text', text: ['Who fills them in: ', ...people(fillers.slice(0, A_PAGE)), '.'] } satisfies Block]),
      ...inFives(mine.slice(0, A_PAGE)).flatMap((five) =>
        row(...five.map((on) => sheetButton(on, shorten(sheetOfWords(on), 60)))),
      ),
      ...notes(
        mine.length - A_PAGE,
        (n) => `And ${n} more. They come here as these are filled in, or by the word with their name.`,
      ),
      ...row(
        begins(organisation, kind, reader) && beginSheetButton(kind),
        more > 0 && sheetsListButton(kind, page + 1, more),
      ),
    ],
  };
};
