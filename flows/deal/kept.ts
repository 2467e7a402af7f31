/** What was said before, counts for nothing at once, and may with other answers: kept until compliance confirms the change. */

import { own } from '../own.ts';
import { isOpenValue } from '../policy/answers.ts';
import type { CompiledPolicy, FactValue, Facts, QuestionId, SectionId } from '../policy/policy.ts';
import type { Answer, AnswersBySection, DraftAnswer } from './answer-shapes.ts';
import type { DealDetails } from './deal.ts';
import type { LighterKept, LighterSaid } from './said-shapes.ts';
import type { Opened } from './state.ts';

type Given = Readonly<Record<QuestionId, { value: FactValue }>>;

/** Tells whether a definite answer speaks against the deal, by what the policy makes of it. */
export const speaksAgainst = (policy: CompiledPolicy, id: QuestionId, value: FactValue): boolean =>
  !isOpenValue(value) && policy.lightens(id, value, 'unknown');

/** Returns the questions whose answers speak against the deal and are gone, or replaced by a lighter one. */
export const goneFrom = (
  policy: CompiledPolicy,
  before: Given | undefined,
  now: Given,
  /** Those that are replaced are compared elsewhere. */
  replaced: 'too' | 'not',
): { earlier?: QuestionId[] } => {
  const earlier = Object.entries(before ?? {}).flatMap(([id, { value }]) => {
    const is = own(now, id);
    const gone = is === undefined || (replaced === 'too' && policy.lightens(id, value, is.value));
    return gone && speaksAgainst(policy, id, value) ? [id] : [];
  });
  return earlier.length === 0 ? {} : { earlier };
};

/** Returns those of a section that is answered: of its answers, and of its draft where that was heavier. */
export const goneWith = (
  policy: CompiledPolicy,
  { answers, drafts }: Pick<Opened, 'answers' | 'drafts'>,
  section: SectionId,
  now: Given,
): { earlier?: QuestionId[]; earlierSaved?: QuestionId[] } => {
  const [given, draft] = [own(answers, section), own(drafts, section)];
  const { earlier: saved = [] } = goneFrom(policy, draft, now, 'not');
  const { earlier: answered = [] } = goneFrom(policy, given, now, 'not');
  const heavier = (id: QuestionId): boolean => {
    const [was, is] = [own(given, id)?.value, own(draft, id)?.value];
    return was === undefined || !answered.includes(id) || (is !== undefined && policy.lightens(id, is, was));
  };
  const earlierSaved = saved.filter(heavier);
  const earlier = answered.filter((id) => !earlierSaved.includes(id));
  return { ...(earlier.length > 0 ? { earlier } : {}), ...(earlierSaved.length > 0 ? { earlierSaved } : {}) };
};

/** Keeps those answers, the first of each question, until the question is answered again. */
export const keepEarlier = (
  { earlierSaid }: Pick<Opened, 'earlierSaid'>,
  section: SectionId,
  before: Readonly<Record<QuestionId, DraftAnswer>> | undefined,
  { earlier = [], answered }: { earlier?: readonly QuestionId[] | undefined; answered?: Given | undefined },
): Pick<Opened, 'earlierSaid'> => {
  const known = own(earlierSaid, section) ?? {};
  if (earlier.length === 0 && Object.keys(known).length === 0) return {};
  const news = earlier.flatMap((id): [QuestionId, Answer][] => {
    const { by, at, value, first } = own(before, id) ?? {};
    return by !== undefined && at !== undefined && value !== undefined
      ? [[id, { value, sources: [], ...(first ? { first } : {}), by, at }]]
      : [];
  });
  const all = Object.entries({ ...Object.fromEntries(news), ...known }).filter(
    ([id]) => answered === undefined || own(answered, id) === undefined,
  );
  const { [section]: _before, ...others } = earlierSaid ?? {};
  const next: AnswersBySection = all.length === 0 ? others : { ...others, [section]: Object.fromEntries(all) };
  return { earlierSaid: Object.keys(next).length === 0 ? undefined : next };
};

/** Returns the facts with the answers of before in place of those given since. */
export const keptFacts = <T extends Pick<Facts, 'answers'>>(facts: T, before: LighterKept['answers']): T => ({
  ...facts,
  answers: {
    ...facts.answers,
    ...Object.fromEntries(before.map(({ question, answer }) => [question, answer.value])),
  },
});

/** Returns the details that come back where compliance refuses. */
export const wasIn = ({
  endUser: { kind, name },
  product,
  destination,
  intermediaries,
}: DealDetails): LighterSaid['was'] => ({
  endUser: kind,
  name,
  product,
  destination,
  intermediaries,
});

/** Returns what waits for compliance together with what is kept: one press looks at both. */
export const withKept = (
  { lighterSaid, lighterKept, details }: Pick<Opened, 'lighterSaid' | 'lighterKept' | 'details'>,
  counted: LighterSaid['before'],
): LighterSaid => {
  const changes = [...(lighterKept?.changes ?? []), ...(lighterSaid?.changes ?? [])];
  const again = lighterKept?.again;
  return {
    was: lighterSaid?.was ?? wasIn(details),
    before: [...(lighterSaid?.before ?? []), ...counted],
    answers: [...(lighterSaid?.answers ?? []), ...(lighterKept?.answers ?? [])],
    changes: changes.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    at: changes.reduce((last, { at }) => (at > last ? at : last), again?.since ?? ''),
    ...(again ? { again } : {}),
  };
};

/**
 * Returns what goes back where compliance refuses what waits. With details that go back, what it confirmed of those of before is not
 * refused with them: it stays to be confirmed once more.
 */
export const goingBack = (
  deal: Pick<Opened, 'lighterSaid' | 'lighterKept' | 'details'>,
): Pick<LighterSaid, 'answers' | 'changes'> & { stays?: LighterKept } => {
  const { answers, changes } = withKept(deal, []);
  const { lighterSaid, lighterKept } = deal;
  const again = lighterKept?.again;
  if (!again || again.over !== 'details' || !lighterSaid?.changes.some(({ of }) => of === 'details'))
    return { answers, changes };
  const isAgain = ({ question }: { question: QuestionId }): boolean => again.questions.includes(question);
  return {
    answers: answers.filter((one) => !isAgain(one)),
    changes,
    stays: { ...lighterKept, answers: answers.filter(isAgain) },
  };
};
