/** What all decisions on a yearly report ask and say. */

import type { CommandMeta, Field, PersonId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { refuseRegister, type RegisterContext, type RegisterDecided } from '../registers/register.ts';
import { approverGroups, mayWriteYear } from './approvers.ts';
import { yearOf } from './deal-year.ts';
import { differencesIn, sameFigures } from './differences.ts';
import type { YearlyFigures } from './published.ts';
import type { NamedIn, SentYear, YearDraft, YearlyCommand, YearlyEvent, YearlyState } from './register-shapes.ts';
import { namedWords } from './words.ts';

export type Decided = RegisterDecided<YearlyEvent>;
export type Command<T extends YearlyCommand['type']> = Extract<YearlyCommand, { type: T }>;

export const ONLY_COMPLIANCE =
  'Only compliance and the chief compliance officer write, send and publish the yearly report.';
export const NOBODY_APPROVES =
  'The policy asks nobody to approve the yearly report, so the bot’s operator publishes it: clearthread report YEAR --to DIR --publish.';
export const MEANWHILE = 'Somebody saved other words meanwhile. Please look at them and save again.';
export const OTHERS_NOW = 'It changed since you looked. Nothing was recorded: please look at how it is now.';
export const NOT_SENT = 'It is not with its approvers now: compliance works on it.';
export const HELD = 'A question on it is open. It can be approved and published once that is answered, or taken back.';

export const draftOf = ({ drafts }: YearlyState, year: number): YearDraft =>
  own(drafts, String(year)) ?? { questions: [] };

export const openQuestions = ({ questions }: YearDraft) => questions.filter(({ answer }) => answer === undefined);

export const publishedText = (year: number): string =>
  `The report of ${year} was published already, and its figures stay as they are.`;

/** Returns why this person can't write, send or publish the report of a year, whatever it says. */
export const mayNotWrite = (
  year: number,
  { years }: YearlyState,
  context: RegisterContext,
  actor: PersonId,
): Decided | undefined => {
  if (!mayWriteYear(context, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
  if (approverGroups(context).length === 0) return refuseRegister('not now', NOBODY_APPROVES);
  return own(years, String(year)) && refuseRegister('not now', publishedText(year));
};

export const nobodyNamed = (named: readonly NamedIn[], about?: Field): Decided | undefined => {
  const [first] = named;
  return first && refuseRegister('not valid', namedWords(first), first.part ?? about);
};

/** Whoever does not read all deals is not told whether a name is one of them. */
export const withoutNames = (named: readonly NamedIn[], about: Field): Decided | undefined => {
  const [first] = named;
  const text = `Please write it without names of customers, end-users, people, small countries and deals: “${first?.name}”.`;
  return first && refuseRegister('not valid', text, about);
};

export const votersOf = ({ votes }: SentYear): PersonId[] => [
  ...new Set(votes.flatMap(({ by, for: absent }) => (absent === undefined ? [by] : [by, absent]))),
];

export const groupNames = ({ groups }: Organisation, ids: readonly string[]): string =>
  ids.map((id) => groups.find((group) => group.id === id)?.name ?? id).join(' and ');

export const isOver = ({ year, countedAt }: YearlyFigures): boolean => countedAt >= yearOf(year).until;

/** Counted otherwise than what was sent: nobody's word of before counts. */
export const voidedBy = (
  year: number,
  sent: SentYear,
  figures: YearlyFigures,
  { actor, at }: CommandMeta,
): Decided | undefined =>
  sameFigures(sent.figures, figures)
    ? undefined
    : {
        kind: 'accepted',
        events: [
          {
            at,
            by: actor,
            type: 'YearVotesVoided',
            year,
            hash: sent.hash,
            because: 'figures',
            differences: differencesIn(sent.figures, figures),
            parts: [],
            voters: votersOf(sent),
          },
        ],
      };
