/** Compliance accepts what is not known: all of a deal on one page, with one reason. */

import {
  acceptableGaps,
  acceptedOver,
  exceptionToConfirm,
  gapsForMilder,
  overNow,
} from '../../flows/deal/context/gaps.ts';
import { tierShown } from '../../flows/deal/context/tier.ts';
import { MIN_GAP_REASON } from '../../flows/deal/deciding/gaps.ts';
import { gapsShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { AcceptedOf, AcceptedOver } from '../../flows/gap-acceptance.ts';
import type { Day } from '../../flows/ids.ts';
import { TIERS, type OpenQuestion } from '../../flows/policy/policy.ts';
import { untilProblem, usualUntil } from '../../flows/registers/gaps.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { aboutAllBlocks } from '../cards/confirm.ts';
import { acceptedOfWords, exceptionWords, noGraverWords, tookBack, WHY_OPEN } from '../cards/gap-words.ts';
import { count, dayWords, endsOf, LONGEST_SAID, quoted, sentence, shorten, tierWord } from '../words.ts';
import { allBeside, withBeside } from './all-beside.ts';
import { type Looking, newerThan, type Shown, writtenNow } from './confirm-looking.ts';
import { exceptionBlocks } from './exception.ts';
import { NOT_ALONE } from './flag.ts';
import { choiceInput, dateInput, makeForm, paragraphInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** Each is a block, and Slack takes 100 of them. */
const MOST = 50;
const GAP = 'gap:';
const CONFIRM = 'confirm';
const TICKED = 'yes';

const COUNTS =
  'What you accept counts as a concern, never as the good answer. Every later approver sees that you accepted it, and why. If the answer changes later, this ends.';

const gapTick = (view: DealView, { id, text, why }: OpenQuestion, values: FormValues): FormBlock => {
  const about = view.policy.question(id)?.about;
  const before = view.deal.changed?.includes(id) ? 'It was answered differently before' : undefined;
  const hint = [why && WHY_OPEN[why], about && `About the ${about}`, before].filter((part) => part !== undefined);
  return ticksInput(
    `${GAP}${id}`,
    shorten(text, 300),
    [{ value: TICKED, label: 'Accept' }],
    ticksOf(values, `${GAP}${id}`),
    { hint: hint.length === 0 ? undefined : `${hint.join('. ')}.`, optional: true },
  );
};

/** What an acceptance can be for, beside this deal: its country, and its product where the catalogue has it. */
const around = ({ deal, organisation }: DealView): AcceptedOf[] => {
  const { destination, product } = deal.details;
  const listed = organisation.products.some(({ id, name }) => id === product.id && name === product.name);
  return [
    { of: 'country', country: destination },
    ...(listed ? [{ of: 'product' as const, product: product.id, name: product.name }] : []),
  ];
};

/** Over what it is accepted, where for this deal alone, and when it ends: its tier, its end-user and its product as they are now. */
const overBlocks = (view: DealView): FormBlock[] => {
  const over = overNow(view);
  const tier = tierShown(view);
  if (!over) return [];
  const now =
    tier === undefined
      ? 'not all sections are answered, so it has no tier yet'
      : `tier ${tierWord(tier).toLowerCase()}`;
  return [
    {
      kind: 'note',
      text: `You accept it over this deal as it is now: ${now}; ${noGraverWords(over)}. If the deal gets graver than that, it ends, also where it is for only this deal, and compliance looks again.`,
    },
  ];
};

/** Who would not take it. */
const graverHint = (over: AcceptedOver | undefined): string =>
  over ? ` Graver deals don’t take it: ${noGraverWords(over)}.` : '';

/** What is accepted there already, over a milder deal. */
const milderBlocks = (view: DealView): FormBlock[] =>
  gapsForMilder(view).map(({ by, at, on, over, reason }) => ({
    kind: 'note',
    text: [
      `Accepted for ${on.of === 'country' ? 'deals to' : 'deals with'} ${acceptedOfWords(on)} by `,
      { person: by },
      ` on ${dayWords(at)}, but for milder ones${over ? ` (${noGraverWords(over)})` : ''}, so this deal does not take it: ${sentence(endsOf(reason, LONGEST_SAID))}`,
    ],
  }));

const widerBlocks = (view: DealView, values: FormValues): FormBlock[] => {
  const about = new Set(acceptableGaps(view).map(({ id }) => view.policy.question(id)?.about));
  const offered = around(view).filter(({ of }) => about.has(of));
  if (offered.length === 0) return [];
  return [
    choiceInput(
      'for',
      'For which deals?',
      [
        { value: 'deal', label: 'Only this deal' },
        ...offered.map((on) => ({
          value: on.of,
          label: `All deals ${on.of === 'country' ? 'to' : 'with'} ${shorten(acceptedOfWords(on), 50)}`,
        })),
      ],
      textOf(values, 'for') ?? 'deal',
      {
        hint: `What is not about the country or the product counts for this deal alone.${graverHint(acceptedOver(view))}`,
      },
    ),
    dateInput('until', 'For all of them: until when?', textOf(values, 'until') ?? usualUntil(view.now.slice(0, 10)), {
      hint: 'At most twelve months. Only this deal: leave it as it is.',
      optional: true,
    }),
  ];
};

/** Why somebody took one of these back: whoever accepts it again does so over that. */
const takenBackBlocks = (view: DealView, gaps: ReturnType<typeof acceptableGaps>): FormBlock[] => {
  const back = gaps.flatMap(({ id, text }) => {
    const one = view.deal.gapsTakenBack?.[id];
    return one ? [{ ...one, text }] : [];
  });
  return back.length === 0
    ? []
    : [
        {
          kind: 'list',
          items: back
            .slice(0, MOST)
            .map(({ by, at, reason, text, byItself }) => [
              { strong: `Taken back on ${dayWords(at)}: ` },
              `${shorten(text, 150)} `,
              ...(tookBack(view, { by, byItself })
                ? [{ person: by }, `: ${quoted(reason, LONGEST_SAID)}`]
                : [`${sentence(endsOf(reason, LONGEST_SAID))} By what `, { person: by }, ' said.']),
            ]),
        },
      ];
};

/** `shown`: what the form showed before (`gapsShown`). */
export const acceptGapsForm = (
  view: DealView,
  values: FormValues = {},
  shown: Shown = {},
  looking: Looking = {},
): Form => {
  const gaps = acceptableGaps(view);
  const exception = exceptionToConfirm(view);
  if (gaps.length === 0 && !exception) return savedForm('Nothing is left here that compliance could accept.');
  const now = gapsShown(view);
  const written = writtenNow(view, looking);
  const more = gaps.length - MOST;
  return makeForm({
    name: 'deal.accept-gaps',
    title: gaps.length > 0 ? 'Accept gaps' : 'Confirm the exception',
    submit: gaps.length > 0 ? 'Accept' : 'Confirm',
    context: { deal: view.deal.id, seen: now, ...written },
    blocks: withBeside(
      [
        ...aboutAllBlocks(view),
        ...newerThan(shown, now, written),
        ...(gaps.length > 0
          ? ([
              { kind: 'heading', text: `${count(gaps.length, 'thing')} not known` },
              { kind: 'text', text: COUNTS },
              ...(view.policy.managerAlone === false && view.assessment.tier !== TIERS[0]
                ? ([{ kind: 'note', text: `If the tier falls to ${TIERS[0]}, ${NOT_ALONE}` }] as const)
                : []),
            ] as const)
          : []),
        ...(gaps.length > 0 ? overBlocks(view) : []),
        ...milderBlocks(view),
        ...takenBackBlocks(view, gaps),
        ...gaps.slice(0, MOST).map((gap) => gapTick(view, gap, values)),
        ...(more > 0 ? [{ kind: 'note', text: `And ${more} more, once these are settled.` } as const] : []),
        ...(exception ? exceptionBlocks(view, exception.id) : []),
      ],
      allBeside(view, looking, exception ? { against: true } : {}),
      [
        ...(exception
          ? [
              ticksInput(
                CONFIRM,
                `An exception of the policy fits: ${exceptionWords(exception)}`,
                [{ value: exception.id, label: 'Confirm it for this deal' }],
                ticksOf(values, CONFIRM),
                { hint: 'Look at each of the answers above first. If one changes later, this ends.', optional: true },
              ),
            ]
          : []),
        ...widerBlocks(view, values),
        paragraphInput('reason', 'Why?', textOf(values, 'reason'), {
          minLength: MIN_GAP_REASON,
          hint: 'One reason for all that you tick. The thread shows it.',
        }),
      ],
    ),
  });
};

export interface GapsRead {
  questions: string[];
  confirm?: string | undefined;
  reason: string;
  /** What else it is for: the questions of it that are about the country or the product, and until when. */
  wider?: { on: AcceptedOf; questions: string[]; until: Day; over?: AcceptedOver | undefined } | undefined;
}

const NONE_ABOUT = 'Nothing that you ticked is about that. Choose “Only this deal”, or tick what is.';

export const readAcceptGapsForm = (values: FormValues, view: DealView): Read<GapsRead> => {
  const form = reader(values);
  const questions = Object.keys(values)
    .filter((name) => name.startsWith(GAP) && form.ticks(name).includes(TICKED))
    .map((name) => name.slice(GAP.length));
  const [confirm] = form.ticks(CONFIRM);
  const reason = form.reason('reason', 'Please say why. Every later approver reads it.', { min: MIN_GAP_REASON });
  if (questions.length === 0 && confirm === undefined) form.fail('reason', 'Please tick what you accept, further up.');
  const own = { questions, reason, ...(confirm === undefined ? {} : { confirm }) };
  const on = around(view).find(({ of }) => of === textOf(values, 'for'));
  if (!on) return form.done(own);
  const about = questions.filter((id) => view.policy.question(id)?.about === on.of);
  if (about.length === 0) form.fail('for', NONE_ABOUT);
  const until = form.day('until', 'Please say until when.');
  const late = until === '' ? undefined : untilProblem(until, view.now.slice(0, 10));
  if (late !== undefined) form.fail('until', late);
  const over = acceptedOver(view);
  return form.done({ ...own, wider: { on, questions: about, until, ...(over ? { over } : {}) } });
};
