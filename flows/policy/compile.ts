/** Turns a checked policy document into the closures and look-ups that flows and cards use, built once. */

import { coded } from './answers.ts';
import { basisOf, isBenign, pictureOf, pictureRules } from './compile-picture.ts';
import { compileCondition, type Indexes, type Test, type Weighed } from './conditions.ts';
import { evaluate, isOutOfScope, read, type Rules } from './evaluate.ts';
import { isLighterAnswer, weighedQuestions } from './lightens.ts';
import { readings } from './picture.ts';
import type {
  CompiledPolicy,
  Facts,
  Question,
  Reference,
  Route,
  Section,
  SectionId,
  Tier,
  TraceLine,
} from './policy.ts';
import type { Reminders } from './reminders.ts';
import type { Training } from './reminders.ts';
import { TRAINING_REMINDERS } from './schema-training.ts';
import {
  remindersDocument,
  usualHolds,
  usualReassessments,
  usualSheets,
  usualWatch,
  type PolicyDocument,
  type QuestionDocument,
} from './schema.ts';
import { flagRule } from './weigh.ts';
import { NOTHING_LOWERS, wouldLower } from './would-lower.ts';

const TIER_WORDS: Record<Tier, string> = {
  low: 'Low',
  elevated: 'Elevated',
  high: 'High',
  prohibited: 'Prohibited',
};

const asQuestion = (
  section: SectionId,
  document: QuestionDocument,
  known: ReadonlyMap<string, Reference>,
  bases: boolean,
): Question => {
  const { id, text, hint, kind, options, citation, sources, weighty, allowNotApplicable, evidence } = document;
  const basis = bases ? basisOf(document) : 'none';
  return {
    id,
    section,
    text,
    hint,
    kind,
    options,
    citation,
    sources: sources ?? [id],
    weighty,
    allowNotApplicable,
    evidence,
    references: document.references.flatMap((name) => known.get(name) ?? []),
    ...(basis === 'none' ? {} : { basis }),
    ...(document.mustBeKnown ? { mustBeKnown: true as const } : {}),
    ...(document.sentence === undefined ? {} : { sentence: document.sentence }),
    ...(document.stops ? { stops: true } : {}),
    ...(document.about === undefined ? {} : { about: document.about }),
    ...(document.answeredBy === undefined ? {} : { answeredBy: document.answeredBy }),
  };
};

/** Sorts the reminders before a due date by time: the most days first. */
const inTime = <Rule extends { before: readonly number[] }>(rule: Rule): Rule => ({
  ...rule,
  before: [...rule.before].sort((a, b) => b - a),
});

const remindersOf = ({ reminders = remindersDocument.parse({}) }: PolicyDocument): Reminders => {
  const {
    training: _of,
    channelReview,
    reassessments = usualReassessments,
    holds = usualHolds,
    watch = usualWatch,
    sheets = usualSheets,
    ...deals
  } = reminders;
  return {
    ...deals,
    conditions: inTime(deals.conditions),
    reassessments: inTime(reassessments),
    holds: inTime(holds),
    watch,
    sheets: inTime(sheets),
    ...(channelReview ? { channelReview: inTime(channelReview) } : {}),
  };
};

const trainingOf = ({ training, reminders }: PolicyDocument): Training | undefined =>
  training && { ...training, reminders: inTime(reminders?.training ?? TRAINING_REMINDERS) };

/**
 * Compiles a policy that has passed `policyProblems` without an error. `hash` is the sha256 of its canonical JSON.
 * Throws where the policy refers to something that it doesn't have.
 */
