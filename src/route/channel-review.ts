/** Review of the reporting channel: shows compliance its state and records that it was done. */

import type { Card } from '../../blocks/card.ts';
import { channelCard } from '../../blocks/cards/channel-review.ts';
import { readReviewChannelForm, reviewChannelForm } from '../../blocks/forms/channel-review.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { PersonId } from '../../flows/ids.ts';
import { channelDue, mayReviewChannel } from '../../flows/registers/channel-review.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, type Desk, type OnDeskClick, type Words } from './desk.ts';
import { submitted } from './submit.ts';

const ONLY = 'Only compliance looks after the review of the reporting channel.';

const may = (desk: Desk, person: PersonId): boolean => mayReviewChannel(desk.organisation(), person);

const card = async (desk: Desk, person: PersonId): Promise<Card> => {
  const organisation = desk.organisation();
  const { state } = await desk.registers.channelReview.now();
  const rule = desk.registers.policy()?.reminders.channelReview;
  const today = dayIn(desk.clock().toISOString(), calendarOf(organisation, person));
  return channelCard(state, { due: channelDue(state, rule, organisation), today, rule });
};

/** Answers `/deal channel`. */
export const onChannelWords = async (desk: Desk, { person }: Words): Promise<Reply> =>
  may(desk, person) ? { kind: 'tell', card: await card(desk, person) } : deny(ONLY);

export const onReviewChannel: OnDeskClick = (desk, { person }) =>
  may(desk, person) ? { kind: 'form', form: reviewChannelForm() } : deny(ONLY);

export const onReviewChannelSubmit = submitted({
  about: (desk, { person }) => (may(desk, person) ? {} : deny(ONLY)),
  form: ({ values }) => reviewChannelForm(values),
  read: readReviewChannelForm,
  send: ({ desk }, value, ask) => desk.registers.channelReview.handle({ type: 'ReviewChannel', ...value }, ask),
  refusedAt: 'note',
  next: async (_, { desk, person }) => ({ kind: 'tell', card: await card(desk, person) }),
});
