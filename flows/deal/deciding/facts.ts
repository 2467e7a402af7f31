/** The facts under a vote: answers, evidence, flags. Two deals with the same facts text are the same to an approver. */

import { canonical } from '../../canonical.ts';
import type { PersonId, Source } from '../../ids.ts';
import { isOpenValue } from '../../policy/answers.ts';
import type { FactValue, RaisedFlag } from '../../policy/policy.ts';
import { setApart } from '../../set-apart.ts';
import { sheetName } from '../../sheet.ts';
import type { GivenAnswer } from '../answer-shapes.ts';
import { ownSheets } from '../basis/basis.ts';
import { lawsOf } from '../basis/laws.ts';
import type { Difference, Settled } from '../deal.ts';
import { nameOf } from '../rights/seats.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import { whoseNote, whoseSource, whoseValue } from '../said/first-said.ts';
import { gapsThatCount, type DealView } from '../view.ts';

const mapped = <T, R>(record: Readonly<Record<string, T>>, to: (one: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([id, one]) => [id, to(one)]));

const given = ({ value, note, sources, basis }: GivenAnswer): GivenAnswer => ({ value, note, sources, basis });

const flagsOf = (view: DealView): Pick<RaisedFlag, 'id' | 'weight'>[] =>
  view.assessment.flags.map(({ id, weight }) => ({ id, weight }));

/**
 * Returns the text whose sha256 is the `factsHash`. Upholding or clearing a flag belongs to a vote, not to the facts.
 */
export const factsText = (view: DealView): string => {
  const { deal } = view;
  const apart = ownSheets(deal);
  return canonical({
    policy: deal.policy,
    details: deal.details,
    answers: Object.fromEntries(
      Object.entries(deal.answers).map(([section, answers]) => [
        section,
        Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, given(answer)])),
      ]),
    ),
    ownFlags: view.facts.ownFlags ?? [],
    evidence: deal.requests.flatMap((r) =>
      r.answer ? [{ id: r.id, text: r.answer.text, sources: r.answer.sources }] : [],
    ),
    flags: flagsOf(view),
    laws: lawsOf(deal)?.id,
    // A sheet by somebody who came onto the deal counts no more.
    ...(apart.length > 0 ? { apart } : {}),
    // The tier of before counts until compliance confirms what is lighter: then votes rest on other facts.
    ...(view.heavier ? { heavier: view.assessment.tier } : {}),
    // Absent where empty: a vote on a deal without them stands on the same text as before there were any.
    ...(deal.gaps
      ? { gaps: mapped(gapsThatCount(deal), ({ by, reason, from }) => ({ by, reason, from: from?.id })) }
      : {}),
    ...(deal.exceptions ? { confirmed: mapped(deal.exceptions, ({ by, reason }) => ({ by, reason })) } : {}),
    // Settled or not: whoever votes has read of it.
    ...(deal.screened?.hits.length ? { hits: deal.screened.hits.map(({ id }) => id) } : {}),
    // Only a risk picture weighs it.
    ...(view.policy.picture && view.facts.alert ? { alert: true } : {}),
    // A form of an earlier review is not valid for this one, even where nothing changed.
    ...(deal.standing ? { reassessment: deal.standing.since } : {}),
  });
};

const NOTHING = 'not there';
/** What somebody typed, for a line of ours. */
const typed = (text: string): string => `“${setApart(text)}”`;
const sourceText = (s: Source): string => typed([s.name, s.year, s.url].filter((x) => x !== undefined).join(', '));

/** `Yes`, an option's label, several labels, or the text as given. */
export const answerWord = ({ policy }: DealView, id: string, said: FactValue): string => {
  const label = (value: string): string =>
    policy.question(id)?.options.find((o) => o.value === value)?.label ??
    { yes: 'Yes', no: 'No', unknown: "Don't know", 'not-applicable': 'Not applicable' }[value] ??
    value;
  return Array.isArray(said) ? said.map(label).join(', ') : label(said);
};

type Given = GivenAnswer & { by?: PersonId | undefined };

