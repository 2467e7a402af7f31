/** `clearthread policy upgrade`: gives a policy whose tiers are a list of rules the risk picture of the default policy. */

import { basename } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type YAMLMap } from 'yaml';
import { presentCitations } from '../../flows/policy/check-citations.ts';
import { guidance } from '../config/guidance-file.ts';
import { checkPolicyText, defaultPolicyFile } from '../config/policy-file.ts';
import { readText } from '../config/yaml-file.ts';
import { command, onlyWord } from './command.ts';
import type { CliIo } from './io.ts';
import { guarded } from './policy.ts';

const HELP = `Usage: clearthread policy upgrade FILE > NEW-FILE

Prints the policy with the risk picture of the default policy in place of its list of tier rules. Your questions,
flags, weights, routes and comments stay as they are; a question that serves the same item of the Guidance as one of
the default policy gets what the picture needs of it (weighty, what its answer stands on), and citations count the
Guidance's own bullets. Look through the result, and check it:

  clearthread policy check NEW-FILE

Deals that are open keep the policy that they were opened under.
Exit code: 0 done, 1 something of the picture does not fit your policy, 2 the command was not understood.`;

/** What the picture needs of a question. */
const MEMBERS = [
  'weighty',
  'basis',
  'openCounts',
  'mustBeKnown',
  'publishersWhenHigh',
  'followUp',
  'notApplicableWhen',
];

interface Asked {
  id: string;
  sources: string[];
  node: YAMLMap;
}

const text = (map: YAMLMap, key: string): string | undefined => {
  const value = map.get(key);
  return typeof value === 'string' ? value : undefined;
};

const mapsIn = (value: unknown): YAMLMap[] => (isSeq(value) ? value.items.filter((item) => isMap(item)) : []);

const questionsOf = (document: Document): Asked[] =>
  mapsIn(document.get('sections'))
    .flatMap((section) => mapsIn(section.get('questions')))
    .map((node) => {
      const id = text(node, 'id') ?? '';
      const sources = node.get('sources');
      const named = isSeq(sources) ? sources.items.flatMap((s) => (isScalar(s) ? [String(s.value)] : [])) : [];
      return { id, sources: named.length > 0 ? named : [id], node };
    });

/** By the default policy's question: the one here that has its id, or serves the same item. */
const matches = (theirs: readonly Asked[], ours: readonly Asked[]): Map<string, Asked> => {
  const found = new Map<string, Asked>();
  for (const { id, sources } of ours) {
    const same = theirs.find((q) => q.id === id) ?? theirs.find((q) => q.sources.some((s) => sources.includes(s)));
    if (same) found.set(id, same);
  }
  return found;
};

/** Upgrades the text; `missing`: ids of the picture that this policy has nothing for. */
export const upgraded = (policy: string, usual: string): { text: string; missing: string[] } => {
  const document = parseDocument(policy);
  const model = parseDocument(usual);
  const [theirs, ours] = [questionsOf(document), questionsOf(model)];
  const known = matches(theirs, ours);
  const ourIds = new Set(ours.map(({ id }) => id));
  const missing = new Set<string>();
  const renamed = (node: unknown): void => {
    visit(node as Parameters<typeof visit>[0], {
      Scalar: (_, scalar) => {
        const { value } = scalar;
        if (typeof value !== 'string' || !ourIds.has(value)) return;
        const match = known.get(value);
        if (match) scalar.value = match.id;
        else missing.add(value);
      },
    });
  };
  for (const { id, node } of ours) {
    const target = known.get(id);
    if (!target || target.node.has('openCounts') || target.node.has('mustBeKnown')) continue;
    for (const member of MEMBERS) {
      const value = node.get(member, true);
      if (value === undefined || target.node.has(member)) continue;
      renamed(value);
      target.node.set(member, value);
    }
  }
  const picture = model.get('picture');
  renamed(picture);
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') scalar.value = presentCitations(scalar.value, guidance);
    },
  });
  document.delete('tiers');
  document.set('picture', picture);
  return { text: document.toString({ lineWidth: 0 }), missing: [...missing] };
};

const upgrade = (file: string, io: CliIo): number =>
  guarded(io, () => {
    const before = readText(file);
    const { document, errors } = checkPolicyText(before, basename(file));
    for (const problem of errors) io.err(problem);
    if (!document || errors.length > 0) return 1;
    if (document.picture) {
      io.err(`${basename(file)} has a risk picture already. Nothing to do.`);
      return 0;
    }
    const { text: after, missing } = upgraded(before, readText(defaultPolicyFile));
    for (const id of missing)
      io.err(`Nothing in ${basename(file)} serves ${id}, which the picture goes by: add it, or change the picture.`);
    io.out(after);
    return missing.length > 0 ? 1 : 0;
  });

export const policyUpgrade = command({
  help: HELP,
  options: {},
  words: true,
  read: (given) => onlyWord(given, given.positionals.length === 0 ? 'Name the file.' : 'Name one file only.'),
  run: upgrade,
});
