/** What was said in words, under an answer or as one, and reads otherwise now: it stays visible. House rule. */

import type { Instant, PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { QuestionId, SectionId } from '../../policy/policy.ts';
import type { DraftAnswer, GivenAnswer } from '../deal.ts';
import type { Reworded } from '../said-shapes.ts';
import type { OpenedDeal, Opened } from '../state.ts';
import type { DealView } from '../view.ts';
import { lastAnswers } from './evolve-said.ts';

const bare = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Returns what `before` says and `now` does not, but for case, spaces and punctuation. */
const lost = (before: string | undefined, now: string | undefined): string | undefined =>
  before === undefined || bare(before) === '' || bare(now ?? '').includes(bare(before)) ? undefined : before;

/** Returns the words that these answers replace. Whoever saved something for later goes on writing it. */
export const rewordedIn = (
  { deal, policy }: DealView,
  section: SectionId,
  answers: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value' | 'note'>>>,
  actor: PersonId,
): Reworded => {
  const saved = Object.entries(own(deal.drafts, section) ?? {}).filter(
    ([, { by }]) => by !== undefined && by !== actor,
  );
  const given: Readonly<Record<QuestionId, DraftAnswer>> = {
    ...lastAnswers(deal, section),
    ...Object.fromEntries(saved),
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([id, { value, note, by = deal.owner, at = deal.openedAt }]) => {
      const now = own(answers, id);
      const isText = policy.question(id)?.kind === 'text';
      const text = isText && typeof value === 'string' && value !== 'unknown' ? value : undefined;
      const words = {
        value: lost(text, typeof now?.value === 'string' ? now.value : undefined),
        note: lost(note, now?.note),
      };
      return words.value === undefined && words.note === undefined ? [] : [[id, { ...words, by, at }]];
    }),
  );
};

/** The same of what is saved for later: answers themselves stay as they are. */
export const savedOver = (
  { deal, ...view }: DealView,
  section: SectionId,
  drafts: Readonly<Record<QuestionId, Pick<GivenAnswer, 'value' | 'note'>>>,
  actor: PersonId,
): Reworded =>
  rewordedIn(
    { ...view, deal: { ...deal, answers: {}, lastSaid: undefined, standing: undefined } as OpenedDeal },
    section,
    drafts,
    actor,
  );

export const reworded = (
  { reworded: all = [] }: OpenedDeal,
  { reworded: before = {}, by: changedBy, at: until }: { reworded?: Reworded | undefined; by: PersonId; at: Instant },
): Pick<Opened, 'reworded'> => {
  const more = Object.entries(before).map(([question, words]) => ({ question, ...words, until, changedBy }));
  return more.length === 0 ? {} : { reworded: [...all, ...more] };
};
