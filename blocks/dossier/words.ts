/** The words that the dossier's parts share: names, times, details, ballots. */

import type { Answer, GivenAnswer, TakenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { Ballot, Condition, Weighing } from '../../flows/deal/deal.ts';
import { askersOf } from '../../flows/deal/rights/asked-together.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, Source, PersonId } from '../../flows/ids.ts';
import { SYSTEM, OPERATOR } from '../../flows/organisation.ts';
import type { FlagId, Question, SectionId, Step } from '../../flows/policy/policy.ts';
import { scaleOf } from '../../flows/policy/weighing.ts';
import { withoutQuotes } from '../../flows/set-apart.ts';
import { sheetName, type TakenSheet } from '../../flows/sheet.ts';
import { fileWords } from '../cards/file-words.ts';
import { answerWords, capital, dayWords, groupName, sentence } from '../words.ts';
import { bullet, line, type Line } from './parts.ts';

export const nameOf = ({ organisation }: Pick<DealView, 'organisation'>, id: PersonId): string => {
  if (id === OPERATOR) return 'Operator (on the bot’s machine)';
  if (id === SYSTEM) return 'Clearthread (by the calendar)';
  return organisation.people.find((p) => p.id === id)?.name ?? id;
};

/** `A`, or `A, for B` where somebody acted for a person who was away. */
export const byWords = (
  view: Pick<DealView, 'organisation'>,
  { by, for: absent }: { by: PersonId; for?: PersonId | undefined },
): string => `${nameOf(view, by)}${forWords(view, { for: absent })}`;

/** `, for B` */
export const forWords = (
  view: Pick<DealView, 'organisation'>,
  { for: absent }: { for?: PersonId | undefined },
): string => (absent === undefined ? '' : `, for ${nameOf(view, absent)}`);

export const namesOf = (view: DealView, ids: readonly PersonId[]): string =>
  ids.length === 0 ? 'nobody' : ids.map((id) => nameOf(view, id)).join(', ');

/** `12 March 2027, 09:04:05 UTC` */
export const instantWords = (at: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/u.test(at) ? `${dayWords(at)}, ${at.slice(11, 19)} UTC` : at;

export const sourceWords = ({ name, year, url, file }: Source): string =>
  [name, year, url, ...(file === undefined ? [] : [fileWords(file)])].filter((x) => x !== undefined).join(', ');

/** The number of another deal, for whoever may read that one too. `readable`: absent, all of them. */
export const dealWords = (deal: DealId, readable?: ReadonlySet<DealId>): string =>
  readable === undefined || readable.has(deal) ? deal : 'an earlier deal';

export const questionWords = (question: Question | undefined, id: string): string =>
  question ? `${question.text} (${question.citation})` : id;

/** The answer, its note and its sources on one line. */
export const answerText = (
  view: DealView,
  question: Question | undefined,
  { value, note, sources, basis, checklist }: GivenAnswer,
): string => {
  const all = [...sources, ...(basis?.sources ?? [])];
  return [
    sentence(answerWords(question, value)),
    ...(note?.trim() ? [`Note: ${sentence(note)}`] : []),
    ...(all.length > 0 ? [`Sources: ${sentence(all.map(sourceWords).join('; '))}`] : []),
    ...(basis?.told === undefined ? [] : [`On the word of ${nameOf(view, basis.told)}.`]),
    ...(basis?.sheet === undefined ? [] : [`${capital(sheetWords(view, basis.sheet))}.`]),
    ...(basis?.earlier === undefined ? [] : [`As answered in an earlier deal on ${dayWords(basis.earlier.at)}.`]),
    ...(checklist === undefined ? [] : ['Given in one press for a whole list.']),
  ].join(' ');
};

export const sameAnswer = (a: GivenAnswer | Answer, b: GivenAnswer | Answer): boolean => answerKey(a) === answerKey(b);
const answerKey = ({ value, note, sources, basis }: GivenAnswer): string => {
  const plain = (some: readonly Source[]) => some.map(({ name, year, url }) => [name, year ?? null, url ?? null]);
  return JSON.stringify([
    value,
    note ?? '',
    plain(sources),
    plain(basis?.sources ?? []),
    basis?.told ?? null,
    ...(basis?.sheet ? [basis.sheet.id, basis.sheet.version] : []),
    ...(basis?.earlier ? [basis.earlier.deal, basis.earlier.at] : []),
  ]);
};

export const conditionText = (view: DealView, { text, owner, due }: Condition): string =>
  `${sentence(text)} Owner: ${nameOf(view, owner)}, due ${dayWords(due)}.`;

/** The same with who asked for it, where that is more than whoever gave it, or somebody else. */
export const askedText = (view: DealView, condition: Condition): string => {
  const { askedBy, askedAlso = [] } = condition;
  const asked = [...(askedBy === undefined ? [] : [askedBy]), ...askedAlso];
  if (asked.length === 0) return conditionText(view, condition);
  const says = askedBy === undefined ? 'Also asked' : 'Asked';
  return `${conditionText(view, condition)} ${says} for by ${namesOf(view, asked)}.`;
};

/** What somebody typed, which ends none of its own quotation marks. */
export const said = (text: string): string => `“${withoutQuotes(text)}”`;

export const flagTitle = (view: DealView, id: FlagId): string =>
  view.deal.ownFlags.find((f) => f.id === id)?.title ?? view.policy.flagTitle(id) ?? id;

const WEIGHING: { [name in keyof Weighing]-?: string } = {
  leverage: 'leverage',
  crucial: 'how crucial the relationship is',
  scale: 'severity, scale',
  scope: 'severity, scope',
  irremediability: 'severity, irremediability',
  ending: 'harm of ending it',
  safeguardsOffered: 'safeguards offered',
};

const isWeighed = (name: string): name is keyof Weighing => Object.hasOwn(WEIGHING, name);

const weighingLines = (view: DealView, weighing: Weighing): Line[] =>
  Object.entries(weighing).flatMap(([name, value]) => {
    if (!isWeighed(name) || typeof value !== 'string' || value === '') return [];
    const offered = name === 'safeguardsOffered' ? [] : scaleOf(view.policy, name);
    const label = offered.find((o) => o.value === value)?.label ?? value;
    return [bullet(`Weighing, ${WEIGHING[name]}`, label)];
  });

/** Everything a voter signed besides the outcome, one line each. */
export const ballotLines = (view: DealView, ballot: Ballot): Line[] => [
  bullet('Rationale', ballot.rationale),
  ...Object.entries(ballot.flags).map(([id, { opinion, reason }]) =>
    bullet(
      opinion === 'clear' ? 'Cleared' : 'Upheld',
      `${flagTitle(view, id)}${reason?.trim() ? `. Reason: ${reason}` : ''}`,
    ),
  ),
  ...(ballot.weighing ? weighingLines(view, ballot.weighing) : []),
  ...(ballot.noCondition === undefined ? [] : [bullet('Why no condition', ballot.noCondition)]),
  ...ballot.conditions.map((c) => bullet('Condition', askedText(view, c))),
  ...(ballot.leftOut ?? []).map(({ condition, askedBy, reason, instead }) => {
    const now = instead ? ` Now: ${nameOf(view, instead.owner)}, due ${dayWords(instead.due)}.` : '';
    const asked = `${conditionText(view, condition)} Asked for by ${namesOf(view, askersOf({ askedBy, condition }))}.`;
    return bullet(instead ? 'Taken over, but less' : 'Left out', `${asked}${now} Reason: ${reason}`);
  }),
];

/** `Step 2: 2 of Senior approvers, of whom 1 of Counsel` */
export const stepLine = (view: DealView, { group, quorum, including }: Step, index: number): Line => {
  const { organisation } = view;
  const named = including.map((i) => `, of whom ${i.atLeast} of ${groupName(organisation, i.group)}`).join('');
  return line(`Step ${index + 1}: ${quorum} of ${groupName(organisation, group)}${named}`);
};

/** `from the country brief of 3 November 2026, version 2, by Sample Counsel` */
export const sheetWords = (view: DealView, { id, at, version, by }: TakenSheet): string =>
  `from the ${sheetName({ id })} of ${dayWords(at)}, version ${version}, by ${nameOf(view, by)}`;

/** `as answered in D-7K3QXM on 3 November 2026 by Sample Rep`; without number and name to whoever may not read that deal. */
export const earlierWords = (view: DealView, { deal, by, at }: TakenAnswer, readable?: ReadonlySet<DealId>): string => {
  const who = readable === undefined || readable.has(deal) ? ` by ${nameOf(view, by)}` : '';
  return `as answered in ${dealWords(deal, readable)} on ${dayWords(at)}${who}`;
};

/** `“End-user”` */
export const sectionTitle = ({ policy }: DealView, id: SectionId): string =>
  `“${policy.sections.find((s) => s.id === id)?.title ?? id}”`;

export const sectionTitles = (view: DealView, ids: readonly SectionId[]): string =>
  ids.map((id) => sectionTitle(view, id)).join(', ');
