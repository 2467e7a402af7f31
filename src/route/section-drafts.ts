/** What one person typed into a section and has not saved: kept, and shown on the answers of now. */

import { z } from 'zod';
import type { Form, FormValues } from '../../blocks/card.ts';
import { keptForm, unaskedSince, type NotSaved } from '../../blocks/forms/kept.ts';
import { savedValues } from '../../blocks/forms/section-layout.ts';
import { openedNow, type OpenedOn } from '../../blocks/forms/section-meanwhile.ts';
import { rebased, type Rebased } from '../../blocks/forms/section-rebase.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import type { Base } from '../../flows/deal/answer-shapes.ts';
import type { EndedHandOver } from '../../flows/deal/deal.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { QuestionId } from '../../flows/policy/policy.ts';
import { sha256 } from '../../store/chain.ts';
import type { Json } from '../../store/event-store.ts';
import type { Reply } from '../edge/interaction.ts';
import type { Desk } from './desk.ts';

/** Key of what one person typed and has not saved: closing the window or a restart loses nothing. */
export const draftKey = (section: string, person: string): string => `section:${section}:${person}`;

const typedSchema = z.object({
  /** The saved answers that the person was looking at, whole: drafts from before each question had its own. */
  basis: z.string().optional(),
  /** Those answers question by question: what a colleague saved since is neither hidden nor overwritten. */
  base: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

const basisOf = (view: DealView, section: string): string =>
  sha256(JSON.stringify([own(view.deal.answers, section) ?? null, own(view.deal.drafts, section) ?? null]));

type Draft = z.infer<typeof typedSchema>;

export const draftOf = async (
  desk: Desk,
  deal: string,
  section: string,
  person: string,
): Promise<Draft | undefined> => {
  const draft = typedSchema.safeParse(await desk.store.draft(deal, draftKey(section, person)));
  return draft.success ? draft.data : undefined;
};

export const keepDraft = (
  desk: Desk,
  view: DealView,
  { section, person, values, base }: { section: string; person: string; values: FormValues; base: Base | undefined },
): Promise<void> =>
  desk.store.putDraft(view.deal.id, draftKey(section, person), {
    ...(base ? { base } : { basis: basisOf(view, section) }),
    values,
  } as unknown as Json);

/** The form on the answers of now, with what this person typed; what has two answers shows both. */
export const onNow = (
  view: DealView,
  section: string,
  { values, met }: Pick<Rebased, 'values' | 'met'>,
  errors?: Record<string, string>,
): Form => sectionForm(view, section, values, errors, { ...openedNow(view, section), met });

/** The section's form with what this person typed last and did not save. */
export const startedSection = async (desk: Desk, view: DealView, section: string, person: string): Promise<Form> => {
  const draft = await draftOf(desk, view.deal.id, section, person);
  if (draft?.base) {
    const merged = rebased(view, section, draft.values, draft.base, person);
    return onNow(view, section, merged.moved.length > 0 ? merged : { values: draft.values, met: [] });
  }
  const isCurrent = draft?.basis === basisOf(view, section);
  return sectionForm(view, section, isCurrent ? draft.values : savedValues(view, section, person));
};

/** How this person lost the section, if they held it and may not answer it any more. */
export const lostBy = (view: DealView, section: string, person: string): EndedHandOver | undefined => {
  const ended = own(own(view.deal.handedBack, section), person);
  return ended && refusal(view, person, 'answer') !== undefined ? ended : undefined;
};

/** Keeps what somebody typed into a section that they cannot give any more, and shows it to them with why. @param only - of these questions */
export const lostSection = async (
  desk: Desk,
  view: DealView,
  typed: { section: string; person: string; values: FormValues; base: Base | undefined },
  why: NotSaved,
  only?: ReadonlySet<QuestionId>,
): Promise<Reply> => {
  await keepDraft(desk, view, typed);
  return { kind: 'form', form: keptForm(view, typed.section, typed.values, why, only) };
};

const CHANGED = 'The details of the deal changed since you opened this.';

/** What speaks against the deal and is not asked of what it became meanwhile. Undefined: nothing, or it is what it was. */
export const leftUnasked = async (
  desk: Desk,
  view: DealView,
  { opened: { base, of }, ...typed }: { section: string; person: string; values: FormValues; opened: OpenedOn },
  cause: string,
): Promise<Reply | undefined> => {
  if (of === undefined || of === (view.deal.formerly?.length ?? 0)) return undefined;
  const unasked = unaskedSince(view, typed.section, typed.values);
  // Delivered again, it was saved before the details changed.
  if (unasked.size === 0 || (await desk.deals.done(view.deal.id, cause))) return undefined;
  return lostSection(desk, view, { ...typed, base }, CHANGED, unasked);
};
