/** Messages of the register of product sheets and country briefs. */

import type { ReminderStage } from '../../flows/ids.ts';
import { own } from '../../flows/own.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import { maySave } from '../../flows/registers/sheet-owners.ts';
import { judgeRefusal, settleRefusal } from '../../flows/registers/sheet-rights.ts';
import type { SheetsFact, SheetsState } from '../../flows/registers/sheet-shapes.ts';
import type { SheetOf } from '../../flows/sheet.ts';
import type { Block, Card, Text } from '../card.ts';
import { capital, count, dayWords, endsOf, LONGEST_SAID, shorten, quoted } from '../words.ts';
import {
  allSheetsButton,
  judgeSheetButton,
  settleDisputeButton,
  sheetButton,
  showSheetButton,
} from './actions-sheets.ts';
import { row } from './actions.ts';
import { folded } from './folded.ts';
import { reachedItems, type HoldAround } from './hold.ts';
import { CITATIONS } from './reassessment-words.ts';
import { changeText, disputeText, sheetKind, sheetOfWords, sheetTitle, versionSpans } from './sheet-words.ts';

const MOST_ITEMS = 20;

const namesOf = (policy: CompiledPolicy | undefined, questions: readonly QuestionId[]): Text[] =>
  folded(
    questions.map((id) => shorten(policy?.question(id)?.text ?? id, 200)),
    MOST_ITEMS,
    'more question',
  );

const RUN_OUT: Record<ReminderStage, string> = {
  before: 'This runs out soon',
  reminder: 'Its last day has come',
  overdue: 'This has run out',
  escalation: 'Somebody may need help',
  suspension: 'This runs out',
  delegated: 'This runs out',
};

const MOST_BUTTONS = 5;

/** Buttons for those that the reader may fill in; of more than fit, those of the list. */
const fillButtons = (sheets: readonly SheetOf[], { reader, organisation }: HoldAround, label: string): Block[] => {
  const mine = sheets.filter((on) => reader !== undefined && maySave(organisation, on, reader));
  const kinds = mine.length > MOST_BUTTONS ? [...new Set(mine.map(({ of }) => of))] : [];
  return row(
    ...mine
      .slice(0, MOST_BUTTONS)
      .map((on) => sheetButton(on, sheets.length === 1 ? label : shorten(sheetOfWords(on), 40))),
    ...kinds.map(allSheetsButton),
  );
};

const runOutCard = (fact: Extract<SheetsFact, { fact: 'sheets run out' }>, around: HoldAround): Card => ({
  blocks: [
    { kind: 'title', text: RUN_OUT[fact.of], tone: fact.of === 'before' ? 'neutral' : 'attention' },
    {
      kind: 'list',
      items: folded(
        fact.sheets.map(({ on, until }) => `${sheetTitle(on)}: valid until ${dayWords(until)}`),
        MOST_ITEMS,
        'more',
        ': the list shows all',
      ),
    },
    {
      kind: 'note',
      text:
        fact.of === 'escalation'
          ? 'You get this because the people who look after them have not reacted. Please ask them: deals no longer take what has run out.'
          : 'You get this because you look after them. Save each again, changed or as it is: deals no longer take what has run out.',
    },
    ...fillButtons(
      fact.sheets.map(({ on }) => on),
      around,
      'Look again',
    ),
  ],
});

/** Words of one message: keeps its list under Slack's 3,000 characters a block. */
const [MOST_NOTED, LONGEST_NOTED] = [5, 400];

