/** Data that a form carries until its submission. A hint: the decision checks deal, step and right again. */

import { z } from 'zod';
import { ALL_CHATS } from '../../flows/chats.ts';

const id = z.string().min(1).max(200);

/** `public`: everybody in the chat's team or workspace can read the channel. */
const channelContext = z.object({ channel: id, public: z.literal(1).optional() });
/** The channel is known, or it is chosen among those of one chat. */
export const openContext = z.union([channelContext, z.object({ chat: z.enum(ALL_CHATS) })]);
export type OpenTarget = z.infer<typeof openContext>;
export const dealContext = z.object({ deal: id });
/** `base`: fingerprints of the details that the form showed; `met`: details whose other correction it shows. */
export const detailsContext = dealContext.extend({
  base: z.record(z.string().max(40), z.string().max(20)).optional(),
  met: z.array(z.string().max(40)).max(20).optional(),
});
export const sectionContext = z.object({ deal: id, section: id });
/**
 * `base`: fingerprints of the answers that the form showed when it was opened, in the policy's order, between spaces;
 * absent in forms from before it was kept. `met`: questions whose other answer it shows.
 */
export const sectionFormContext = sectionContext.extend({
  base: z.string().max(3000).optional(),
  met: z.array(id).max(200).optional(),
  /** How often the deal had become another when the form was opened. Absent: never. */
  of: z.int().min(1).max(1000).optional(),
  /** Set where the form asked once more whether the answers stop the deal. */
  sure: z.literal(1).optional(),
});
/** `facts`: those that compliance looks at; of several deals `D-…|of|hash|seen`. `seen`: what the form showed. */
/** `written`: the words that the form showed (`writtenShown`). */
export const confirmContext = z.object({ deal: id, facts: id, seen: id.optional(), written: id.optional() });
export const confirmLighterContext = z.object({ deal: id, asOf: id, seen: id.optional(), written: id.optional() });
export const confirmAllContext = z.object({ facts: z.string().min(1).max(2000) });
/** `seen`: what the form showed (`flagShown`). */
/** `elsewhere`: what it showed of other deals (`elsewhereShown`); `written`: of their words (`writtenShown`). */
export const flagContext = z.object({
  deal: id,
  flag: id,
  seen: id.optional(),
  elsewhere: id.optional(),
  written: id.optional(),
});
/** `seen`: what the form showed (`gapsShown`). */
export const gapsContext = dealContext.extend({ seen: id.optional(), written: id.optional() });
/** `seen`: what the form showed (`reopenShown`). */
export const reopenContext = dealContext.extend({ seen: id.optional(), written: id.optional() });
/** `seen`: what the form showed (`renewalsShown`, `licenceShown`); `dates`: those that it was filled in with, as `licence contract`. */
export const setContext = dealContext.extend({ seen: id.optional(), dates: z.string().max(40).optional() });
export type SetShown = Pick<z.infer<typeof setContext>, 'seen' | 'dates'>;
export const requestContext = z.object({ deal: id, request: id });
export const conditionContext = z.object({ deal: id, condition: id });
/** `evidence`: number of times something had been handed in when the form was made. */
export const settleContext = conditionContext.extend({
  evidence: z.number().int().nonnegative().optional(),
  seen: id.optional(),
  written: id.optional(),
});
/** `suspension`: the one that the form showed. */
export const suspensionContext = dealContext.extend({
  suspension: id.optional(),
  seen: id.optional(),
  written: id.optional(),
});
export const dutyContext = z.object({ deal: id, duty: z.string().min(1).max(500) });
export const reviewContext = z.object({
  deal: id,
  step: z.number().int().nonnegative(),
  /** Counts from 1. */
  page: z.number().int().positive(),
  factsHash: id,
  /** What spoke against the deal, and what was written, as the first page showed it; empty: nothing. Absent in older forms. */
  against: z.string().max(255).optional(),
  written: z.string().max(255).optional(),
  /** The absent approver whom the vote is for, if it is not the voter's own. */
  for: id.optional(),
  /** On the last page: the checksum of the votes that it listed (`votesSum`). Absent in older forms. */
  votes: z.string().max(20).optional(),
  /** On the last page: the checksum of what it showed to be signed. */
  signs: id.optional(),
});
/** `deal`: set if the form is about one deal. `seen`: the target shown before placing, in its comparable form. */
export const placeHoldContext = z.object({ deal: id.optional(), seen: z.string().max(400).optional() });
/** `seen`: the country whose deals it counted. */
export const issueAlertContext = z.object({ seen: id.optional() });
export const alertContext = z.object({ alert: id });
export const acceptanceContext = z.object({ acceptance: id });
export const erasureContext = z.object({ erasure: id });
/** `seen`: the last look that it showed (`lookShown`). */
export const countryContext = z.object({ country: id, seen: id.optional() });
/** `over`: the note that it showed; empty: none. */
export const lawsContext = z.object({ over: z.string().max(200).optional() });
export const holdContext = z.object({ hold: id });
export const courseContext = z.object({ course: id });
export const saveViewContext = z.object({ query: z.string().min(1).max(1500) });
export const viewContext = z.object({ view: id });
export const laterContext = z.object({ of: z.enum(['training', 'channel']) });
/** `id`: a country's code, or a product's id. `from`: the version that the form showed, 0 for none; `seen`: what was said of it (`saidShown`). */
export const sheetContext = z.object({
  of: z.enum(['country', 'product']),
  id,
  name: id.optional(),
  from: z.number().int().nonnegative(),
  seen: id.optional(),
});
export const beginSheetContext = z.object({ of: z.enum(['country', 'product']) });
/** `asOf`: the answers that it showed; `seen`: what was said against them (`judgedShown`). */
export const judgeSheetContext = z.object({ sheet: z.string().min(1).max(400), asOf: id, seen: id.optional() });
/** `seen`: what else was said of the sheet (`saidShown`). */
export const disputeContext = z.object({ sheet: z.string().min(1).max(400), dispute: id, seen: id.optional() });
const year = z.int().min(2000).max(2200);
/** `from`: the version of the words that the form showed, 0 for none. */
export const yearWordsContext = z.object({ year, from: z.number().int().nonnegative() });
/** `hash`: of the figures and words that the form showed. */
export const sentYearContext = z.object({ year, hash: id });
export const yearContext = z.object({ year });
export const yearQuestionContext = z.object({ year, question: id });
export const elementContext = z.object({ element: id, from: z.number().int().nonnegative() });
export const askedContext = z.object({ asked: id });
const shownContext = z.object({ shown: z.array(z.string()) });

/** Undefined if the text is not such a context. Unknown members are left out. */
export const readContext = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : undefined;
};

/** Inputs that a growing form showed; undefined for a form that cannot grow. */
const shownInputs = (context: string): readonly string[] | undefined => readContext(shownContext, context)?.shown;

/** Errors whose input was not on the form yet. If there are any, answer with the form, built again from its values. */
export const hiddenErrors = (context: string, errors: Readonly<Record<string, string>>): string[] => {
  const shown = shownInputs(context);
  return shown === undefined ? [] : Object.keys(errors).filter((name) => !shown.includes(name));
};
