/** The inputs for what a section's answers stand on: one basis serves all of them that have no source of their own. */

import type { AnswerBasis, GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import { needsBasis } from '../../flows/deal/basis/basis.ts';
import { lawsOf } from '../../flows/deal/basis/laws.ts';
import { newSourceProblem } from '../../flows/deal/basis/source.ts';
import { sourcesOf } from '../../flows/deal/said/first-said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId, Source } from '../../flows/ids.ts';
import { sameSource } from '../../flows/named-sources.ts';
import { isOpenValue } from '../../flows/policy/answers.ts';
import type { Question, QuestionId, SectionId } from '../../flows/policy/policy.ts';
import type { FormBlock, FormValues, Input } from '../card.ts';
import { askCounselButton } from '../cards/actions.ts';
import { lawsSpans } from '../cards/laws-words.ts';
import { countryWords } from '../words.ts';
import { paragraphInput, personInput, textOf, MAX_TEXT } from './inputs.ts';
import { formatSources, readSources } from './lines.ts';
import { basisName, toldName } from './names.ts';
import type { Reader } from './reading.ts';

interface Asked {
  section: SectionId;
  questions: readonly Question[];
}

const asked = (questions: readonly Question[]): boolean => questions.some(({ basis }) => basis === 'source');

/** `values`: as typed. */
export const basisInputs = (view: DealView, { section, questions }: Asked, values: FormValues): Input[] =>
  asked(questions)
    ? [
        paragraphInput(basisName, 'What do these answers stand on?', textOf(values, basisName), {
          most: MAX_TEXT,
          hint: 'Where you looked, one source a line: name, year, https link. “No reports” stands on where somebody looked.',
          optional: true,
        }),
        personInput(toldName, 'Or who told you?', textOf(values, toldName), {
          hint: isTakenOver(view, section, textOf(values, toldName))
            ? 'Taken over from what you saved last: choose nobody where they told you none of these. They are shown it, and can object.'
            : 'They are shown what you say they told you, and can object.',
          optional: true,
        }),
      ]
    : [];

export const basisNote = (questions: readonly Question[]): FormBlock[] =>
  asked(questions)
    ? [{ kind: 'note', text: 'An answer that speaks for the deal but stands on nothing counts as not known.' }]
    : [];

/** Says whether counsel's note on the country stands, for the questions that need it. */
export const lawsBlocks = ({ deal }: DealView, questions: readonly Question[]): FormBlock[] => {
  if (!questions.some(({ basis }) => basis === 'counsel')) return [];
  const country = countryWords(deal.details.destination);
  const laws = lawsOf(deal);
  if (laws) return [{ kind: 'note', text: [`Counsel’s note on ${country} stands: `, ...lawsSpans(laws)] }];
  return [
    {
      kind: 'text',
      text: `Counsel has written no note on ${country} yet. Until then, that counsel looked at the laws there counts as not known. If you ask, the note counts for this deal by itself once it is written.`,
    },
    {
      kind: 'actions',
      actions: [
        deal.counselAsked ? { ...askCounselButton(deal.id), label: 'Ask counsel again' } : askCounselButton(deal.id),
      ],
    },
  ];
};

const basisValues = ({ sources = [], told }: AnswerBasis): FormValues => ({
  ...(sources.length > 0 ? { [basisName]: formatSources(sources) } : {}),
  ...(told === undefined ? {} : { [toldName]: told }),
});

const latestFirst = (answers: readonly { basis?: AnswerBasis | undefined; at?: string | undefined }[]) =>
  answers
    .filter(({ basis }) => basis !== undefined && !basis.sheet && !basis.earlier)
    .toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));

const ownOf = ({ deal }: Pick<DealView, 'deal'>, section: SectionId): (GivenAnswer & { at?: string | undefined })[] =>
  Object.values({ ...deal.answers[section], ...deal.drafts[section] });

/**
 * The section's own basis; before it is answered, the one that was given last in this deal.
 *
 * @param by - who opens it: what somebody else named elsewhere is not theirs. Absent: of whoever gave it
 */
export const savedBasis = ({ deal }: DealView, section: SectionId, by?: PersonId): FormValues => {
  const own = ownOf({ deal }, section);
  const others = own.length > 0 ? [] : Object.values(deal.answers).flatMap((given) => Object.values(given));
  const theirs = by === undefined ? others : others.filter((answer) => answer.by === by);
  return basisValues(latestFirst([...own, ...theirs])[0]?.basis ?? {});
};

/** Tells whether that person is there because another section stands on their word: nobody chose them for this one. */
const isTakenOver = (view: DealView, section: SectionId, told: string | undefined): boolean =>
  told !== undefined && ownOf(view, section).length === 0 && savedBasis(view, section)[toldName] === told;

/** Refuses sources that were typed for all answers where none of these is one of them: nothing typed is lost without a word. */
export const failUntaken = (form: Reader, sources: readonly Source[], taken: readonly Source[]): void => {
  const isLost = (source: Source): boolean => !taken.some((one) => sameSource(one, source));
  if (Object.keys(form.errors).length > 0 || !sources.some(isLost)) return;
  form.fail(
    basisName,
    'No answer here takes this source, so it would be lost. Please answer the question that it is about and name it there, or clear it.',
  );
};

/** Puts the section’s basis under each benign answer that needs one and has no source of its own; where none does, its sources under the others. */
export const withBasis = (
  form: Reader,
  { policy, organisation, deal, now }: DealView,
  questions: readonly Question[],
  answers: Readonly<Record<QuestionId, GivenAnswer>>,
  values: FormValues,
): Record<QuestionId, GivenAnswer> => {
  if (!asked(questions)) return { ...answers };
  const sources = readSources(form, basisName, (source) => newSourceProblem(source, now, deal.answers));
  const told = textOf(values, toldName) === undefined ? undefined : form.who(toldName, organisation);
  if (sources.length === 0 && told === undefined) return { ...answers };
  const basis: AnswerBasis = {
    ...(sources.length > 0 ? { sources } : {}),
    ...(told === undefined ? {} : { told }),
  };
  const without = Object.entries(answers).filter(
    ([, { sources: own, basis: taken }]) => own.length === 0 && !taken?.sheet && !taken?.earlier,
  );
  const standing = without.filter(([id, answer]) => {
    const question = questions.find((q) => q.id === id);
    return question !== undefined && needsBasis(policy, question, answer);
  });
  // Where no good answer takes them, the sources are those of what is said against the deal, or left open.
  const said = without.filter(([, { value }]) => !isOpenValue(value));
  const named = said.length > 0 ? said : without;
  const changed: [QuestionId, GivenAnswer][] =
    standing.length > 0
      ? standing.map(([id, answer]) => [id, { ...answer, basis }])
      : named.map(([id, answer]) => [id, { ...answer, sources }]);
  const given = { ...answers, ...Object.fromEntries(changed) };
  // A section starts with what its person named before: that is kept where they named it.
  const kept = [...Object.values(deal.answers), ...Object.values(deal.drafts), given];
  failUntaken(form, sources, kept.flatMap((all) => Object.values<GivenAnswer>(all)).flatMap(sourcesOf));
  return given;
};
