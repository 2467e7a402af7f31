/** Compliance accepts what is not known: all of a deal on one page, with one reason. */

import { acceptableGaps, exceptionToConfirm, gapsShown } from '../../flows/deal/context/gaps.ts';
import { MIN_GAP_REASON } from '../../flows/deal/deciding/gaps.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { OpenQuestion } from '../../flows/policy/policy.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { exceptionWords, WHY_OPEN } from '../cards/gap-words.ts';
import { count, shorten } from '../words.ts';
import { makeForm, paragraphInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** Each is a block, and Slack takes 100 of them. */
const MOST = 60;
const GAP = 'gap:';
const CONFIRM = 'confirm';
const TICKED = 'yes';

const NEWER = 'Nothing is saved yet: the answers changed while you were reading. Please look at them again.';
const COUNTS =
  'What you accept counts as a concern, never as the good answer. Every later approver sees that you accepted it, and why. If the answer changes later, this ends.';

const gapTick = ({ id, text, why }: OpenQuestion, values: FormValues): FormBlock =>
  ticksInput(`${GAP}${id}`, shorten(text, 300), [{ value: TICKED, label: 'Accept' }], ticksOf(values, `${GAP}${id}`), {
    hint: why && WHY_OPEN[why],
    optional: true,
  });

/** `seen`: what the form showed before (`gapsShown`); absent: it is shown for the first time. */
export const acceptGapsForm = (view: DealView, values: FormValues = {}, seen?: string | undefined): Form => {
  const gaps = acceptableGaps(view);
  const exception = exceptionToConfirm(view);
  if (gaps.length === 0 && !exception) return savedForm('Nothing is left here that compliance could accept.');
  const now = gapsShown(view);
  const more = gaps.length - MOST;
  return makeForm({
    name: 'deal.accept-gaps',
    title: gaps.length > 0 ? 'Accept gaps' : 'Confirm the exception',
    submit: gaps.length > 0 ? 'Accept' : 'Confirm',
    context: { deal: view.deal.id, seen: now },
    blocks: [
      ...(seen !== undefined && seen !== now ? [{ kind: 'text', text: [{ strong: NEWER }] } as const] : []),
      ...(gaps.length > 0
        ? ([
            { kind: 'heading', text: `${count(gaps.length, 'thing')} not known` },
            { kind: 'text', text: COUNTS },
          ] as const)
        : []),
      ...gaps.slice(0, MOST).map((gap) => gapTick(gap, values)),
      ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, once these are settled.` } as const] : []),
      ...(exception
        ? [
            ticksInput(
              CONFIRM,
              `An exception of the policy fits: ${exceptionWords(exception)}`,
              [{ value: exception.id, label: 'Confirm it for this deal' }],
              ticksOf(values, CONFIRM),
              { hint: 'Look at each of these answers first. If one changes later, this ends.', optional: true },
            ),
          ]
        : []),
      paragraphInput('reason', 'Why?', textOf(values, 'reason'), {
        minLength: MIN_GAP_REASON,
        hint: 'One reason for all that you tick. The thread shows it.',
      }),
    ],
  });
};

export interface GapsRead {
  questions: string[];
  confirm?: string | undefined;
  reason: string;
}

export const readAcceptGapsForm = (values: FormValues): Read<GapsRead> => {
  const form = reader(values);
  const questions = Object.keys(values)
    .filter((name) => name.startsWith(GAP) && form.ticks(name).includes(TICKED))
    .map((name) => name.slice(GAP.length));
  const [confirm] = form.ticks(CONFIRM);
  const reason = form.required('reason', 'Please say why. Every later approver reads it.', { min: MIN_GAP_REASON });
  if (questions.length === 0 && confirm === undefined) form.fail('reason', 'Please tick what you accept, further up.');
  return form.done({ questions, reason, ...(confirm === undefined ? {} : { confirm }) });
};
