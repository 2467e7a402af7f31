/** Reopening a deal: whoever does has read what that takes back, and which other deals wait for it. */

import type { Form, FormValues } from '../../blocks/card.ts';
import type { Shown } from '../../blocks/forms/confirm-looking.ts';
import { readContext, reopenContext } from '../../blocks/forms/context.ts';
import { hasToRead, readReopenForm, reopenForm, type WaitingDeals } from '../../blocks/forms/reopen.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import { canRead, refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { Reply } from '../edge/interaction.ts';
import type { DealHandled } from '../streams/deals.ts';
import { deny, gone, readable, type Desk, type OnClick } from './desk.ts';
import { lookingAt } from './looking.ts';
import { submitted } from './submit.ts';
import { isNewlyWritten } from './written.ts';

/** Read one by one: few deals have a flag that waits for a stop. */
const MOST_READ = 40;

/** Deals that wait for the stop of this one. */
const waitingFor = async (desk: Desk, { deal }: DealView, person: string): Promise<WaitingDeals> => {
  if (deal.status !== 'stopped') return { named: [], others: 0 };
  const all = (await desk.index()).filter(
    // A summary from before does not say.
    ({ id, over, digest }) => id !== deal.id && !over && (digest === undefined || digest.stops !== undefined),
  );
  const loaded = await Promise.all(
    // One that cannot be read now must not hide the others.
    all.slice(0, MOST_READ).map(({ id }) => desk.deals.view(id).catch((): undefined => undefined)),
  );
  const waiting = loaded.filter(
    (other) =>
      other !== undefined &&
      other.deal.ownFlags.some(({ status, stops }) => status === 'pending' && own(stops, deal.id) !== undefined),
  );
  const named = waiting.flatMap((other) => (other && canRead(other, person) ? [other.deal.id] : []));
  return { named, others: waiting.length - named.length };
};

/** Draws the form with what whoever reopens it may know; `shown`: what it showed before. */
const drawn = async (
  desk: Desk,
  view: DealView,
  person: string,
  values: FormValues = {},
  shown: Shown = {},
): Promise<Form> => {
  const [waiting, looking] = await Promise.all([
    waitingFor(desk, view, person),
    hasToRead(view) ? lookingAt(desk, person, [view]) : {},
  ]);
  return reopenForm(view, values, { ...shown, waiting, looking });
};

export const openReopen = async (
  desk: Desk,
  view: DealView,
  person: string,
  values: FormValues = {},
): Promise<Reply> => ({ kind: 'form', form: await drawn(desk, view, person, values) });

export const onReopen: OnClick = async (desk, { person }, { view }) => {
  const no = refusal(view, person, 'reopen');
  return no === undefined ? openReopen(desk, view, person) : deny(no);
};

interface About extends Shown {
  view: DealView;
}

export const onReopenSubmit = submitted<About, { reason: string }, DealHandled>({
  about: async (desk, { context, person }) => {
    const target = readContext(reopenContext, context);
    const view = target && (await readable(desk, target.deal, person));
    return target && view ? { view, seen: target.seen, written: target.written } : gone();
  },
  form: ({ desk, view, person, values, seen, written }) => drawn(desk, view, person, values, { seen, written }),
  older: async (at, _value, cause) =>
    hasToRead(at.view) && (await isNewlyWritten(at, cause))
      ? drawn(at.desk, at.view, at.person, at.values, { seen: at.seen, written: at.written })
      : undefined,
  late: ({ view: then, person }, view = then) => refusedNow(view, person, { type: 'Reopen' })?.text,
  read: readReopenForm,
  send: ({ desk, view, seen }, { reason }, ask) =>
    desk.deals.handle(view.deal.id, { type: 'Reopen', reason, seen }, ask),
  refusedAt: 'reason',
  refused: async ({ refusal: { code }, view }, { desk, person, values, seen, written }) =>
    code === 'facts changed' && view
      ? { kind: 'form', form: await drawn(desk, view, person, values, { seen, written }), again: true }
      : undefined,
});
