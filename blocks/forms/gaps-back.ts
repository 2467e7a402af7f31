/** Compliance takes back what it accepted as not known, of a deal, or ends it for a country or a product. */

import { gapsToTakeBack } from '../../flows/deal/context/gaps.ts';
import type { Settled } from '../../flows/deal/deal.ts';
import { MIN_GAP_REASON } from '../../flows/deal/deciding/gaps.ts';
import { nameOf } from '../../flows/deal/rights/seats.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { GapAcceptance, TakenFrom } from '../../flows/gap-acceptance.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { exceptionText, questionText, takenWords } from '../cards/gap-words.ts';
import { acceptanceBlocks } from '../cards/gaps-register.ts';
import { dayWords, sentence, shorten } from '../words.ts';
import { makeForm, paragraphInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** Each is a block, and Slack takes 100 of them. */
const MOST = 60;
const TICKED = 'yes';
const BACK = 'back:';
const UNCONFIRM = 'unconfirm:';

export const takeGapsBackForm = (view: DealView, values: FormValues = {}): Form => {
  const { gaps, exceptions } = gapsToTakeBack(view);
  if (gaps.length + exceptions.length === 0) {
    return savedForm('Nothing is left here that compliance could take back.');
  }
  const tick = (name: string, label: string, { by, at, reason }: Settled, from?: TakenFrom): FormBlock =>
    ticksInput(name, shorten(label, 300), [{ value: TICKED, label: 'Take back' }], ticksOf(values, name), {
      hint: `${nameOf(view, by)} on ${dayWords(at)}${takenWords(from)}: ${sentence(shorten(reason, 150))}`,
      optional: true,
    });
  return makeForm({
    name: 'deal.take-gaps-back',
    title: 'Take back',
    submit: 'Take back',
    context: { deal: view.deal.id },
    blocks: [
      {
        kind: 'text',
        text: 'What you take back counts as not known again, and the deal gets heavier by it. Votes on it no longer count. The thread shows who did it, and why.',
      },
      ...gaps.slice(0, MOST).map((gap) => tick(`${BACK}${gap.id}`, questionText(view, gap.id), gap, gap.from)),
      ...(gaps.length > MOST
        ? [{ kind: 'note', text: `And ${gaps.length - MOST} more, once these are taken back.` } as const]
        : []),
      ...exceptions.map((one) =>
        tick(`${UNCONFIRM}${one.id}`, `The exception: ${sentence(exceptionText(view, one.id))}`, one),
      ),
      paragraphInput('reason', 'Why?', textOf(values, 'reason'), {
        minLength: MIN_GAP_REASON,
        hint: 'One reason for all that you tick. Every later approver reads it.',
      }),
    ],
  });
};

export interface TakenBackRead {
  questions: string[];
  exceptions?: string[] | undefined;
  reason: string;
}

export const readTakeGapsBackForm = (values: FormValues): Read<TakenBackRead> => {
  const form = reader(values);
  const ticked = (start: string): string[] =>
    Object.keys(values)
      .filter((name) => name.startsWith(start) && form.ticks(name).includes(TICKED))
      .map((name) => name.slice(start.length));
  const [questions, exceptions] = [ticked(BACK), ticked(UNCONFIRM)];
  const reason = form.reason('reason', 'Please say why. Every later approver reads it.', { min: MIN_GAP_REASON });
  if (questions.length + exceptions.length === 0) form.fail('reason', 'Please tick what you take back, further up.');
  return form.done({ questions, reason, ...(exceptions.length === 0 ? {} : { exceptions }) });
};

export const endGapForm = (
  acceptance: GapAcceptance | undefined,
  policy: CompiledPolicy | undefined,
  values: FormValues = {},
): Form =>
  acceptance === undefined
    ? savedForm('This was ended already.')
    : makeForm({
        name: 'desk.end-gap',
        title: 'End it',
        submit: 'End it',
        context: { acceptance: acceptance.id },
        blocks: [
          ...acceptanceBlocks(acceptance, policy),
          {
            kind: 'text',
            text: 'Later deals no longer take it. A decided deal stays decided. One under way loses what it took of it, and votes on that no longer count.',
          },
          paragraphInput('reason', 'Why does it end?', textOf(values, 'reason'), { hint: 'It stays on the record.' }),
        ],
      });

export const readEndGapForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please say why. It stays on the record.') });
};