export const compile = (policy: PolicyDocument, hash: string): CompiledPolicy => {
  const documents = policy.sections.flatMap((section) => section.questions);
  const references = new Map<string, Reference>(policy.references.map((r) => [r.id, r]));
  const sections: Section[] = policy.sections.map(({ id, title, intro, questions, checklists }) => ({
    id,
    title,
    intro,
    questions: questions.map((q) => asQuestion(id, q, references, policy.picture?.bases === 'required')),
    checklists,
  }));
  const questions = sections.flatMap((section) => section.questions);
  const byId = new Map(questions.map((q) => [q.id, q]));
  const indexes: Indexes = {
    questions: new Map(documents.map((q, i) => [q.id, i])),
    flags: new Map(policy.flags.map((f, i) => [f.id, i])),
    coded: documents.map(coded),
    rows: policy.picture && new Map(policy.picture.rows.map((r, i) => [r.id, i])),
  };
  // In a risk picture "don't know" counts as the worse answer, so that no "yes" has to be lifted above it.
  const weighty = new Set(documents.filter((q) => q.weighty && !policy.picture).map((q) => q.id));
  const rule = <R extends { id: string; text: string; when: Parameters<typeof compileCondition>[0] }>(
    document: R,
    text = document.text,
  ): { test: Test; line: TraceLine } => ({
    test: compileCondition(document.when, indexes).test,
    line: { id: document.id, text },
  });

  const rules: Rules = {
    coded: indexes.coded,
    asked: documents.map((q) => (q.when ? compileCondition(q.when, indexes).test : undefined)),
    open: questions.map(({ id, text, citation, weighty: heavy }) => ({ id, text, citation, weighty: heavy })),
    endUserKind: { id: 'end-user-kind', ...policy.endUserKind, weighty: true },
    scope: {
      out: policy.scope.out.map((r) => rule(r)),
      in: policy.scope.in.map((r) => rule(r)),
      otherwise: { id: 'scope', text: policy.scope.otherwise },
    },
    flags: policy.flags.map((flag) => flagRule(flag, indexes, weighty, policy.picture !== undefined)),
    picture: policy.picture && pictureRules(policy.picture, documents, indexes),
    tiers: (policy.tiers ?? []).map((t) => ({
      ...rule(t, `${TIER_WORDS[t.tier]}: ${t.text}`),
      tier: t.tier,
      id: t.id,
    })),
    principles: policy.principles.map((p) => rule(p, `${p.text.replace(/\.$/, '')} (${p.citation}).`)),
  };

  const weighed = weighedQuestions(policy);
  const placesOf = new Map(sections.map((s) => [s.id, s.questions.map((q) => indexes.questions.get(q.id)!)]));
  /** What was said of a deal, and the questions that it asks: by index. */
  const asking = (facts: Facts): { deal: Weighed; asks: (index: number) => boolean } => {
    if (rules.picture) {
      const { said: deal, asked } = readings({ picture: rules.picture, asked: rules.asked }, facts);
      return { deal, asks: (i) => asked[i] === true };
    }
    const deal = read(rules, facts);
    return { deal, asks: (i) => rules.asked[i]?.(deal) ?? true };
  };
  const askedIn = (section: SectionId, { deal, asks }: ReturnType<typeof asking>): Question[] => {
    if (section !== policy.scope.section && isOutOfScope(rules, deal)) return [];
    return (placesOf.get(section) ?? []).filter(asks).map((i) => questions[i]!);
  };
  const routes = new Map<Tier, Route>(
    (['low', 'elevated', 'high'] as const).flatMap((tier) => {
      const route = policy.routes[tier];
      return route ? [[tier, { tier, ...route }] as const] : [];
    }),
  );
  const scopeIds = new Set(sections.find((s) => s.id === policy.scope.section)?.questions.map((q) => q.id));
  const flagTitles = new Map(policy.flags.map((f) => [f.id, f.title]));
  const scopeFirst = [...sections].sort(
    (a, b) => Number(b.id === policy.scope.section) - Number(a.id === policy.scope.section),
  );

  return {
    name: policy.name,
    version: policy.version,
    hash,
    sections: scopeFirst,
    scopeSection: policy.scope.section,
    safeguards: Object.fromEntries(policy.safeguards.map((s) => [s.id, s])),
    weighing: policy.weighing,
    reminders: remindersOf(policy),
    training: trainingOf(policy),
    picture: policy.picture && pictureOf(policy.picture),
    declareStake: policy.declareStake,
    managerAlone: policy.managerAlone,
    delegates: policy.delegates,
    confirmScope: policy.confirmScope,
    ableCategories: policy.ableCategories,
    kindNames: policy.kindNames,
    lighter: policy.lighter,
    signature: policy.signature,
    euExporter: policy.euExporter,
    yearlyReport: policy.yearlyReport,
    indicators: policy.indicators ?? [],
    retention: policy.retention,
    reuse: policy.reuse,
    question: (id) => byId.get(id),
    isBenign: (id, value) => {
      const document = documents[indexes.questions.get(id) ?? -1];
      return document !== undefined && isBenign(document, value);
    },
    lightens: (id, before, now) => {
      const document = documents[indexes.questions.get(id) ?? -1];
      const values = weighed.get(id);
      return document !== undefined && values !== undefined && isLighterAnswer(document, values, before, now);
    },
    wouldLower: (facts) =>
      rules.picture ? wouldLower(rules, rules.picture, documents, scopeIds, facts) : NOTHING_LOWERS,
    flagTitle: (id) => flagTitles.get(id),
    flagNames: policy.flags.map(({ id, title, citation, when }) => ({
      id,
      title,
      citation,
      asks: 'question' in when ? byId.get(when.question)?.text : undefined,
    })),
    sectionsFor: (facts) => {
      const now = asking(facts);
      return scopeFirst.filter((section) => askedIn(section.id, now).length > 0);
    },
    questionsFor: (section, facts) => askedIn(section, asking(facts)),
    evaluate: (facts) => evaluate(rules, facts),
    routeFor: (tier) => {
      const route = routes.get(tier);
      if (!route) throw new Error(`The policy has no route for tier ${tier}.`);
      return route;
    },
  };
};
