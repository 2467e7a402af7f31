/** Reopening a deal that is over: what that takes back, and what was said against it. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { stopsNow } from '../../flows/deal/context/stopped.ts';
import { reopenShown } from '../../flows/deal/deciding/waiting-shown.ts';
import { whoElse, whoseValue } from '../../flows/deal/said/first-said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Block, Form, FormBlock, FormValues, Span, Text } from '../card.ts';
import { answerOf } from '../cards/flag-basis.ts';
import { waitingBlocks } from '../cards/flag-waits.ts';
import { allReadable } from '../cards/others-words.ts';
import { saidBySpans } from '../cards/said-before.ts';
import { basisSpans } from '../cards/stands-on.ts';
import { count, dayWords, LONGEST_SAID, quoted, quotedSentence, shorten } from '../words.ts';
import { allBeside, withBeside } from './all-beside.ts';
import { type Looking, newerThan, type Shown, writtenNow } from './confirm-looking.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import type { ReviewPart } from './review-room.ts';

/** Deals that wait for this one's stop: those that the reader may read, and how many others. */
export interface WaitingDeals {
  named: readonly DealId[];
  others: number;
}

/** `seen`: what the form showed before (`reopenShown`); `looking`: who reads it, and what of other deals. */
interface Beside extends Shown {
  waiting?: WaitingDeals | undefined;
  looking?: Looking | undefined;
}

const MOST_DEALS = 10;

/** A person who reopens an approved deal must know what that does. */
export const endsBlocks = ({ deal }: DealView): Exclude<Block, { kind: 'title' }>[] =>
  approvalOf(deal) ? [{ kind: 'note', text: 'The approval ends with this, and so do its conditions.' }] : [];

/** `“yes” to “…”, by @rep on 3 March 2027. Note: “…” On: …` */
const stopItems = (view: DealView): Text[] => {
  const { because = [] } = view.deal.stops?.at(-1) ?? {};
  if (because.length === 0)
    return stopsNow(view).map(({ by, at, text }) => [
      shorten(text, 300),
      ', by ',
      { person: by },
      ` on ${dayWords(at)}.`,
    ]);
  return because.map((id): Text => {
    const answer = answerOf(view, id);
    const said: Span[] = answer
      ? [
          ...saidBySpans(
            [whoseValue(view.deal, answer).by, ...whoElse(view.deal, answer)],
            ` on ${dayWords(whoseValue(view.deal, answer).at)}`,
          ),
          '.',
          ...(answer.note === undefined ? [] : [` Note: ${quotedSentence(answer.note, LONGEST_SAID)}`]),
          ' On: ',
          ...basisSpans(answer, allReadable(view), view),
        ]
      : ['.'];
    return [{ strong: '“Yes”' }, ` to “${shorten(view.policy.question(id)?.text ?? id, 300)}”`, ...said];
  });
};

const sentBackItems = ({ deal }: DealView): Text[] =>
  [deal.scopeRefused, deal.lighterRefused].flatMap((back) =>
    back
      ? [
          [
            { strong: `Compliance sent a lighter answer back on ${dayWords(back.at)}: ` },
            `${quoted(back.reason, LONGEST_SAID)}, says `,
            { person: back.by },
          ],
        ]
      : [],
  );

const waitsBlocks = ({ named, others }: WaitingDeals): FormBlock[] => {
  const all = named.length + others;
  if (all === 0) return [];
  const shown = named.slice(0, MOST_DEALS);
  const more = all - shown.length;
  const which = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [
    {
      kind: 'text',
      text: [
        { strong: `${count(all, 'other deal waits', 'other deals wait')} for this stop: ` },
        `${which}. Each waits on until you settle its flag.`,
      ],
    },
  ];
};

const stopBlocks = (view: DealView, waiting: WaitingDeals | undefined): FormBlock[] =>
  view.deal.status === 'stopped'
    ? [
        { kind: 'heading', text: 'You take back what stopped it' },
        { kind: 'list', items: [...stopItems(view), ...sentBackItems(view)] },
        ...(waiting ? waitsBlocks(waiting) : []),
      ]
    : [];

const declineBlocks = ({ deal }: DealView): FormBlock[] => {
  const votes = deal.status === 'decided' ? deal.decision.votes.filter(({ outcome }) => outcome === 'decline') : [];
  return votes.length === 0
    ? []
    : [
        { kind: 'heading', text: 'You take a decline back' },
        {
          kind: 'list',
          items: votes.map(({ by, at, rationale }): Text => [
            { person: by },
            ` declined on ${dayWords(at)}: ${quoted(rationale, LONGEST_SAID)}`,
          ]),
        },
      ];
};

/** What whoever reopens it has read. Empty of a deal that nobody judged. */
const toRead = (view: DealView, { waiting, looking = {} }: Beside = {}): ReviewPart[] => {
  const { status, standing } = view.deal;
  if (status !== 'stopped' && status !== 'decided' && !standing) return [];
  return [
    { blocks: [...stopBlocks(view, waiting), ...declineBlocks(view), ...waitingBlocks(view)] },
    ...allBeside(view, looking),
  ];
};

/** Tells whether its own form shows more than a line for a reason does. */
export const hasToRead = (view: DealView): boolean => toRead(view).some(({ blocks }) => blocks.length > 0);

export const reopenForm = (view: DealView, values: FormValues = {}, beside: Beside = {}): Form => {
  const now = reopenShown(view);
  const written = writtenNow(view, beside.looking ?? {});
  return makeForm({
    name: 'deal.reopen',
    title: 'Reopen the deal',
    submit: 'Reopen',
    context: { deal: view.deal.id, seen: now, ...written },
    blocks: withBeside(
      [
        ...newerThan(beside, now, written),
        { kind: 'text', text: 'The deal goes on where it was. What was decided stays on the record.' },
        ...endsBlocks(view),
      ],
      toRead(view, beside),
      [paragraphInput('reason', 'Why?', textOf(values, 'reason'))],
    ),
  });
};

export const readReopenForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.reason('reason', 'Please give a reason. It stays on the record.') });
};
