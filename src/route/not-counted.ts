/** A vote or a question that came too late or is no longer theirs: what was written is not lost with it. */

import type { FormValues } from '../../blocks/card.ts';
import { lateFlagForm } from '../../blocks/forms/flag.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import { wantedConditions } from '../../blocks/forms/review-conditions.ts';
import { outcomeIn } from '../../blocks/forms/review-draft.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { MIN_FLAG } from '../../flows/deal/deciding/flagging.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Reply } from '../edge/interaction.ts';

const TITLE = 'Not counted';

/** What was written, and whether it speaks against the deal as it is: a decline, a question, or conditions that it has not. */
const written = (view: DealView, typed: FormValues): { words: string; isAgainst: boolean } => {
  const said = (name: string): string => (textOf(typed, name) ?? '').trim();
  const rationale = said('rationale');
  switch (outcomeIn(typed)) {
    case 'decline':
      return { words: rationale, isAgainst: true };
    case 'information':
      return { words: said('question') || rationale, isAgainst: true };
    case 'approve-with-conditions': {
      const wanted = wantedConditions(view, typed);
      const conditions = wanted.length === 0 ? '' : `I would have asked for: ${wanted.join('; ')}`;
      return { words: [conditions, rationale].filter((part) => part !== '').join('\n'), isAgainst: wanted.length > 0 };
    }
    case 'approve':
    case undefined:
      return { words: rationale, isAgainst: false };
  }
};

/** @param text - why it is not counted; `typed`: what the review holds, where that is known */
export const notCounted = (
  view: DealView | undefined,
  person: PersonId,
  { text, typed = {} }: { text: string; typed?: FormValues | undefined },
): Reply => {
  const { words, isAgainst } = view ? written(view, typed) : { words: '', isAgainst: false };
  if (!view || !isAgainst || words.length < MIN_FLAG || refusal(view, person, 'raise flag')) {
    const kept = words === '' ? text : `${text} What you wrote, so that you can copy it: ${words}`;
    return { kind: 'form', form: savedForm(kept, TITLE) };
  }
  return { kind: 'form', form: lateFlagForm(view, text, words) };
};
