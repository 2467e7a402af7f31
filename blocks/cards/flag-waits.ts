/** Whom a raised flag waits for, in words; and what to do where nobody may settle it. */

import { LONGEST_FLAG } from '../../flows/deal/deciding/flagging.ts';
import { askedToSettle } from '../../flows/deal/owing/settling.ts';
import { isWeighed, type OwnFlag } from '../../flows/deal/own-flag.ts';
import { unsettledFlags } from '../../flows/deal/rights/access.ts';
import { isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { awayAt } from '../../flows/registers/absences.ts';
import type { Block, Span, Text } from '../card.ts';
import { capital, count, dayWords, LONGEST_SAID, quoted, weightWord } from '../words.ts';
import { pendingFlags, people } from './spans.ts';

const NOBODY_LEFT =
  'Nobody is left who may settle the flag of a stopped deal. Somebody else can, once the organisation file names them as chief compliance officer.';

/** Says that a flag waits for nobody. Empty where each waits for somebody. */
export const unsettledBlocks = (view: DealView): Block[] =>
  unsettledFlags(view).length === 0 ? [] : [{ kind: 'text', text: NOBODY_LEFT }];

/** `Dismissed before by @compliance-1, when its details were others: “…”` Empty where it was not. */
const settledSpans = ({ again }: OwnFlag): Span[] => {
  if (!again) return [];
  const what = again.as === undefined ? 'Dismissed' : `Counted as ${weightWord(again.as).toLowerCase()}`;
  const by: Span[] = again.settledBy === undefined ? [] : [' by ', { person: again.settledBy }];
  if (again.as !== undefined && again.settledBy === undefined) return [`${what} while nobody else worked on the deal`];
  const why =
    again.reason === undefined && again.as !== undefined ? '' : `: ${quoted(again.reason ?? '', LONGEST_SAID)}`;
  const then = again.reworded ? 'before something was said in other words' : 'when its details were others';
  return [`${what} before`, ...by, `, ${then}${why}`];
};
/** Of a list. */
const MOST_WAITING = 8;

/** The same as a paragraph of its own. */
export const settledBefore = (flag: OwnFlag): Exclude<Block, { kind: 'title' }>[] => {
  const text = settledSpans(flag);
  return text.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: [...text, flag.again?.as === undefined ? ' Please look again.' : '. Please look again.'],
        },
      ];
};

/** What waits to be settled, in a line: the flag, who raised it, and what was said of it before. */
export const pendingItem = (flag: OwnFlag): Text => [
  quoted(flag.title, LONGEST_FLAG),
  ' — ',
  { person: flag.by },
  ...(flag.again ? [' (', ...settledSpans(flag), ')'] : []),
];

/** Over what waits to be settled: one that counted of others is weighed meanwhile. */
export const waitingTitle = (view: DealView): string =>
  `Waiting for compliance${pendingFlags(view).some(isWeighed) ? '' : ', not weighed yet'}`;

/** Flags that nobody settled, and parties that may be on a list, for whoever decides beside them. */
export const waitingBlocks = (view: DealView): Exclude<Block, { kind: 'title' }>[] => {
  const items = [...pendingFlags(view).map(pendingItem), ...hitParts(view).map(capital)];
  const more = items.length - MOST_WAITING;
  return items.length === 0
    ? []
    : [
        { kind: 'heading', text: waitingTitle(view) },
        { kind: 'list', items: items.slice(0, MOST_WAITING) },
        ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: “Why?” shows all.` } as const] : []),
      ];
};

/** Asks whoever may settle the flag. A stop waits for the chief in person: whoever is away is named with their last day. */
export const askToSettle = (view: DealView, flag: OwnFlag): Span[] => {
  const settlers = askedToSettle(view, flag);
  if (settlers.length === 0) return [flag.stops ? NOBODY_LEFT : 'Compliance: please admit or dismiss it.'];
  const away = flag.stops ? settlers.flatMap((id) => awayAt(view.organisation, id, view.now) ?? []) : [];
  const until = away.flatMap(({ person, until: last }): Span[] => [
    ' ',
    { person },
    ` is away until ${dayWords(last)}, and nobody stands in for that.`,
  ]);
  return [...people(settlers), ': please admit or dismiss it.', ...until];
};

/** Asks whoever may say whether somebody on a list is meant. */
export const askWhoItIs = (view: DealView, flag: OwnFlag): Span[] => {
  const settlers = askedToSettle(view, flag);
  return settlers.length === 0
    ? ['Compliance: please say whether it is them. Nobody of compliance is outside this deal now.']
    : [...people(settlers), ': please say whether it is them.'];
};

const parties = (many: number, one: string, more: string): string =>
  many === 1 ? `a party ${one}` : `${many} parties ${more}`;

/** `a party may be on a list: compliance says who it is`. `upheld`: also those of whom it said that it is them. */
export const hitParts = ({ deal }: DealView, upheld = false): string[] => {
  return [false, true].flatMap((isLike) => {
    const of = (status: OwnFlag['status']): number =>
      deal.ownFlags.filter((flag) => isOfHit(flag) && (flag.like !== undefined) === isLike && flag.status === status)
        .length;
    const [open, them] = [of('pending'), upheld ? of('admitted') : 0];
    const where = isLike ? 'on hold' : 'on a list';
    return [
      ...(them > 0 ? [`${parties(them, 'is', 'are')} ${where}, says compliance`] : []),
      ...(open > 0 ? [`${parties(open, 'may be', 'may be')} ${where}: compliance says who it is`] : []),
    ];
  });
};

/** `1 raised flag waits for the chief compliance officer`: what waits to be admitted or dismissed, for a line. */
export const pendingParts = (view: DealView): string[] => {
  const pending = view.deal.ownFlags.filter(({ status }) => status === 'pending');
  const stops = pending.filter((flag) => flag.stops !== undefined).length;
  const others = pending.length - stops - pending.filter(isOfHit).length;
  const waits = unsettledFlags(view).length > 0 ? ', and nobody is left who may settle it' : '';
  return [
    ...hitParts(view),
    ...(others > 0 ? [`${count(others, 'raised flag')} not yet admitted or dismissed by compliance`] : []),
    ...(stops > 0
      ? [`${count(stops, 'raised flag')} ${stops === 1 ? 'waits' : 'wait'} for the chief compliance officer${waits}`]
      : []),
  ];
};
