/** `clearthread policy check` and `clearthread policy try`: the tools of a compliance lead who writes a policy. */

import { basename } from 'node:path';
import { z } from 'zod';
import { assume } from '../../flows/policy/assume.ts';
import { compile } from '../../flows/policy/compile.ts';
import { END_USER_KINDS } from '../../flows/policy/condition.ts';
import { confirmsScope } from '../../flows/policy/confirm-scope.ts';
import type { Facts } from '../../flows/policy/policy.ts';
import { loadOrganisation } from '../config/organisation-file.ts';
import { checkPolicyText, defaultPolicyFile } from '../config/policy-file.ts';
import { FileProblem, problemsOf, readText } from '../config/yaml-file.ts';
import { command, onlyWord } from './command.ts';
import type { CliIo } from './io.ts';

const CHECK_HELP = `Usage: clearthread policy check FILE [--organisation FILE]

Names every mistake in a policy file with its line and the fix, flags that nothing can raise and questions that
nothing uses. Of a risk picture: a cell that is lighter than its neighbour to the left or above, a cell that no deal
reaches, and a rule by which a worse answer could make a deal lighter. Of citations: one that claims a place of the
Guidance which is not in flows/policy/guidance.yml. With your organisation file also routes that name unknown groups
and quorums that nobody can reach.

  --organisation FILE   your organisation file (else CLEARTHREAD_ORGANISATION, else quorums are not checked)

Exit code: 0 nothing wrong, 1 something is wrong, 2 the command was not understood.`;

const TRY_HELP = `Usage: clearthread policy try FACTS.json [--policy FILE]

Shows as JSON what a policy makes of some answers: scope, flags, open questions, tier and why.

  --policy FILE   the policy (else CLEARTHREAD_POLICY, else the default policy)

FACTS.json: { "endUser": "government", "intermediaries": false, "facts": { "P1": "yes", "L-RF3": "unknown" } }
endUser: ${END_USER_KINDS.join(', ')}.
An id means the question that establishes that item of the Guidance. Values: yes, no, unknown, not-applicable, or
a picker's option (several in a list). In a policy with a risk picture what is left out counts as answered well, on a
source (L1 to L3: on counsel's note). To suppose otherwise, add:
  "missing": "open"     what is left out was not answered
  "basis": "none"       no benign answer stands on anything
  "accepted": [IDS]     compliance accepted that these are not known
  "alert": true         a country alert stands
  "category": "…"       the product's category in the catalogue
  "able": false         the catalogue marks the product as not able to gather or analyse data about people
In a policy with a list of tier rules, what is left out counts as not answered yet, and these make no difference.

Beside scope, flags, open questions, tier and why: "cell" (where the deal stands in the table), "known" (its tier on
what is known alone), "exception" (the one that fits; the tier supposes that compliance confirms it) and "wouldLower"
(the fewest open questions that, answered well, lower the tier; "fewerMayDo": true, where the search for them was cut
off). Out of scope: "confirm", whether compliance confirms it first.
Exit code: 0 done, 1 the facts or the policy are wrong, 2 the command was not understood.`;

const fileOf = (given: { positionals: string[] }): string =>
  onlyWord(given, given.positionals.length === 0 ? 'Name the file.' : 'Name one file only.');

/** Ends the command with the problems of a file; a fault is thrown on. */
export const guarded = (io: CliIo, run: () => number): number => {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof FileProblem)) throw thrown;
    for (const problem of thrown.problems) io.err(problem);
    return 1;
  }
};

interface Checking {
  file: string;
  organisation: string | undefined;
}

