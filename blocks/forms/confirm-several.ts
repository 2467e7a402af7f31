/** Confirming by compliance: several deals in one press, each with room for what speaks for and against it. */

import type { Beside } from '../../flows/deal/context/parts.ts';
import { waitingShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { rewordedOnSheets } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { aboutBlocks } from '../cards/confirm.ts';
import { intermediariesBlocks } from '../cards/intermediaries-words.ts';
import { allReadable } from '../cards/others-words.ts';
import { pastItems } from '../cards/past-words.ts';
import { inOrder, lighterFits, lighterSaidBlocks, type Room } from '../cards/said-words.ts';
import { asideItems } from '../cards/set-aside.ts';
import { dealTitle } from '../cards/spans.ts';
import { count, sentence, shorten } from '../words.ts';
import { beforeItems, votedBlocks } from './all-beside.ts';
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
  writtenNow,
  writtenOf,
} from './confirm-looking.ts';
import { reassessedBlocks, toConfirm } from './confirm.ts';
import { makeForm, MAX_BUTTONS, ticksInput, ticksOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { partsBlocks } from './review-precedents.ts';
import { savedForm } from './saved.ts';

/** Deals in one press: each is read before it is ticked. */
export const MOST_CONFIRMED = MAX_BUTTONS;

const NOTHING = 'Nothing waits for a confirmation here any more.';

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

/** Of what was declined, or is suspended, its own form says why. */
const similarFit = (view: DealView, looking: Looking): boolean =>
  scopeSaidOf(view.deal) === undefined ||
  besideOf(view, looking).similar.every(({ outcome, suspended }) => outcome !== 'declined' && !suspended);

const partsFit = ({ parts }: Beside): boolean =>
  parts.shown.length <= MOST_AGAINST && parts.shown.every(({ alsoCalled }) => alsoCalled.length <= MOST_CALLED);

/** Of what makes a deal lighter its own lines say what was before. */
const beforeOf = (view: DealView): Text[] =>
  scopeSaidOf(view.deal) ? beforeItems(view) : beforeItems(view, view.lighterSaid);

/** What ends with a scope stands beside it. */
const votedOf = (view: DealView): FormBlock[] => votedBlocks(view, scopeSaidOf(view.deal) ? true : undefined);

const votedLines = (view: DealView): number =>
  votedOf(view).reduce((sum, block) => sum + (block.kind === 'list' ? block.items.length : 0), 0);

/** Tells whether all that speaks for and against a deal has room among others. One that has not is confirmed by itself. */
const fits = (view: DealView, looking: Looking): boolean =>
  partsFit(besideOf(view, looking)) &&
  !isWritten(view, writtenOf(view, looking)) &&
  againstIt(view).length <= MOST_AGAINST &&
  asideItems(view).length <= MOST_AGAINST &&
  beforeOf(view).length <= MOST_AGAINST &&
  disputeBlocks(view, looking).length === 0 &&
  similarFit(view, looking) &&
  rewordedOnSheets(view).length + pastItems(view).length === 0 &&
  votedLines(view) <= MOST_AGAINST &&
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
    ...(votedLines(view) <= MOST_AGAINST ? votedOf(view) : []),
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
        .map(
          ({ view, what }) =>
            `${view.deal.id}|${what.of}|${what.seen}|${waitingShown(view)}|${writtenNow(view, looking).written ?? ''}`,
        )
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
