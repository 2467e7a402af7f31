/** Answering a section: opening its form, growing it, saving it, handing it over. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { bareWords } from '../../blocks/cards/open-words.ts';
import { flagsSoFar, savedForLaterText } from '../../blocks/cards/saved-words.ts';
import { readContext, sectionContext, sectionFormContext } from '../../blocks/forms/context.ts';
import { handOverForm, readHandOverForm } from '../../blocks/forms/hand-over.ts';
import { keptForm } from '../../blocks/forms/kept.ts';
import { basisName, inputOf } from '../../blocks/forms/names.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { OUTDATED } from '../../blocks/forms/section-earlier.ts';
import { savedValues, shownInput } from '../../blocks/forms/section-layout.ts';
import { readOpenedOn, type OpenedOn } from '../../blocks/forms/section-meanwhile.ts';
import { readSectionDraft, readSectionForm, readWhy } from '../../blocks/forms/section-read.ts';
import { rebased } from '../../blocks/forms/section-rebase.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { count } from '../../blocks/words.ts';
import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { EndedHandOver } from '../../flows/deal/deal.ts';
import { answersOver } from '../../flows/deal/refusing/answers.ts';
import { refusedNow } from '../../flows/deal/refusing/refused.ts';
import { canRead, refusal } from '../../flows/deal/rights/access.ts';
import { whoMightKnow } from '../../flows/deal/rights/knowers.ts';
import { sectionProgress } from '../../flows/deal/rights/whose-turn.ts';
import { aboutToStop } from '../../flows/deal/said/stops.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Refusal } from '../../flows/ids.ts';
import { own } from '../../flows/own.ts';
import type { Reply } from '../edge/interaction.ts';
import {
  afterwards,
  deny,
  DONE,
  gone,
  mistaken,
  press,
  valuesOf,
  type Click,
  type Desk,
  type OnChange,
  type OnClick,
  type OnSubmit,
} from './desk.ts';
import { dispute, disputesOf } from './disputing.ts';
import {
  draftKey,
  draftOf,
  keepDraft,
  leftUnasked,
  lostBy,
  lostSection,
  onNow,
  startedSection,
} from './section-drafts.ts';
import { dealSubmit, tooLate } from './submit.ts';

/** The person who is to answer the section. */
export const holderOf = ({ deal }: DealView, section: string): string => own(deal.handOvers, section)?.to ?? deal.owner;

export const onAnswer: OnClick = async (desk, click, { view, arg }) => {
  const ended = lostBy(view, arg, click.person);
  if (ended) {
    const draft = await draftOf(desk, view.deal.id, arg, click.person);
    return { kind: 'form', form: keptForm(view, arg, draft?.values ?? {}, ended) };
  }
  if (!canRead(view, click.person)) return gone();
  const no = refusal(view, click.person, 'answer');
  if (no) return deny(no);
  const over = answersOver(view, arg);
  const left = over && (await draftOf(desk, view.deal.id, arg, click.person));
  if (left) return { kind: 'form', form: keptForm(view, arg, left.values, over.text) };
  if (view.deal.status !== 'answering' && view.deal.status !== 'deciding') {
    return deny(`This deal is ${view.deal.status}, so its answers stand. It can be reopened from the deal's card.`);
  }
  return { kind: 'form', form: await startedSection(desk, await desk.reuse(view, click.person), arg, click.person) };
};

interface OpenSection {
  view: DealView;
  section: string;
  opened: OpenedOn;
  ended: EndedHandOver | undefined;
}

/** The section that a form is about, for a person who may read the deal or held the section when they opened it. */
const openSection = async (desk: Desk, context: string, person: string): Promise<OpenSection | undefined> => {
  const target = readContext(sectionFormContext, context);
  const view = target && (await desk.deals.view(target.deal));
  if (!view) return undefined;
  const { section } = target;
  const ended = lostBy(view, section, person);
  if (!ended && !canRead(view, person)) return undefined;
  const opened = readOpenedOn(view, section, target);
  return { view: ended ? view : await desk.reuse(view, person), section, opened, ended };
};

export const onSectionChange: OnChange = async (desk, { context, values, person }) => {
  const about = await openSection(desk, context, person);
  if (!about) return gone();
  const { view, section, opened, ended } = about;
  const typed = { section, person, values, base: opened.base };
  if (ended) return lostSection(desk, view, typed, ended);
  // A client may name any section.
  if (view.policy.sections.some((s) => s.id === section)) await keepDraft(desk, view, typed);
  return { kind: 'form', form: sectionForm(view, section, values, {}, opened) };
};

/** The next section that this person can continue with at once. */
const nextFor = (view: DealView, person: string): string | undefined => {
  if (view.deal.status !== 'answering') return undefined;
  // In a reassessment the cards offer the shorter way.
  const open = sectionProgress(view).filter(({ section, done }) => !done && !confirmable(view, section.id));
  return open.find(({ section }) => holderOf(view, section.id) === person)?.section.id;
};

