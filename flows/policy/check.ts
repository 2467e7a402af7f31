/** Finds what is wrong with a policy beyond its shape, each problem with its place and the fix. */

import type { Organisation } from '../organisation.ts';
import { MOST_OPTIONS, valuesOf } from './answers.ts';
import { idProblems } from './check-ids.ts';
import { indicatorProblems } from './check-indicators.ts';
import { knowerProblems } from './check-knowers.ts';
import { pictureProblems, unreachedCells } from './check-picture.ts';
import { reminderProblems } from './check-reminders.ts';
import { routeProblems } from './check-routes.ts';
import { trainingProblems } from './check-training.ts';
import { yearlyProblems } from './check-yearly.ts';
import { atomsOf } from './condition.ts';
import { wrongWay } from './monotone.ts';
import type { PolicyProblem, PolicyWarning } from './problem.ts';
import type { PolicyDocument } from './schema.ts';
import { witness } from './witness.ts';

/** Slack shows 150 characters in a header and 75 on a button or option, and cuts longer text. */
const LIMITS = { question: 150, hint: 250, title: 75, option: 75, prompt: 150, line: 300, condition: 500, head: 40 };

const questionsOf = (policy: PolicyDocument) =>
  policy.sections.flatMap((section, s) =>
    section.questions.map((question, q) => ({ section, question, path: ['sections', s, 'questions', q] as const })),
  );

function* textProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  const long = function* (
    text: string | undefined,
    most: number,
    path: PolicyProblem['path'],
  ): Generator<PolicyProblem> {
    if (text === undefined || text.length <= most) return;
    const name = String(path.at(-1));
    yield { severity: 'error', path, message: `${name} has ${text.length} characters: shorten it to ${most}.` };
  };
  for (const { question, path } of questionsOf(policy)) {
    yield* long(question.text, LIMITS.question, [...path, 'text']);
    yield* long(question.hint, LIMITS.hint, [...path, 'hint']);
    yield* long(question.sentence, LIMITS.hint, [...path, 'sentence']);
    for (const [i, option] of question.options.entries()) {
      yield* long(option.label, LIMITS.option, [...path, 'options', i, 'label']);
    }
  }
  for (const [s, section] of policy.sections.entries()) {
    yield* long(section.title, LIMITS.title, ['sections', s, 'title']);
    yield* long(section.intro, LIMITS.line, ['sections', s, 'intro']);
    for (const [c, list] of section.checklists.entries()) {
      yield* long(list.prompt, LIMITS.prompt, ['sections', s, 'checklists', c, 'prompt']);
    }
  }
  for (const [f, flag] of policy.flags.entries()) {
    yield* long(flag.title, LIMITS.title, ['flags', f, 'title']);
    yield* long(flag.why, LIMITS.line, ['flags', f, 'why']);
    for (const [m, modifier] of flag.modifiers.entries()) {
      yield* long(modifier.text, LIMITS.prompt, ['flags', f, 'modifiers', m, 'text']);
    }
  }
  for (const [s, safeguard] of policy.safeguards.entries()) {
    yield* long(safeguard.title, LIMITS.title, ['safeguards', s, 'title']);
    yield* long(safeguard.condition, LIMITS.condition, ['safeguards', s, 'condition']);
  }
  for (const [t, tier] of (policy.tiers ?? []).entries()) yield* long(tier.text, LIMITS.line, ['tiers', t, 'text']);
  for (const side of ['rows', 'columns'] as const) {
    for (const [i, { title, text }] of (policy.picture?.[side] ?? []).entries()) {
      yield* long(title, LIMITS.head, ['picture', side, i, 'title']);
      yield* long(text, LIMITS.prompt, ['picture', side, i, 'text']);
    }
  }
  for (const part of ['rules', 'rowDown', 'exceptions'] as const) {
    for (const [i, { text }] of (policy.picture?.[part] ?? []).entries())
      yield* long(text, LIMITS.line, ['picture', part, i, 'text']);
  }
}

function* questionProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  const order = new Map(questionsOf(policy).map(({ question }, i) => [question.id, i]));
  for (const { question, path } of questionsOf(policy)) {
    const picker = question.kind === 'choice' || question.kind === 'choices';
    const error = (at: string, message: string): PolicyProblem => ({ severity: 'error', path: [...path, at], message });
    if (picker && question.options.length < 2)
      yield error('kind', `${question.id} is a ${question.kind}: give it options.`);
    if (!picker && question.options.length > 0) {
      yield error('options', `${question.id} is a ${question.kind} question: remove its options or make it a choice.`);
    }
    if (question.sentence !== undefined && question.kind !== 'text') {
      const { id: named, kind } = question;
      yield error('sentence', `${named} is a ${kind} question: only a question with kind text wants a sentence.`);
    }
    if (question.options.length > MOST_OPTIONS)
      yield error('options', `${question.id} has more than ${MOST_OPTIONS} options.`);
    for (const value of ['yes', 'no', 'unknown', 'not-applicable']) {
      if (question.options.some((o) => o.value === value)) {
        yield error('options', `${question.id} has an option "${value}", which is an answer of its own: rename it.`);
      }
    }
    for (const { atom, path: inside } of question.when ? atomsOf(question.when) : []) {
      if (!('is' in atom)) continue;
      for (const id of 'question' in atom ? [atom.question] : atom.anyOf) {
        if ((order.get(id) ?? -1) < order.get(question.id)!) continue;
        yield {
          severity: 'error',
          path: [...path, 'when', ...inside],
          message: `${question.id} depends on ${id}, which comes later: move ${id} before it.`,
        };
      }
    }
  }
}

function* checklistProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  for (const [s, section] of policy.sections.entries()) {
    for (const [c, list] of section.checklists.entries()) {
      for (const [i, id] of list.questions.entries()) {
        const question = section.questions.find((q) => q.id === id);
        const fix = !question
          ? `is not a question of section ${section.id}: a checklist answers its own section only`
          : question.kind !== 'yes-no'
            ? `is a ${question.kind} question: a checklist can only answer yes or no`
            : question.worse === list.answer
              ? `would be answered with its worse answer, "${list.answer}": ask it by itself`
              : undefined;
        if (!fix) continue;
        const path = ['sections', s, 'checklists', c, 'questions', i];
        yield { severity: 'error', path, message: `${id} ${fix}.` };
      }
    }
  }
}

/** Finds a question that fits a checklist but is in none: it is left over when all around it is answered at once. */
function* unlistedProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  for (const { section, question, path } of questionsOf(policy)) {
    if (question.kind !== 'yes-no') continue;
    if (section.checklists.some(({ questions }) => questions.includes(question.id))) continue;
    const fitting = section.checklists.filter(({ answer }) => answer !== question.worse).map(({ id }) => id);
    if (fitting.length === 0) continue;
    const message = `${question.id} stands in no checklist of section ${section.id}: add it to ${fitting.join(' or ')}.`;
    yield { severity: 'warning', path: [...path, 'id'], message };
  }
}

const WEIGHT_OF_TIER = { low: 0, elevated: 1, high: 2, prohibited: 3 };

function* tierProblems(policy: PolicyDocument): Generator<PolicyProblem> {
  const { tiers = [] } = policy;
  const last = tiers.length - 1;
  for (const [t, rule] of tiers.entries()) {
    const path = ['tiers', t];
    const before = tiers[t - 1];
    const always = 'always' in rule.when;
    if (before && WEIGHT_OF_TIER[before.tier] < WEIGHT_OF_TIER[rule.tier]) {
      const message = `${rule.id} is ${rule.tier} but comes after ${before.id}, which is ${before.tier}: gravest first.`;
      yield { severity: 'error', path: [...path, 'tier'], message };
    }
    if (always && t < last) {
      yield {
        severity: 'error',
        path: [...path, 'when'],
        message: `${rule.id} holds always, so no rule after it speaks: put it last.`,
      };
    }
    if (!always && t === last) {
      yield {
        severity: 'error',
        path: [...path, 'when'],
        message: `The last rule, ${rule.id}, must hold always: { always: true }.`,
      };
    }
  }
}

/** A worse answer must never make a deal lighter: a policy that allows it would be worked around. */
function* monotoneProblems(policy: PolicyDocument): Generator<PolicyWarning> {
  const questions = new Map(questionsOf(policy).map(({ question }) => [question.id, question]));
  const check = function* (
    when: Parameters<typeof wrongWay>[0],
    worse: boolean,
    path: PolicyProblem['path'],
  ): Generator<PolicyWarning> {
    for (const id of new Set(wrongWay(when, worse, questions))) {
      const message = `Through ${id}, a worse answer could make a deal lighter: turn the condition round.`;
      yield { severity: 'warning', path, message };
    }
  };
  for (const [f, flag] of policy.flags.entries()) {
    yield* check(flag.when, true, ['flags', f, 'when']);
    for (const [m, { effect, when }] of flag.modifiers.entries()) {
      yield* check(when, effect === 'heavier', ['flags', f, 'modifiers', m, 'when']);
    }
  }
  for (const [i, rule] of policy.scope.out.entries()) yield* check(rule.when, false, ['scope', 'out', i, 'when']);
  for (const part of ['rows', 'rowDown', 'columns', 'rules', 'exceptions'] as const) {
    for (const [i, { when }] of (policy.picture?.[part] ?? []).entries()) {
      if (when) yield* check(when, part !== 'exceptions', ['picture', part, i, 'when']);
    }
  }
  for (const [t, rule] of (policy.tiers ?? []).entries()) {
    if (rule.tier !== 'low') yield* check(rule.when, true, ['tiers', t, 'when']);
  }
}

