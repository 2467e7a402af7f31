/** Flags that people raise: raising one, and settling it by compliance. */

import { saidByOthers } from '../../flows/deal/context/worries.ts';
import {
  LONGEST_FLAG,
  MIN_FLAG,
  WHY_ANOTHER,
  WHY_THEM,
  isLighterThanWaited,
  WHY_LIGHTER,
} from '../../flows/deal/deciding/flagging.ts';
import { flagShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { shorten } from '../../flows/ends-of.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { type FlagId, type Weight, WEIGHTS } from '../../flows/policy/policy.ts';
import { smallSum } from '../../flows/sum.ts';
import type { Form, FormBlock, FormValues } from '../card.ts';
import { aboutAllBlocks } from '../cards/confirm.ts';
import { liftedItems } from '../cards/ended-words.ts';
import { everBlocks, ofProductBlocks, type Written } from '../cards/ever-words.ts';
import { settledBefore } from '../cards/flag-waits.ts';
import { elsewhereBlocks, hitBlocks, type HitsElsewhere } from '../cards/hit-words.ts';
import { likeHeldBlocks } from '../cards/hold-words.ts';
import { officersBlocks } from '../cards/officers-words.ts';
import { heardItems } from '../cards/others-words.ts';
import { liftedStopItems } from '../cards/said-before.ts';
import { writtenShown } from '../cards/written-shown.ts';
import { weightWord } from '../words.ts';
import { newerThan } from './confirm-looking.ts';
import { choiceInput, makeForm, paragraphInput, textOf, following } from './inputs.ts';
import { newerBlocks } from './newer.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

export const raiseFlagForm = (view: DealView, values: FormValues = {}): Form =>
  makeForm({
    name: 'deal.raise-flag',
    title: 'Raise a flag',
    submit: 'Raise it',
    context: { deal: view.deal.id },
    blocks: [
      {
        kind: 'text',
        text: 'No list of warning signs is complete. If something worries you, say it here. Unless this deal is yours alone, compliance looks at it first.',
      },
      paragraphInput('title', 'What worries you, and why?', textOf(values, 'title'), {
        minLength: MIN_FLAG,
        hint: `At least ${MIN_FLAG} characters, at most ${LONGEST_FLAG}.`,
      }),
      { kind: 'note', text: 'The thread shows your flag with your name.' },
    ],
  });

/** What came too late, filled in as a flag. @param why - a sentence */
export const lateFlagForm = (view: DealView, why: string, words: string): Form => {
  const form = raiseFlagForm(view, { title: shorten(words, LONGEST_FLAG) });
  const text = [{ strong: 'Not counted. ' }, `${why} What you wrote is below: you can raise it as a flag.`];
  return { ...form, title: 'Not counted', blocks: [{ kind: 'text', text }, ...form.blocks] };
};

export const readRaiseFlagForm = (values: FormValues): Read<{ title: string }> => {
  const form = reader(values);
  return form.done({
    title: form.required('title', 'Please say in a sentence what worries you.', {
      min: MIN_FLAG,
      max: LONGEST_FLAG,
    }),
  });
};

/** Of one party: with all of them the form stays under what a chat shows. */
const MOST_HITS_IN_FORM = 8;

export type SettledFlag =
  | { verdict: 'admit'; weight: Weight; reason?: string | undefined }
  | { verdict: 'dismiss'; reason: string };

const VERDICTS = [
  { value: 'dismiss', label: 'Another party', description: 'It stays on the record, with your reason' },
  { value: 'admit', label: 'It is them', description: 'A severe red flag. A hold is one press away then' },
];

const HIT_SOURCE =
  'House rule: each party is compared with lists. The Guidance names reports and tools that say more of somebody (Guidance, Appendix 1).';

/** Compliance says whether somebody on a list is meant. Guidance: X1. */
const settleHitForm = (
  view: DealView,
  flag: OwnFlag,
  values: FormValues,
  seen: string | undefined,
  elsewhere: Elsewhere,
): Form => {
  const now = flagShown(view, flag);
  const hits = elsewhereShown(elsewhere.hits);
  const { choices, said } = offered(VERDICTS, notTheirs(view, flag, elsewhere));
  const verdict = chosen(values, choices);
  return makeForm({
    name: 'deal.settle-flag',
    title: 'Who is it?',
    ...sending(choices),
    context: { deal: view.deal.id, flag: flag.id, seen: now, ...(hits === undefined ? {} : { elsewhere: hits }) },
    blocks: [
      ...newerBlocks(`${now}${hits ?? ''}`, seen === undefined ? undefined : `${seen}${elsewhere.shown ?? ''}`),
      ...aboutAllBlocks(view),
      ...(flag.like
        ? likeHeldBlocks(view, flag, true)
        : [...hitBlocks(view, flag, MOST_HITS_IN_FORM), { kind: 'note', text: HIT_SOURCE } as const]),
      ...elsewhereBlocks(elsewhere.hits),
      ...said,
      ...asking(choices, () => [
        choiceInput('verdict', 'Is that who is meant?', choices, verdict, { reactive: true }),
        ...following([
          paragraphInput('reason', 'What differs, or what fits?', textOf(values, 'reason'), {
            hint: 'Such as: born in 1961, not 1990; another country. It stays with the deal.',
          }),
          ...notAlone(view, flag, verdict),
        ]),
      ]),
    ],
  });
};

/** How compliance settled it in other deals, and what of that the form showed before. */
export interface Elsewhere {
  hits: HitsElsewhere;
  shown?: string | undefined;
  /** What is written here and in other deals; and what of that the form showed before (`writtenShown`). */
  written?: Written | undefined;
  writtenBefore?: string | undefined;
  /** Who settles it: what they may not is not offered to them. */
  reader?: PersonId | undefined;
}

/** Why this person leaves one of the two to a colleague, or can't do it now. */
const notTheirs = (view: DealView, { id }: OwnFlag, { reader: who }: Elsewhere) => {
  const refused = (type: 'DismissFlag' | 'AdmitFlag'): string | undefined =>
    who === undefined ? undefined : refusedNow(view, who, { type, flag: id })?.text;
  return { dismiss: refused('DismissFlag'), admit: refused('AdmitFlag') };
};

/** The choices that are left, and what is said of the others. */
const offered = <T extends { value: string }>(verdicts: readonly T[], no: ReturnType<typeof notTheirs>) => ({
  choices: verdicts.filter(({ value }) => no[value === 'admit' ? 'admit' : 'dismiss'] === undefined),
  said: [...new Set([no.dismiss, no.admit])].flatMap((text): FormBlock[] =>
    text === undefined ? [] : [{ kind: 'text', text }],
  ),
});

/** Names what a form shows of other deals. Undefined: nothing, or there was no time to look. */
export const elsewhereShown = (hits: HitsElsewhere): string | undefined =>
  hits === 'late' || hits.length === 0 ? undefined : smallSum(JSON.stringify(hits));

/** Nothing is asked of whoever may do neither. */
const asking = (choices: readonly unknown[], ask: () => FormBlock[]): FormBlock[] => (choices.length > 0 ? ask() : []);
const sending = (choices: readonly unknown[]): { submit: string } | { close: string } =>
  choices.length > 0 ? { submit: 'Save' } : { close: 'Close' };

const chosen = (values: FormValues, choices: readonly { value: string }[]): string | undefined =>
  choices.map(({ value }) => value).find((value) => value === textOf(values, 'verdict'));

/** What follows for whoever sets something aside, or makes a deal lighter. */
export const NOT_ALONE =
  'you do not decide alone after that: while somebody else is here who can, they vote too. House rule.';

/** What it costs to set aside what others said. */
const notAlone = (view: DealView, flag: OwnFlag, verdict: string | undefined): FormBlock[] => {
  const isOfPeople = flag.by !== SYSTEM || saidByOthers(view, flag, SYSTEM).length > 0;
  if (!isOfPeople || view.policy.managerAlone !== false) return [];
  if (verdict === 'dismiss') return [{ kind: 'note', text: `If you dismiss it, ${NOT_ALONE}` }];
  return verdict === 'admit' && !flag.stops && !flag.hit
    ? [{ kind: 'note', text: `If you admit it as lighter than ${weightWord(flag.weight).toLowerCase()}, ${NOT_ALONE}` }]
    : [];
};

/** `seen`: what the form showed before (`flagShown`); absent: it is shown for the first time. */
export const settleFlagForm = (
  view: DealView,
  id: FlagId,
  values: FormValues = {},
  seen?: string | undefined,
  elsewhere: Elsewhere = { hits: [] },
): Form => {
  const flag = view.deal.ownFlags.find((f) => f.id === id);
  if (!flag) return savedForm('This flag is not part of the deal any more.');
  const now = flagShown(view, flag);
  if (flag.hit) return settleHitForm(view, flag, values, seen, elsewhere);
  const { written, writtenBefore } = elsewhere;
  const words = written && writtenShown(written);
  const { choices, said } = offered(
    [
      {
        value: 'admit',
        label: 'Admit it',
        description: flag.stops ? 'The tier stays high at least' : 'It is weighed with the other flags',
      },
      { value: 'dismiss', label: 'Dismiss it', description: 'It stays on the record, with your reason' },
    ],
    notTheirs(view, flag, elsewhere),
  );
  const verdict = chosen(values, choices);
  const rest: FormBlock[] =
    verdict === 'admit' && !flag.stops
      ? [
          choiceInput(
            'weight',
            'How heavy is it in this deal?',
            WEIGHTS.map((value) => ({ value, label: weightWord(value) })),
            textOf(values, 'weight') ?? flag.weight,
          ),
        ]
      : [];
  return makeForm({
    name: 'deal.settle-flag',
    title: 'Admit or dismiss',
    ...sending(choices),
    context: { deal: view.deal.id, flag: id, seen: now, ...(words === undefined ? {} : { written: words }) },
    blocks: [
      ...newerThan({ seen, written: writtenBefore }, now, { written: words }),
      { kind: 'quote', text: flag.title },
      ...settledBefore(flag),
      ...(flag.ended
        ? [{ kind: 'list', items: liftedItems(view) } as const]
        : flag.stops?.[view.deal.id] !== undefined
          ? [{ kind: 'list', items: liftedStopItems(view) } as const]
          : flag.by === SYSTEM
            ? [{ kind: 'list', items: heardItems(view) } as const]
            : [{ kind: 'note', text: ['Raised by ', { person: flag.by }] } as const]),
      ...(written
        ? [...officersBlocks(view, written.officers), ...everBlocks(view, written), ...ofProductBlocks(view, written)]
        : []),
      ...said,
      ...asking(choices, () => [
        choiceInput('verdict', 'Does it count?', choices, verdict, { reactive: true }),
        ...following([
          ...rest,
          paragraphInput('reason', 'Reason', textOf(values, 'reason'), {
            optional: verdict === 'dismiss' || flag.stops ? undefined : true,
            hint: flag.stops
              ? 'It stays with the deal.'
              : `Needed to dismiss it, and to admit it as lighter than ${weightWord(flag.weight).toLowerCase()}.`,
          }),
          ...notAlone(view, flag, verdict),
        ]),
      ]),
    ],
  });
};

/** `flag`: the one that it settles. */
export const readSettleFlagForm = (values: FormValues, flag?: OwnFlag): Read<SettledFlag> => {
  const form = reader(values);
  const verdict = form.maybeOne('verdict', ['admit', 'dismiss']);
  if (verdict === undefined) form.fail('verdict', flag?.hit ? 'Please say who it is.' : 'Please admit or dismiss it.');
  if (flag?.hit && verdict !== undefined) {
    const why = form.reason('reason', verdict === 'admit' ? WHY_THEM : WHY_ANOTHER);
    return form.done({ verdict, weight: flag.weight, reason: why });
  }
  if (verdict !== 'admit') {
    const reason = form.maybeReason('reason');
    if (verdict === 'dismiss' && reason === undefined) form.fail('reason', 'Please say why it is dismissed.');
    return form.done({ verdict: 'dismiss', reason: reason ?? '' });
  }
  if (flag?.stops) {
    const { weight } = flag;
    return form.done({ verdict, weight, reason: form.reason('reason', 'Please say why the stop counts here.') });
  }
  const weight = form.one('weight', ['light', 'moderate', 'heavy', 'severe'], 'Please say how heavy it is.');
  const isLighter = flag !== undefined && isLighterThanWaited(weight, flag);
  return form.done({
    verdict,
    weight,
    reason: isLighter ? form.reason('reason', WHY_LIGHTER) : form.maybeReason('reason'),
  });
};