const check = ({ file, organisation }: Checking, io: CliIo): number =>
  guarded(io, () => {
    const checked = checkPolicyText(
      readText(file),
      basename(file),
      organisation ? loadOrganisation(organisation) : undefined,
    );
    if (!organisation)
      io.err(
        'Quorums and the groups that reminders go to were not checked: name your organisation file with --organisation.',
      );
    const problems = [...checked.errors, ...checked.warnings];
    for (const problem of problems) io.err(problem);
    if (problems.length > 0 || !checked.document) {
      io.err(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} found.`);
      return 1;
    }
    const { name, version, sections, flags } = checked.document;
    const questions = sections.reduce((count, section) => count + section.questions.length, 0);
    io.out(`${name}, version ${version}: ${questions} questions, ${flags.length} flags. Nothing wrong.`);
    return 0;
  });

export const policyCheck = command({
  help: CHECK_HELP,
  options: { organisation: { type: 'string' } },
  words: true,
  read: (given, env): Checking => ({
    file: fileOf(given),
    organisation: given.values.organisation ?? env['CLEARTHREAD_ORGANISATION']?.trim(),
  }),
  run: check,
});

const factsFile = z.strictObject({
  endUser: z.enum(END_USER_KINDS),
  intermediaries: z.boolean().optional(),
  missing: z.literal('open').optional(),
  basis: z.literal('none').optional(),
  accepted: z.array(z.string()).optional(),
  alert: z.boolean().optional(),
  category: z.string().optional(),
  able: z.boolean().optional(),
  facts: z.record(
    z.string(),
    z.union([z.string(), z.array(z.string())], { error: 'must be text or a list of options' }),
  ),
});

const readFacts = (file: string): z.output<typeof factsFile> => {
  let data: unknown;
  const text = readText(file);
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new FileProblem([`${basename(file)} is not JSON: ${cause instanceof Error ? cause.message : ''}.`], {
      cause,
    });
  }
  const parsed = factsFile.safeParse(data, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new FileProblem(problemsOf(parsed.error, data).map((p) => `${basename(file)}: ${p.message}`));
};

interface Trying {
  file: string;
  policyFile: string;
}

const tryOut = ({ file, policyFile }: Trying, io: CliIo): number =>
  guarded(io, () => {
    const given = readFacts(file);
    const checked = checkPolicyText(readText(policyFile), basename(policyFile));
    if (!checked.document || checked.errors.length > 0) throw new FileProblem(checked.errors);
    const assumed = assume(checked.document, given.facts, given);
    if (assumed.problems) throw new FileProblem(assumed.problems.map((p) => `${basename(file)}: ${p}`));
    const { endUser, intermediaries, alert, category, able } = given;
    const { answers, based, accepted } = assumed;
    const confirmed = checked.document.picture?.exceptions?.map(({ id }) => id);
    const facts: Facts = { endUser, intermediaries, answers, based, accepted, alert, confirmed };
    const policy = compile(checked.document, '');
    const { scope, flags, openQuestions, tier, trace, placed } = policy.evaluate(facts);
    const asking = new Set(policy.sections.flatMap((s) => policy.questionsFor(s.id, facts)).map((q) => q.id));
    // Out of scope only the scope's questions are asked, and the trace says why.
    const said = Object.keys(answers).filter((id) => id in given.facts || !placed);
    const unasked = scope === 'in' ? said.filter((id) => !asking.has(id)) : [];
    const lower = policy.wouldLower(facts);
    const notes = unasked.map((id) => ({ id, text: `${id} is not asked in this deal, so its answer does not count.` }));
    const result = {
      scope,
      flags: flags.map(({ id, weight, because }) => ({ id, weight, because })),
      openQuestions: openQuestions.map((q) => q.id),
      tier,
      ...(scope === 'out'
        ? {
            confirm: confirmsScope(policy, {
              endUser,
              able: able !== false,
              contradicted: category !== undefined && policy.ableCategories?.includes(category) === true,
            }),
          }
        : {}),
      ...(placed
        ? {
            cell: { row: placed.row, column: placed.column },
            known: placed.known,
            unanswered: placed.unanswered,
            ...(placed.exception ? { exception: placed.exception.id } : {}),
            wouldLower: lower.ids,
            ...(lower.fewest ? {} : { fewerMayDo: true }),
          }
        : {}),
      trace: [...trace, ...notes],
    };
    io.out(JSON.stringify(result, null, 2));
    return 0;
  });

export const policyTry = command({
  help: TRY_HELP,
  options: { policy: { type: 'string' } },
  words: true,
  read: (given, env): Trying => ({
    file: fileOf(given),
    policyFile: given.values.policy ?? (env['CLEARTHREAD_POLICY'] || defaultPolicyFile),
  }),
  run: tryOut,
});