function* uselessProblems(policy: PolicyDocument): Generator<PolicyWarning> {
  const warn = (path: PolicyProblem['path'], message: string): PolicyWarning => ({
    severity: 'warning',
    path,
    message,
  });
  for (const [f, flag] of policy.flags.entries()) {
    if (!witness(policy, flag.when)) {
      yield warn(
        ['flags', f, 'when'],
        `Nothing can raise ${flag.id}: no deal fits its conditions. Correct or remove it.`,
      );
    }
    for (const [m, modifier] of flag.modifiers.entries()) {
      if (witness(policy, { all: [flag.when, modifier.when] })) continue;
      const message = `${modifier.id} can never change ${flag.id}: no deal fits both. Correct or remove it.`;
      yield warn(['flags', f, 'modifiers', m, 'when'], message);
    }
  }
  const used = new Set<string>();
  const conditions = [
    ...policy.flags.flatMap((f) => [f.when, ...f.modifiers.map((m) => m.when)]),
    ...[...policy.scope.out, ...policy.scope.in, ...(policy.tiers ?? []), ...policy.principles].map((r) => r.when),
    ...questionsOf(policy).flatMap(({ question }) => [question.when ?? [], question.notApplicableWhen ?? []].flat()),
    ...(['rows', 'rowDown', 'columns', 'rules', 'exceptions'] as const).flatMap((part) =>
      (policy.picture?.[part] ?? []).flatMap(({ when }) => when ?? []),
    ),
  ];
  for (const { atom } of conditions.flatMap((c) => atomsOf(c))) {
    if ('question' in atom) used.add(atom.question);
    if ('anyOf' in atom) for (const id of atom.anyOf) used.add(id);
  }
  for (const { question, path } of questionsOf(policy)) {
    const { id, when } = question;
    // Free text, sources and picked forms are read by the approvers, so they have a use of their own.
    const read = question.weighty || question.evidence || question.kind === 'text' || question.kind === 'choices';
    if (!used.has(id) && !read) {
      yield warn([...path, 'id'], `Nothing uses ${id}: let a flag or rule refer to it, make it weighty, or remove it.`);
    }
    if (when && !witness(policy, when)) {
      yield warn([...path, 'when'], `${id} can never be asked: no deal fits its conditions. Correct or remove it.`);
    } else if (
      valuesOf(question).every((value) => !witness(policy, { question: id, is: [value] })) &&
      question.kind !== 'text'
    ) {
      yield warn([...path, 'id'], `${id} can never be answered inside the scope. Correct or remove it.`);
    }
  }
  const offered = new Set([...policy.flags.flatMap((f) => f.safeguards), ...(policy.endUserKind.safeguards ?? [])]);
  for (const [s, { id }] of policy.safeguards.entries()) {
    if (!offered.has(id))
      yield warn(['safeguards', s, 'id'], `No flag offers ${id}: link it from a flag or remove it.`);
  }
}

/** Finds what may keep a policy from being used, and whatever else is found on the way. */
export const policyFaults = (policy: PolicyDocument, organisation?: Organisation): PolicyProblem[] => [
  ...idProblems(policy),
  ...questionProblems(policy),
  ...knowerProblems(policy),
  ...indicatorProblems(policy),
  ...checklistProblems(policy),
  ...unlistedProblems(policy),
  ...textProblems(policy),
  ...tierProblems(policy),
  ...pictureProblems(policy),
  ...routeProblems(policy, organisation),
  ...reminderProblems(policy, organisation),
  ...trainingProblems(policy, organisation),
  ...yearlyProblems(policy, organisation),
];

/** Searches for deals, which takes longer than all the rest: whoever only uses the policy does without. */
const searchedProblems = (policy: PolicyDocument): PolicyWarning[] => [
  ...monotoneProblems(policy),
  ...uselessProblems(policy),
  ...unreachedCells(policy),
];

/**
 * Checks a policy. Errors keep it from being used, warnings don't. With the organisation, its groups and quorums are
 * checked too. Rules that rest on missing ids are checked once those exist.
 */
export const policyProblems = (policy: PolicyDocument, organisation?: Organisation): PolicyProblem[] => {
  const faults = policyFaults(policy, organisation);
  return idProblems(policy).length > 0 ? faults : [...faults, ...searchedProblems(policy)];
};
