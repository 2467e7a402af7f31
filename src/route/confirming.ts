/** Confirming by compliance: out of scope and lighter changes, one or several deals; and the authority notified. */

import type { Card, Form } from '../../blocks/card.ts';
import { confirmAllCard, overWords, sheetsToConfirmCard } from '../../blocks/cards/confirm.ts';
import { authorityForm, readAuthorityForm } from '../../blocks/forms/authority.ts';
import { confirmAllForm, MOST_CONFIRMED, readConfirmAllForm } from '../../blocks/forms/confirm-several.ts';
import { confirmLighterForm, confirmScopeForm, readVerdictForm, toConfirm } from '../../blocks/forms/confirm.ts';
import {
  confirmAllContext,
  confirmContext,
  confirmLighterContext,
  dealContext,
  readContext,
} from '../../blocks/forms/context.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { saysLessOfProduct } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { judgeRefusal } from '../../flows/registers/sheet-rights.ts';
import { allSheets } from '../../flows/registers/sheets.ts';
import type { SentBackScope } from '../../flows/scope-confirmation.ts';
import type { Reply } from '../edge/interaction.ts';
import { exceptNewer } from '../newer.ts';
import type { DealHandled } from '../streams/deals.ts';
import type { Ask } from '../streams/stream-kind.ts';
import {
  deny,
  DONE,
  gone,
  mistaken,
  readable,
  refusedForm,
  tell,
  type Desk,
  type OnClick,
  type OnDeskClick,
  type OnSubmit,
  type Words,
} from './desk.ts';
import { type Again, lookingAt } from './looking.ts';
import { dealSubmit, judgingChange, opens } from './submit.ts';
import { isNewlyWritten } from './written.ts';

const ONLY_COMPLIANCE = 'Only compliance can confirm what makes a deal lighter.';
const NOTHING = 'Nothing waits for your confirmation.';
const MORE_WRITTEN = 'What is said or written of it changed since you opened this. Please look at it again.';

/** What compliance looked at. */
interface Looked {
  factsHash: string;
  seen?: string | undefined;
}

/** Confirms one deal, and keeps the confirmation for later deals. */
const confirm = async (desk: Desk, deal: DealId, looked: Looked, ask: Ask): Promise<DealHandled> => {
  const outcome = await desk.deals.handle(deal, { type: 'ConfirmScope', ...looked }, ask);
  if (outcome.kind === 'refused') return outcome;
  const scope = outcome.events.flatMap((event) => (event.type === 'ScopeConfirmed' && event.keeps) || [])[0];
  if (scope) await desk.registers.scopes.handle({ type: 'KeepScope', scope }, ask).catch(exceptNewer);
  return outcome;
};

/** Earlier confirmations for its product and kind of end-user stand no longer, and later deals tell why. */
const dropScope = async (
  desk: Desk,
  { deal: { id, details } }: DealView,
  back: Pick<SentBackScope, 'of' | 'reason'>,
  ask: Ask,
): Promise<void> => {
  const of = { product: details.product.id, kind: details.endUser.kind };
  const why = { ...back, name: details.product.name, deal: id };
  await desk.registers.scopes.handle({ type: 'DropScope', ...of, why }, ask);
};

/** Sends one back; earlier confirmations for its product and kind of end-user stand no longer. */
const sendBack = async (desk: Desk, view: DealView, looked: Looked, reason: string, ask: Ask): Promise<DealHandled> => {
  const outcome = await desk.deals.handle(view.deal.id, { type: 'RefuseScope', ...looked, reason }, ask);
  if (outcome.kind !== 'refused') await dropScope(desk, view, { reason }, ask);
  return outcome;
};

/** Opens what waits, whichever of the two was asked for: a scope that is said goes before the changes, and messages stay as they were sent. */
export const onConfirm: OnClick = async (desk, { person }, { view }) => {
  const no = refusal(view, person, 'confirm');
  if (no) return deny(no);
  const waits = toConfirm(view)?.of;
  if (!waits) return deny(overWords(view));
  const looking = await lookingAt(desk, person, [view]);
  const form = waits === 'scope' ? confirmScopeForm : confirmLighterForm;
  return { kind: 'form', form: form(view, {}, {}, looking) };
};

export const onConfirmScopeChange = judgingChange(
  confirmContext,
  async ({ view, values, seen, written, person, desk }) =>
    confirmScopeForm(view, values, { seen, written }, await lookingAt(desk, person, [view])),
);

export const onConfirmScopeSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(confirmContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  // What stands beside it takes a moment to find: only a form that comes back shows it.
  const formOf = async (of: DealView) => confirmScopeForm(of, values, target, await lookingAt(desk, person, [of]));
  const read = readVerdictForm(values);
  if (!read.ok) {
    const form = await formOf(view);
    return mistaken(context, read.errors, () => form);
  }
  const { verdict } = read.value;
  if (verdict === 'confirm' && (await isNewlyWritten({ desk, view, person, written: target.written }, cause)))
    return { kind: 'form', form: await formOf(view), again: true };
  const ask = { actor: person, cause };
  const looked = { factsHash: target.facts, seen: target.seen };
  const outcome =
    read.value.verdict === 'confirm'
      ? await confirm(desk, target.deal, looked, ask)
      : await sendBack(desk, view, looked, read.value.reason, ask);
  if (outcome.kind === 'accepted') return DONE;
  if (outcome.refusal.code === 'facts changed' && outcome.view)
    return { kind: 'form', form: await formOf(outcome.view), again: true };
  const form = await formOf(view);
  return refusedForm(outcome.refusal, 'verdict', () => form);
};

