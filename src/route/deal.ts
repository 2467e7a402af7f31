/** The deal as a whole: opening it, its details, why its tier, and the rarer things to do with it. */
import { channelContext, dealContext, hiddenErrors, readContext } from '../../blocks/forms/context.ts';
import { moreForm, readMoreForm, readReopenForm, reopenForm, type MoreChoice } from '../../blocks/forms/more.ts';
import { detailsForm, openForm, readDetailsForm, readOpenForm } from '../../blocks/forms/open.ts';
import { whyForm } from '../../blocks/forms/why.ts';
import { canDo, refusal, type DealAction } from '../../flows/access.ts';
import { searchCountries } from '../../flows/countries.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Interaction, Reply } from '../interaction.ts';
import { deny, DONE, gone, press, readable, refusedForm, type OnChange, type OnClick, type OnSubmit } from './desk.ts';
import { goOn } from './section.ts';

const MOST_OPTIONS = 50;

export const onSuggest = (act: Extract<Interaction, { kind: 'suggest' }>): Reply => ({
  kind: 'options',
  options:
    act.source === 'countries'
      ? searchCountries(act.query, MOST_OPTIONS).map(({ code, name }) => ({ value: code, label: name }))
      : [],
});

export const onOpenChange: OnChange = async (desk, { context, values }) => {
  const target = readContext(channelContext, context);
  return target ? { kind: 'form', form: openForm(desk.organisation(), target.channel, values) } : gone();
};

export const onOpenSubmit: OnSubmit = async (desk, { context, values, person, cause, place }) => {
  const target = readContext(channelContext, context);
  if (!target) return gone();
  const read = readOpenForm(values, desk.organisation());
  if (!read.ok) {
    if (hiddenErrors(context, read.errors).length === 0) return { kind: 'errors', errors: read.errors };
    return { kind: 'form', form: openForm(desk.organisation(), target.channel, values), again: true };
  }
  const home = { platform: place?.platform ?? 'slack', channel: target.channel };
  const outcome = await desk.deals.open({ type: 'OpenDeal', home, details: read.value }, { actor: person, cause });
  if (outcome.kind === 'refused') return refusedForm(outcome.refusal, 'customer');
  const next = goOn(outcome.view, person, `Opened: ${outcome.view.deal.id}.`);
  return next ? { kind: 'form', form: next } : DONE;
};

export const onDetailsChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  return view ? { kind: 'form', form: detailsForm(view, values) } : gone();
};

export const onDetailsSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const read = readDetailsForm(values, desk.organisation());
  if (!read.ok) {
    if (hiddenErrors(context, read.errors).length === 0) return { kind: 'errors', errors: read.errors };
    return { kind: 'form', form: detailsForm(view, values), again: true };
  }
  const outcome = await desk.deals.handle(
    target.deal,
    { type: 'CorrectDetails', ...read.value },
    { actor: person, cause },
  );
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'reason') : DONE;
};

export const onWhy: OnClick = (_desk, _click, { view }) => ({ kind: 'form', form: whyForm(view) });

export const onNudge: OnClick = (desk, click, { view }) =>
  press(desk, click, view.deal.id, { type: 'Nudge' }, 'Nudged. They get a message that links here.');

const NEEDS: Record<MoreChoice, DealAction> = {
  details: 'correct details',
  reassign: 'reassign owner',
  'take-vote-back': 'take vote back',
  withdraw: 'withdraw',
  reopen: 'reopen',
};

const isOpen = ({ deal }: DealView): boolean => deal.status === 'answering' || deal.status === 'deciding';

const fits = (view: DealView, choice: MoreChoice, person: string): boolean => {
  const { deal } = view;
  switch (choice) {
    case 'details':
      return isOpen(view);
    case 'take-vote-back':
      return deal.status === 'deciding' && deal.votes.some((v) => v.by === person && v.step === deal.step);
    case 'withdraw':
      return deal.status !== 'withdrawn' && deal.status !== 'decided';
    case 'reopen':
      return !isOpen(view);
    case 'reassign':
      return true;
    default: {
      const never: never = choice;
      return never;
    }
  }
};

/** What this person can do now; the decision looks again. */
const allowed = (view: DealView, person: string): MoreChoice[] =>
  (Object.keys(NEEDS) as MoreChoice[]).filter(
    (choice) => canDo(view, person, NEEDS[choice]) && fits(view, choice, person),
  );

export const onMore: OnClick = (_desk, click, { view }) => ({
  kind: 'form',
  form: moreForm(view, allowed(view, click.person)),
});

export const onMoreChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  return view ? { kind: 'form', form: moreForm(view, allowed(view, person), values) } : gone();
};

const commandOf = (
  view: DealView,
  more: Exclude<ReturnType<typeof readMoreForm>, { ok: false }>['value'],
): DealCommand | undefined => {
  switch (more.choice) {
    case 'details':
      return undefined;
    case 'reassign':
      return { type: 'ReassignOwner', to: more.person, reason: more.reason };
    case 'take-vote-back':
      return { type: 'TakeVoteBack', step: view.deal.status === 'deciding' ? view.deal.step : 0, reason: more.reason };
    case 'withdraw':
      return { type: 'Withdraw', reason: more.reason };
    case 'reopen':
      return { type: 'Reopen', reason: more.reason };
    default: {
      const never: never = more;
      return never;
    }
  }
};

export const onMoreSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!view) return gone();
  // What it did may be just why it is not offered any more.
  if (await desk.deals.done(view.deal.id, cause)) return DONE;
  const choices = allowed(view, person);
  const read = readMoreForm(values, choices, desk.organisation());
  if (!read.ok) {
    if (hiddenErrors(context, read.errors).length === 0) return { kind: 'errors', errors: read.errors };
    return { kind: 'form', form: moreForm(view, choices, values), again: true };
  }
  const command = commandOf(view, read.value);
  if (!command) return { kind: 'form', form: detailsForm(view) };
  const outcome = await desk.deals.handle(view.deal.id, command, { actor: person, cause });
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'choice') : DONE;
};

export const onReopen: OnClick = (_desk, click, { view }) => {
  const no = refusal(view, click.person, 'reopen');
  return no ? deny(no) : { kind: 'form', form: reopenForm(view) };
};

export const onReopenSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(dealContext, context);
  if (!target || !(await readable(desk, target.deal, person))) return gone();
  const read = readReopenForm(values);
  if (!read.ok) return { kind: 'errors', errors: read.errors };
  const outcome = await desk.deals.handle(target.deal, { type: 'Reopen', ...read.value }, { actor: person, cause });
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'reason') : DONE;
};