/** Continues after a section: the next one in the same window, under a line that says what was saved. */
export const goOn = async (desk: Desk, view: DealView, person: string, saved: string): Promise<Form | undefined> => {
  const next = nextFor(view, person);
  if (next === undefined) return undefined;
  const offered = await desk.reuse(view, person);
  const form = sectionForm(offered, next, savedValues(offered, next, person));
  return { ...form, blocks: [{ kind: 'note', text: `${saved} ${flagsSoFar(view)}` }, ...form.blocks] };
};

const sectionCommand = (
  type: 'AnswerSection' | 'SaveSectionForLater',
  { earlier }: DealView,
  section: string,
  answers: Record<string, GivenAnswer>,
  { base, of }: OpenedOn,
  why?: string,
): DealCommand => ({
  type,
  section,
  answers,
  ...(base ? { base } : {}),
  ...(of === undefined ? {} : { of }),
  ...(why === undefined ? {} : { why }),
  ...(earlier ? { earlier: earlier.deals } : {}),
});

/** What others answered since the form was opened, and how many of it is kept; then what counts as not known. */
const savedWords = (view: DealView, section: string, title: string, kept: number): string => {
  const meanwhile = kept === 0 ? '' : ` ${count(kept, 'answer')} that others gave meanwhile stayed.`;
  return [`Saved: ${title}.${meanwhile}`, bareWords(view, section)].filter((text) => text !== '').join(' ');
};

export const onSectionSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const about = await openSection(desk, context, person);
  if (!about) return gone();
  const { view, section, opened, ended } = about;
  const { base } = opened;
  const deal = view.deal.id;
  if (ended) return lostSection(desk, view, { section, person, values, base }, ended);
  const left = await leftUnasked(desk, view, { section, person, values, opened }, cause);
  if (left) return left;
  const title = view.policy.sections.find((s) => s.id === section)?.title ?? section;
  const merged = base ? rebased(view, section, values, base, person) : { values, met: [], moved: [] };
  const after = async (saved: DealView, untold = ''): Promise<Reply> => {
    const words = `${savedWords(saved, section, title, merged.moved.length)}${untold === '' ? '' : ` ${untold}`}`;
    const next = await goOn(desk, saved, person, words);
    if (next) return { kind: 'form', form: next };
    return untold === '' ? DONE : { kind: 'form', form: savedForm(words) };
  };
  const moved = merged.moved.length > 0;
  const form = (errors?: Record<string, string>): Form =>
    moved ? onNow(view, section, merged, errors) : sectionForm(view, section, values, errors, opened);
  const wrong = (errors: Record<string, string>): Reply =>
    moved || Object.values(errors).includes(OUTDATED)
      ? { kind: 'form', form: form(errors), again: true }
      : mistaken(context, errors, form);
  const { answers, errors: ofTheirs } = readSectionDraft(view, section, values);
  const read = readSectionForm(view, section, merged.values);
  if (!read.ok) {
    // Delivered again when other answers require more than it held. `handle` compares a form without mistakes.
    const sent = sectionCommand('AnswerSection', view, section, answers, opened);
    if (await desk.deals.repeats(deal, sent, { actor: person, cause })) return after(view);
    const over = answersOver(view, section);
    if (over) return lostSection(desk, view, { section, person, values, base }, over.text);
    const late = refusedNow(view, person, { type: 'AnswerSection', section });
    if (late) return tooLate(late.text, form());
    return wrong(read.errors);
  }
  // Answers that others gave meanwhile do not take what this person typed for their own.
  const lost = own(ofTheirs, basisName);
  if (base && lost !== undefined) return wrong({ [basisName]: lost });
  const said = await disputesOf(desk, view, { section, values: merged.values, answers: read.value, person });
  if (Object.keys(said.errors).length > 0) return wrong(said.errors);
  const sure = readContext(sectionFormContext, context)?.sure === 1;
  const stopping = sure ? [] : aboutToStop(view, section, read.value);
  if (stopping.length > 0) {
    return { kind: 'form', form: sectionForm(view, section, values, {}, opened, stopping), again: true };
  }
  const outcome = await desk.deals.handle(
    deal,
    sectionCommand('AnswerSection', view, section, base ? answers : read.value, opened, readWhy(values)),
    { actor: person, cause },
  );
  if (outcome.kind === 'accepted') {
    const untold = await dispute(desk, said.disputes, { person, cause });
    afterwards(desk.store.dropDraft(deal, draftKey(section, person)));
    return after(outcome.view, untold);
  }
  return refusedSection(desk, outcome, { section, person, values, opened, context, cause });
};

