/** Asks follow-up questions on submission: Teams reports nothing while a form is being filled in. */

import { z } from 'zod';
import type { Form, FormBlock } from '../../blocks/card.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import type { HeldForm } from '../../blocks/teams/data.ts';
import type { Interaction, Router } from '../edge/interaction.ts';
import { under } from './views.ts';
import { MORE_QUESTIONS } from './words.ts';

const members = z.record(z.string(), z.unknown());
/** The part that `makeForm` keeps in the context of a form that can grow. */
const growing = z.object({ shown: z.array(z.string()) });

const read = <T>(schema: z.ZodType<T>, context: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(context)).data;
  } catch {
    return undefined;
  }
};

const without = (context: string, names: readonly string[]): string => {
  const found = read(members, context);
  if (!found) return context;
  const kept = Object.entries(found).filter(([name]) => !names.includes(name));
  return JSON.stringify(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Tells whether two contexts are of one form, apart from the members that change while it is filled in. */
export const sameSubject = (a: string, b: string, changing: readonly string[]): boolean =>
  without(a, changing) === without(b, changing);

/**
 * Tells whether a block must be answered before submission: required, or one of several inputs of a question (they are
 * reactive). Room for a note or for sources is neither, and waits until the form is opened again.
 */
const asks = (block: FormBlock, held: HeldForm): boolean =>
  isInput(block) && !held.inputs.includes(block.name) && (block.optional !== true || block.reactive === true);

/** Returns the form with the questions that follow from the choices; undefined where there is no new one. */
export const formWithFollowUps = async (
  route: Router,
  submit: Extract<Interaction, { kind: 'submit' }>,
  held: HeldForm,
): Promise<Form | undefined> => {
  if (!read(growing, held.context)) return undefined;
  const reply = await route({ ...submit, kind: 'change', input: '', cause: `${submit.cause}:change` });
  if (reply.kind !== 'form' || reply.form.name !== held.name) return undefined;
  const { form } = reply;
  // Another page, or other facts: left to the submission.
  if (!sameSubject(form.context, held.context, ['shown'])) return undefined;
  return form.blocks.some((block) => asks(block, held))
    ? under({ kind: 'note', text: MORE_QUESTIONS }, form)
    : undefined;
};
