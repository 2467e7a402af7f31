/** The weighing page of a review (G6): asked where a flag stands, and begun from what an earlier voter weighed. */

import type { Weighing } from '../../flows/deal/deal.ts';
import { asksWeighing, owesWhy } from '../../flows/deal/deciding/weighing.ts';
import type { DiscardedVote } from '../../flows/deal/discarded-vote.ts';
import { uncounted } from '../../flows/deal/rights/carried.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { WEIGHED, type Weighed } from '../../flows/policy/policy.ts';
import { scaleOf } from '../../flows/policy/weighing.ts';
import type { FormBlock, FormValues } from '../card.ts';
import { doneBy, votesOf } from '../cards/spans.ts';
import { sentence } from '../words.ts';
import { choiceInput, paragraphInput, textOf } from './inputs.ts';
import type { Reader } from './reading.ts';
import { opinionIn } from './review-draft.ts';

export const OFFERED = 'safeguardsOffered';

const labelOf = (view: DealView, part: Weighed): string => {
  const labels: Record<Weighed, string> = {
    leverage: 'Our leverage over the end-user',
    crucial: 'How crucial is the relationship for us?',
    scale: 'How grave would the harm be?',
    scope: 'How many people would it reach?',
    irremediability: view.policy.weighing.irremediability ? 'Can it be undone?' : 'How hard would it be to remedy?',
    ending: 'Would ending it harm people?',
  };
  return labels[part];
};

const HINTS: Partial<Record<Weighed, string>> = {
  crucial: 'The graver the abuse, the sooner to act (UN Guiding Principle 19).',
};

/** The last vote with a weighing, of those that count, else of those that don't any more: a later voter starts from it. */
const earlierVote = (view: DealView): { vote: DiscardedVote; counts: boolean } | undefined => {
  const last = (votes: readonly DiscardedVote[]): DiscardedVote | undefined =>
    votes.toSorted((a, b) => (a.at < b.at ? -1 : 1)).findLast(({ weighing }) => weighing);
  const vote = last(votesOf(view.deal));
  const before = vote ? undefined : last([...uncounted(view), ...(view.deal.standing?.decision.votes ?? [])]);
  return vote ? { vote, counts: true } : before && { vote: before, counts: false };
};

/** Tells whether this voter has filled the page: what they emptied since is not filled in again. */
const isBegun = (values: FormValues): boolean => WEIGHED.some((part) => textOf(values, part) !== undefined);

export const weighingPage = (view: DealView, values: FormValues): FormBlock[] => {
  const { vote: earlier, counts } = (isBegun(values) ? undefined : earlierVote(view)) ?? {};
  const { citation } = view.policy.weighing;
  return [
    {
      kind: 'text',
      text: [
        'If we are directly linked to harm:',
        ...(citation === undefined ? [] : [{ quiet: ` ${sentence(citation)} Scales: house rule.` }]),
      ],
    },
    ...(earlier
      ? [
          {
            kind: 'note',
            text: [...doneBy(earlier, ','), ` weighed it like this${counts ? '' : ' before'}: change what differs.`],
          } satisfies FormBlock,
        ]
      : []),
    ...WEIGHED.map((part) =>
      choiceInput(
        part,
        labelOf(view, part),
        scaleOf(view.policy, part),
        textOf(values, part) ?? earlier?.weighing?.[part],
        {
          hint: HINTS[part],
        },
      ),
    ),
    paragraphInput(
      OFFERED,
      'Safeguards offered already',
      textOf(values, OFFERED) ?? earlier?.weighing?.safeguardsOffered,
      {
        optional: true,
      },
    ),
  ];
};

export const readWeighing = (form: Reader, view: DealView): Weighing => {
  const chosen = (part: Weighed): string => {
    const value = form.maybeOne(
      part,
      scaleOf(view.policy, part).map((o) => o.value),
    );
    if (value === undefined) form.fail(part, 'Please choose one.');
    return value ?? '';
  };
  const offered = form.optional(OFFERED);
  return {
    leverage: chosen('leverage'),
    crucial: chosen('crucial'),
    scale: chosen('scale'),
    scope: chosen('scope'),
    irremediability: chosen('irremediability'),
    ending: chosen('ending'),
    ...(offered === undefined ? {} : { safeguardsOffered: offered }),
  };
};

export const asksToWeigh = (view: DealView, values: FormValues): boolean =>
  asksWeighing(view, ({ id }) => opinionIn(values, id) === 'clear');

/** Tells whether an approval without conditions owes a reason, by what was filled in so far. */
export const saysWhy = (view: DealView, values: FormValues): boolean =>
  asksToWeigh(view, values) &&
  owesWhy(
    view,
    Object.fromEntries(WEIGHED.flatMap((part) => [[part, textOf(values, part) ?? '']])),
    ({ id }) => opinionIn(values, id) === 'uphold',
  );