/** A refused section keeps every word: it comes back on the answers of now, or says who has it. */
const refusedSection = async (
  desk: Desk,
  { refusal: refused, view: now }: { refusal: Refusal; view: DealView | undefined },
  typed: { section: string; person: string; values: FormValues; opened: OpenedOn; context: string; cause: string },
): Promise<Reply> => {
  if (!now) return gone();
  const { section, person, values, opened, context, cause } = typed;
  const view = await desk.reuse(now, person);
  const { base } = opened;
  const ended = lostBy(view, section, person);
  if (ended) return lostSection(desk, view, { section, person, values, base }, ended);
  const over = answersOver(view, section);
  if (over) return lostSection(desk, view, { section, person, values, base }, over.text);
  const merged = base ? rebased(view, section, values, base, person) : { values, met: [], moved: [] };
  if (refused.code === 'facts changed') {
    const left = await leftUnasked(desk, view, { section, person, values, opened }, cause);
    if (left) return left;
    const form = onNow(view, section, merged);
    return opened.of === undefined || opened.of === (view.deal.formerly?.length ?? 0)
      ? { kind: 'form', form, again: true }
      : tooLate(refused.text, form);
  }
  const moved = merged.moved.length > 0;
  const form = (errors?: Record<string, string>): Form =>
    moved ? onNow(view, section, merged, errors) : sectionForm(view, section, values, errors, opened);
  if (refused.about === undefined) return tooLate(refused.text, form());
  const errors = { [shownInput(view, section, merged.values, inputOf(refused.about))]: refused.text };
  return moved ? { kind: 'form', form: form(errors), again: true } : mistaken(context, errors, form);
};

/** Keeps a draft; returns a reply if something typed cannot be kept as it is. */
const saveForLater = async (
  desk: Desk,
  click: Click,
  of: DealView,
  section: string,
  cause: string,
): Promise<Reply | undefined> => {
  const { person } = click;
  const view = await desk.reuse(of, person);
  const values = valuesOf(click);
  const context = click.form?.context ?? '';
  const opened = readOpenedOn(view, section, readContext(sectionFormContext, context) ?? {});
  const left = await leftUnasked(desk, view, { section, person, values, opened }, cause);
  if (left) return left;
  const { answers, errors } = readSectionDraft(view, section, values);
  const said = await disputesOf(desk, view, { section, values, answers, person });
  const wrong = { ...said.errors, ...errors };
  if (Object.keys(wrong).length > 0) {
    return { kind: 'form', form: sectionForm(view, section, values, wrong, opened) };
  }
  const outcome = await desk.deals.handle(
    view.deal.id,
    sectionCommand('SaveSectionForLater', view, section, answers, opened),
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') {
    const { view: now, refusal: no } = outcome;
    const isLost = now && (lostBy(now, section, person) ?? answersOver(now, section));
    if (no.code === 'facts changed' || isLost) {
      return refusedSection(desk, outcome, { section, person, values, opened, context, cause });
    }
    return { kind: 'form', form: savedForm(no.text) };
  }
  const untold = await dispute(desk, said.disputes, { person, cause });
  afterwards(desk.store.dropDraft(view.deal.id, draftKey(section, person)));
  return untold === '' ? undefined : { kind: 'form', form: savedForm(`Saved for later. ${untold}`, 'Saved for later') };
};

/** The reply to a button in the form of a section that is no longer this person's, or for somebody who may not read. */
const notTheirs = async (desk: Desk, click: Click, view: DealView, section: string): Promise<Reply | undefined> => {
  const ended = click.form && lostBy(view, section, click.person);
  if (!ended) return canRead(view, click.person) ? undefined : gone();
  const { base } = readOpenedOn(view, section, readContext(sectionFormContext, click.form?.context ?? '') ?? {});
  return lostSection(desk, view, { section, person: click.person, values: valuesOf(click), base }, ended);
};

export const onSaveForLater: OnClick = async (desk, click, { view, arg }) => {
  const problem =
    (await notTheirs(desk, click, view, arg)) ?? (await saveForLater(desk, click, view, arg, click.cause));
  if (problem) return problem;
  const now = (await desk.deals.view(view.deal.id)) ?? view;
  return { kind: 'form', form: savedForm(savedForLaterText(now, arg), 'Saved for later') };
};

export const onHandOver: OnClick = async (desk, click, { view, arg }) => {
  const lost = await notTheirs(desk, click, view, arg);
  if (lost) return lost;
  const no = refusal(view, click.person, 'hand over');
  if (no) return click.form ? { kind: 'form', form: savedForm(no) } : deny(no);
  if (click.form) {
    const problem = await saveForLater(desk, click, view, arg, `${click.cause}:saved`);
    if (problem) return problem;
  }
  const { state } = await desk.registers.countries.now();
  const watcher = own(state.watch, view.deal.details.destination)?.watcher;
  return { kind: 'form', form: handOverForm(view, arg, undefined, whoMightKnow(view, arg, click.person, watcher)) };
};

export const onHandOverSubmit = dealSubmit({
  context: sectionContext,
  form: ({ view, section, values, person }) =>
    handOverForm(view, section, values, whoMightKnow(view, section, person, undefined)),
  read: (values, { desk }) => readHandOverForm(values, desk.organisation()),
  command: ({ person: to, note }, { section }) => ({ type: 'HandOverSection', section, to, note }),
  refusedAt: 'person',
  next: async ({ view }, { desk, person }) => {
    const next = await goOn(desk, view, person, 'Handed over.');
    return next ? { kind: 'form', form: next } : DONE;
  },
});

export const onTakeBack: OnClick = (desk, click, { view, arg }) =>
  press(desk, click, view.deal.id, { type: 'TakeSectionBack', section: arg });