/** The form as it would be now; it says where it showed less before. */
const lighterAgain = async ({ desk, person, view, values, seen, written }: Again): Promise<Form> =>
  confirmLighterForm(view, values, { seen, written }, await lookingAt(desk, person, [view]));

export const onConfirmLighterChange = judgingChange(confirmLighterContext, lighterAgain);

export const onConfirmLighterSubmit = dealSubmit({
  context: confirmLighterContext,
  form: lighterAgain,
  read: readVerdictForm,
  older: async (at, { verdict }, cause) =>
    verdict === 'confirm' && (await isNewlyWritten(at, cause)) ? lighterAgain(at) : undefined,
  command: (value, { asOf, seen }) =>
    value.verdict === 'confirm'
      ? { type: 'ConfirmLighter', asOf, seen }
      : { type: 'RefuseLighter', asOf, seen, reason: value.reason },
  refusedAt: 'verdict',
  changed: (view, at) => lighterAgain({ ...at, view }),
  // Whoever confirms the next with this product reads why, whoever uses it there.
  next: async (_, { desk, view }, value, ask) => {
    if (value.verdict === 'refuse' && saysLessOfProduct(view))
      await dropScope(desk, view, { of: 'answers', reason: value.reason }, ask);
    return DONE;
  },
});

/** Deals that wait for this person, the longest-waiting first; and how many wait in all. */
const waitingFor = async (desk: Desk, person: string): Promise<{ waiting: DealView[]; all: number }> => {
  const said = (await desk.index())
    .filter(({ toConfirm: since, team }) => since !== undefined && !team.includes(person))
    .toSorted((a, b) => ((a.toConfirm ?? '') < (b.toConfirm ?? '') ? -1 : 1));
  const views = await Promise.all(said.slice(0, MOST_CONFIRMED).map(({ id }) => readable(desk, id, person)));
  return { waiting: views.filter((view) => view !== undefined), all: said.length };
};

/** Lighter answers in sheets and briefs are confirmed each on their own form: where no deal waits they are named. */
const nothing = async (desk: Desk, person: string): Promise<Reply> => {
  const { state } = await desk.registers.sheets.now();
  const sheets = allSheets(state).filter(
    ({ waits }) => waits && judgeRefusal(desk.organisation(), waits, person) === undefined,
  );
  return sheets.length === 0 ? tell(NOTHING) : { kind: 'tell', card: sheetsToConfirmCard(sheets) };
};

const mayNot = (desk: Desk, person: string): Reply | undefined =>
  isOfCompliance(desk.organisation(), person) ? undefined : deny(ONLY_COMPLIANCE);

/** Answers `/deal confirm`: the list as a form, or the button that opens it. `deal`: the one that is named or meant. */
export const onConfirmWords = async (desk: Desk, act: Words, deal: DealView | undefined): Promise<Reply> => {
  const no = mayNot(desk, act.person);
  if (no) return no;
  const { waiting, all } = deal
    ? { waiting: toConfirm(deal) ? [deal] : [], all: 1 }
    : await waitingFor(desk, act.person);
  if (waiting.length === 0) return deal ? tell(NOTHING) : nothing(desk, act.person);
  if (act.canOpen)
    return { kind: 'form', form: confirmAllForm(waiting, all, {}, await lookingAt(desk, act.person, waiting)) };
  const card: Card = confirmAllCard(all);
  return { kind: 'tell', card };
};

export const onConfirmAll: OnDeskClick = async (desk, { person }) => {
  const no = mayNot(desk, person);
  if (no) return no;
  const { waiting, all } = await waitingFor(desk, person);
  if (waiting.length === 0) return nothing(desk, person);
  return { kind: 'form', form: confirmAllForm(waiting, all, {}, await lookingAt(desk, person, waiting)) };
};

/** Each deal on its own: one that changed meanwhile keeps no other from being confirmed. */
export const onConfirmAllSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(confirmAllContext, context);
  const no = mayNot(desk, person);
  if (!target || no) return no ?? gone();
  const shown = target.facts.split(' ').map((one) => one.split('|'));
  const read = readConfirmAllForm(
    values,
    shown.map(([deal = '']) => deal),
  );
  if (!read.ok) {
    const { waiting, all } = await waitingFor(desk, person);
    const looking = await lookingAt(desk, person, waiting);
    return mistaken(context, read.errors, () => confirmAllForm(waiting, all, values, looking));
  }
  const done: DealId[] = [];
  const failed: string[] = [];
  for (const deal of read.value) {
    const view = await readable(desk, deal, person);
    if (!view) continue;
    const [, of, at = '', seen, written = ''] = shown.find(([id]) => id === deal) ?? [];
    const ask = { actor: person, cause: `${cause}:${deal}` };
    if (written !== '' && (await isNewlyWritten({ desk, view, person, written }, ask.cause))) {
      failed.push(`${deal}: ${MORE_WRITTEN}`);
      continue;
    }
    const outcome =
      of === 'lighter'
        ? await desk.deals.handle(deal, { type: 'ConfirmLighter', asOf: at, seen }, ask)
        : await confirm(desk, deal, { factsHash: at, seen }, ask);
    if (outcome.kind === 'accepted') done.push(deal);
    else failed.push(`${deal}: ${outcome.refusal.text}`);
  }
  const said = done.length === 0 ? 'Nothing was confirmed.' : `Confirmed: ${done.join(', ')}.`;
  return { kind: 'form', form: savedForm([said, ...failed].join(' '), 'To confirm') };
};

export const onAuthority = opens('confirm', (view) => authorityForm(view));

export const onAuthoritySubmit = dealSubmit({
  context: dealContext,
  form: ({ view, values }) => authorityForm(view, values),
  read: readAuthorityForm,
  command: (value) => ({ type: 'NoteAuthority', ...value }),
  refusedAt: 'note',
});
