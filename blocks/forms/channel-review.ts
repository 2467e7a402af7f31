/** "Reviewed": compliance's report on its review of the reporting channel, and what changed. */

import { MIN_NOTE } from '../../flows/registers/channel-review.ts';
import type { Form, FormValues } from '../card.ts';
import { makeForm, paragraphInput, textOf, MAX_TEXT } from './inputs.ts';
import { reader, type Read } from './reading.ts';

export const reviewChannelForm = (values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.review-channel',
    title: 'Reporting channel',
    submit: 'Save',
    context: {},
    blocks: [
      {
        kind: 'list',
        items: [
          'Everybody can find it: inside, outside, from the company website.',
          'People may stay anonymous, and those who report are safe.',
          'Reports get an answer, and somebody looks into them.',
        ],
      },
      paragraphInput('note', 'What you looked at, and what changed', textOf(values, 'note'), {
        most: MAX_TEXT,
        hint: `At least ${MIN_NOTE} characters. Kept with your name and today’s date. Please name nobody who reported something.`,
      }),
      { kind: 'note', text: 'Guidance 6, bullet 7, sub-bullet 4: review and update the channel regularly.' },
    ],
  });

export const readReviewChannelForm = (values: FormValues): Read<{ note: string }> => {
  const form = reader(values);
  const note = form.required('note', 'Please say what you looked at, and what changed.', {
    min: MIN_NOTE,
    max: MAX_TEXT,
  });
  return form.done({ note });
};
