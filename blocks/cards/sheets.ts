/** Messages of the register of product sheets and country briefs. */

import type { ReminderStage } from '../../flows/ids.ts';
import type { CompiledPolicy, QuestionId } from '../../flows/policy/policy.ts';
import type { SheetsFact, SheetsState } from '../../flows/registers/sheet-shapes.ts';
import type { Card, Text } from '../card.ts';
import { capital, count, dayWords, shorten } from '../words.ts';
import { judgeSheetButton, settleDisputeButton, sheetButton } from './actions-sheets.ts';
import { row } from './actions.ts';
import { reachedItems, type HoldAround } from './hold.ts';
import { changeText, disputeText, sheetKind, sheetOfWords, sheetTitle, versionSpans } from './sheet-words.ts';

const MOST_ITEMS = 20;

const some = (items: readonly Text[]): Text[] => {
  const more = items.length - MOST_ITEMS;
  return [...items.slice(0, MOST_ITEMS), ...(more > 0 ? [`and ${count(more, 'more')}`] : [])];
};

const namesOf = (policy: CompiledPolicy | undefined, questions: readonly QuestionId[]): Text[] =>
  some(questions.map((id) => shorten(policy?.question(id)?.text ?? id, 200)));

const RUN_OUT: Record<ReminderStage, string> = {
  before: 'This runs out soon',
  reminder: 'This runs out today',
  overdue: 'This has run out',
  escalation: 'Somebody may need help',
  suspension: 'This runs out',
  delegated: 'This runs out',
};

const runOutCard = (fact: Extract<SheetsFact, { fact: 'sheets run out' }>): Card => ({
  blocks: [
    { kind: 'title', text: RUN_OUT[fact.of], tone: fact.of === 'before' ? 'neutral' : 'attention' },
    {
      kind: 'list',
      items: some(fact.sheets.map(({ on, until }) => `${sheetTitle(on)}: valid until ${dayWords(until)}`)),
    },
    {
      kind: 'note',
      text:
        fact.of === 'escalation'
          ? 'You get this because the people who look after them have not reacted. Deals no longer take what has run out.'
          : 'You get this because you look after them. Save each again, changed or as it is: deals no longer take what has run out.',
    },
    ...row(...fact.sheets.slice(0, 1).map(({ on }) => sheetButton(on, 'Look again'))),
  ],
});

export const sheetFactCard = (fact: SheetsFact, _state: SheetsState, around: HoldAround): Card => {
  const { policy } = around;
  switch (fact.fact) {
    case 'sheets asked':
      return {
        blocks: [
          { kind: 'title', text: 'Deals wait for what you know' },
          { kind: 'list', items: some(fact.of.map(sheetTitle)) },
          {
            kind: 'note',
            text: 'You answer once, for every deal, and say what your answers stand on. You are asked once for each; until then every deal team answers for itself.',
          },
          ...row(
            ...fact.of
              .slice(0, 3)
              .map((on) => sheetButton(on, fact.of.length === 1 ? 'Fill it in' : shorten(sheetOfWords(on), 40))),
          ),
        ],
      };
    case 'sheet waits':
      return {
        blocks: [
          { kind: 'title', text: `Lighter answers: ${sheetTitle(fact.on)}`, tone: 'attention' },
          { kind: 'text', text: [{ person: fact.by }, ' gave answers that are lighter than before:'] },
          { kind: 'list', items: namesOf(policy, fact.questions) },
          { kind: 'quote', text: shorten(fact.why, 600) },
          {
            kind: 'note',
            text: 'You get this because they count once somebody of compliance who did not give them confirms them. Until then deals take the answers of before.',
          },
          ...row(judgeSheetButton(fact.on, fact.sheet)),
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
          { kind: 'quote', text: shorten(fact.reason, 600) },
        ],
      };
    case 'sheet disputed':
      return {
        blocks: [
          { kind: 'title', text: `Somebody disputes: ${sheetTitle(fact.on)}`, tone: 'attention' },
          { kind: 'text', text: disputeText(fact.dispute) },
          { kind: 'list', items: namesOf(policy, fact.dispute.questions) },
          {
            kind: 'note',
            text: 'You get this because you look after it. Save it again with other answers, or say why it stays as it is.',
          },
          ...row(sheetButton(fact.on, 'Change it'), settleDisputeButton(fact.on, fact.sheet, fact.dispute.id)),
        ],
      };
    case 'dispute settled':
      return {
        blocks: [
          { kind: 'title', text: `It stays: ${sheetTitle(fact.on)}` },
          { kind: 'text', text: [{ person: fact.by }, ' looked at what you said, and leaves it as it is:'] },
          { kind: 'quote', text: shorten(fact.reason, 600) },
        ],
      };
    case 'sheets run out':
      return runOutCard(fact);
    case 'sheet heavier for deals': {
      const { sheet, questions, reached } = fact;
      return {
        blocks: [
          { kind: 'title', text: `Heavier now: ${sheetTitle(sheet.on)}`, tone: 'attention' },
          { kind: 'text', text: [`${capital(sheetKind(sheet.on.of))}, `, ...versionSpans(sheet, false), '.'] },
          { kind: 'list', items: some(questions.map((id) => changeText(policy, sheet, id, sheet.version - 1))) },
          { kind: 'text', text: `It changes ${count(reached.deals, 'deal')} of yours that took it:` },
          { kind: 'list', items: reachedItems(reached, around.deals) },
          {
            kind: 'note',
            text: 'You get this because you own them. Deals under way have the new answers, and votes on the old ones are void; approved deals are to be reassessed.',
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
