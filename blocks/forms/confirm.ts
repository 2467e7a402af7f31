/** Confirming by compliance: one deal that is said to be out of scope, several in one press, and the authority notified. */

import { holdsOn } from '../../flows/deal/context/holds.ts';
import type { Beside } from '../../flows/deal/context/parts.ts';
import { waitingShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { ScopeSaid } from '../../flows/deal/said-shapes.ts';
import { confirmationFor, scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { aboutAllBlocks, aboutBlocks, overWords } from '../cards/confirm.ts';
import { type Written } from '../cards/ever-words.ts';
import { intermediariesBlocks } from '../cards/intermediaries-words.ts';
import { allReadable, othersItems } from '../cards/others-words.ts';
import { askedBlocks } from '../cards/reassessment-words.ts';
import { saidBefore } from '../cards/said-before.ts';
import { IN_A_FORM, inOrder, lighterFits, lighterSaidBlocks, type Room, scopeSaidBlocks } from '../cards/said-words.ts';
import { asideItems } from '../cards/set-aside.ts';
import { conditionItems, dealTitle } from '../cards/spans.ts';
import { count, dayWords, sentence, shorten, tierWord } from '../words.ts';
import { allBeside, beforeItems } from './all-beside.ts';
import {
  againstAnswers,
  asideBlocks,
  beforeBlocks,
  besideOf,
  disputeBlocks,
  heldBlocks,
  heldWords,
  isWritten,
  leftWords,
  type Looking,
  plannedOf,
  writtenOf,
} from './confirm-looking.ts';
import { choiceInput, makeForm, MAX_BUTTONS, paragraphInput, textOf, ticksInput, ticksOf } from './inputs.ts';
import { newerBlocks } from './newer.ts';
import { type Read, reader } from './reading.ts';
import { partsBlocks, precedentBlocks } from './review-precedents.ts';
import { acceptedBlocks } from './review-summary.ts';
import { savedForm } from './saved.ts';

/** Deals in one press: each is read before it is ticked. */
export const MOST_CONFIRMED = MAX_BUTTONS;

const NOTHING = 'Nothing waits for a confirmation here any more.';

/** A typed reason is kept; to confirm what is newer is a choice to make again. */
const keptVerdict = (values: FormValues, newer: boolean): Verdict['verdict'] | undefined => {
  const verdict = textOf(values, 'verdict');
  return verdict === 'refuse' || (verdict === 'confirm' && !newer) ? verdict : undefined;
};

/** Says how far a confirmation reaches: not every one is kept for later deals. */
const standsWords = (view: DealView, said: ScopeSaid): string => {
  const kept = confirmationFor(view, said, { by: said.by, at: view.now, heard: [] });
  if (!kept) return 'It counts for this deal alone';
  return `It stands twelve months for this product and ${kept.endUser === undefined ? 'kind of end-user' : 'this end-user'}, in this country`;
};

/** In a reassessment: why it is looked at again, and what a confirmation that it is out of scope would end. */
const reassessedBlocks = (view: DealView): FormBlock[] => {
  const { standing } = view.deal;
  if (!standing) return [];
  const why = askedBlocks(view);
  if (!scopeSaidOf(view.deal)) return why;
  const { at, conditions, tier } = standing.decision;
  const kept = conditions.length === 0 ? '' : ` with ${count(conditions.length, 'condition')}`;
  return [
    {
      kind: 'text',
      text: [{ strong: `This ends the approval of ${dayWords(at)}${kept} (tier ${tierWord(tier).toLowerCase()}).` }],
    },
    ...(conditions.length === 0 ? [] : [{ kind: 'list', items: conditionItems(conditions) } satisfies FormBlock]),
    ...why,
  ];
};

/** Tells whether nothing is known against it, here, in what was said before, and in the deals that are shown beside it. */
const isClean = (view: DealView, said: ScopeSaid, { similar, parts }: Beside, written: Written): boolean =>
  scopeAgainst(view, said).length === 0 &&
  othersItems(view).length === 0 &&
  saidBefore(view).length === 0 &&
  holdsOn(view).length === 0 &&
  !isWritten(view, written) &&
  acceptedBlocks(view).length === 0 &&
  parts.shown.length === 0 &&
  similar.every(({ outcome, suspended }) => outcome !== 'declined' && !suspended);

export const confirmScopeForm = (
  view: DealView,
  values: FormValues = {},
  seen?: string | undefined,
  looking: Looking = {},
): Form => {
  const said = scopeSaidOf(view.deal);
  if (!said) return savedForm(overWords(view));
  const beside = besideOf(view, looking);
  const now = waitingShown(view);
  const newer = newerBlocks(now, seen);
  const verdict = keptVerdict(values, newer.length > 0);
  return makeForm({
    name: 'deal.confirm-scope',
    title: 'Out of scope?',
    submit: 'Save',
    context: { deal: view.deal.id, facts: said.factsHash, seen: now },
    blocks: [
      ...newer,
      ...aboutAllBlocks(view),
      ...reassessedBlocks(view),
      ...scopeSaidBlocks(view, allReadable(view), IN_A_FORM),
      ...allBeside(view, looking, { against: true }),
      ...(isClean(view, said, beside, writtenOf(view, looking)) && plannedOf(view, looking).length === 0
        ? [{ kind: 'note', text: 'Nothing that is known here speaks against it.' } satisfies FormBlock]
        : []),
      ...precedentBlocks(beside),
      ...heldBlocks(view, looking),
      choiceInput(
        'verdict',
        'Is it out of scope?',
        [
          ...(leftWords(view, looking) === undefined
            ? [{ value: 'confirm', label: 'Confirm', description: standsWords(view, said) }]
            : []),
          { value: 'refuse', label: 'Send back', description: 'The scope questions are asked again' },
        ],
        verdict,
        { reactive: true },
      ),
      ...(verdict === 'refuse' ? [paragraphInput('reason', 'Why does it go back?', textOf(values, 'reason'))] : []),
    ],
  });
};

export type Verdict = { verdict: 'confirm' } | { verdict: 'refuse'; reason: string };

/** Reads either form: confirmed, or sent back with a reason. */
export const readVerdictForm = (values: FormValues): Read<Verdict> => {
  const form = reader(values);
  const verdict = form.maybeOne('verdict', ['confirm', 'refuse']);
  if (verdict === 'confirm') return form.done({ verdict });
  if (verdict === undefined) {
    form.fail('verdict', 'Please confirm it or send it back.');
    return form.done({ verdict: 'confirm' });
  }
  const reason = form.reason('reason', 'Please say in a sentence why it goes back.');
  return form.done({ verdict, reason });
};

export const confirmLighterForm = (
  view: DealView,
  values: FormValues = {},
  seen?: string | undefined,
  looking: Looking = {},
): Form => {
  const { lighterSaid } = view;
  if (!lighterSaid || toConfirm(view)?.of !== 'lighter') return savedForm(overWords(view));
  const now = waitingShown(view);
  const newer = newerBlocks(now, seen);
  const verdict = keptVerdict(values, newer.length > 0);
  return makeForm({
    name: 'deal.confirm-lighter',
    title: 'Lighter than before?',
    submit: 'Save',
    context: { deal: view.deal.id, asOf: lighterSaid.at, seen: now },
    blocks: [
      ...newer,
      ...aboutAllBlocks(view),
      ...reassessedBlocks(view),
      ...lighterSaidBlocks(view, IN_A_FORM),
      ...allBeside(view, looking, { lighter: lighterSaid }),
      choiceInput(
        'verdict',
        'Do these changes count?',
        [
          { value: 'confirm', label: 'Confirm', description: 'What is said now counts' },
          { value: 'refuse', label: 'Send back', description: 'What was said before counts again' },
        ],
        verdict,
        { reactive: true },
      ),
      ...(verdict === 'refuse' ? [paragraphInput('reason', 'Why does it go back?', textOf(values, 'reason'))] : []),
    ],
  });
};

/** What of a deal waits, and the facts or the change that compliance looks at. A scope said goes first: it ends the deal. */
export const toConfirm = ({ deal, lighterSaid }: DealView): { of: 'scope' | 'lighter'; seen: string } | undefined => {
  const said = scopeSaidOf(deal);
  if (said) return { of: 'scope', seen: said.factsHash };
  const open = deal.status === 'answering' || deal.status === 'deciding';
  return open && lighterSaid ? { of: 'lighter', seen: lighterSaid.at } : undefined;
};

/** For each deal of several. */
const MOST_AGAINST = 6;

const FEW_LINES: Room = { lines: MOST_AGAINST, rest: 'its own form shows all.' };

const againstIt = (view: DealView): Text[] => {
  const said = scopeSaidOf(view.deal);
  const all = said ? inOrder(view, scopeAgainst(view, said), allReadable(view)) : againstAnswers(view);
  return all.map((text): Text => (typeof text === 'string' ? [{ strong: 'Against it: ' }, text] : text));
};

/** Names of products outside the catalogue that one line takes among other deals. */
const MOST_CALLED = 6;

const partsFit = ({ parts }: Beside): boolean =>
  parts.shown.length <= MOST_AGAINST && parts.shown.every(({ alsoCalled }) => alsoCalled.length <= MOST_CALLED);

/** Of what makes a deal lighter its own lines say what was before. */
const beforeOf = (view: DealView): Text[] =>
  scopeSaidOf(view.deal) ? beforeItems(view) : beforeItems(view, view.lighterSaid);

/** Tells whether all that speaks for and against a deal has room among others. One that has not is confirmed by itself. */
const fits = (view: DealView, looking: Looking): boolean =>
  partsFit(besideOf(view, looking)) &&
  !isWritten(view, writtenOf(view, looking)) &&
  againstIt(view).length <= MOST_AGAINST &&
  asideItems(view).length <= MOST_AGAINST &&
  beforeOf(view).length <= MOST_AGAINST &&
  disputeBlocks(view).length === 0 &&
  acceptedBlocks(view).length === 0 &&
  intermediariesBlocks(view.deal.details).length === 0 &&
  (scopeSaidOf(view.deal) !== undefined || lighterFits(view));

const waitingBlocks = (view: DealView, looking: Looking): FormBlock[] => {
  const said = scopeSaidOf(view.deal);
  const against = againstIt(view);
  const more = against.length - MOST_AGAINST;
  const items: Text[] = [
    ...(said
      ? [
          [
            'Out of scope, says ',
            { person: said.by },
            `: ${shorten(said.reasons.map(sentence).join(' '), 300)}`,
          ] satisfies Text,
        ]
      : []),
    ...against.slice(0, MOST_AGAINST),
    ...(more > 0 ? [`and ${count(more, 'more reason')} against it: its own form shows all`] : []),
  ];
  return [
    ...aboutBlocks(view),
    ...reassessedBlocks(view),
    ...(said ? [] : lighterSaidBlocks(view)),
    ...(items.length === 0 ? [] : [{ kind: 'list', items } satisfies FormBlock]),
    ...asideBlocks(asideItems(view, allReadable(view)), view, looking, FEW_LINES),
    ...beforeBlocks(beforeOf(view), FEW_LINES),
    ...(partsFit(besideOf(view, looking)) ? partsBlocks(besideOf(view, looking).parts) : []),
    ...heldBlocks(view, looking),
    ...(fits(view, looking)
      ? []
      : [
          {
            kind: 'note',
            text: 'There is more to read than has room here: press “Confirm or send back” in its thread.',
          } satisfies FormBlock,
        ]),
  ];
};

/** `all`: how many wait in all; `waiting`: those shown, the longest-waiting first. */
export const confirmAllForm = (
  waiting: readonly DealView[],
  all: number,
  values: FormValues = {},
  looking: Looking = {},
): Form => {
  const shown = waiting.flatMap((view) => {
    const what = toConfirm(view);
    return what ? [{ view, what }] : [];
  });
  if (shown.length === 0) return savedForm(NOTHING);
  const tickable = shown.filter(
    ({ view }) => fits(view, looking) && heldWords(view) === undefined && leftWords(view, looking) === undefined,
  );
  return makeForm({
    name: 'desk.confirm',
    title: 'To confirm',
    ...(tickable.length > 0 ? { submit: 'Confirm those ticked' } : { close: 'Close' }),
    context: {
      facts: tickable
        .map(({ view, what }) => `${view.deal.id}|${what.of}|${what.seen}|${waitingShown(view)}`)
        .join(' '),
    },
    blocks: [
      {
        kind: 'text',
        text: `${count(all, 'deal waits', 'deals wait')} for a confirmation. To send one back, press its button in the thread.`,
      },
      ...(all > shown.length
        ? [{ kind: 'note', text: `These ${shown.length} wait longest.` } satisfies FormBlock]
        : []),
      ...shown.flatMap(({ view }) => waitingBlocks(view, looking)),
      ...(tickable.length === 0
        ? []
        : [
            ticksInput(
              'deals',
              'Confirm these',
              tickable.map(({ view, what }) => ({
                value: view.deal.id,
                label: shorten(`${what.of === 'scope' ? 'Out of scope' : 'Lighter'}: ${dealTitle(view.deal)}`, 75),
              })),
              ticksOf(values, 'deals'),
            ),
          ]),
    ],
  });
};

/** Returns the deals that are ticked, among those that the form showed. */
export const readConfirmAllForm = (values: FormValues, offered: readonly DealId[]): Read<DealId[]> => {
  const form = reader(values);
  const ticked = ticksOf(values, 'deals').filter((id) => offered.includes(id));
  if (ticked.length === 0) form.fail('deals', 'Please tick at least one.');
  return form.done(ticked);
};
