/** Answering a section: opening its form, growing it, saving it, handing it over. */

import { z } from 'zod';
import type { Form, FormValues } from '../../blocks/card.ts';
import { readContext, sectionContext } from '../../blocks/forms/context.ts';
import { handOverForm, readHandOverForm } from '../../blocks/forms/hand-over.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { readSectionDraft, readSectionForm, readWhy } from '../../blocks/forms/section-read.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { confirmable } from '../../flows/deal/deciding/asked-again.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import { sectionProgress } from '../../flows/deal/rights/whose-turn.ts';
import { aboutToStop } from '../../flows/deal/said/stops.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import { sha256 } from '../../store/chain.ts';
import type { Json } from '../../store/event-store.ts';
import type { Reply } from '../edge/interaction.ts';
import {
  afterwards,
  deny,
  DONE,
  gone,
  mistaken,
  press,
  readable,
  refusedForm,
  valuesOf,
  type Desk,
  type OnChange,
  type OnClick,
  type OnSubmit,
} from './desk.ts';
import { dealSubmit } from './submit.ts';

/** Key of what one person typed and has not saved: closing the window or a restart loses nothing. */
const draftKey = (section: string, person: string): string => `section:${section}:${person}`;

const typedSchema = z.object({
  /** The saved answers that the person was looking at: an old draft must not hide a later save by a colleague. */
  basis: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

const basisOf = (view: DealView, section: string): string =>
  sha256(JSON.stringify([own(view.deal.answers, section) ?? null, own(view.deal.drafts, section) ?? null]));

const typed = async (desk: Desk, view: DealView, section: string, person: string): Promise<FormValues | undefined> => {
  const draft = typedSchema.safeParse(await desk.store.draft(view.deal.id, draftKey(section, person)));
  return draft.success && draft.data.basis === basisOf(view, section) ? draft.data.values : undefined;
};

/** The section's form with what this person typed last and did not save. */
export const startedSection = async (desk: Desk, view: DealView, section: string, person: string): Promise<Form> =>
  sectionForm(view, section, await typed(desk, view, section, person));

/** The person who is to answer the section. */
export const holderOf = ({ deal }: DealView, section: string): string => own(deal.handOvers, section)?.to ?? deal.owner;

export const onAnswer: OnClick = async (desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'answer');
  if (no) return deny(no);
  if (view.deal.status !== 'answering' && view.deal.status !== 'deciding') {
    return deny(`This deal is ${view.deal.status}, so its answers stand. It can be reopened from the deal's card.`);
  }
  return { kind: 'form', form: await startedSection(desk, view, arg, click.person) };
};

export const onSectionChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(sectionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  await desk.store.putDraft(target.deal, draftKey(target.section, person), {
    basis: basisOf(view, target.section),
    values: values as unknown as Json,
  });
  return { kind: 'form', form: sectionForm(view, target.section, values) };
};

/** The next section that this person can continue with at once. */
const nextFor = (view: DealView, person: string): string | undefined => {
  if (view.deal.status !== 'answering') return undefined;
  // In a reassessment the cards offer the shorter way.
  const open = sectionProgress(view).filter(({ section, done }) => !done && !confirmable(view, section.id));
  return open.find(({ section }) => holderOf(view, section.id) === person)?.section.id;
};

const flagsNow = (view: DealView): string => {
  const n = view.assessment.flags.length;
  return n === 0 ? 'No flags so far.' : `${n} flag${n === 1 ? '' : 's'} so far, shown in the thread.`;
};

/** Continues after a section: the next one in the same window, under a line that says what was saved. */
export const goOn = (view: DealView, person: string, saved: string): Form | undefined => {
  const next = nextFor(view, person);
  if (next === undefined) return undefined;
  const form = sectionForm(view, next);
  return { ...form, blocks: [{ kind: 'note', text: `${saved} ${flagsNow(view)}` }, ...form.blocks] };
};

export const onSectionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const target = readContext(sectionContext, context);
  const view = target && (await readable(desk, target.deal, person));
  if (!target || !view) return gone();
  const { deal, section } = target;
  const title = view.policy.sections.find((s) => s.id === section)?.title ?? section;
  const after = (saved: DealView): Reply => {
    const next = goOn(saved, person, `Saved: ${title}.`);
    return next ? { kind: 'form', form: next } : DONE;
  };
  const form = (errors?: Record<string, string>): Form => sectionForm(view, section, values, errors);
  const read = readSectionForm(view, section, values);
  if (!read.ok) {
    // Delivered again when other answers require more than it held. `handle` compares a form without mistakes.
    const { answers } = readSectionDraft(view, section, values);
    const sent = { type: 'AnswerSection', section, answers } as const;
    if (await desk.deals.repeats(deal, sent, { actor: person, cause })) return after(view);
    return mistaken(context, read.errors, form);
  }
  const answers = read.value;
  const why = readWhy(values);
  const stopping = target.sure ? [] : aboutToStop(view, section, answers);
  if (stopping.length > 0) {
    return { kind: 'form', form: sectionForm(view, section, values, {}, stopping), again: true };
  }
  const outcome = await desk.deals.handle(
    deal,
    { type: 'AnswerSection', section, answers, ...(why === undefined ? {} : { why }) },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') return refusedForm(outcome.refusal, Object.keys(values)[0] ?? 'section', form);
  afterwards(desk.store.dropDraft(deal, draftKey(section, person)));
  return after(outcome.view);
};

/** Keeps a draft; returns a reply if something typed cannot be kept as it is. */
const saveForLater = async (
  desk: Desk,
  view: DealView,
  section: string,
  { person, cause, values }: { person: string; cause: string; values: FormValues },
): Promise<Reply | undefined> => {
  const { answers, errors } = readSectionDraft(view, section, values);
  if (Object.keys(errors).length > 0) return { kind: 'form', form: sectionForm(view, section, values, errors) };
  const outcome = await desk.deals.handle(
    view.deal.id,
    { type: 'SaveSectionForLater', section, answers },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') return { kind: 'form', form: savedForm(outcome.refusal.text) };
  afterwards(desk.store.dropDraft(view.deal.id, draftKey(section, person)));
  return undefined;
};

export const onSaveForLater: OnClick = async (desk, click, { view, arg }) => {
  const { person, cause } = click;
  const problem = await saveForLater(desk, view, arg, { person, cause, values: valuesOf(click) });
  return (
    problem ?? {
      kind: 'form',
      form: savedForm('Saved. Press Answer in the thread to go on where you left off.', 'Saved for later'),
    }
  );
};

export const onHandOver: OnClick = async (desk, click, { view, arg }) => {
  const no = refusal(view, click.person, 'hand over');
  if (no) return click.form ? { kind: 'form', form: savedForm(no) } : deny(no);
  if (click.form) {
    const { person, cause } = click;
    const problem = await saveForLater(desk, view, arg, { person, cause: `${cause}:saved`, values: valuesOf(click) });
    if (problem) return problem;
  }
  return { kind: 'form', form: handOverForm(view, arg) };
};

export const onHandOverSubmit = dealSubmit({
  context: sectionContext,
  form: ({ view, section, values }) => handOverForm(view, section, values),
  read: (values, { desk }) => readHandOverForm(values, desk.organisation()),
  command: ({ person: to, note }, { section }) => ({ type: 'HandOverSection', section, to, note }),
  refusedAt: 'person',
  next: ({ view }, { person }) => {
    const next = goOn(view, person, 'Handed over.');
    return next ? { kind: 'form', form: next } : DONE;
  },
});

export const onTakeBack: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'TakeSectionBack', section: arg });
