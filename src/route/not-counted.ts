/** A vote that came too late or is no longer theirs: what was written against the deal is not lost with it. */

import type { FormValues } from '../../blocks/card.ts';
import { raiseFlagForm } from '../../blocks/forms/flag.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { outcomeIn } from '../../blocks/forms/review-draft.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { MIN_FLAG } from '../../flows/deal/deciding/flagging.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Reply } from '../edge/interaction.ts';

const TITLE = 'Not counted';

/** @param text - why it is not counted; `typed`: what the review holds, where that is known */
export const notCounted = (
  view: DealView | undefined,
  person: PersonId,
  { text, typed = {} }: { text: string; typed?: FormValues | undefined },
): Reply => {
  const words = (textOf(typed, 'rationale') ?? '').trim();
  const isAgainst = outcomeIn(typed) === 'decline' && words.length >= MIN_FLAG;
  if (!view || !isAgainst || refusal(view, person, 'raise flag')) return { kind: 'form', form: savedForm(text, TITLE) };
  const form = raiseFlagForm(view, { title: words });
  const why = [{ strong: 'Not counted. ' }, `${text} What you wrote is below: you can raise it as a flag.`];
  return { kind: 'form', form: { ...form, title: TITLE, blocks: [{ kind: 'text', text: why }, ...form.blocks] } };
};
