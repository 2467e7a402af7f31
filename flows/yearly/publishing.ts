/** Decides that the report of a year is published: by compliance once it is approved, or by whoever runs the bot. Guidance: R1. */

import type { CommandMeta } from '../ids.ts';
import { OPERATOR } from '../organisation.ts';
import { own } from '../own.ts';
import { refuseRegister, type RegisterContext } from '../registers/register.ts';
import { approverGroups, waitedFor } from './approvers.ts';
import {
  draftOf,
  groupNames,
  HELD,
  isOver,
  mayNotWrite,
  nobodyNamed,
  openQuestions,
  OTHERS_NOW,
  voidedBy,
  type Command,
  type Decided,
} from './deciding.ts';
import type { YearlyState } from './register-shapes.ts';

export const decidePublishApproved = (
  { year, hash, version, figures, named }: Command<'PublishApprovedYear'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const { actor, at } = meta;
  const no = mayNotWrite(year, state, context, actor);
  if (no) return no;
  const draft = draftOf(state, year);
  const { sent, text } = draft;
  if (!sent || !text) return refuseRegister('not now', 'Nobody approved it yet: please send it to its approvers.');
  if (sent.hash !== hash || text.version !== version) return refuseRegister('facts changed', OTHERS_NOW);
  const missing = waitedFor(sent, context);
  if (missing.length > 0) {
    const names = groupNames(context.organisation, missing);
    return refuseRegister('not now', `It still waits for ${names}. Nobody publishes it before they approved it.`);
  }
  if (openQuestions(draft).length > 0) return refuseRegister('not now', HELD);
  if (!isOver(figures))
    return refuseRegister('not now', `${year} is not over: what is published now could not be completed later.`);
  const voided = voidedBy(year, sent, figures, meta);
  if (voided) return voided;
  const spoken = nobodyNamed(named);
  if (spoken) return spoken;
  const { words, mayName } = text;
  const { votes } = sent;
  return {
    kind: 'accepted',
    events: [{ at, by: actor, type: 'YearPublished', figures: sent.figures, words, mayName, hash, votes }],
  };
};

/** By whoever runs the bot, where the policy asks nobody to approve it. */
export const decidePublish = (
  { figures }: Command<'PublishYear'>,
  state: YearlyState,
  { actor, at }: CommandMeta,
  context: RegisterContext,
): Decided => {
  if (actor !== OPERATOR)
    return refuseRegister('not allowed', 'The figures of a year are published by the bot’s operator.');
  if (own(state.years, String(figures.year)))
    return refuseRegister('not now', `The figures of ${figures.year} were published already, and stay as they are.`);
  if (!isOver(figures))
    return refuseRegister(
      'not now',
      `${figures.year} is not over: what is published now could not be completed later.`,
    );
  const groups = approverGroups(context);
  if (groups.length > 0) {
    const names = groupNames(context.organisation, groups);
    const text = `The report of ${figures.year} is approved in chat by ${names}, and compliance publishes it there: /deal report-year ${figures.year}. After that this writes what was published.`;
    return refuseRegister('not allowed', text);
  }
  return { kind: 'accepted', events: [{ at, by: actor, type: 'YearPublished', figures }] };
};
