/** The path of every submitted form, and a deal's buttons that open one: each handler gives only its own steps. */

import { z } from 'zod';
import type { Form, FormValues } from '../../blocks/card.ts';
import { readContext } from '../../blocks/forms/context.ts';
import { lateFlagForm } from '../../blocks/forms/flag.ts';
import { textOf } from '../../blocks/forms/inputs.ts';
import type { Read } from '../../blocks/forms/reading.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { isOpen } from '../../flows/deal/context/alerts.ts';
import { MIN_FLAG } from '../../flows/deal/deciding/flagging.ts';
import { attemptOf } from '../../flows/deal/refusing/pressable.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import { refusal, type DealAction } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Refusal } from '../../flows/ids.ts';
import type { Reply } from '../edge/interaction.ts';
import type { DealHandled } from '../streams/deals.ts';
import type { Ask } from '../streams/stream-kind.ts';
import {
  deny,
  DONE,
  gone,
  isReply,
  mistaken,
  readable,
  refusedForm,
  type Desk,
  type OnChange,
  type OnClick,
  type OnSubmit,
  type Submit,
} from './desk.ts';

/** Input of a handler's steps: the subject of the form, what was typed, who sent it and from where. */
type At<About> = About & Pick<Submit, 'values' | 'person' | 'place' | 'form'> & { desk: Desk };

type Refused = { kind: 'refused'; refusal: Refusal; view?: DealView | undefined };
type Handled = { kind: 'accepted' } | Refused;
type Accepted<H extends Handled> = Extract<H, { kind: 'accepted' }>;
type NotAccepted<H extends Handled> = Extract<H, { kind: 'refused' }>;

interface Steps<About, Value, H extends Handled> {
  /** The subject of the form, for a person who may send it, else the refusal. Rights are checked before reading. */
  about: (desk: Desk, submit: Submit) => Promise<About | Reply> | About | Reply;
  /** The form again, with what was typed. */
  form: (at: At<About>) => Form | Promise<Form>;
  /** Says why it is refused whatever is written in it, on the deal as it is now. */
  late?: (at: At<About>, view?: DealView) => string | undefined;
  read: (values: FormValues, at: At<About>) => Read<Value>;
  /** The form again, where it showed less than it would now of what the decision does not look at. Undefined: it did not. */
  older?: (at: At<About>, value: Value, cause: string) => Promise<Form | undefined>;
  /** Completes what was read with what must be looked up for it. */
  complete?: (value: Value, at: At<About>) => Promise<Read<Value>>;
  send: (at: At<About>, value: Value, ask: Ask) => Promise<H>;
  /** The input that shows a refusal that names none. */
  refusedAt: string;
  /** The reply to a refusal that has one of its own. */
  refused?: (outcome: NotAccepted<H>, at: At<About>, value: Value) => Promise<Reply | undefined> | Reply | undefined;
  /** The reply to an accepted command; without it the form just closes. */
  next?: (outcome: Accepted<H>, at: At<About>, value: Value, ask: Ask) => Promise<Reply> | Reply;
}

/** The form with what was typed, under the reason why it is taken no more: no input could mend that. */
export const tooLate = (text: string, form: Form): Reply => ({
  kind: 'form',
  form: { ...form, blocks: [{ kind: 'text', text: [{ strong: text }] }, ...form.blocks] },
  again: true,
});

const isAccepted = <H extends Handled>(outcome: H): outcome is Accepted<H> => outcome.kind === 'accepted';
const isRefused = <H extends Handled>(outcome: H): outcome is NotAccepted<H> => outcome.kind === 'refused';

export const submitted =
  <About extends object, Value, H extends Handled>(steps: Steps<About, Value, H>): OnSubmit =>
  async (desk, submit) => {
    const about = await steps.about(desk, submit);
    if (isReply(about)) return about;
    const { context, values, person, place, cause } = submit;
    const at = { ...about, values, person, place, desk, form: submit.form };
    // A form that can't be drawn any more is left open as it is, with what was typed.
    const here = (refusal: Refusal, drawn: Form): Reply =>
      drawn.submit === undefined
        ? { kind: 'errors', errors: { [steps.refusedAt]: refusal.text } }
        : refusedForm(refusal, steps.refusedAt, () => drawn);
    const late = (text: string, drawn: Form): Reply =>
      drawn.submit === undefined ? here({ code: 'not now', text }, drawn) : tooLate(text, drawn);
    const first = steps.read(values, at);
    const read = first.ok && steps.complete ? await steps.complete(first.value, at) : first;
    if (!read.ok) {
      const drawn = await steps.form(at);
      const why = steps.late?.(at);
      return why === undefined ? mistaken(context, read.errors, () => drawn) : late(why, drawn);
    }
    const older = await steps.older?.(at, read.value, cause);
    if (older) return { kind: 'form', form: older, again: true };
    const ask = { actor: person, cause };
    const outcome = await steps.send(at, read.value, ask);
    if (isRefused(outcome)) {
      const own = await steps.refused?.(outcome, at, read.value);
      if (own) return own;
      const drawn = await steps.form(at);
      const why = steps.late?.(at, outcome.view);
      return why === outcome.refusal.text ? late(why, drawn) : here(outcome.refusal, drawn);
    }
    return isAccepted(outcome) && steps.next ? steps.next(outcome, at, read.value, ask) : DONE;
  };

