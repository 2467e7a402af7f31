/** Policy files: YAML in, a checked and compiled policy out. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Organisation } from '../flows/organisation.ts';
import { policyProblems } from '../flows/policy/check.ts';
import { compile } from '../flows/policy/compile.ts';
import type { CompiledPolicy } from '../flows/policy/policy.ts';
import type { PolicyProblem } from '../flows/policy/problem.ts';
import { policyDocument, type PolicyDocument } from '../flows/policy/schema.ts';
import { canonical } from '../store/canonical.ts';
import type { Json } from '../store/event-store.ts';
import { FileProblem, parseYaml, problemsOf, readText } from './yaml-file.ts';

export const defaultPolicyFile = fileURLToPath(new URL('../flows/policy/default.yml', import.meta.url));

export interface LoadedPolicy {
  compiled: CompiledPolicy;
  /** The checked policy as it is stored; `compiled.hash` is the sha256 of its canonical JSON. */
  document: Json;
}

export interface CheckedPolicy {
  /** Absent where the file doesn't have a policy's shape. */
  document: PolicyDocument | undefined;
  /** Ready to show, each with its line: what keeps the policy from being used. */
  errors: string[];
  warnings: string[];
}

/** Everything that is wrong with the text. `name` is what messages call the file. */
export const checkPolicyText = (text: string, name: string, organisation?: Organisation): CheckedPolicy => {
  const yaml = parseYaml(text, name);
  if (yaml.problems.length > 0) return { document: undefined, errors: [...yaml.problems], warnings: [] };
  const parsed = policyDocument.safeParse(yaml.data, { reportInput: true });
  if (!parsed.success) {
    return { document: undefined, errors: problemsOf(parsed.error, yaml.data).map(yaml.at), warnings: [] };
  }
  const problems = policyProblems(parsed.data, organisation);
  const of = (severity: PolicyProblem['severity']): string[] =>
    problems.filter((p) => p.severity === severity).map(yaml.at);
  return { document: parsed.data, errors: of('error'), warnings: of('warning') };
};

const loaded = (policy: PolicyDocument): LoadedPolicy => {
  // Through JSON, so that what is hashed is what the store gives back.
  const text = canonical(JSON.parse(JSON.stringify(policy)));
  const hash = createHash('sha256').update(text).digest('hex');
  return { compiled: compile(policy, hash), document: JSON.parse(text) as Json };
};

/** Throws FileProblem, one line for each problem, where the policy can't be used. */
export const readPolicyText = (text: string, name: string): LoadedPolicy => {
  const { document, errors } = checkPolicyText(text, name);
  if (!document || errors.length > 0) throw new FileProblem(errors);
  return loaded(document);
};

export const loadPolicy = (file: string): LoadedPolicy => readPolicyText(readText(file), basename(file));

/** A policy as the store kept it. Throws where it isn't one. */
export const policyFromJson = (hash: string, document: Json): CompiledPolicy =>
  compile(policyDocument.parse(document), hash);
