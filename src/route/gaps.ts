/** Gaps: compliance accepts that something is not known, and confirms exceptions. */

import { gapsContext } from '../../blocks/forms/context.ts';
import { acceptGapsForm, readAcceptGapsForm } from '../../blocks/forms/gaps.ts';
import { dealSubmit, opens } from './submit.ts';

export const onAcceptGaps = opens('accept gaps', (view) => acceptGapsForm(view));

export const onAcceptGapsSubmit = dealSubmit({
  context: gapsContext,
  form: ({ view, values, seen }) => acceptGapsForm(view, values, seen),
  read: readAcceptGapsForm,
  command: (value, { seen }) => ({ type: 'AcceptGaps', seen, ...value }),
  refusedAt: 'reason',
  // The reason is kept; what to accept is a choice to make again.
  changed: (view, { seen }, { reason }) => acceptGapsForm(view, { reason }, seen),
});