type AboutDeal<Context> = Context & { view: DealView };

interface DealSteps<Context, Value> extends Pick<
  Steps<AboutDeal<Context>, Value, DealHandled>,
  'form' | 'read' | 'older' | 'complete' | 'refusedAt' | 'next'
> {
  context: z.ZodType<Context>;
  command: (value: Value, at: At<AboutDeal<Context>>) => DealCommand;
  /** The form for the deal as it is now, if what it showed changed while the person was reading. */
  changed?: (view: DealView, at: At<AboutDeal<Context>>, value: Value) => Form | Promise<Form>;
  /** The inputs whose words may speak against the deal: once that is decided or over, what comes too late is offered as a flag. Absent: none. */
  words?: readonly string[];
  /** Set if anybody may send it, without the right to read the deal. */
  openToAll?: true;
}

const dealOf =
  <Context extends { deal: string }>(schema: z.ZodType<Context>, openToAll?: true) =>
  async (
    desk: Desk,
    { context, person }: Pick<Submit, 'context' | 'person'>,
  ): Promise<AboutDeal<Context> | undefined> => {
    const target = readContext(schema, context);
    const view = target && (await (openToAll ? desk.deals.view(target.deal) : readable(desk, target.deal, person)));
    return target && view && { ...target, view };
  };

const SUBJECTS = ['section', 'flag', 'request', 'condition', 'duty'];

/** What the form is about, beside its deal. */
const subjectOf = (about: object): string | undefined => {
  const [, subject] = Object.entries(about).find(([name]) => SUBJECTS.includes(name)) ?? [];
  return typeof subject === 'string' ? subject : undefined;
};

/** Handles a form that sends a command to a deal. */
export const dealSubmit = <Context extends { deal: string }, Value>({
  context,
  command,
  changed,
  words,
  openToAll,
  ...steps
}: DealSteps<Context, Value>): OnSubmit => {
  const find = dealOf(context, openToAll);
  return submitted<AboutDeal<Context>, Value, DealHandled>({
    ...steps,
    about: async (desk, submit) => (await find(desk, submit)) ?? gone(),
    late: (at, view = at.view) => {
      const attempt = attemptOf(at.form, subjectOf(at));
      if (!attempt) throw new Error(`nothing is attempted by ${at.form}`);
      return refusedNow(view, at.person, attempt)?.text;
    },
    send: (at, value, ask) => at.desk.deals.handle(at.deal, command(value, at), ask),
    refused: async ({ refusal: { code, text }, view }, at, value) => {
      if (changed && code === 'facts changed' && view)
        return { kind: 'form', form: await changed(view, at, value), again: true };
      const said = (words ?? []).flatMap((name) => textOf(at.values, name)?.trim() || []).join(' ');
      return view && code === 'not now' && !isOpen(view.deal) && said.length >= MIN_FLAG
        ? { kind: 'form', form: lateFlagForm(view, text, said) }
        : undefined;
    },
  });
};

/** Redraws a form about a deal while it is filled in. */
export const dealChange = <Context extends { deal: string }>(
  context: z.ZodType<Context>,
  form: (at: At<AboutDeal<Context>>) => Form | Promise<Form>,
): OnChange => {
  const find = dealOf(context);
  return async (desk, change) => {
    const about = await find(desk, change);
    const { values, person, place } = change;
    return about
      ? { kind: 'form', form: await form({ ...about, values, person, place, desk, form: change.form }) }
      : gone();
  };
};

const asRecord = (text: string): Record<string, unknown> => z.record(z.string(), z.unknown()).parse(JSON.parse(text));

/**
 * The same of a form that shows what somebody judges: what came while they choose is read as the form is sent. A choice stays where it
 * is, and a line above it is not seen on a phone.
 */
export const judgingChange = <Context extends { deal: string }>(
  ...of: Parameters<typeof dealChange<Context>>
): OnChange => {
  const change = dealChange(...of);
  return async (desk, act) => {
    const reply = await change(desk, act);
    // What is over by now is another form, and judges nothing.
    if (reply.kind !== 'form' || reply.form.name !== act.form) return reply;
    const { shown } = asRecord(reply.form.context);
    const context = JSON.stringify({ ...asRecord(act.context), shown });
    return { ...reply, form: { ...reply.form, context } };
  };
};

/** Handles a button that opens a form about a deal, for those who may do what the form is for. */
export const opens =
  (
    action: DealAction,
    form: (view: DealView, arg: string, person: string, desk: Desk) => Form | Promise<Form>,
  ): OnClick =>
  async (desk, { person, name }, { view, arg }) => {
    // Whoever may not send it in types nothing first. What was settled meanwhile the form says by itself.
    const attempt = attemptOf(name, arg);
    const refused = attempt && refusedNow(view, person, attempt);
    const no = refusal(view, person, action) ?? (refused?.code === 'not allowed' ? refused.text : undefined);
    return no === undefined ? { kind: 'form', form: await form(view, arg, person, desk) } : deny(no);
  };
