/** Confirming by compliance: several deals in one press, each with room for what speaks for and against it. */

import type { Beside } from '../../flows/deal/context/parts.ts';
import { waitingShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { scopeAgainst, scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Form, FormBlock, FormValues, Text } from '../card.ts';
import { aboutBlocks } from '../cards/confirm.ts';
import { intermediariesBlocks } from '../cards/intermediaries-words.ts';
import { allReadable } from '../cards/others-words.ts';
import { inOrder, lighterFits, lighterSaidBlocks } from '../cards/said-words.ts';
import { dealTitle } from '../cards/spans.ts';
import { SLACK } from '../limits.ts';
import { count, sentence, shorten } from '../words.ts';
import { allBeside } from './all-beside.ts';
import {
  againstAnswers,
  besideOf,
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
import { partsBlocks, similarBlocks } from './review-precedents.ts';
import { savedForm } from './saved.ts';

/** Deals in one press: each is read before it is ticked. */
export const MOST_CONFIRMED = MAX_BUTTONS;

const NOTHING = 'Nothing waits for a confirmation here any more.';

/** For each deal of several. */
const MOST_AGAINST = 6;

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

/** Similar deals of which somebody said more than that they are approved. */
const remarkedBlocks = ({ similar }: Beside): FormBlock[] =>
  similarBlocks({ similar: similar.filter(({ conditions, dissent }) => conditions.length + dissent.length > 0) });

const partsFit = ({ parts }: Beside): boolean =>
  parts.shown.length <= MOST_AGAINST && parts.shown.every(({ alsoCalled }) => alsoCalled.length <= MOST_CALLED);

/** All else that its own form has beside it. */
const besideIt = (view: DealView, looking: Looking): FormBlock[] => {
  const said = scopeSaidOf(view.deal);
  const parts = allBeside(view, looking, {
    against: true,
    reports: true,
    ...(said ? { approval: true } : { lighter: view.lighterSaid }),
  });
  // What is of its product in deals for others has room in its own form alone; what weighs of it is confirmed there (`isWritten`).
  return parts.flatMap(({ blocks, least }) => (least ? [] : blocks));
};

/** What one deal may take among several, and all of them. */
const MOST_BLOCKS = 14;
const MOST_LETTERS = 4500;
const ALL_BLOCKS = SLACK.view.blocks - 10;
const ALL_LETTERS = 24_000;

const isShort = (beside: readonly FormBlock[]): boolean =>
  beside.length <= MOST_BLOCKS && JSON.stringify(beside).length <= MOST_LETTERS;

/** Tells whether all that speaks for and against a deal has room among others. One that has not is confirmed by itself. */
const fits = (view: DealView, looking: Looking): boolean =>
  partsFit(besideOf(view, looking)) &&
  !isWritten(view, writtenOf(view, looking)) &&
  againstIt(view).length <= MOST_AGAINST &&
  isShort(besideIt(view, looking)) &&
  similarFit(view, looking) &&
  intermediariesBlocks(view.deal.details).length === 0 &&
  (scopeSaidOf(view.deal) !== undefined || lighterFits(view));

const waitingBlocks = (view: DealView, looking: Looking): FormBlock[] => {
  const said = scopeSaidOf(view.deal);
  const against = againstIt(view);
  const beside = besideIt(view, looking);
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
    ...(isShort(beside) ? beside : []),
    ...(said ? remarkedBlocks(besideOf(view, looking)) : []),
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

/** Returns the blocks of the first deals that have room together, the longest-waiting first; at least of one. */
const together = (shown: readonly DealView[], looking: Looking): FormBlock[][] => {
  const room = { blocks: ALL_BLOCKS, letters: ALL_LETTERS };
  const each = shown.map((view) => waitingBlocks(view, looking));
  const full = each.findIndex((blocks, n) => {
    room.blocks -= blocks.length;
    room.letters -= JSON.stringify(blocks).length;
    return n > 0 && (room.blocks < 0 || room.letters < 0);
  });
  return full === -1 ? each : each.slice(0, full);
};

/** `all`: how many wait in all; `waiting`: those shown, the longest-waiting first. */
export const confirmAllForm = (
  waiting: readonly DealView[],
  all: number,
  values: FormValues = {},
  looking: Looking = {},
): Form => {
  const found = waiting.flatMap((view) => {
    const what = toConfirm(view);
    return what ? [{ view, what }] : [];
  });
  if (found.length === 0) return savedForm(NOTHING);
  const each = together(
    found.map(({ view }) => view),
    looking,
  );
  const shown = found.slice(0, each.length);
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
      ...each.flat(),
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