const valueText = (view: DealView, id: string, answer: Given | undefined): string => {
  if (!answer) return NOTHING;
  const word = answerWord(view, id, answer.value);
  const isTyped = view.policy.question(id)?.kind === 'text' && !isOpenValue(answer.value);
  const { sources = [], told, sheet, earlier } = answer.basis ?? {};
  // Beside the name of another, words of somebody else would read as theirs. Who wrote a sheet is named; who wrote in an earlier deal is not.
  const by = (author: PersonId): string =>
    earlier !== undefined || author === sheet?.by || isOwnWord(view.deal, author) ? '' : ` (${nameOf(view, author)})`;
  const stands = [...answer.sources, ...sources]
    .map((source) => `${sourceText(source)}${by(whoseSource(view.deal, answer, source).by)}`)
    .join('; ');
  // Whoever answers says that: it is nobody else's word.
  const whose = answer.by === undefined ? '' : `${nameOf(view, answer.by)} says that `;
  const who = told === undefined ? '' : `${whose}${nameOf(view, told)} said so`;
  const from =
    sheet === undefined ? '' : `from the ${sheetName(sheet)}, version ${sheet.version}, by ${nameOf(view, sheet.by)}`;
  const before = earlier === undefined ? '' : `as answered in an earlier deal on ${earlier.at.slice(0, 10)}`;
  const note = answer.note === undefined ? '' : `${typed(answer.note)}${by(whoseNote(view.deal, answer).by)}`;
  const said = isTyped ? `${typed(word)}${by(whoseValue(view.deal, answer).by)}` : word;
  return [said, note, stands, who, from, before].filter((x) => x !== '').join(' · ');
};

/** Lists each changed answer, detail, flag and piece of evidence, for approvers who need not read everything again. */
export const differences = (before: DealView, after: DealView): Difference[] => {
  const found: Difference[] = [];
  const flat = (view: DealView): Record<string, Given> => Object.assign({}, ...Object.values(view.deal.answers));
  const [oldAnswers, newAnswers] = [flat(before), flat(after)];
  for (const id of new Set([...Object.keys(oldAnswers), ...Object.keys(newAnswers)])) {
    const [a, b] = [oldAnswers[id], newAnswers[id]];
    if (canonical(a ? given(a) : null) === canonical(b ? given(b) : null)) continue;
    found.push({ what: 'answer', id, before: valueText(before, id, a), after: valueText(after, id, b) });
  }
  const [oldDetails, newDetails] = [before.deal.details, after.deal.details];
  const names = new Set([...Object.keys(oldDetails), ...Object.keys(newDetails)]) as Set<keyof typeof oldDetails>;
  for (const name of names) {
    const [a, b] = [oldDetails[name], newDetails[name]];
    if (canonical(a ?? null) === canonical(b ?? null)) continue;
    found.push({ what: 'details', id: name, before: detailText(a), after: detailText(b) });
  }
  const weight = (view: DealView, id: string): string =>
    view.assessment.flags.find((f) => f.id === id)?.weight ?? NOTHING;
  for (const id of new Set([...flagsOf(before), ...flagsOf(after)].map((f) => f.id))) {
    const [a, b] = [weight(before, id), weight(after, id)];
    if (a !== b) found.push({ what: 'flag', id, before: a, after: b });
  }
  // Of a hit that came since; what compliance said of it is a weight, or nothing.
  for (const { id, hit } of after.deal.ownFlags) {
    if (hit && before.deal.ownFlags.every((flag) => flag.id !== id) && weight(after, id) === NOTHING)
      found.push({ what: 'flag', id, before: NOTHING, after: 'found on a list' });
  }
  for (const request of after.deal.requests) {
    const was = before.deal.requests.find((r) => r.id === request.id);
    if (request.answer && !was?.answer) {
      const sources = request.answer.sources.map(sourceText).join('; ');
      found.push({
        what: 'evidence',
        id: request.id,
        before: NOTHING,
        after: [typed(request.answer.text), sources].filter((x) => x !== '').join(' · '),
      });
    }
  }
  return [...found, ...settledDifferences(before, after)];
};

const settledText = (word: string, settled: Settled | undefined): string =>
  settled ? `${word} by compliance: ${typed(settled.reason)}` : `not ${word}`;

/** What compliance accepted and confirmed, and whether a country alert stands. */
const settledDifferences = (before: DealView, after: DealView): Difference[] => {
  const of = (
    what: 'gap' | 'exception',
    word: string,
    [was = {}, is = {}]: readonly (Readonly<Record<string, Settled>> | undefined)[],
  ): Difference[] =>
    [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((id) => {
      const [a, b] = [settledText(word, was[id]), settledText(word, is[id])];
      return a === b ? [] : [{ what, id, before: a, after: b }];
    });
  const alert = ({ facts }: DealView): string => (facts.alert ? 'one stands' : 'none stands');
  return [
    ...of('gap', 'accepted', [gapsThatCount(before.deal), gapsThatCount(after.deal)]),
    ...of('exception', 'confirmed', [before.deal.exceptions, after.deal.exceptions]),
    ...(after.policy.picture && alert(before) !== alert(after)
      ? [{ what: 'alert' as const, id: 'alert', before: alert(before), after: alert(after) }]
      : []),
  ];
};

const detailText = (value: unknown): string => {
  if (value === undefined) return NOTHING;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(detailText).join('; ');
  if (value !== null && typeof value === 'object') return Object.values(value).map(detailText).join(', ');
  return JSON.stringify(value);
};
