/** Policy files: YAML in, a checked and compiled policy out. */

import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortfalls } from '../../flows/deal/rights/quorum.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { perObject } from '../../flows/per-object.ts';
import { perText } from '../../flows/per-text.ts';
import { citationProblems } from '../../flows/policy/check-citations.ts';
import { escalationProblems } from '../../flows/policy/check-reminders.ts';
import { routeProblems } from '../../flows/policy/check-routes.ts';
import { trainingGroupProblems } from '../../flows/policy/check-training.ts';
import { yearlyProblems } from '../../flows/policy/check-yearly.ts';
import { policyFaults, policyProblems } from '../../flows/policy/check.ts';
import { compile } from '../../flows/policy/compile.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import type { PolicyProblem } from '../../flows/policy/problem.ts';
import { policyDocument, type PolicyDocument } from '../../flows/policy/schema.ts';
import { canonical } from '../../store/canonical.ts';
import type { Json } from '../../store/event-store.ts';
import { damagedPolicy, policyHash } from '../../store/policies.ts';
import { guidance } from './guidance-file.ts';
import { FileProblem, parseYaml, problemsOf, readText } from './yaml-file.ts';

export const defaultPolicyFile = fileURLToPath(new URL('../../flows/policy/default.yml', import.meta.url));

export interface LoadedPolicy {
  compiled: CompiledPolicy;
  /** The checked policy as it is stored; `compiled.hash` is the sha256 of its canonical JSON. */
  document: Json;
}

export interface CheckedPolicy {
  /** Absent where the file doesn't have a policy's shape. */
  document: PolicyDocument | undefined;
  /** Problems that keep the policy from being used, ready to show, each with its line. */
  errors: string[];
  warnings: string[];
}

const REVIEWED = ['low', 'elevated', 'high'] as const;

/** Finds steps that are possible alone, but together need too many people: nobody decides twice on one deal. */
function* sharedPeopleProblems(policy: PolicyDocument, organisation: Organisation): Generator<PolicyProblem> {
  for (const tier of REVIEWED) {
    for (const { step, group, needed, available } of shortfalls(organisation, policy.routes[tier]?.steps ?? [], [])) {
      const message = `${group} must give ${needed} here and has ${available} left beside the other steps, and nobody decides twice on one deal: add members.`;
      yield { severity: 'error', path: ['routes', tier, 'steps', step, 'quorum'], message };
    }
  }
}

const isOfStep = ({ path: [first, tier, , step] }: PolicyProblem, other: PolicyProblem): boolean =>
  first === 'routes' && tier === other.path[1] && step === other.path[3];

/** Returns each step that the overlap of people leaves short, unless it has a simpler problem already. */
const shortOfPeople = (
  policy: PolicyDocument,
  organisation: Organisation,
  known: readonly PolicyProblem[],
): PolicyProblem[] =>
  [...sharedPeopleProblems(policy, organisation)].filter((found) => !known.some((p) => isOfStep(p, found)));

/** `find` looks at the policy as a whole. Its problems start with the line; the file's name is to be put before them. */
const checkedBy = (find: typeof policyProblems, text: string, organisation?: Organisation): CheckedPolicy => {
  const yaml = parseYaml(text, '');
  if (yaml.problems.length > 0) return { document: undefined, errors: [...yaml.problems], warnings: [] };
  const parsed = policyDocument.safeParse(yaml.data, { reportInput: true });
  if (!parsed.success) {
    return { document: undefined, errors: problemsOf(parsed.error, yaml.data).map(yaml.at), warnings: [] };
  }
  const own = [...find(parsed.data, organisation), ...citationProblems(parsed.data, guidance)];
  const problems = organisation ? [...own, ...shortOfPeople(parsed.data, organisation, own)] : own;
  const of = (severity: PolicyProblem['severity']): string[] =>
    problems.filter((p) => p.severity === severity).map(yaml.at);
  return { document: parsed.data, errors: of('error'), warnings: of('warning') };
};

const named = (name: string, { document, errors, warnings }: CheckedPolicy): CheckedPolicy => {
  const of = (lines: string[]): string[] => lines.map((line) => `${name}${line}`);
  return { document, errors: of(errors), warnings: of(warnings) };
};

/** Takes 0.2 s for a new text; one process may start several bots under the same few policies. */
const checkOnce = perText((text) => checkedBy(policyProblems, text), 8);
const faultsOnce = perText((text) => checkedBy(policyFaults, text), 8);

/** Finds every problem of the text. `name` is the file's name in messages. Nobody changes the document. */
export const checkPolicyText = (text: string, name: string, organisation?: Organisation): CheckedPolicy =>
  named(name, organisation ? checkedBy(policyProblems, text, organisation) : checkOnce(text));

/**
 * Returns why this organisation can't use the policy, one sentence each: groups that it doesn't have, and quorums that
 * its people can't reach. `document` as in `LoadedPolicy`. Empty: it fits.
 */
export const policyFits = (document: Json | PolicyDocument, organisation: Organisation): string[] => {
  const policy = policyDocument.parse(document);
  const own = [...routeProblems(policy, organisation)];
  return [
    ...[...own, ...shortOfPeople(policy, organisation, own)]
      .filter((problem) => problem.severity === 'error')
      .map(({ path: [, tier, , step], message }) =>
        typeof step === 'number' ? `Route ${String(tier)}, step ${step + 1}: ${message}` : message,
      ),
    ...escalationProblems(policy, organisation).map(({ path: [, part], message }) => `Reminders, ${part}: ${message}`),
    ...[...trainingGroupProblems(policy, organisation)].map(({ message }) => `Training: ${message}`),
    ...yearlyProblems(policy, organisation).map(({ message }) => `Yearly report: ${message}`),
  ];
};

const loaded = (policy: PolicyDocument): LoadedPolicy => {
  // Through JSON, so that the hash covers exactly what the store returns.
  const document = JSON.parse(canonical(JSON.parse(JSON.stringify(policy)))) as Json;
  return { compiled: compile(policy, policyHash(document)), document };
};

const loadedOnce = perObject(loaded);

/** Loads a policy. Throws FileProblem, one line for each problem, where it can't be used. */
export const readPolicyText = (text: string, name: string): LoadedPolicy => {
  const { document, errors } = named(name, faultsOnce(text));
  if (!document || errors.length > 0) throw new FileProblem(errors);
  return loadedOnce(document);
};

export const loadPolicy = (file: string): LoadedPolicy => readPolicyText(readText(file), basename(file));

/**
 * Compiles a stored policy. Commits name it by `hash`, so a text that doesn't have that hash is not the policy that the
 * deal was opened under: throws StoreFault `damaged`.
 */
export const policyFromJson = (hash: string, document: Json): CompiledPolicy => {
  if (policyHash(document) !== hash) throw damagedPolicy(hash);
  return compile(policyDocument.parse(document), hash);
};