export const sheetFactCard = (fact: SheetsFact, state: SheetsState, around: HoldAround): Card => {
  const { policy, organisation, reader } = around;
  switch (fact.fact) {
    case 'sheets asked':
      return {
        blocks: [
          { kind: 'title', text: 'Deals wait for what you know' },
          { kind: 'list', items: folded(fact.of.map(sheetTitle), MOST_ITEMS, 'more', ': the list shows all') },
          {
            kind: 'note',
            text: 'You answer once, for every deal, and say what your answers stand on. You are asked once for each; until then every deal team answers for itself.',
          },
          ...fillButtons(fact.of, around, 'Fill it in'),
        ],
      };
    case 'sheet waits':
      return {
        blocks: [
          { kind: 'title', text: `Lighter answers: ${sheetTitle(fact.on)}`, tone: 'attention' },
          { kind: 'text', text: [{ person: fact.by }, ' gave answers that are lighter than before:'] },
          { kind: 'list', items: namesOf(policy, fact.questions) },
          { kind: 'quote', text: endsOf(fact.why, LONGEST_SAID) },
          {
            kind: 'note',
            text: 'You get this because they count once somebody of compliance who did not give them confirms them. Until then deals take the answers of before.',
          },
          ...row(
            reader !== undefined &&
              judgeRefusal(organisation, own(state.sheets, fact.sheet)?.waits, reader) === undefined &&
              judgeSheetButton(fact.on, fact.sheet),
          ),
        ],
      };
    case 'sheet against catalogue':
      return {
        blocks: [
          { kind: 'title', text: `The catalogue says otherwise: ${sheetTitle(fact.on)}`, tone: 'attention' },
          { kind: 'text', text: [{ person: fact.by }, ' answered that it can do nothing with data about people.'] },
          { kind: 'list', items: fact.says },
          {
            kind: 'note',
            text: 'You get this because you are of compliance. Deals take these answers, and each shows what the catalogue says. If it is right, save other answers; if not, have the organisation file set right.',
          },
          ...row(
            showSheetButton(fact.on),
            reader !== undefined && maySave(organisation, fact.on, reader) && sheetButton(fact.on, 'Change it'),
          ),
        ],
      };
    case 'sheet noted':
      return {
        blocks: [
          { kind: 'title', text: `Other words: ${sheetTitle(fact.on)}`, tone: 'attention' },
          {
            kind: 'text',
            text: [{ person: fact.by }, ' wrote something else under answers that speak against deals:'],
          },
          {
            kind: 'list',
            items: [
              ...fact.said
                .slice(0, MOST_NOTED)
                .map(({ question, note = '' }): Text => [
                  `${quoted(note, LONGEST_NOTED)} To ${quoted(policy?.question(question)?.text ?? question, 150)}`,
                ]),
              ...(fact.said.length > MOST_NOTED
                ? [`And ${fact.said.length - MOST_NOTED} more: the sheet shows them.`]
                : []),
            ],
          },
          {
            kind: 'note',
            text: 'You get this because you are of compliance. The answers are the same, so no deal changes by it: those that are approved were judged without these words.',
          },
          ...row(showSheetButton(fact.on)),
        ],
      };
    case 'sheet confirmed':
      return {
        blocks: [
          { kind: 'title', text: `Confirmed: ${sheetTitle(fact.on)}`, tone: 'good' },
          {
            kind: 'text',
            text: [{ person: fact.by }, ` confirmed your answers: they count as version ${fact.version}.`],
          },
        ],
      };
    case 'sheet refused':
      return {
        blocks: [
          { kind: 'title', text: `Not confirmed: ${sheetTitle(fact.on)}`, tone: 'attention' },
          {
            kind: 'text',
            text: [{ person: fact.by }, ' did not confirm your lighter answers. Those of before count on.'],
          },
          { kind: 'quote', text: endsOf(fact.reason, LONGEST_SAID) },
        ],
      };
    case 'sheet disputed': {
      const sheet = own(state.sheets, fact.sheet);
      const settles =
        reader !== undefined && sheet && settleRefusal(organisation, sheet, fact.dispute, reader) === undefined;
      return {
        blocks: [
          { kind: 'title', text: `Somebody disputes: ${sheetTitle(fact.on)}`, tone: 'attention' },
          { kind: 'text', text: disputeText(fact.dispute) },
          { kind: 'list', items: namesOf(policy, fact.dispute.questions) },
          {
            kind: 'note',
            text: settles
              ? 'You get this because you look after it, or are of compliance. Save it again with other answers, or say why it stays as it is.'
              : 'You get this because you look after it, or gave what is disputed. Save it again with other answers; or somebody else says why it stays, such as compliance, who are told too.',
          },
          ...row(
            reader !== undefined && maySave(organisation, fact.on, reader) && sheetButton(fact.on, 'Change it'),
            settles && settleDisputeButton(fact.on, fact.sheet, fact.dispute.id),
          ),
        ],
      };
    }
    case 'dispute settled':
      return {
        blocks: [
          { kind: 'title', text: `It stays: ${sheetTitle(fact.on)}` },
          ...(reader === fact.dispute.by
            ? []
            : [{ kind: 'text', text: ['Disputed by ', ...disputeText(fact.dispute)] } satisfies Block]),
          {
            kind: 'text',
            text: [
              { person: fact.by },
              ` looked at ${reader === fact.dispute.by ? 'what you said' : 'it'}, and leaves it as it is:`,
            ],
          },
          { kind: 'quote', text: endsOf(fact.reason, LONGEST_SAID) },
        ],
      };
    case 'sheets run out':
      return runOutCard(fact, around);
    case 'sheet heavier for deals': {
      const { sheet, questions, reached } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Heavier now: ${sheetTitle(sheet.on)}`, tone: 'attention' },
          { kind: 'text', text: [`${capital(sheetKind(sheet.on.of))}, `, ...versionSpans(sheet, false), '.'] },
          {
            kind: 'list',
            items: folded(
              questions.map((id) => changeText(policy, sheet, id, sheet.version - 1)),
              MOST_ITEMS,
              'more change',
            ),
          },
          { kind: 'text', text: `It reaches ${count(reached.deals, 'deal')} of yours:` },
          { kind: 'list', items: reachedItems(reached, around.deals) },
          {
            kind: 'note',
            text: `You get this because you own them. Deals under way have the new answers, and votes on the old ones are void; approved deals are to be reassessed (${CITATIONS[sheet.on.of === 'country' ? 'A5' : 'A3']}).`,
          },
        ],
      };
    }
    default: {
      const never: never = fact;
      return never;
    }
  }
};
